"""Which control the filter of a register's key gets, and what it lets people choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wiki.facts.said import via_column
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Column, Computed, Field, Kind
from wiki.registers.columns import RegisterColumn, column
from wiki.registers.statuses import freshness_choices, function_choices

#: What a filter's parameter says for "nothing is there".
UNSET = "-"

REFERENCES = frozenset({"person", "people", "org", "orgs", "link", "links", "rowlink", "rowlinks"})
_KINDS = {"person": ("person",), "people": ("person",), "org": ("organisation",), "orgs": ("organisation",)}


@dataclass(frozen=True, eq=False)
class Control:
    """`type` is choice, page, days, amount or text. `words`: the pages' own words are choices too. `kinds`: what to suggest."""

    column: RegisterColumn
    type: str
    choices: Mapping[str, str] = field(default_factory=dict)
    words: bool = False
    kinds: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return self.column.key

    @property
    def label(self) -> str:
        return self.column.label

    @property
    def knows_unset(self) -> bool:
        """Whether it can ask for pages on which nothing is there."""
        return UNSET in self.choices if self.type == "choice" else self.type != "text"


def control(catalogue: Catalogue, kind: Kind, key: str, spaces: Mapping[str, str]) -> Control | None:
    """The control for a key of the kind, None if there is no such key; `spaces` are those the reader may choose, by slug."""
    found = column(kind, key)
    if found is None:
        return None
    if found.field is not None:
        return _of_field(found, found.field)
    if found.computed is not None:
        return _of_computed(catalogue, kind, found, found.computed)
    return _BUILT_IN[key](found, kind, spaces)


def _state(found: RegisterColumn, kind: Kind, spaces: Mapping[str, str]) -> Control:
    return Control(found, "choice", {one.key: _(one.label) for one in kind.states})


def _space(found: RegisterColumn, kind: Kind, spaces: Mapping[str, str]) -> Control:
    return Control(found, "choice", spaces)


def _freshness(found: RegisterColumn, kind: Kind, spaces: Mapping[str, str]) -> Control:
    return Control(found, "choice", freshness_choices())


def _days(found: RegisterColumn, kind: Kind, spaces: Mapping[str, str]) -> Control:
    return Control(found, "days")


def _text(found: RegisterColumn, kind: Kind, spaces: Mapping[str, str]) -> Control:
    return Control(found, "text")


_BUILT_IN: dict[str, Callable[[RegisterColumn, Kind, Mapping[str, str]], Control]] = {
    "state": _state,
    "space": _space,
    "freshness": _freshness,
    "changed": _days,
    "created": _days,
    "title": _text,
}


def _of_field(found: RegisterColumn, one: Field) -> Control:
    if one.type == "rows":
        return Control(found, "choice", {"some": _("With entries"), UNSET: _("Without")})
    return _of_column(found, one)


def _of_column(found: RegisterColumn, one: Column) -> Control:
    if one.type in ("choice", "multi"):
        choices = {key: _(label) for key, label in one.choices.items()}
        return Control(found, "choice", {**choices, UNSET: _("Not set")}, words=one.free or not choices)
    if one.type in REFERENCES:
        rows = ("row:" + ",".join(one.targets),) if one.type.startswith("rowlink") else ()
        return Control(found, "page", kinds=rows or _KINDS.get(one.type, one.targets))
    if one.type in ("date", "range"):
        return Control(found, "days")
    if one.type in ("number", "percent", "money"):
        return Control(found, "amount")
    return Control(found, "text")


def _of_computed(catalogue: Catalogue, kind: Kind, found: RegisterColumn, one: Computed) -> Control:
    if one.function:
        choices = function_choices(one.function)
        return Control(found, "choice", {**choices, UNSET: _("Nothing to say")}) if choices else Control(found, "text")
    if one.entered:
        return Control(found, "days")
    if one.values:
        table, _dot, name = one.values.partition(".")
        return _like(found, table_column(kind, table, name))
    if one.via:
        return _like(found, via_column(catalogue, kind, one))
    if one.linked and one.latest:
        linking = catalogue[one.linked.partition(".")[0]]
        return _like(found, linking.field(one.latest))
    return Control(found, "amount")


def _like(found: RegisterColumn, one: Column | None) -> Control:
    return _of_column(found, one) if one is not None else Control(found, "text")


def table_column(kind: Kind, table: str, name: str) -> Column | None:
    """A column of a table of the kind."""
    field_ = kind.field(table)
    return field_.row_type.column(name) if field_ and field_.row_type else None
