"""Things change hands: offered by who leaves, taken on by who comes, or sent back with a word."""

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, editable_pages
from wiki.errors import Forbidden, Invalid, Problem
from wiki.handover import telling
from wiki.handover.items import WAITING, Row, matched, status_of
from wiki.handover.keeping import closing, refresh
from wiki.handover.notes import OPEN, Parties, content_now, name_of, write
from wiki.holdings import Held, footprint, hand_over
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue, Content
from wiki.models import Page
from wiki.pages.actions import hold
from wiki.text import tidy

WORD_LENGTH = 300


@dataclass(frozen=True)
class Taken:
    """What came of taking things on: how many, on how many pages; `closed` if that was the last of the note."""

    things: int
    pages: int
    closed: bool


def as_what(viewer: Viewer, content: Content, row: Mapping[str, Any], state: str) -> str:
    """How the viewer may take the thing on: "next" owner, "caretaker", or "" (not at all)."""
    me, parties, named = viewer.person_id, Parties.of(content), row.get("next_owner")
    if me is None or me == parties.leaver or state not in OPEN or status_of(row) not in WAITING:
        return ""
    if status_of(row) == "to_pass_on" and state in ("draft", "ready"):
        return ""
    if named is not None and me == named:
        return "next"
    if named is None and me == parties.successor:
        return "next"
    if me == parties.manager and (named is None or parties.successor is None):
        return "caretaker"
    return ""


def held_by_row(session: Session, catalogue: Catalogue, content: Content, today: date) -> dict[str, Held]:
    """Row -> what the leaver still holds of what it lists."""
    leaver = Parties.of(content).leaver
    if leaver is None:
        return {}
    held = [one for one in footprint(session, catalogue, None, leaver, today) if one.through is None]
    rows = content.rows("items")
    return {match.row["id"]: match.held for match in matched(rows, content, held) if match.row is not None}


def accept(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, row_ids: Sequence[str], today: date
) -> Taken:
    """Take things on: the viewer becomes their holder, by one revision for each page and one for the note.

    Raises Invalid, with every reason and nothing changed, when one of them is not offered to the viewer or stands on a
    page that they may not change.
    """
    refresh(session, catalogue, viewer, found.page, today)
    page = hold(session, catalogue, found.page)
    content, rows = _chosen(session, page, row_ids)
    roles = {row["id"]: as_what(viewer, content, row, page.state) for row in rows}
    held = held_by_row(session, catalogue, content, today)
    problems = [*_not_offered(rows, roles), *_out_of_reach(session, viewer, rows, held)]
    if problems:
        raise Invalid(problems)
    assert viewer.person_id is not None
    moved = [held[row["id"]] for row in rows if row["id"] in held]
    note = _passed_on(session, viewer, page, content)
    made = hand_over(session, catalogue, viewer, moved, viewer.person_id, note, today)
    for row in rows:
        _take(row, viewer.person_id, roles[row["id"]], today)
    state = closing(page, content)
    said = ngettext("Took on %(count)s thing", "Took on %(count)s things", len(rows))
    write(session, catalogue, viewer, page, content, said, state)
    telling.taken(session, viewer, page, content)
    return Taken(len(rows), len(made), state is not None)


def _passed_on(session: Session, viewer: Viewer, page: Page, content: Content) -> str:
    """For the history of each page: its readers may not all know the note, so that it is named by its number."""
    names = {"leaver": name_of(session, Parties.of(content).leaver), "taker": name_of(session, viewer.person_id)}
    return _("Passed on from %(leaver)s to %(taker)s in handover /p/%(number)s", number=page.id, **names)


