"""Questions as tests ask and read them: without the forms, by the actions that the forms call."""

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.world import FOUNDER, World
from wiki import clock
from wiki.access import Viewer
from wiki.models import Account, Notice, Outgoing, Page, Question, QuestionAsked, Space
from wiki.people import queries
from wiki.questions import actions
from wiki.questions.actions import Asking
from wiki.questions.insiders import Insider, insiders
from wiki.questions.partners import default_partner, partners
from wiki.questions.seeing import Seen, question_for
from wiki.questions.subject import About, about_page, about_space
from wiki.spaces import actions as spaces

T = TypeVar("T")

#: A Tuesday, at noon where the site is.
TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)


def ask(
    world: World,
    who: str,
    text: str,
    page: Page | None = None,
    *,
    to: Collection[str] = (),
    theme: str = "",
    more: str = "",
    close: bool = False,
    only_they: bool = False,
    partner: str = "",
    space: str = "paper-coast",
) -> int:
    """The number of the question. `partner` is the key of an organisation; "" is the one to which the page is due, "-" none."""
    viewer, accounts = world.viewer(who), {world.account(one).id for one in to}
    with world.writing() as session:
        about = about_page(session, viewer, page.id) if page is not None else about_space(session, viewer, space)
        subject = about.asking(text, theme).subject
        today = clock.today(world.settings.time_zone)
        offered = partners(session, viewer, about.space.id, subject.org_id, subject.page, today)
        chosen = default_partner(session, offered, subject.page, about.space.id)
        if partner:
            wanted = 0 if partner == "-" else world.org(partner)
            chosen = next((one for one in offered if one.org_id == wanted), None)
        people = insiders(session, world.catalogue, viewer, subject)
        asking = Asking(text, more, to=accounts, close=close, only_they=only_they)
        return actions.ask(session, world.settings, viewer, subject, asking, people, chosen).id


def viewer_of(world: World, who: str) -> Viewer:
    """By the first part of an address of the test world, or by a whole address."""
    if "@" not in who:
        return world.viewer(who)
    with world.reading() as session:
        found = queries.viewer_for_email(session, who)
    assert found is not None, f"{who} cannot sign in"
    return found


def who_can_be_asked(
    world: World, who: str, page: Page | None = None, text: str = "", theme: str = ""
) -> list[Insider]:
    viewer = viewer_of(world, who)
    with world.reading() as session:
        about: About = (
            about_page(session, viewer, page.id) if page is not None else about_space(session, viewer, "paper-coast")
        )
        return insiders(session, world.catalogue, viewer, about.asking(text, theme).subject)


def answer(world: World, who: str, number: int, text: str = "So it is.") -> int:
    viewer = world.viewer(who)
    with world.writing() as session:
        return actions.answer(session, viewer, question_for(session, viewer, number), text).id


def settle(world: World, who: str, number: int, answer_id: int) -> None:
    viewer = world.viewer(who)
    with world.writing() as session:
        actions.settle(session, viewer, question_for(session, viewer, number), answer_id)


def seen(world: World, who: str, number: int) -> Seen:
    """Raises NotFound."""
    viewer = world.viewer(who)
    with world.reading() as session:
        return question_for(session, viewer, number)


def stored(world: World, number: int) -> Question:
    with world.reading() as session:
        return session.get_one(Question, number)


def asked_of(world: World, number: int) -> dict[str, str]:
    """Who was asked, by the first part of their address, and why."""
    names = {world.account(one).id: one for one in ("hal", "ada", "ben", "dan", "zoe", "ivy")}
    with world.reading() as session:
        found = session.execute(
            select(QuestionAsked.account_id, QuestionAsked.why).where(QuestionAsked.question_id == number)
        )
        return {names[row[0]]: row[1] for row in found}


def told(world: World, who: str) -> list[str]:
    """The reasons for which somebody was told something of questions, in order."""
    with world.reading() as session:
        found = select(Notice.reason).where(Notice.account_id == world.account(who).id).order_by(Notice.id)
        return [one for one in session.scalars(found) if one.startswith("question_")]


def mails(world: World, who: str) -> int:
    with world.reading() as session:
        return len(session.scalars(select(Outgoing.id).where(Outgoing.recipient == world.email(who))).all())


def speaks(world: World, who: str, org: str) -> None:
    """Somebody represents their organisation in the space: questions to it go to them."""
    with world.writing() as session:
        account, space = (
            session.get_one(Account, world.account(who).id),
            session.get_one(Space, world.space("paper-coast").id),
        )
        spaces.set_member(session, FOUNDER, space, account, "rep", world.org(org))


def council_page(world: World, title: str = "Shells", **fields: object) -> Page:
    """A page that Dan of the Council keeps right; everybody of the space reads it."""
    kept = {"owner": world.viewer("dan").person_id, **fields}
    return world.page("dan", "paper-coast", "article", title, kept, "Ours.")


def does(world: World, who: str, number: int, action: Callable[[Session, Viewer, Seen], T]) -> T:
    """What an action on a question gives, done by somebody who may know of it."""
    viewer = world.viewer(who)
    with world.writing() as session:
        return action(session, viewer, question_for(session, viewer, number))
