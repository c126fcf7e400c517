"""Events with people on their lists, and the mails that these got, as the tests of events need them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select

from tests.world import World
from wiki import clock, worker
from wiki.access import page_by_id
from wiki.events import addresses, letters, signing, upkeep
from wiki.events.guests import actions as guests
from wiki.events.guests.opening import page_for_guest
from wiki.kinds import Content
from wiki.models import EventSignup, Outgoing, Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = "2026-12-08"


def event(world: World, who: str = "ada", title: str = "Knots", space: str = "paper-coast", **fields: Any) -> Page:
    """An event that is open for sign-up. Ada holds it."""
    plan = {"kind": "peer_session", "dates": {"from": DAY, "until": DAY}, "time": "9:00 to 15:00", "place": "The shed"}
    state = fields.pop("state", "open")
    given = {**plan, "mode": "onsite", "aims": "Tie a knot.", **fields}
    return world.page(who, space, "event", title, given, state=state)


def change(world: World, page: Page, **fields: Any) -> None:
    """Ada edits the event; `title` and `state` are the page's own."""
    state = fields.pop("state", None)
    title = fields.pop("title", None)
    with world.writing() as session:
        ada = world.viewer("ada")
        found = page_by_id(session, ada, page.id, "edit")
        content = content_of(current_revision(session, found.page))
        after = Content(title or content.title, content.body, {**content.fields, **fields})
        actions.save_page(session, world.catalogue, ada, found.page, after, found.page.number)
    if state is not None:
        with world.writing() as session:
            found = page_by_id(session, ada, page.id, "edit")
            actions.change_state(session, world.catalogue, ada, found, state, "As it came")


def today(world: World) -> Any:
    return clock.today(world.settings.time_zone)


def sign_up(world: World, who: str, page: Page) -> EventSignup:
    with world.writing() as session:
        viewer = world.viewer(who)
        found = page_by_id(session, viewer, page.id, "view")
        return signing.sign_up(session, world.catalogue, viewer, found, today(world))


def leave(world: World, signup: EventSignup, by_host: bool = False) -> None:
    with world.writing() as session:
        found = page_for_guest(session, signup.page_id)
        assert found is not None
        signing.leave(session, world.catalogue, found, signup.id, today(world), by_host)


def guest(world: World, page: Page, name: str, confirmed: bool = True, **form: str) -> EventSignup:
    """A guest, who has answered the mail unless told otherwise."""
    email = f"{name.split()[0].lower()}@guests.example"
    with world.writing() as session:
        found = page_for_guest(session, page.id)
        assert found is not None
        guests.ask(session, world.catalogue, found, {"name": name, "email": email, **form}, None, today(world))
        signup = session.scalars(select(EventSignup).where(EventSignup.email == email)).one()
        if confirmed:
            guests.confirm(session, world.catalogue, found, signup.id, today(world))
        return signup


def own_path(world: World, signup: EventSignup) -> str:
    return addresses.own_path(world.settings, signup)


def invited_path(world: World, page: Page, who: str = "ada") -> str:
    """The address by which guests come, made by a host."""
    with world.writing() as session:
        viewer = world.viewer(who)
        made = guests.invite(session, viewer, page_by_id(session, viewer, page.id, "view"))
        return addresses.invited_path(world.settings, made)


def standing(world: World, page: Page) -> dict[str, str]:
    """Name -> status of everybody on the list, in the order in which they asked."""
    with world.reading() as session:
        query = select(EventSignup).where(EventSignup.page_id == page.id)
        return {one.name: one.status for one in session.scalars(query.order_by(EventSignup.asked_at, EventSignup.id))}


def look_after(world: World) -> int:
    """What happens in the background."""
    return upkeep.keep(world.database, world.settings, world.catalogue)


def mails(world: World) -> list[EmailMessage]:
    """The mails of events that wait, as they would be sent now; they wait no more."""
    made = []
    with world.writing() as session:
        waiting = select(Outgoing).where(Outgoing.sent_at.is_(None)).order_by(Outgoing.id)
        for message in session.scalars(waiting):
            if (message.made_of or {}).get("maker") != letters.MAKER:
                continue
            letter = letters.make(session, world.settings, message)
            if letter is not None:
                made.append(worker.as_email(world.settings, message, letter))
            session.delete(message)
    return made


def subjects(sent: Sequence[EmailMessage]) -> list[tuple[str, str]]:
    """To whom, and what about."""
    return [(one["To"].partition("@")[0], one["Subject"]) for one in sent]


def calendar_of(mail: EmailMessage) -> tuple[str, str]:
    """The method of the calendar part of a mail, and its text with lines unfolded; ("", "") without one."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            text = part.get_content()
            return str(part.get_param("method")), text.replace("\r\n", "\n").replace("\n ", "")
    return "", ""


def later(**distance: int) -> datetime:
    return NOON + timedelta(**distance)