def _chosen(session: Session, page: Page, row_ids: Iterable[str]) -> tuple[Content, list[Row]]:
    """A copy of the content, and those rows of it. Raises Invalid when there is no such row."""
    now = content_now(session, page)
    content = Content(now.title, now.body, copy.deepcopy(now.fields))
    by_id = {row["id"]: row for row in content.rows("items")}
    wanted = list(dict.fromkeys(row_ids))
    if not wanted or not all(row_id in by_id for row_id in wanted):
        raise Invalid([Problem("row", _("Choose the things first. One of them may have gone from the list."))])
    return content, [by_id[row_id] for row_id in wanted]


def _not_offered(rows: Sequence[Row], roles: Mapping[str, str]) -> list[Problem]:
    return [
        Problem("row", _("This is not offered to you, or has been taken on already."), anchor=f"i-{row['id']}")
        for row in rows
        if not roles[row["id"]]
    ]


def _out_of_reach(session: Session, viewer: Viewer, rows: Sequence[Row], held: Mapping[str, Held]) -> list[Problem]:
    """Whoever takes a page on must be able to change it: being named gives nobody a right."""
    there = {row["id"]: held[row["id"]].page_id for row in rows if row["id"] in held and held[row["id"]].moves}
    may = set(session.scalars(select(Page.id).where(Page.id.in_(set(there.values())), editable_pages(viewer))))
    message = _("You may not change the page where this stands yet. Ask a coordinator of its space for a role there.")
    return [Problem("row", message, anchor=f"i-{row_id}") for row_id, page_id in there.items() if page_id not in may]


def _take(row: Row, person: int, role: str, today: date) -> None:
    row.pop("sent_back", None)
    row.update(status="accepted", accepted_by=person, accepted_on=today.isoformat())
    if role == "caretaker":
        row["caretaker"] = "yes"
    row.setdefault("next_owner", person)


def send_back(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, row_ids: Sequence[str], word: str
) -> None:
    """Not clear yet: what somebody wants to know first stands beside the thing. Raises Invalid."""
    word = tidy(word)[:WORD_LENGTH]
    if not word:
        raise Invalid([Problem("word", _("Say in a few words what is not clear."))])
    page = hold(session, catalogue, found.page)
    content, rows = _chosen(session, page, row_ids)
    problems = _not_offered(rows, {row["id"]: as_what(viewer, content, row, page.state) for row in rows})
    if problems:
        raise Invalid(problems)
    for row in rows:
        row.update(status="to_pass_on", sent_back=word)
    write(session, catalogue, viewer, page, content, _("Not clear yet: %(word)s", word=word))
    telling.sent_back(session, viewer, page, content, word)


def may_hand(viewer: Viewer, content: Content) -> bool:
    """Whether the viewer speaks for who leaves: that person, or the manager."""
    parties = Parties.of(content)
    return viewer.person_id is not None and viewer.person_id in (parties.leaver, parties.manager)


def offer(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, row_ids: Sequence[str]) -> int:
    """Pass things on: those who are named as next owners are told and may take them on. Returns how many.

    Raises Invalid for what lacks a note or a next owner, Forbidden when the viewer does not speak for who leaves.
    """
    page = hold(session, catalogue, found.page)
    content, rows = _chosen(session, page, row_ids)
    if not may_hand(viewer, content):
        raise Forbidden(_("Only who leaves, and the manager, can pass this on."))
    rows = [row for row in rows if status_of(row) == "to_pass_on"]
    problems = [*_lacking(rows, "what_to_know", _("Say first what to know about it."))]
    problems += _lacking(rows, "next_owner", _("Say first who takes it."))
    if problems:
        raise Invalid(problems)
    for row in rows:
        row["status"] = "passed_on"
        row.pop("sent_back", None)
    if rows:
        said = ngettext("Passed on %(count)s thing", "Passed on %(count)s things", len(rows))
        write(session, catalogue, viewer, page, content, said)
        telling.offered(session, viewer, page, content, {row["next_owner"] for row in rows})
    return len(rows)


def _lacking(rows: Iterable[Row], column: str, message: str) -> list[Problem]:
    return [Problem("row", message, anchor=f"i-{row['id']}") for row in rows if column not in row]
