"""All kinds together, with what is known of how they were: a catalogue is read once and shared by the requests of its time."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TypeVar

from wiki.kinds.definition import GROUPS, Column, Field, Kind, RowType


@dataclass(frozen=True)
class History:
    """What is known of definitions besides those that hold: `editions` are kinds as they were, by key and version.

    `mark` is a word that differs whenever the definitions do, `words` are a site's own translations by language, `themes`
    those that it has besides its settings, `dropped` kinds that the program ships no longer.
    """

    mark: str = ""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    themes: tuple[str, ...] = ()
    editions: Mapping[tuple[str, int], Kind] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()

    def of(self, key: str) -> list[Kind]:
        """The editions of one kind, the newest first."""
        return [self.editions[one] for one in sorted(self.editions, reverse=True) if one[0] == key]


ALONE = History()


class Catalogue(Mapping[str, Kind]):
    """All kinds by key, in the order of their groups and labels, with the shared row types."""

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        envelope: tuple[Field, ...],
        rows: Mapping[str, RowType],
        history: History = ALONE,
    ) -> None:
        ordered = sorted(kinds.values(), key=lambda kind: (GROUPS.index(kind.group), kind.label))
        restricted = {name: column for kind in ordered for name, column in kind.restricted}
        before = {name: column for one in history.editions.values() for name, column in one.restricted}
        self._kinds = {kind.key: _remembering(kind, {**before, **restricted}, history) for kind in ordered}
        self.history = history
        self.envelope = envelope
        self.rows: dict[str, RowType] = dict(rows)
        self._inverse = dict(self._inverse_labels())
        said = [kind.replaces for kind in ordered if kind.replaces is not None]
        #: The names of the links by which pages take each other's place, and of those to what rests on them, as JSON.
        self.chained_by = json.dumps(sorted({name for one in said for name in (one.named_in, one.affects) if name}))

    def __getitem__(self, key: str) -> Kind:
        return self._kinds[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    @property
    def mark(self) -> str:
        """A word that differs whenever the definitions do; "" for those of the files alone."""
        return self.history.mark

    def edition(self, key: str, version: int) -> Kind:
        """The kind as it was in that version; as it is, if nobody knows. Raises KeyError for an unknown kind."""
        return self._kinds[key] if self._kinds[key].version == version else self._edition(key, version)

    def _edition(self, key: str, version: int) -> Kind:
        return self.history.editions.get((key, version)) or self._kinds[key]

    @property
    def offered(self) -> list[Kind]:
        """The kinds of which new pages are made."""
        return [kind for kind in self._kinds.values() if not kind.retired]

    def offers(self, key: str) -> bool:
        """Whether new pages of that kind are made: where a link or a button begins one, it is shown only then."""
        return key in self._kinds and not self._kinds[key].retired

    def by_group(self) -> dict[str, list[Kind]]:
        """Group -> its kinds; groups without a kind are not there."""
        groups: dict[str, list[Kind]] = {}
        for kind in self._kinds.values():
            groups.setdefault(kind.group, []).append(kind)
        return groups

    def inverse_label(self, name: str) -> str:
        """What the target calls a link that is named "kind.field", "rowtype.column" or by a field of the envelope; "" if unsaid."""
        return self._inverse.get(name, "")

    def link_label(self, kind: str, name: str) -> str:
        """The inverse label of a link as it is stored: "field" or "table.column" on a page of that kind; "" if unsaid."""
        table, _, column = name.partition(".")
        found = self._kinds[kind].field(table) if kind in self._kinds else None
        if found and found.row_type and column:
            return self.inverse_label(f"{found.row_type.key}.{column}")
        return found.inverse_label if found else ""

    def _inverse_labels(self) -> Iterator[tuple[str, str]]:
        for one in self.envelope:
            yield one.key, one.inverse_label
        for kind in self._kinds.values():
            for one in kind.every_field:
                yield f"{kind.key}.{one.key}", one.inverse_label
                for column in one.columns:
                    yield f"{one.row_type.key if one.row_type else ''}.{column.key}", column.inverse_label


def _remembering(kind: Kind, restricted: Mapping[str, Column], history: History) -> Kind:
    """The kind with what it has to know of others and of its own past."""
    kind = replace(kind, dropped=True) if kind.key in history.dropped else kind
    past = history.of(kind.key)[::-1]
    rules = {**restricted, **{name: column for one in past for name, column in one.restricted}}
    foreign = tuple((name, column) for name, column in rules.items() if not _has(kind, name))
    if not past:
        return replace(kind, foreign=foreign)
    before: dict[str, Field] = {}
    columns: dict[str, dict[str, Column]] = {}
    choices: dict[str, dict[str, str]] = {}
    for one in chain.from_iterable(edition.fields for edition in past):
        before[one.key] = one
        choices.setdefault(one.key, {}).update(one.choices)
        for column in one.columns:
            columns.setdefault(one.key, {})[column.key] = column
            choices.setdefault(f"{one.key}.{column.key}", {}).update(column.choices)
    lost = {
        table.key: tuple(one for key, one in columns.get(table.key, {}).items() if not _has(kind, f"{table.key}.{key}"))
        for table in kind.tables
    }
    return replace(
        kind,
        fields=tuple(_with_former(one, choices) for one in kind.fields),
        foreign=foreign,
        former={key: one for key, one in before.items() if kind.field(key) is None},
        former_columns={table: found for table, found in lost.items() if found},
    )


def _with_former(field: Field, choices: Mapping[str, Mapping[str, str]]) -> Field:
    """The field with the choices that it, and its columns, had in earlier versions and have no more."""
    inner = field.row_type
    if inner is not None:
        columns = tuple(_choosing(one, choices.get(f"{field.key}.{one.key}", {})) for one in inner.columns)
        inner = replace(inner, columns=columns)
    return replace(_choosing(field, choices.get(field.key, {})), row_type=inner)


C = TypeVar("C", bound=Column)


def _choosing(column: C, had: Mapping[str, str]) -> C:
    lost = {key: label for key, label in had.items() if key not in column.choices and key not in column.choices_were}
    return replace(column, former_choices=lost) if lost and column.type in ("choice", "multi") else column


def _has(kind: Kind, name: str) -> bool:
    """Whether the kind has the field, or the column of a table, of that name."""
    key, _dot, column = name.partition(".")
    found = kind.field(key)
    return found is not None and (not column or any(one.key == column for one in found.columns))
