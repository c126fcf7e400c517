"""A suggested change in pieces that are accepted or declined one by one: the title, a field, a row, a paragraph."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from wiki.history.compare import Comparison, RowChange, TableChange, ValueChange, compare
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.kinds.types.base import Namer
from wiki.rendering.comparison import Change, ParagraphChange, pair_similar, words
from wiki.rendering.myers import Hunk, differences
from wiki.rendering.paragraphs import Block, Blocks, split


@dataclass(frozen=True)
class Piece:
    """One piece: `place` is "title", a field's key, "table/row id" or "body"; `key` names it and what it says.

    Of `value`, `row` and `paragraph` one is there: how it is shown.
    """

    key: str
    place: str
    label: str
    value: ValueChange | None = None
    row: RowChange | None = None
    paragraph: ParagraphChange | None = None


@dataclass(frozen=True)
class _Step:
    """Blocks of the present text that become others: old[start:end] -> blocks."""

    start: int
    end: int
    blocks: tuple[Block, ...]
    key: str = ""
    shown: ParagraphChange | None = None


@dataclass(frozen=True)
class Pieces:
    """What a suggestion would change of what stands now. What is `hidden` from who looks is never taken."""

    now: Content
    wished: Content
    pieces: list[Piece]
    steps: list[_Step] = field(default_factory=list)
    hidden: Collection[str] = ()

    def taken(self, chosen: Collection[str]) -> Content:
        """What stands now with the chosen pieces in it."""
        fields = dict(self.now.fields)
        title = self.now.title
        for piece in self.pieces:
            if piece.key not in chosen or piece.paragraph is not None:
                continue
            if piece.place == "title":
                title = self.wished.title
            elif "/" in piece.place:
                table, _slash, row_id = piece.place.partition("/")
                _take_row(fields, self.now, self.wished, table, row_id, self.hidden)
            else:
                _take(fields, self.wished.fields, piece.place)
        return Content(title, _text(self.now.body, self.steps, chosen), fields)


def pieces_of(kind: Kind, now: Content, wished: Content, names: Namer, hidden: Collection[str]) -> Pieces:
    """The pieces, without those of fields that are `hidden` from who looks; `now` and `wished` are whole."""
    seen = [replace(one, fields=_without(kind, one, hidden)) for one in (now, wished)]
    shown = compare(kind, seen[0], seen[1], names)
    found = _of_title(shown, wished) + _of_fields(kind, seen[0], seen[1], names)
    steps = _steps(now.body, wished.body)
    found += [Piece(one.key, "body", _("Text"), paragraph=one.shown) for one in steps if one.key]
    return Pieces(now, wished, found, steps, hidden)


def _without(kind: Kind, content: Content, hidden: Collection[str]) -> dict[str, Any]:
    fields = {key: value for key, value in content.fields.items() if key not in hidden}
    for table in kind.tables:
        columns = hidden_columns(table.key, hidden)
        if columns and table.key in fields:
            fields[table.key] = [{k: v for k, v in row.items() if k not in columns} for row in content.rows(table.key)]
    return fields


def hidden_columns(table: str, hidden: Collection[str]) -> set[str]:
    return {name.partition(".")[2] for name in hidden if name.startswith(f"{table}.")}


def _key(place: str, *said: Any) -> str:
    """The same for the same piece, whatever else changes: what was declined stays declined."""
    text = json.dumps([place, *said], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _of_title(shown: Comparison, wished: Content) -> list[Piece]:
    return [Piece(_key("title", wished.title), "title", _("Title"), value=shown.title)] if shown.title else []


def _of_fields(kind: Kind, now: Content, wished: Content, names: Namer) -> list[Piece]:
    """Field by field, so that each piece knows its key."""
    found: list[Piece] = []
    for key in dict.fromkeys([*now.fields, *wished.fields]):
        before, after = now.fields.get(key), wished.fields.get(key)
        if before == after:
            continue
        alone = [Content("", "", {key: value} if value is not None else {}) for value in (before, after)]
        shown = compare(kind, alone[0], alone[1], names)
        for table in shown.tables:
            found += _of_rows(key, table, wished)
        found += [Piece(_key(key, after), key, one.label, value=one) for one in shown.values]
    return found


def _of_rows(table: str, shown: TableChange, wished: Content) -> list[Piece]:
    """A row that only moved is no piece: the order stays as it is."""
    after = {row["id"]: row for row in wished.rows(table)}
    return [
        Piece(_key(f"{table}/{row.row_id}", after.get(row.row_id)), f"{table}/{row.row_id}", shown.label, row=row)
        for row in shown.rows
        if row.kind != "moved"
    ]


def _take(fields: dict[str, Any], wished: dict[str, Any], key: str) -> None:
    if key in wished:
        fields[key] = wished[key]
    else:
        fields.pop(key, None)


def _take_row(
    fields: dict[str, Any], now: Content, wished: Content, table: str, row_id: str, hidden: Collection[str]
) -> None:
    """One row put in, changed or taken out; a new one stands behind the one that it follows in the suggestion."""
    rows = list(fields.get(table, now.rows(table)))
    after = wished.rows(table)
    row = next((one for one in after if one["id"] == row_id), None)
    at = next((index for index, one in enumerate(rows) if one["id"] == row_id), None)
    if row is None:
        rows = [one for one in rows if one["id"] != row_id]
    elif at is not None:
        rows[at] = _as_seen(row, table, hidden, rows[at])
    else:
        before = [one["id"] for one in after[: after.index(row)]]
        places = [index for index, one in enumerate(rows) if one["id"] in before]
        rows.insert(max(places, default=-1) + 1, _as_seen(row, table, hidden, {}))
    fields[table] = rows
    if not rows:
        del fields[table]


def _as_seen(row: dict[str, Any], table: str, hidden: Collection[str], before: dict[str, Any]) -> dict[str, Any]:
    """A row whose hidden columns stay as they were."""
    columns = hidden_columns(table, hidden)
    kept = {key: value for key, value in before.items() if key in columns}
    return {key: value for key, value in row.items() if key not in columns} | kept


def _steps(old: str, new: str) -> list[_Step]:
    """The way from one text to the other, paragraph by paragraph; those without a key are what both share."""
    before, after = split(old), split(new)
    hunks = differences(before.keys, after.keys)
    if hunks is None:
        hunks = [Hunk(0, len(before.blocks), 0, len(after.blocks))]
    steps: list[_Step] = []
    done = 0
    for hunk in hunks:
        steps += [_Step(index, index + 1, (before.blocks[index],)) for index in range(done, hunk.old_start)]
        steps += _of_hunk(before, after, hunk)
        done = hunk.old_end
    return steps + [_Step(index, index + 1, (before.blocks[index],)) for index in range(done, len(before.blocks))]


def _of_hunk(before: Blocks, after: Blocks, hunk: Hunk) -> list[_Step]:
    old, new = before.blocks[hunk.old_start : hunk.old_end], after.blocks[hunk.new_start : hunk.new_end]
    steps: list[_Step] = []
    at = hunk.old_start
    for was, now in pair_similar([one.key for one in old], [one.key for one in new]):
        start = hunk.old_start + was if was is not None else at
        at = start + (was is not None)
        said = old[was].key if was is not None else ""
        says = new[now].key if now is not None else ""
        kind = Change.ADDED if was is None else Change.REMOVED if now is None else Change.CHANGED
        shown = ParagraphChange(kind, said, says, words(said, says) if said and says else None)
        # A paragraph that goes is named by what it said, any other by what it says.
        key = _key("body", says) if says else _key("body", "", said)
        steps.append(_Step(start, at, (new[now],) if now is not None else (), key, shown))
    return steps


def _text(old: str, steps: list[_Step], chosen: Collection[str]) -> str:
    """The present text with the chosen paragraphs; what was not touched stays byte for byte."""
    if not any(step.key in chosen for step in steps if step.key):
        return old
    before = split(old)
    blocks: list[Block] = []
    for step in steps:
        blocks += step.blocks if not step.key or step.key in chosen else before.blocks[step.start : step.end]
    text = before.lead
    for index, block in enumerate(blocks):
        text += block.text + (_gap(block, blocks[index + 1]) if index + 1 < len(blocks) else before.tail)
    return text


def _gap(block: Block, following: Block) -> str:
    """The gap as it was, unless two paragraphs that were apart would run into one."""
    apart = block.gap.count("\n") > 1 or block.ends_itself or following.begins_anew
    return block.gap if block.gap and apart else "\n\n"
