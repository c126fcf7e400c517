"""Checks of computed values and of the register's columns, order and filters."""

from collections.abc import Mapping

from wiki.kinds.computed import PAGE_FUNCTIONS, ROW_FUNCTIONS
from wiki.kinds.definition import Computed, Field, Kind, RowType
from wiki.kinds.problems import Problems

#: What the register knows of every page, beside its fields.
BUILT_IN = ("title", "state", "changed", "created", "space", "freshness")

#: The ways in which a value can be worked out.
WAYS = ("linked", "count", "function", "values", "via", "entered")
MANY = ("rows", "orgs", "people", "links", "rowlinks", "multi")


def check_computed(kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    taken = {field.key for field in kind.every_field} | set(BUILT_IN)
    for one in kind.computed:
        if one.key in taken:
            problems.add(
                one.place, "key", f"There is a field “{one.key}” already", "give the computed value another key"
            )
        ways = [name for name in WAYS if getattr(one, name)]
        if len(ways) != 1 and ways != ["linked", "count"]:
            message = f"“{one.key}” needs one way to be worked out"
            problems.add(one.place, "key", message, f"give it exactly one of {', '.join(WAYS)}; count may join linked")
        elif one.function:
            _check_function(one, PAGE_FUNCTIONS, problems)
        elif one.linked:
            _check_linked(one, kinds, problems)
        elif one.count:
            _check_count(one, kind, one.count, problems)
        elif one.values:
            _check_values(one, kind, problems)
        elif one.via:
            _check_via(one, kind, kinds, problems)
        elif not kind.in_state(one.entered):
            problems.add(one.place, "entered", f"There is no state “{one.entered}”", "name a state of this kind")
    for table in kind.tables:
        if table.row_type and not table.rows:
            check_row_computed(table.row_type, problems)


def check_row_computed(row_type: RowType, problems: Problems) -> None:
    for one in row_type.computed:
        if row_type.column(one.key):
            problems.add(
                one.place, "key", f"There is a column “{one.key}” already", "give the computed value another key"
            )
        _check_function(one, ROW_FUNCTIONS, problems)


def _check_function(one: Computed, functions: Mapping[str, object], problems: Problems) -> None:
    if one.function not in functions:
        known = ", ".join(sorted(functions))
        problems.add(one.place, "function", f"There is no function “{one.function}” here", f"use one of {known}")


def _check_count(one: Computed, kind: Kind, key: str, problems: Problems) -> None:
    table = kind.field(key)
    if table is None or table.type not in MANY:
        mend = f"name one of {', '.join(field.key for field in kind.tables) or 'its tables'}"
        problems.add(one.place, "count", f"There is nothing to count in “{key}”", mend)
        return
    _check_where(one, table, problems)


def _check_values(one: Computed, kind: Kind, problems: Problems) -> None:
    key, _, column = one.values.partition(".")
    table = kind.field(key)
    if table is None or not table.row_type or table.row_type.column(column) is None:
        message = f"There is no column “{one.values}” to take values from"
        problems.add(one.place, "values", message, "name table.column of this kind")
        return
    _check_where(one, table, problems)


def _check_via(one: Computed, kind: Kind, kinds: Mapping[str, Kind], problems: Problems) -> None:
    key, _, wanted = one.via.partition(".")
    field = kind.field(key)
    if field is None or field.type not in ("person", "org", "link"):
        message = f"“{key}” is not a field that points to one page"
        problems.add(
            one.place,
            "via",
            message,
            'write it like "person.org": a field of this kind, a field of the page it points to',
        )
        return
    targets = {"person": ("person",), "org": ("organisation",)}.get(field.type, field.targets)
    if targets and not any(kinds[target].field(wanted) for target in targets if target in kinds):
        problems.add(one.place, "via", f"The pages in “{key}” have no field “{wanted}”", "name a field of theirs")


def _check_where(one: Computed, table: Field, problems: Problems) -> None:
    columns = {column.key: column for column in table.columns}
    for key, values in one.where.items():
        if key not in columns:
            known = ", ".join(columns)
            problems.add(one.place, "where", f"The table “{table.key}” has no column “{key}”", f"use one of {known}")
            continue
        for value in values:
            if columns[key].choices and value not in columns[key].choices:
                mend = f"use one of {', '.join(columns[key].choices)}"
                problems.add(one.place, "where", f"“{value}” is not a choice of “{key}”", mend)


def _check_linked(one: Computed, kinds: Mapping[str, Kind], problems: Problems) -> None:
    key, _, name = one.linked.partition(".")
    kind = kinds.get(key)
    table, _, column = name.partition(".")
    field = kind.field(table) if kind else None
    known = field is not None and (not column or any(each.key == column for each in field.columns))
    if kind is None or not known:
        mend = 'write it like "meeting.group": a kind and its field that points here'
        problems.add(one.place, "linked", f"There is no field “{one.linked}”", mend)
    elif one.count:
        _check_count(one, kind, one.count, problems)
    elif one.latest and kind.field(one.latest) is None:
        problems.add(one.place, "latest", f"“{key}” has no field “{one.latest}”", "name a field of that kind")


def check_register(kind: Kind, problems: Problems) -> None:
    fields = {field.key for field in kind.every_field}
    computed = {one.key for one in kind.computed}
    register = kind.register
    known = fields | computed | set(BUILT_IN)
    for name in ("columns", "filters"):
        for key in getattr(register, name):
            if key not in known:
                problems.add(register.place, name, f"There is no “{key}” to show", _mend(known))
    for key in register.sort:
        if key.removeprefix("-") not in known:
            problems.add(register.place, "sort", f"There is no “{key}” to sort by", _mend(known))
    for key, values in register.open_on.items():
        if key not in known:
            problems.add(register.place, "open_on", f"There is no “{key}” to filter by", _mend(known))
        if key == "state":
            for state in values:
                if not kind.in_state(state):
                    problems.add(register.place, "open_on", f"There is no state “{state}”", "name a state of this kind")


def _mend(known: set[str]) -> str:
    return f"use one of {', '.join(sorted(known))}"
