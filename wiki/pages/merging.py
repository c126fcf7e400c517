"""Three-way merge of two people's changes to one page: field by field, row by row, text paragraph by paragraph."""

from dataclasses import dataclass, field
from typing import Any

from wiki.kinds import Kind
from wiki.kinds.carrying import carried
from wiki.kinds.content import Content
from wiki.rendering.merge import Merged, merge_text

MISSING = object()


@dataclass(frozen=True)
class Clash:
    """A value that both changed differently. `place` is "title", "body", a field key or "table/row id/column"."""

    place: str
    base: Any
    mine: Any
    theirs: Any


@dataclass
class ContentMerge:
    """What could be merged (`content`, with mine where they clash) and what could not; `mine` is what was sent."""

    content: Content
    clashes: list[Clash] = field(default_factory=list)
    body: Merged | None = None
    mine: Content | None = None

    @property
    def clean(self) -> bool:
        return not self.clashes and (self.body is None or not self.body.conflicts)


def merge_contents(kind: Kind, base: Content, mine: Content, theirs: Content) -> ContentMerge:
    """`mine` is what somebody sends who began from `base`; `theirs` is what stands there now. Each may be of another version of the kind."""
    base, mine, theirs = (carried(kind, side) for side in (base, mine, theirs))
    clashes: list[Clash] = []
    title = _value("title", base.title, mine.title, theirs.title, clashes)
    tables = {table.key for table in kind.tables}
    fields: dict[str, Any] = {}
    for key in _keys(theirs.fields, mine.fields, base.fields):
        versions = [side.fields.get(key, MISSING) for side in (base, mine, theirs)]
        base_value, my_value, their_value = versions
        if key in tables or any(_is_table(value) for value in versions):
            value = _rows(key, _listed(base_value), _listed(my_value), _listed(their_value), clashes) or MISSING
        elif all(value is MISSING or (isinstance(value, str) and "\n" in value) for value in versions):
            value = _long_text(key, base_value, my_value, their_value, clashes)
        else:
            value = _value(key, base_value, my_value, their_value, clashes)
        if value is not MISSING:
            fields[key] = value
    body = merge_text(base.body, mine.body, theirs.body)
    return ContentMerge(Content(title=title, body=body.text, fields=fields), clashes, body, mine)


def _keys(*sides: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(key for side in sides for key in side))


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) and "id" in row for row in value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _value(place: str, base: Any, mine: Any, theirs: Any, clashes: list[Clash]) -> Any:
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if all(isinstance(value, list) for value in (base, mine, theirs) if value is not MISSING):
        return _list(*([] if value is MISSING else value for value in (base, mine, theirs))) or MISSING
    clashes.append(Clash(place, *(None if value is MISSING else value for value in (base, mine, theirs))))
    return mine


def _list(base: list[Any], mine: list[Any], theirs: list[Any]) -> list[Any]:
    """Sets of references and choices: what either added stays, what either took away goes."""
    gone = [value for value in base if value not in mine or value not in theirs]
    return [value for value in [*mine, *(v for v in theirs if v not in mine)] if value not in gone]


def _long_text(key: str, base: Any, mine: Any, theirs: Any, clashes: list[Clash]) -> Any:
    texts = ["" if value is MISSING else value for value in (base, mine, theirs)]
    merged = merge_text(*texts)
    if merged.conflicts:
        return _value(key, base, mine, theirs, clashes)
    return merged.text or MISSING


def _rows(
    table: str,
    base: list[dict[str, Any]],
    mine: list[dict[str, Any]],
    theirs: list[dict[str, Any]],
    clashes: list[Clash],
) -> list[dict[str, Any]]:
    """Rows by their permanent ids. A row that one deleted and the other changed stays, and is shown as a clash."""
    by_id = [{row["id"]: row for row in side} for side in (base, mine, theirs)]
    merged = []
    for row_id in _order(base, mine, theirs):
        versions = [side.get(row_id) for side in by_id]
        row = _row(table, row_id, versions[0], versions[1], versions[2], clashes)
        if row is not None:
            merged.append(row)
    return merged


def _row(
    table: str,
    row_id: str,
    base: dict[str, Any] | None,
    mine: dict[str, Any] | None,
    theirs: dict[str, Any] | None,
    clashes: list[Clash],
) -> dict[str, Any] | None:
    if mine is None or theirs is None:
        survivor = mine or theirs
        if base is None or survivor is None:
            return survivor
        if survivor == base:
            return None
        clashes.append(Clash(f"{table}/{row_id}", base, mine, theirs))
        return survivor
    merged: dict[str, Any] = {"id": row_id}
    before = base or {}
    for column in _keys(mine, theirs, before):
        if column == "id":
            continue
        value = _value(
            f"{table}/{row_id}/{column}",
            before.get(column, MISSING),
            mine.get(column, MISSING),
            theirs.get(column, MISSING),
            clashes,
        )
        if value is not MISSING:
            merged[column] = value
    return merged


def _order(base: list[dict[str, Any]], mine: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[str]:
    """My order if I moved rows, else theirs; rows only the other has go behind the row they stood behind."""
    orders = [[row["id"] for row in side] for side in (base, mine, theirs)]
    common = set(orders[0]) & set(orders[1])
    i_moved = [i for i in orders[0] if i in common] != [i for i in orders[1] if i in common]
    main, other = (orders[1], orders[2]) if i_moved else (orders[2], orders[1])
    order = list(main)
    for position, row_id in enumerate(other):
        if row_id not in order:
            before = next((o for o in reversed(other[:position]) if o in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, row_id)
    return order
