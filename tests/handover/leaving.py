"""Somebody leaves, in tests: the demo's people, and what they do to a note."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tests.paper_coast import DAY0, Coast
from wiki.access import page_by_id
from wiki.handover import passing
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision


def leave(coast: Coast, name: str, by: str, last_day: str = "2026-12-04", **fields: Any) -> Page:
    """Set somebody of the demo to leaving, as the page's own form and state do; gives the note that is there afterwards."""
    person = coast.named(name)
    change(coast, person.id, by, last_day=last_day, **fields)
    move(coast, person.id, by, "leaving")
    return note_of(coast, person.id)


def note_of(coast: Coast, person: int) -> Page:
    """The newest note about somebody."""
    with coast.reading() as session:
        found = session.scalars(select(Page).where(Page.kind == "handover").order_by(Page.id.desc())).all()
        return next(page for page in found if content_of(current_revision(session, page)).fields["person"] == person)


def content(coast: Coast, page: int) -> Content:
    with coast.reading() as session:
        return content_of(current_revision(session, session.get_one(Page, page)))


def state(coast: Coast, page: int) -> str:
    with coast.reading() as session:
        return session.get_one(Page, page).state


def change(coast: Coast, page: int, by: str, **fields: Any) -> None:
    """Save some fields of a page."""
    viewer = coast.viewer(by)
    with coast.writing() as session:
        found = page_by_id(session, viewer, page, "edit")
        now = content_of(current_revision(session, found.page))
        new = Content(now.title, now.body, {**now.fields, **fields})
        actions.save_page(session, coast.catalogue, viewer, found.page, new, found.page.number)


def move(coast: Coast, page: int, by: str, to: str, note: str = "") -> None:
    viewer = coast.viewer(by)
    with coast.writing() as session:
        found = page_by_id(session, viewer, page, "edit")
        actions.change_state(session, coast.catalogue, viewer, found, to, note)


def accept(coast: Coast, page: int, by: str, rows: Sequence[str]) -> passing.Taken:
    viewer = coast.viewer(by)
    with coast.writing() as session:
        found = page_by_id(session, viewer, page, "view")
        return passing.accept(session, coast.catalogue, viewer, found, rows, DAY0)


def explain(coast: Coast, page: int, by: str, **more: Any) -> None:
    """Write what is asked of a note before it is ready."""
    there = content(coast, page)
    taker = there.fields.get("successor") or there.fields.get("manager")
    rows = [{**row, "what_to_know": "Ask Hal", "next_owner": taker} for row in there.rows("items")]
    relationships = there.rows("relationships") or [{"id": "rx", "who": coast.named("U4").id, "introduced": "planned"}]
    needed = {"first_week": "Letters", "unwritten": "Nothing", "relationships": relationships}
    change(coast, page, by, items=rows, **needed, **more)
