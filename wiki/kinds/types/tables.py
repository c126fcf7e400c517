"""Tables: rows with permanent ids, each cell read by the type of its column."""

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds.definition import Column, Field
from wiki.kinds.types.base import BadValue, BadValues, FieldType, Form, Indexed, Namer, Ref, Resolver, joined

ROW_ID = re.compile(r"[a-z0-9]{2,12}")
MOST_ROWS = 1000

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Rows(FieldType):
    """A list of objects, each with its "id" and the columns that are filled."""

    def __init__(self, types: Mapping[str, FieldType]) -> None:
        self._types = types

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> list[dict[str, Any]] | None:
        """`name` is "r.<table>". A bad cell is named by its part "<n>.<column>"; the rest of its row is kept."""

        def one(n: str) -> tuple[str, dict[str, Any], list[BadValue]]:
            row, problems = self._cells(
                field,
                n,
                lambda column: self._types[column.type].read_form(column, form, f"{name}.{n}.{column.key}", resolver),
            )
            return (form.get(f"{name}.{n}.id") or "").strip(), row, problems

        return self._rows(field, map(one, row_numbers(form, name)))

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> list[dict[str, Any]] | None:
        """Rows without an id get one; a column that the table lacks is refused."""
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise BadValue(_("Give a list of rows, each an object."))

        def one(numbered: tuple[int, dict[str, Any]]) -> tuple[str, dict[str, Any], list[BadValue]]:
            n, given = numbered
            row, problems = self._cells(
                field,
                str(n),
                lambda column: self._types[column.type].from_json(column, given.get(column.key), resolver),
            )
            known = {"id", *(column.key for column in columns(field))}
            problems += [
                BadValue(_("This table has no column “%(key)s”.", key=str(key)[:60]), f"{n}.{str(key)[:60]}")
                for key in given
                if key not in known
            ]
            identity = given.get("id") or ""
            if not isinstance(identity, str) or (identity and not ROW_ID.fullmatch(identity)):
                problems.append(BadValue(_("A row's id has 2 to 12 small letters or digits."), f"{n}.id"))
                identity = ""
            if identity and sum(other.get("id") == identity for other in value[:n]):
                problems.append(BadValue(_("Another row has the id “%(id)s” already.", id=identity), f"{n}.id"))
            return identity, row, problems

        return self._rows(field, map(one, enumerate(value)))

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        """Rows are numbered from 0."""
        texts: dict[str, str | list[str]] = {}
        for n, row in enumerate(value):
            texts[f"{n}.id"] = row["id"]
            for column in columns(field):
                if column.key in row:
                    cell = self._types[column.type].to_form(column, row[column.key], namer)
                    texts |= {f"{n}.{joined(column.key, part)}": text for part, text in cell.items()}
        return texts

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return "\n".join(self.plain_row(field, row, namer) for row in value)

    def plain_row(self, field: Column, row: Mapping[str, Any], namer: Namer) -> str:
        """The filled cells of a row, in the order of the columns."""
        shown = [column for column in columns(field) if column.key in row]
        return " · ".join(self._types[column.type].plain(column, row[column.key], namer) for column in shown)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return []

    def refs(self, field: Column, value: Any) -> list[Ref]:
        return [ref for row in value for _key, ref in self.row_refs(field, row)]

    def row_refs(self, field: Column, row: Mapping[str, Any]) -> list[tuple[str, Ref]]:
        """(column key, reference) of everything that a row points to."""
        filled = [column for column in columns(field) if column.key in row]
        return [(one.key, ref) for one in filled for ref in self._types[one.type].refs(one, row[one.key])]

    def sent(self, form: Form, name: str) -> bool:
        return name in form or any(key.startswith(f"{name}.") for key in form)

    def _cells(self, field: Column, n: str, read: Callable[[Column], Any]) -> tuple[dict[str, Any], list[BadValue]]:
        row: dict[str, Any] = {}
        problems: list[BadValue] = []
        for column in columns(field):
            try:
                value = read(column)
            except BadValue as problem:
                value = getattr(problem, "readable", None)
                problems += [BadValue(one.message, joined(f"{n}.{column.key}", one.part)) for one in problem.each()]
            if value is not None:
                row[column.key] = value
        return row, problems

    def _rows(
        self, field: Column, read: Iterable[tuple[str, dict[str, Any], list[BadValue]]]
    ) -> list[dict[str, Any]] | None:
        rows: list[dict[str, Any]] = []
        problems: list[BadValue] = []
        taken: set[str] = set()
        for identity, cells, bad in read:
            problems += bad
            if not cells or (not identity and not bad and _only_defaults(field, cells)):
                continue
            kept = identity if ROW_ID.fullmatch(identity) and identity not in taken else new_row_id(taken)
            taken.add(kept)
            rows.append({"id": kept, **cells})
        if len(rows) > MOST_ROWS:
            problems.append(
                BadValue(_("Keep to %(most)s rows or fewer; put the rest on a page of its own.", most=MOST_ROWS))
            )
        if problems:
            raise BadValues(problems, rows or None)
        return rows or None


def columns(field: Column) -> tuple[Column, ...]:
    return field.columns if isinstance(field, Field) else ()


def row_numbers(form: Form, name: str) -> list[str]:
    """The numbers of the rows in a form, ascending, as they are written in the inputs' names."""
    found = re.compile(rf"{re.escape(name)}\.(\d{{1,6}})\.")
    numbers = {match[1] for key in form if (match := found.match(key))}
    return sorted(numbers, key=lambda n: (int(n), n))


def new_row_id(taken: Iterable[str] = ()) -> str:
    """Six letters or digits that no row in `taken` has."""
    while (made := "".join(secrets.choice(_LETTERS) for _place in range(6))) in set(taken):
        pass
    return made


def _only_defaults(field: Column, cells: Mapping[str, Any]) -> bool:
    defaults = {column.key: column.default for column in columns(field)}
    return all(defaults.get(key) not in ("", None) and defaults[key] == value for key, value in cells.items())
