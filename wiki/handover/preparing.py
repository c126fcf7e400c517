"""A note begins: with all that somebody holds, in the space where most of it is, read by those whom it concerns."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.handover import telling
from wiki.handover.items import brought_up_to_date
from wiki.handover.notes import GATHERING, HANDOVER, PREPARED, content_now, open_notes, prepared_as, write
from wiki.holdings import Held, footprint
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Account, FieldValue, Membership, Page, Space
from wiki.pages.actions import create_page, hold
from wiki.pages.links import DIRECTORY


@dataclass(frozen=True)
class Wish:
    """What is known of a handover when it begins. `kind` as in the definition; people are ids of their pages."""

    kind: str = "leaving"
    last_day: date | None = None
    successor: int | None = None
    manager: int | None = None
    space_id: int | None = None
    only: frozenset[str] | None = None


def prepare(session: Session, catalogue: Catalogue, viewer: Viewer, person: Page, wish: Wish, today: date) -> Page:
    """The note, in draft, with a row for each thing that the person holds; manager and successor are told, partners are not.

    Where a note of theirs is being written already, that one is brought up to date. With `only`, keys of things, nothing
    else is listed. Raises Invalid.
    """
    _check(wish, person)
    held = [one for one in footprint(session, catalogue, None, person.id, today) if one.through is None]
    if wish.only is not None:
        held = [one for one in held if one.key in wish.only]
    there = open_notes(session, person.id, GATHERING)
    if there:
        return _adopted(session, catalogue, viewer, there[0], held, wish)
    space = _space(session, person, held, wish)
    content = _content(session, person, space, held, wish, viewer)
    content = brought_up_to_date(content, held)
    by = Viewer(account_id=None, person_id=viewer.person_id, name=viewer.name)  # who may see it follows from its people
    note = _("Prepared from what %(name)s holds", name=person.title)
    page = create_page(session, catalogue, by, space, catalogue[HANDOVER], content, note=note)
    eventlog.record(session, viewer, PREPARED, page=page, person=person.id, some=wish.only is not None)
    telling.begun(session, viewer, page, content)
    return page


def _check(wish: Wish, person: Page) -> None:
    problems = []
    if wish.last_day is None:
        problems.append(Problem("last_day", _("Say until when: the last day.")))
    for field, chosen in (("successor", wish.successor), ("manager", wish.manager)):
        if chosen == person.id:
            problems.append(Problem(field, _("Nobody hands over to themselves. Choose somebody else.")))
    if problems:
        raise Invalid(problems)


def _adopted(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, held: Sequence[Held], wish: Wish
) -> Page:
    """A note that somebody had begun already: nothing of it is lost."""
    page = hold(session, catalogue, page)
    before = content_now(session, page)
    content = Content(before.title, before.body, {**before.fields})
    if wish.last_day is not None:
        content.fields["last_day"] = wish.last_day.isoformat()
    for key, value in (("successor", wish.successor), ("manager", wish.manager)):
        if value is not None:
            content.fields[key] = value
    content = brought_up_to_date(content, held, page.id)
    if content.fields != before.fields:
        write(session, catalogue, viewer, page, content, _("Brought up to date"))
    if prepared_as(session, page) is None:
        eventlog.record(session, viewer, PREPARED, page=page, person=content.fields.get("person"), some=False)
        telling.begun(session, viewer, page, content)
    return page


def _space(session: Session, person: Page, held: Sequence[Held], wish: Wish) -> Space:
    """Where the note is written: as wished, else where most of it is held, else where the person's page is."""
    if wish.space_id is not None:
        return session.get_one(Space, wish.space_id)
    listed = set(session.scalars(select(Space.id).where(Space.slug == DIRECTORY)))
    counted = Counter(one.space_id for one in held if one.space_id not in listed)
    best = min(counted, key=lambda space: (-counted[space], space)) if counted else _first_of_theirs(session, person)
    return session.get_one(Space, best)


def _first_of_theirs(session: Session, person: Page) -> int:
    """Somebody who holds nothing: a space in which they write, so that they can write the note."""
    found = session.scalar(
        select(Membership.space_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Account.person_id == person.id, Membership.role != "reader")
        .order_by(Membership.id)
        .limit(1)
    )
    return found if found is not None else person.space_id


def _content(session: Session, person: Page, space: Space, held: Sequence[Held], wish: Wish, viewer: Viewer) -> Content:
    roles = [one.page_id for one in held if one.what == "role"]
    manager = wish.manager or manager_of(session, person.id, roles, viewer)
    successor = wish.successor
    fields: dict[str, Any] = {
        "person": person.id,
        "kind": wish.kind,
        "last_day": wish.last_day.isoformat() if wish.last_day else None,
        "successor": successor,
        "manager": manager,
        "owner": manager or successor or person.id,
        "role": roles[0] if roles else None,
        "partnership": _most([one.partnership_id for one in held]),
        "contributing_orgs": [org] if (org := org_of(session, person.id)) is not None else None,
        "pending_decisions": [one.page_id for one in held if one.what == "decision" and not one.row_id] or None,
        "review_every": "never",
        **_readers(session, space, [person.id, manager, successor]),
    }
    name = session.get(Page, successor) if successor is not None else None
    title = (
        _("Handover: %(leaver)s to %(successor)s", leaver=person.title, successor=name.title)
        if name is not None
        else _("Handover: %(leaver)s", leaver=person.title)
    )
    return Content(title[:300], "", {key: value for key, value in fields.items() if value is not None})


def _most(values: Sequence[int | None]) -> int | None:
    counted = Counter(one for one in values if one is not None)
    return min(counted, key=lambda one: (-counted[one], one)) if counted else None


def org_of(session: Session, person: int) -> int | None:
    return session.scalar(
        select(FieldValue.ref_id).where(FieldValue.page_id == person, FieldValue.key == "org").limit(1)
    )


def manager_of(session: Session, person: int, roles: Sequence[int], viewer: Viewer) -> int | None:
    """Who clears the time for one of their roles; else whoever prepares the handover for somebody else."""
    found = session.scalar(
        select(FieldValue.ref_id)
        .where(FieldValue.page_id.in_(roles), FieldValue.key == "cleared_by", FieldValue.ref_id.is_not(None))
        .where(FieldValue.ref_id != person)
        .order_by(FieldValue.page_id)
        .limit(1)
    )
    return found if found is not None else viewer.person_id if viewer.person_id != person else None


def _readers(session: Session, space: Space, people: Sequence[int | None]) -> dict[str, Any]:
    """A note speaks openly of partners, so it is read by the people of its own organisation and by coordinators.

    Where one of its people acts for no organisation here, that cannot be said, and the space's members read it.
    """
    acting = session.execute(
        select(Account.person_id, Membership.role, Membership.org_id)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.space_id == space.id, Account.active)
    ).all()
    named = {one for one in people if one is not None}
    wanted = [row for row in acting if row.person_id in named or row.role == "coordinator"]
    orgs = {row.org_id for row in wanted}
    if None in orgs or not named <= {row.person_id for row in wanted}:
        return {}
    return {"access": "named_orgs", "access_orgs": sorted(orgs)}
