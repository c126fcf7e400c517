"""Parts of a suggestion that whoever decides about the rest does not see: they are neither taken nor closed with it."""

from collections.abc import Collection
from typing import Any

from wiki.conversation.pieces import hidden_columns, pieces_of
from wiki.kinds import Content, Kind


def is_left(kind: Kind, now: Content, wished: Content, hidden: Collection[str], declined: Collection[str]) -> bool:
    """Whether anything `hidden` is undecided: fields, and "table.column"."""
    if not hidden:
        return False
    unseen = {
        piece.place for piece in pieces_of(kind, _only(now, hidden), _only(wished, hidden), _Numbers(), ()).pieces
    }
    whole = pieces_of(kind, now, wished, _Numbers(), ()).pieces
    return any(piece.place in unseen and piece.key not in declined for piece in whole)


class _Numbers:
    """Instead of names, which need not be looked up to see that they differ."""

    def page(self, page_id: int) -> str:
        return str(page_id)

    def row(self, page_id: int, row_id: str) -> str:
        return f"{page_id}/{row_id}"


def _only(content: Content, hidden: Collection[str]) -> Content:
    """What others see and its reader does not; of a row its hidden columns, if it has any."""
    fields: dict[str, Any] = {key: value for key, value in content.fields.items() if key in hidden}
    for table in {name.partition(".")[0] for name in hidden if "." in name} - set(fields):
        columns = {"id", *hidden_columns(table, hidden)}
        rows = [{key: value for key, value in row.items() if key in columns} for row in content.rows(table)]
        fields[table] = [row for row in rows if len(row) > 1]
    return Content("", "", {key: value for key, value in fields.items() if value})
