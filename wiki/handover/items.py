"""The items of a note and what its person holds, brought together: nothing twice, nothing lost. Nothing is stored here."""

import copy
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wiki.holdings import Held
from wiki.kinds import HOLDINGS, Content

WAITING = frozenset({"to_pass_on", "passed_on"})
SETTLED = frozenset({"accepted", "closed", "not_needed"})
#: Things that stand for a whole page: a note may name the page where the footprint knows the row.
_OF_A_PAGE = frozenset({"role", "group", "representative"})

Row = dict[str, Any]


def row_id(held: Held) -> str:
    """The same for the same thing, whoever lists it and whenever: so it is listed once."""
    return "h" + hashlib.sha256(held.key.encode()).hexdigest()[:10]


def status_of(row: Mapping[str, Any]) -> str:
    return str(row.get("status") or "to_pass_on")


@dataclass(frozen=True)
class Match:
    """What is held, with the row of the note that lists it; those without a row are new."""

    held: Held
    row: Row | None


def matched(rows: Sequence[Row], content: Content, held: Sequence[Held]) -> list[Match]:
    """Each thing with its row: the row that was made for it, else one that somebody wrote and that points to the same place."""
    by_id = {row["id"]: row for row in rows}
    free = [row for row in rows if row["id"] not in {row_id(one) for one in held}]
    about = {row["id"]: row.get("who") for row in content.rows("relationships")}
    found = []
    for one in held:
        row = by_id.get(row_id(one)) or _written(one, free, about)
        free = [other for other in free if other is not row]
        found.append(Match(one, row))
    return found


def _written(held: Held, rows: Sequence[Row], about: Mapping[str, Any]) -> Row | None:
    same = [row for row in rows if _points_to(held, row.get("item") or {}, about)]
    return next((row for row in same if row.get("kind") == held.what), same[0] if same else None)


def _points_to(held: Held, item: Mapping[str, Any], about: Mapping[str, Any]) -> bool:
    page, row = item.get("page"), item.get("row", "")
    if held.about is not None and about.get(row) == held.about:
        return True
    if page != held.page_id:
        return False
    return row == held.row_id or (not row and held.what in _OF_A_PAGE)


def brought_up_to_date(
    content: Content, held: Iterable[Held], note: int | None = None, *, adds: bool = True
) -> Content:
    """The content with what its person holds by now; itself when nothing differs.

    What is held no more, because it is done or somebody else has it, is closed; what was typed about it stays.
    `note` is the note's own page, which nobody hands over. Without `adds` no new thing is listed.
    """
    things = [one for one in held if one.through is None and not (one.page_id == note and one.what == "page")]
    new = Content(content.title, content.body, copy.deepcopy(content.fields))
    rows = new.rows("items")
    matches = matched(rows, new, things)
    there = {match.row["id"] if match.row is not None else row_id(match.held) for match in matches}
    for match in matches:
        if match.row is None and adds:
            rows.append(_row(match.held, new))
        elif match.row is not None and match.row.get("status") == "closed":
            match.row["status"] = "to_pass_on"  # it was done or given away, and has come back
    for row in rows:
        if row["id"] not in there and _is_of_footprint(row) and status_of(row) in WAITING:
            row["status"] = "closed"
    if rows:
        new.fields["items"] = rows
    if adds:
        _introduce(new, things)
    return new if new.fields != content.fields else content


def _is_of_footprint(row: Row) -> bool:
    """Whether the row lists something that a footprint holds, and not what somebody thought of besides."""
    return "item" in row and row.get("kind") in HOLDINGS


def _row(held: Held, content: Content) -> Row:
    row: Row = {"id": row_id(held), "item": ref_json(held), "kind": held.what, "status": "to_pass_on"}
    successor = content.fields.get("successor")
    return row | ({"next_owner": successor} if successor is not None else {})


def ref_json(held: Held) -> dict[str, Any]:
    """How a rowlink to the thing is stored."""
    return {"page": held.page_id, "row": held.row_id} if held.row_id else {"page": held.page_id}


def _introduce(content: Content, held: Iterable[Held]) -> None:
    """A line for each relationship, so that the introduction is planned."""
    known = {row.get("who") for row in content.rows("relationships")}
    new = [one for one in held if one.about is not None and one.about not in known]
    if new:
        rows = [{"id": "r" + row_id(one)[1:], "who": one.about, "introduced": "not_yet"} for one in new]
        content.fields["relationships"] = [*content.rows("relationships"), *rows]
