"""Where on a page the name of a holder stands, by the kinds' definitions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wiki.kinds import Catalogue, Column, Field, Holds, Kind


@dataclass(frozen=True, eq=False)
class HoldingPlace:
    """A field, or a column of a table, in which whoever is named holds something."""

    field: Field
    column: Column | None
    holds: tuple[Holds, ...]
    says: str

    @property
    def row_named(self) -> bool:
        """Whether the text of a row says what is held, and not who holds it."""
        row_type = self.field.row_type
        title = row_type.column(row_type.title) if row_type else None
        return title is not None and title.type not in ("person", "people")


@dataclass(frozen=True, eq=False)
class HeldTable:
    """A table whose rows are held by whoever stands in another place of the page; `holder` is the name of that place."""

    field: Field
    holds: Holds
    says: str


@dataclass(frozen=True, eq=False)
class Places:
    """By kind and name ("field" or "table.column"); `tables` by kind; `names` are all under which a link to a holder can stand.

    What is asked for every row of a wiki is worked out once.
    """

    named: Mapping[tuple[str, str], HoldingPlace]
    tables: Mapping[str, tuple[HeldTable, ...]]

    @cached_property
    def names(self) -> list[str]:
        return sorted({name for _kind, name in self.named}.union(self.through))

    @property
    def through(self) -> list[str]:
        """Under which names those stand who hold the rows of a table."""
        return sorted({table.holds.by for tables in self.tables.values() for table in tables})

    @property
    def dated(self) -> list[str]:
        """Under which names those stand who hold a row from one day until another: handing over makes a new row."""
        return sorted(name for (_kind, name), place in self.named.items() if any(one.since for one in place.holds))

    @property
    def row_types(self) -> list[str]:
        found = (one.field.row_type for tables in self.tables.values() for one in tables)
        return sorted({row_type.key for row_type in found if row_type is not None})

    @cached_property
    def open_rows(self) -> dict[str, HoldingPlace]:
        """Row type -> the place of its holder, for rows that somebody can finish: those that are held until a column says that they are done."""
        found: dict[str, HoldingPlace] = {}
        for place in self.named.values():
            row_type = place.field.row_type
            if row_type and place.column and row_type.person == place.column.key and _ends(place.holds):
                found.setdefault(row_type.key, place)
        return found

    def role_names(self) -> list[str]:
        """Under which names whoever holds a role is named."""
        return sorted({name for (_kind, name), place in self.named.items() if _is_role(place.holds)})

    def is_role(self, kind: str, name: str) -> bool:
        place = self.named.get((kind, name))
        return place is not None and _is_role(place.holds)


def places_of(catalogue: Catalogue) -> Places:
    named: dict[tuple[str, str], HoldingPlace] = {}
    tables: dict[str, tuple[HeldTable, ...]] = {}
    for kind in catalogue.values():
        for one in kind.every_field:
            if one.row_type is None and one.holds:
                named[kind.key, one.key] = HoldingPlace(one, None, one.holds, one.inverse_label or one.label)
            for column in one.columns:
                if column.holds:
                    says = column.inverse_label or one.label
                    named[kind.key, f"{one.key}.{column.key}"] = HoldingPlace(one, column, column.holds, says)
        held = tuple(_tables(kind))
        if held:
            tables[kind.key] = held
    return Places(named, tables)


def _tables(kind: Kind) -> list[HeldTable]:
    return [HeldTable(one, said, one.label) for one in kind.tables for said in one.holds]


def _ends(holds: tuple[Holds, ...]) -> bool:
    return any(said.unless for said in holds)


def _is_role(holds: tuple[Holds, ...]) -> bool:
    return any(said.what == "role" for said in holds)
