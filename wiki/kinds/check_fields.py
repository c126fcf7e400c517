"""Checks of fields and columns against the kinds, states and other fields that they name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from wiki.kinds.definition import Column, Field, Kind, RowType
from wiki.kinds.problems import Problems
from wiki.kinds.types import TYPES
from wiki.kinds.types.choices import Choice, Multi
from wiki.kinds.types.numbers import Number

MOST_WORDS = 6
FORMS = ("short", "more")
PEOPLE = ("person", "people")
ORGS = ("org", "orgs")


class FieldCheck:
    """Checks fields among their siblings: those that conditions may speak of."""

    def __init__(self, kinds: Mapping[str, Kind], siblings: Sequence[Column], problems: Problems) -> None:
        self.kinds = kinds
        self.siblings = {one.key: one for one in siblings}
        self.problems = problems

    def fields(self, fields: Iterable[Field], states: frozenset[str]) -> None:
        """`states` empty: fields of the envelope, which states cannot ask for."""
        for field in fields:
            self._common(field)
            self._form(field)
            self._required(field, states)
            self._own_words(field)
            self._visible_to(field)
            if field.row_type:
                inner = FieldCheck(self.kinds, field.row_type.columns, self.problems)
                inner.defaults(field)
                if not field.rows:
                    inner.row_type(field.row_type)

    def row_type(self, row_type: RowType) -> None:
        for column in row_type.columns:
            self._common(column)
            if column.type == "rows":
                self.problems.add(column.place, "type", "A table cannot stand in a table", "choose another type")
            self._condition(column, "needed_unless", column.needed_unless)
            if column.own_words and self._type(column.own_words) not in ORGS:
                self._add(column, "own_words", f"“{column.own_words}” is not a column with an organisation", "name one")
        self._named(row_type)

    def defaults(self, table: Field) -> None:
        """The rows that a new page begins with."""
        for n, row in enumerate(table.default_rows):
            for key, value in row.items():
                if key == "id":
                    continue
                if key not in self.siblings:
                    self.problems.add(table.place, ("default_rows", n), f"There is no column “{key}”", "name a column")
                elif wrong := _wrong_default(self.siblings[key], value):
                    self.problems.add(table.place, ("default_rows", n), f"“{key}” cannot begin as “{value}”", wrong)

    def _common(self, field: Column) -> None:
        if len(field.label.split()) > MOST_WORDS:
            self._add(
                field,
                "label",
                f"“{field.label}” has more than {MOST_WORDS} words",
                "say it shorter, put the rest in help",
            )
        self._type_keys(field)
        self._targets(field)
        self._condition(field, "show_if", field.show_if)
        if wrong := _wrong_default(field, field.default):
            self._add(field, "default", f"“{field.key}” cannot begin as “{field.default}”", wrong)

    def _type_keys(self, field: Column) -> None:
        kind_of = TYPES.get(field.type)
        if isinstance(kind_of, Choice | Multi) and not (field.choices or field.choices_from or field.free):
            self._add(field, "type", f"“{field.key}” has nothing to choose from", "add choices or choices_from")
        try:
            re.compile(field.pattern)
        except re.error as error:
            self._add(field, "pattern", f"The pattern is not a regular expression: {error}", "correct it")
        low, high = field.min_value, field.max_value
        if low is not None and high is not None and low > high:
            self._add(field, "min_value", "The least value is above the greatest", "exchange min_value and max_value")

    def _targets(self, field: Column) -> None:
        if field.type in ("rowlink", "rowlinks"):
            for target in field.targets:
                if not self._table(target):
                    mend = 'name a table like "agreement.commitments", or "*.commitments" for any kind\'s'
                    self._add(field, "targets", f"There is no table “{target}”", mend)
        else:
            for target in field.targets:
                if target not in self.kinds:
                    self._add(
                        field, "targets", f"There is no kind “{target}”", f"use one of {', '.join(sorted(self.kinds))}"
                    )

    def _table(self, target: str) -> bool:
        kind, _, table = target.partition(".")
        among = self.kinds.values() if kind == "*" else [self.kinds[kind]] if kind in self.kinds else []
        return any(one.key == table for kind in among for one in kind.tables)

    def _form(self, field: Field) -> None:
        if field.form not in FORMS:
            required = field.required_to_leave or field.required_to_enter
            message = f"“{field.key}” is required and in no form" if required else f"There is no form “{field.form}”"
            self._add(field, "form", message, 'write form = "short" or form = "more"')

    def _required(self, field: Field, states: frozenset[str]) -> None:
        for name in ("required_to_leave", "required_to_enter", "complete_to_enter"):
            for state in getattr(field, name):
                if state not in states:
                    mend = (
                        f"use one of {', '.join(sorted(states))}" if states else "remove it: the envelope has no states"
                    )
                    self._add(field, name, f"There is no state “{state}”", mend)
        if field.required_if and not (field.required_to_leave or field.required_to_enter):
            self._add(
                field, "required_if", f"“{field.key}” is not required", "say to leave or to enter what, or remove it"
            )
        self._condition(field, "required_if", field.required_if)
        for key in field.or_filled:
            if key not in self.siblings:
                self._add(
                    field, "or_filled", f"There is no field “{key}” that could stand in", "name a field of this kind"
                )
        FieldCheck(self.kinds, field.columns, self.problems)._condition(field, "min_where", field.min_where)
        if field.max is not None and field.max < field.min:
            self._add(field, "max", "The most is below the least", "exchange min and max")
        for key in field.synonyms:
            if key != "title" and key not in {column.key for column in field.columns if column.type == "text"}:
                self._add(
                    field, "synonyms", f"There is no text column “{key}”", "name columns of the type text, or title"
                )
        if field.numbered and field.type != "text":
            self._add(field, "numbered", "Only texts are numbered", 'remove it, or make the type "text"')
        if field.min_orgs and field.type != "orgs" and not any(one.type in ORGS for one in field.columns):
            self._add(
                field, "min_orgs", f"“{field.key}” names no organisations", "remove it, or add a column of type org"
            )

    def _condition(self, field: Column, name: str, condition: Mapping[str, tuple[str, ...]]) -> None:
        for key, values in condition.items():
            sibling = self.siblings.get(key)
            if sibling is None:
                self._add(
                    field, name, f"There is no “{key}” beside “{field.key}”", "name a field or column of the same part"
                )
                continue
            for value in values:
                if sibling.choices and value not in sibling.choices:
                    mend = f"use one of {', '.join(sibling.choices)}"
                    self._add(field, name, f"“{value}” is not a choice of “{key}”", mend)

    def _own_words(self, field: Field) -> None:
        if field.own_words in ("", "self"):
            return
        column = next((one for one in field.columns if one.key == field.own_words), None)
        if (column.type if column else self._type(field.own_words)) not in ORGS:
            message = f"“{field.own_words}” is not an organisation of this page or table"
            self._add(field, "own_words", message, "name a field or column of type org")

    def _visible_to(self, field: Field) -> None:
        shown_if = {key: values for key, values in field.visible_if.items() if key != "state"}
        self._condition(field, "visible_if", shown_if)
        for key in field.visible_to:
            table, _, name = key.partition(".")
            column = next((one for one in getattr(self.siblings.get(table), "columns", ()) if one.key == name), None)
            if (column.type if column else self._type(key)) not in PEOPLE:
                self._add(
                    field, "visible_to", f"“{key}” is not a person field of this page", "name fields of type person"
                )

    def _named(self, row_type: RowType) -> None:
        for name in ("title", "status", "due", "person"):
            key = getattr(row_type, name)
            if key and key not in self.siblings:
                known = ", ".join(self.siblings)
                self.problems.add(row_type.place, name, f"There is no column “{key}”", f"use one of {known}")

    def _type(self, key: str) -> str:
        return self.siblings[key].type if key in self.siblings else ""

    def _add(self, field: Column, key: str, message: str, mend: str) -> None:
        self.problems.add(field.place, key, message, mend)


def _wrong_default(field: Column, value: object) -> str:
    """How to mend a default that the type cannot hold; "" if it is right."""
    kind_of = TYPES.get(field.type)
    if value in ("", "none", []) or kind_of is None:
        return ""
    if value == "creator":
        return "" if field.type in (*PEOPLE, "org", "orgs") else 'only people can be "creator"'
    if value == "today" and field.type == "date":
        return ""
    if isinstance(kind_of, Multi):
        known = isinstance(value, list) and (
            field.free or field.choices_from or all(one in field.choices for one in value)
        )
        return "" if known else "give a list of its choices"
    if isinstance(kind_of, Choice):
        return "" if value in field.choices or field.choices_from else f"use one of {', '.join(field.choices)}"
    if isinstance(kind_of, Number):
        return "" if isinstance(value, int | float) else "give a number"
    if field.type == "date":
        return "" if isinstance(value, str) and _is_day(value) else 'use "today" or a day like "2026-11-21"'
    if field.type in ("text", "md"):
        return "" if isinstance(value, str) else "give a text"
    return "this type has no default" if not field.or_text else ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
