"""Handover notes as the database knows them, and the one way in which the program itself writes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Event, FieldValue, Page, Revision
from wiki.pages import storing
from wiki.pages.storing import Author, content_of, current_revision

HANDOVER, PERSON = "handover", "person"
#: States in which things are added to a note; and those in which it still asks something of somebody.
GATHERING = ("draft", "ready")
OPEN = (*GATHERING, "with_successor", "accepted")
#: Says that a note was begun by somebody who may know all that its person holds.
PREPARED = "handover.prepared"

_Of = aliased(FieldValue)


def the_wiki() -> Viewer:
    """Who changes pages by themselves, in histories."""
    return Viewer(account_id=None, person_id=None, name=_("The wiki"))


def open_notes(session: Session, person: int, states: Sequence[str] = OPEN) -> list[Page]:
    """The notes of somebody that are not over, the newest first."""
    return list(session.scalars(_notes(states).where(_Of.ref_id == person).order_by(Page.id.desc())))


def _notes(states: Sequence[str]) -> Select[Any]:
    there = Page.kind == HANDOVER, Page.state.in_(states), Page.deleted_at.is_(None), Page.archived_at.is_(None)
    return select(Page).join(_Of, (_Of.page_id == Page.id) & (_Of.key == "person")).where(*there)


def kept_notes(session: Session, states: Sequence[str] = OPEN) -> list[Page]:
    """Open notes that the program keeps up to date."""
    prepared = exists().where(Event.page_id == Page.id, Event.verb == PREPARED)
    return list(session.scalars(_notes(states).where(prepared).order_by(Page.id)))


def prepared_as(session: Session, page: Page) -> str | None:
    """How the note was begun: "all" that its person holds, or "some" of it; None if nobody prepared it who may know that."""
    detail = session.scalar(
        select(Event.detail).where(Event.page_id == page.id, Event.verb == PREPARED).order_by(Event.id.desc()).limit(1)
    )
    return None if detail is None else "some" if detail.get("some") else "all"


@dataclass(frozen=True)
class Parties:
    """The people of a note, by the ids of their pages."""

    leaver: int | None
    successor: int | None
    manager: int | None

    @classmethod
    def of(cls, content: Content) -> "Parties":
        people = [content.fields.get(key) for key in ("person", "successor", "manager")]
        leaver, successor, manager = (one if isinstance(one, int) else None for one in people)
        return cls(leaver, successor, manager)


def content_now(session: Session, page: Page) -> Content:
    return content_of(current_revision(session, page))


def name_of(session: Session, person: Any) -> str:
    """What somebody is called; for the history of what they themselves have a part in."""
    page = session.get(Page, person) if isinstance(person, int) else None
    return page.title if page is not None else _("somebody")


def write(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    content: Content,
    note: str,
    state: str | None = None,
) -> Revision:
    """One revision of a note (or a person's page), whatever of it changes: content, state or both. The page must be held."""
    was, when = page.state, clock.now()
    revision = storing.store_revision(
        session, catalogue, page, content, author=Author.of(viewer), note=note[:500], time=when, state=state
    )
    verb = "page.state" if page.state != was else "page.saved"
    more: dict[str, Any] = {"was": was, "to": page.state} if page.state != was else {}
    eventlog.record(
        session, viewer, verb, page=page, revision=revision.number, time=when, note=revision.note, by="system", **more
    )
    return revision
