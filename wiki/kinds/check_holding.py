"""Checks of what people hold: that it can be told from the page alone, and from what every reader of the page sees."""

from collections.abc import Iterable, Mapping, Sequence

from wiki.kinds.definition import Column, Field, Kind, RowType
from wiki.kinds.holding import HOLDINGS, Holds
from wiki.kinds.problems import Problems

_PEOPLE = ("person", "people")


def check_holding(kind: Kind, problems: Problems) -> None:
    """The fields and tables of a kind; columns of shared row types are looked at once, by check_rows_held."""
    states = frozenset(state.key for state in kind.states)
    for one in kind.fields:
        for said in one.holds:
            _check_field(kind, one, said, problems)
        if one.row_type and not one.rows:
            check_rows_held(one.row_type, problems)
        for said in (*one.holds, *(said for column in one.columns if not one.rows for said in column.holds)):
            _check_states(said, states, problems)
        if one.rows and any(column.holds for column in one.columns) and (one.visible_to or one.visible_if):
            _hidden(one, one.holds, problems)


def check_shared(
    envelope: Sequence[Field], rows: Iterable[RowType], kinds: Mapping[str, Kind], problems: Problems
) -> None:
    """What all kinds share. A state named by a shared row type has to be one of some kind that uses it."""
    for one in envelope:
        for said in one.holds:
            _check_holder(one, said, problems)
            if said.unless or said.since or said.until or said.states or said.by:
                problems.add(said.place, (), f"“{one.key}” is held whatever else a page says", "leave only what")
    for row_type in rows:
        check_rows_held(row_type, problems)
        users = [kind for kind in kinds.values() if any(one.rows == row_type.key for one in kind.fields)]
        states = frozenset(state.key for kind in users for state in kind.states)
        for column in row_type.columns:
            for said in column.holds:
                _check_states(said, states, problems)


def check_rows_held(row_type: RowType, problems: Problems) -> None:
    siblings = {column.key: column for column in row_type.columns}
    for column in row_type.columns:
        for said in column.holds:
            _check_holder(column, said, problems)
            _check_days(said, siblings, problems)
            if said.by:
                problems.add(said.place, "by", "Only a table is held by what stands elsewhere", "remove it")
            for key, values in said.unless.items():
                wrong = [value for value in values if key in siblings and value not in siblings[key].choices]
                if key not in siblings or wrong:
                    message = f"There is no “{wrong[0] if wrong else key}” to go by"
                    problems.add(said.place, "unless", message, "name a choice column of the row, and its choices")


def _check_field(kind: Kind, one: Field, said: Holds, problems: Problems) -> None:
    if said.unless or said.since or said.until:
        problems.add(
            said.place, (), f"“{one.key}” has no row that could say it", "use states, or name what in a column"
        )
    if not one.row_type:
        _check_holder(one, said, problems)
        if said.by:
            problems.add(said.place, "by", "Only a table is held by what stands elsewhere", "remove it")
        return
    _check_what(said, problems)
    if one.visible_to or one.visible_if:
        _hidden(one, (said,), problems)
    table, _dot, key = said.by.partition(".")
    named: Column | None = kind.field(table)
    if key and isinstance(named, Field):
        named = next((column for column in named.columns if column.key == key), None)
    if named is None or named.type not in _PEOPLE:
        mend = "name a person field of this kind, or table.column"
        problems.add(said.place, "by", f"“{said.by}” does not name people", mend)


def _check_holder(one: Column, said: Holds, problems: Problems) -> None:
    _check_what(said, problems)
    if one.type not in _PEOPLE:
        problems.add(said.place, "what", f"“{one.key}” does not name people", "make the type person or people")
    if one.visible_to or one.visible_if:
        _hidden(one, (said,), problems)


def _check_what(said: Holds, problems: Problems) -> None:
    if said.what not in HOLDINGS:
        problems.add(said.place, "what", f"Nobody can hold a “{said.what}”", f"use one of {', '.join(HOLDINGS)}")


def _check_days(said: Holds, siblings: Mapping[str, Column], problems: Problems) -> None:
    for name in ("since", "until"):
        key = getattr(said, name)
        if key and (key not in siblings or siblings[key].type != "date"):
            problems.add(said.place, name, f"“{key}” is not a column with a day", "name a column of the type date")


def _check_states(said: Holds, states: frozenset[str], problems: Problems) -> None:
    for state in said.states:
        if state not in states:
            mend = f"use one of {', '.join(sorted(states))}"
            problems.add(said.place, "states", f"There is no state “{state}”", mend)


def _hidden(one: Column, said: Iterable[Holds], problems: Problems) -> None:
    for each in said:
        message = f"Not every reader sees “{one.key}”, so nobody could say what it holds"
        problems.add(each.place, "what", message, "take away holds, or visible_to and visible_if")
