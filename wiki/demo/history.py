"""Earlier revisions of a demo page: each is written down as what differed from the one after it."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

Fields = dict[str, Any]

#: What an entry of a page's history may say.
KEYS = frozenset({"on", "by", "state", "note", "body", "without", "rows", "fields"})


def earlier_fields(newer: Fields, entry: Mapping[str, Any], last: Fields) -> Fields:
    """The fields of the revision before `newer`.

    `without` names fields ("why") and rows ("options#op3") that were not there yet. `rows` changes cells of single
    rows, `{table: {row: {column: value}}}`: "" empties a cell, and a row that `newer` lacks is taken from `last`, the
    newest revision. `fields` gives whole values. In this order.
    """
    fields = deepcopy(newer)
    for name in entry.get("without", ()):
        _remove(fields, name)
    for table, patches in entry.get("rows", {}).items():
        fields[table] = _patched(fields.get(table, []), patches, last[table])
    fields.update(entry.get("fields", {}))
    return fields


def _remove(fields: Fields, name: str) -> None:
    key, _hash, row_id = name.partition("#")
    if not row_id:
        fields.pop(key, None)
        return
    fields[key] = [row for row in fields.get(key, ()) if row["id"] != row_id]
    if not fields[key]:
        del fields[key]


def _patched(rows: Iterable[Fields], patches: Mapping[str, Fields], last: list[Fields]) -> list[Fields]:
    """The rows with their cells changed, in the order in which `last` has them."""
    by_id = {row["id"]: row for row in rows}
    newest = {row["id"]: row for row in last}
    for row_id, cells in patches.items():
        row = by_id.get(row_id) or newest[row_id]
        by_id[row_id] = {key: value for key, value in {**row, **cells}.items() if value != ""}
    return sorted(by_id.values(), key=lambda row: list(newest).index(row["id"]))
