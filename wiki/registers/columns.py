"""What a register can show, sort and filter by: fields, computed values, and what every page has."""

from dataclasses import dataclass

from wiki.i18n import gettext as _
from wiki.kinds import Computed, Field, Kind

#: What every page has beside its fields, by key.
BUILT_IN = ("title", "state", "changed", "created", "space", "freshness")
NUMBERS = frozenset({"number", "percent", "money"})


@dataclass(frozen=True, eq=False)
class RegisterColumn:
    """One key of a register: a field, a computed value, or (neither) something that every page has."""

    key: str
    field: Field | None = None
    computed: Computed | None = None

    @property
    def label(self) -> str:
        """What people read at its head, in their language."""
        if self.field is not None:
            return _(self.field.label)
        return _(self.computed.label) if self.computed is not None else _built_in_label(self.key)

    @property
    def is_number(self) -> bool:
        if self.field is not None:
            return self.field.type in NUMBERS or self.field.row_type is not None
        one = self.computed
        return one is not None and bool(one.count or (one.linked and not one.latest)) and not one.of

    @property
    def needs_content(self) -> bool:
        """Whether the database alone can neither sort nor filter by it: it is worked out from each page."""
        return self.computed is not None


def column(kind: Kind, key: str) -> RegisterColumn | None:
    """The column of that key; None if the kind has nothing of that name."""
    if key in BUILT_IN:
        return RegisterColumn(key)
    field = kind.field(key)
    if field is not None:
        return RegisterColumn(key, field=field)
    computed = next((one for one in kind.computed if one.key == key), None)
    return RegisterColumn(key, computed=computed) if computed is not None else None


def columns(kind: Kind, *, with_space: bool) -> list[RegisterColumn]:
    """The columns of the kind's register: the title first unless it has a place, the space last if it is to be told."""
    keys = list(kind.register.columns)
    if "title" not in keys:
        keys.insert(0, "title")
    if with_space and "space" not in keys:
        keys.append("space")
    return [found for key in keys if (found := column(kind, key)) is not None]


def _built_in_label(key: str) -> str:
    labels = {
        "title": _("Title"),
        "state": _("State"),
        "changed": _("Changed"),
        "created": _("Created"),
        "space": _("Space"),
        "freshness": _("Still right?"),
    }
    return labels[key]
