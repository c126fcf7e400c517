"""The stored versions of definitions in their order: those that the site made, and those that it found in its files.

A newer program brings other files, and an operator may lay some beside them. So that pages of before are read as they were,
a site keeps each text that it has found; the number of a version is the site's own, whoever made it.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.kinds import Catalogue, Kind
from wiki.kinds.sources import Sources
from wiki.models import TemplateVersion
from wiki.packs.numbering import numbered, same_text
from wiki.packs.remaining import Remaining, bare, holding, retired, rows_named

#: Versions that hold over the files, and texts of the files.
KIND, ROWS = "kind", "rows"
FOUND, FOUND_ROWS = "found", "found_rows"
#: Where the definitions that stand in the database seem to stand.
OWN = Path("own")


@dataclass(frozen=True)
class Unkept:
    """A text of the files that is not stored yet, and the number that it will have. `follows`: an earlier one is."""

    part: str
    key: str
    version: int
    text: str
    sections: str
    follows: bool


class Shelf:
    """The files beside all stored versions, the oldest first. What takes long to find is noted in `known`, for other shelves."""

    def __init__(
        self,
        files: Sources,
        shipped: Catalogue,
        stored: Sequence[TemplateVersion],
        known: MutableMapping[tuple[str, ...], Sources] | None = None,
    ) -> None:
        self.files = files
        self.shipped = shipped
        self.stored = stored
        self._known_sources = {} if known is None else known

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of the version that the file of a kind is, by kind."""
        return {
            key: self._known(kind) or self._numbered(FOUND, key, kind.version) for key, kind in self.shipped.items()
        }

    @cached_property
    def base(self) -> Sources:
        """The files, with the numbers that this site has given to what they say."""
        found = self.files
        for key, number in self.numbers.items():
            if number != self.shipped[key].version:
                text, sections = self.files.texts(key)
                found = found.with_kind(key, numbered(text, number), sections, self.files.kinds[key].file)
        return found

    @cached_property
    def own(self) -> list[TemplateVersion]:
        """The versions that the site made, which hold over the files."""
        return [one for one in self.stored if one.part in (KIND, ROWS)]

    @cached_property
    def now(self) -> Sources:
        """All definitions as they stand."""
        return self.with_own(self.own)

    def with_own(self, own: Sequence[TemplateVersion]) -> Sources:
        """The files, what no file says any more, and over them these versions of the site's own."""
        if not self.remaining:
            return over(self.base, own)
        name = tuple(one.mark for one in (self.stored[-1], *own))
        if name not in self._known_sources:
            self._known_sources[name] = holding(over(self._with_dropped, own), self.remaining)
        return self._known_sources[name]

    @property
    def barely(self) -> Sources:
        """The files, and of what they do not say hardly more than the names."""
        without = [
            one for one in self.own if one.key not in (self.files.kinds if one.part == KIND else self.files.rows)
        ]
        return bare(over(self._with_dropped, without), self.remaining)

    @cached_property
    def dropped(self) -> frozenset[str]:
        """Kinds that were in the files, are not any more, and are not the site's own: they stay, retired."""
        own = {one.key for one in self.own if one.part == KIND}
        return frozenset(one.key for one in self._without_file if one.part == FOUND and one.key not in own)

    @cached_property
    def _without_file(self) -> list[TemplateVersion]:
        """The last text of each kind that was in the files once, retired, and of the row types without a file that kinds use."""
        last = {(one.part, one.key): one for one in self.stored}
        kinds = [one for (part, key), one in last.items() if part == FOUND and key not in self.files.kinds]
        used = {name for one in (*kinds, *self._own_kinds) for name in rows_named(one.text)} - self.files.rows.keys()
        rows = [one for (part, key), one in last.items() if part == FOUND_ROWS and key in used]
        return rows + kinds

    @cached_property
    def _with_dropped(self) -> Sources:
        found = over(self.base, [one for one in self._without_file if one.part == FOUND_ROWS])
        for one in self._without_file:
            if one.part == FOUND:
                found = found.with_kind(one.key, retired(one.text), one.sections, place_of(one))
        return found

    @property
    def _own_kinds(self) -> list[TemplateVersion]:
        return list({one.key: one for one in self.own if one.part == KIND}.values())

    @cached_property
    def remaining(self) -> list[Remaining]:
        """The definitions that no file says: those of before, and those that the site made."""
        without = {(one.part in (KIND, FOUND), one.key): one for one in (*self._without_file, *self.own)}
        return [
            Remaining(key, not kind, place_of(one))
            for (kind, key), one in without.items()
            if key not in (self.files.kinds if kind else self.files.rows)
        ]

    def found(self, key: str) -> list[TemplateVersion]:
        """The texts of a kind that were found in the files."""
        return [one for one in self.stored if (one.part, one.key) == (FOUND, key)]

    def is_file(self, one: TemplateVersion) -> bool:
        """Whether a version is what stands in the files now."""
        return one.part == FOUND and self.numbers.get(one.key) == one.version

    def at(self, n: int) -> Sources:
        """The definitions as they were when the first `n` versions were stored."""
        found = [one for one in self.stored[:n] if one.part in (FOUND, FOUND_ROWS)]
        return over(over(self.files, found), [one for one in self.stored[:n] if one.part in (KIND, ROWS)])

    def unkept(self) -> list[Unkept]:
        """What the files say and is not stored: row types first, with those that belong to a kind that is not."""
        kinds = [kind for kind in self.shipped.values() if self._known(kind) is None]
        rows = {one.key: one.text for one in self.stored if one.part == FOUND_ROWS}
        used = {key for kind in kinds for key in rows_of(kind)} | (self.files.rows.keys() - rows.keys())
        used |= {key for key in self._rows_without_kind if not self._was_said(key)}
        changed = [key for key in self.files.rows if key in used and rows.get(key) != self.files.row_text(key)]
        new_rows = [
            Unkept(FOUND_ROWS, key, self._numbered(FOUND_ROWS, key, 1), self.files.row_text(key), "", key in rows)
            for key in changed
        ]
        return new_rows + [self._unkept(kind.key) for kind in kinds]

    @property
    def _rows_without_kind(self) -> set[str]:
        """The row types of the files that no kind of the files uses, but others do."""
        others = {name for one in (*self._without_file, *self._own_kinds) for name in rows_named(one.text)}
        return others & self.files.rows.keys() - {key for kind in self.shipped.values() for key in rows_of(kind)}

    def _was_said(self, key: str) -> bool:
        """Whether the files have said of a row type what they say now, whatever came after it."""
        said = self.files.row_text(key)
        return any(one.text == said for one in self.stored if (one.part, one.key) == (FOUND_ROWS, key))

    def _unkept(self, key: str) -> Unkept:
        number, (text, sections) = self.numbers[key], self.files.texts(key)
        return Unkept(FOUND, key, number, numbered(text, number), sections, bool(self.found(key)))

    def _known(self, kind: Kind) -> int | None:
        """The number under which just this is stored: text, sections, and the row types that it uses."""
        text, sections = self.files.texts(kind.key)
        used = {key: self.files.row_text(key) for key in rows_of(kind)}
        return next(
            (
                one.version
                for one, rows in reversed(list(self._kept(kind.key)))
                if same_text(one.text, text)
                and one.sections.strip() == sections.strip()
                and all(rows.get(key) == said for key, said in used.items())
            ),
            None,
        )

    def _kept(self, key: str) -> Iterator[tuple[TemplateVersion, Mapping[str, str]]]:
        """The stored texts of a kind's files, each with the row types of its time."""
        rows: dict[str, str] = {}
        for one in self.stored:
            if one.part == FOUND_ROWS:
                rows = {**rows, one.key: one.text}
            elif (one.part, one.key) == (FOUND, key):
                yield one, rows

    def next_number(self, part: str, key: str) -> int:
        """The number of the next version of a kind or a row type, whoever makes it."""
        return max(self._taken(part, key), default=0) + 1

    def _numbered(self, part: str, key: str, said: int) -> int:
        """The number that a file says, if it is free and no file before it had a higher one; else the next."""
        before = max((one.version for one in self.stored if (one.part, one.key) == (part, key)), default=0)
        return said if said > before and said not in self._taken(part, key) else self.next_number(part, key)

    def _taken(self, part: str, key: str) -> set[int]:
        parts = (KIND, FOUND) if part in (KIND, FOUND) else (ROWS, FOUND_ROWS)
        return {one.version for one in self.stored if one.part in parts and one.key == key}


def rows_of(kind: Kind) -> list[str]:
    """The shared row types that a kind uses."""
    return list(dict.fromkeys(one.rows for one in kind.tables if one.rows))


def stored_versions(session: Session) -> list[TemplateVersion]:
    """All stored versions of kinds and row types, the oldest first."""
    wanted = TemplateVersion.part.in_((KIND, ROWS, FOUND, FOUND_ROWS))
    return list(session.scalars(select(TemplateVersion).where(wanted).order_by(TemplateVersion.id)))


def over(sources: Sources, stored: Sequence[TemplateVersion]) -> Sources:
    """The definitions with the last of the stored versions of each over them."""
    found = sources
    for one in {(one.part, one.key): one for one in stored}.values():
        if one.part in (KIND, FOUND):
            found = found.with_kind(one.key, one.text, one.sections, place_of(one))
        else:
            found = found.with_rows(one.key, one.text, place_of(one))
    return found


def place_of(one: TemplateVersion) -> Path:
    """Where mistakes in a stored version are said to be."""
    return OWN / f"{one.key}.toml" if one.part in (KIND, FOUND) else OWN / "rows" / f"{one.key}.toml"
