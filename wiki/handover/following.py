"""What follows by itself from a change to a note or to the page of a person: ways of the system, and who is told."""

import copy
from typing import Any

from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.handover import ending, telling
from wiki.handover.items import status_of
from wiki.handover.keeping import closing
from wiki.handover.notes import GATHERING, HANDOVER, PERSON, Parties, content_now, name_of, open_notes, write
from wiki.handover.preparing import Wish, prepare
from wiki.i18n import gettext as _
from wiki.i18n import time_zone
from wiki.kinds import Catalogue, Content, states
from wiki.kinds.record import day
from wiki.models import Page
from wiki.pages.actions import hold
from wiki.pages.following import Change, follows

#: What a note and the page of its person say alike.
_ALIKE = ("last_day", "successor")


def set_up() -> None:
    follows(PERSON, follow_person)
    follows(HANDOVER, follow_note)


def follow_person(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    page = change.page
    if page.state == "leaving" and change.was != "leaving":
        fields = change.after.fields
        wish = Wish("leaving", day(fields.get("last_day")), _id(fields.get("successor")))
        prepare(session, catalogue, viewer, page, wish, clock.today(time_zone()))
    elif change.was == "leaving" and page.state == "active":
        _stays(session, catalogue, viewer, page)
    elif page.state == "left" and change.was != "left":
        ending.end_account(session, viewer, page, clock.today(time_zone()), catalogue)
    elif page.state == "leaving":
        for note in open_notes(session, page.id, GATHERING):
            _say_alike(session, catalogue, viewer, note, change)


def _id(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _stays(session: Session, catalogue: Catalogue, viewer: Viewer, person: Page) -> None:
    """Somebody stays after all: what was written is kept, but nobody waits for it."""
    for note in open_notes(session, person.id, GATHERING):
        content = content_now(session, note)
        if content.fields.get("kind") == "leaving":
            said = _("%(name)s stays after all", name=person.title)
            write(session, catalogue, viewer, hold(session, catalogue, note), content, said, "cancelled")


def _say_alike(session: Session, catalogue: Catalogue, viewer: Viewer, other: Page, change: Change) -> None:
    """What changed on one of the two pages changes on the other, where both said the same, or the other nothing."""
    now = content_now(session, other)
    fields = copy.deepcopy(now.fields)
    for key in _ALIKE:
        before, after = change.before.fields.get(key), change.after.fields.get(key)
        if before != after and after is not None and fields.get(key) in (before, None):
            fields[key] = after
    if fields != now.fields:
        other = hold(session, catalogue, other)
        content = Content(now.title, now.body, fields)
        write(session, catalogue, viewer, other, content, _("As “%(title)s” says now", title=change.page.title))


def follow_note(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    page, content = change.page, change.after
    if change.was != page.state and page.state == "with_successor":
        _given(session, catalogue, viewer, page, content)
        return
    if page.state == "ready" and _may_be_given(catalogue, content):
        _give(session, catalogue, viewer, page, content)
        return
    if (state := closing(page, content)) is not None:
        write(session, catalogue, viewer, page, content, _("Everything is accepted, closed or not needed"), state)
    _tell_offered(session, viewer, change)
    if page.state in ("with_successor", "accepted") or state is not None:
        _tell_partners(session, viewer, page, change.before, content)
    if content.fields.get("kind") == "leaving" and page.state in GATHERING:
        _tell_person_page(session, catalogue, viewer, change)


def _may_be_given(catalogue: Catalogue, content: Content) -> bool:
    kind = catalogue[HANDOVER]
    way = next((way for way in kind.state("ready").next if way.to == "with_successor"), None)
    return way is not None and not states.missing(catalogue, kind, content, "ready", way)


def _give(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, content: Content) -> None:
    """The program takes the note to the successor as soon as it is ready and the partners are being told."""
    given = _all_offered(content)
    successor = Parties.of(content).successor
    said = (
        _("Given to %(name)s", name=name_of(session, successor))
        if successor is not None
        else _("Given to the manager, as caretaker")
    )
    write(session, catalogue, viewer, page, given, said, "with_successor")
    _tell_given(session, viewer, page, given)


def _given(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, content: Content) -> None:
    """Somebody moved it by hand."""
    given = _all_offered(content)
    if given.fields != content.fields:
        write(session, catalogue, viewer, page, given, _("Passed on what had a next owner"))
    _tell_given(session, viewer, page, given)


def _tell_given(session: Session, viewer: Viewer, page: Page, content: Content) -> None:
    telling.given(session, viewer, page, content)
    parties = Parties.of(content)
    known = {parties.successor, parties.manager, None}
    others = {row.get("next_owner") for row in content.rows("items") if status_of(row) == "passed_on"} - known
    telling.offered(session, viewer, page, content, [one for one in others if isinstance(one, int)])
    _tell_partners(session, viewer, page, Content(title=""), content)


def _all_offered(content: Content) -> Content:
    fields = copy.deepcopy(content.fields)
    for row in fields.get("items", []):
        if status_of(row) == "to_pass_on" and "next_owner" in row:
            row["status"] = "passed_on"
    return Content(content.title, content.body, fields)


def _tell_offered(session: Session, viewer: Viewer, change: Change) -> None:
    """Who was newly offered something by an edit of the note."""
    before = {row["id"]: (status_of(row), row.get("next_owner")) for row in change.before.rows("items")}
    new = {
        row["next_owner"]
        for row in change.after.rows("items")
        if status_of(row) == "passed_on"
        and isinstance(row.get("next_owner"), int)
        and before.get(row["id"]) != ("passed_on", row["next_owner"])
    }
    telling.offered(session, viewer, change.page, change.after, new)


def _tell_partners(session: Session, viewer: Viewer, page: Page, before: Content, after: Content) -> None:
    """Each partner once: when the note first says that they were told."""
    told = {row.get("org") for row in before.rows("partners_told") if row.get("told_on")}
    for row in after.rows("partners_told"):
        if row.get("told_on") and isinstance(row.get("org"), int) and row["org"] not in told:
            by = name_of(session, row.get("told_by"))
            telling.partner(session, viewer, page, row["org"], by, row["told_on"], row.get("how", ""))


def _tell_person_page(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """A new last day, or a new successor, is one for the person too: the account ends on that day."""
    leaver = Parties.of(change.after).leaver
    person = session.get(Page, leaver) if leaver is not None else None
    differs = any(change.before.fields.get(key) != change.after.fields.get(key) for key in _ALIKE)
    if person is not None and person.state == "leaving" and differs:
        _say_alike(session, catalogue, viewer, person, change)
