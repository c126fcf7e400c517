"""People on paths as tests meet them."""

from typing import Any

from sqlalchemy import select

from tests.paper_coast import Coast
from tests.world import FOUNDER, password_hash
from wiki.kinds import Content
from wiki.models import Account, Enrolment, Notice, Page, StepTaken
from wiki.pages import actions as pages
from wiki.pages.storing import content_of, current_revision
from wiki.paths import queries
from wiki.paths.walks import Walk
from wiki.people.actions import add_person
from wiki.spaces.actions import set_member

PATH = "/paper-coast/first-fourteen-days"


def walk_of(coast: Coast, who: str, newcomer: str = "ada", path: str = "P35") -> Walk:
    """Where somebody is on a path, as one reader sees it."""
    viewer, person = coast.viewer(who), coast.viewer(newcomer).person_id
    with coast.reading() as session:
        found = queries.walks(
            session, coast.catalogue, viewer, Enrolment.person_id == person, Enrolment.path_id == coast.named(path).id
        )
        assert len(found) == 1, found
        return found[0]


def statuses(walk: Walk) -> dict[str, str]:
    return {step.row_id: step.status for step in walk.steps}


def save(coast: Coast, who: str, name: str, body: str | None = None, **fields: Any) -> None:
    """Change a page of the demo, as somebody: fields, and the text behind its own."""
    viewer = coast.viewer(who)
    with coast.writing() as session:
        page = session.get_one(Page, coast.named(name).id)
        now = content_of(current_revision(session, page))
        content = Content(now.title, now.body if body is None else now.body + body, {**now.fields, **fields})
        assert pages.save_page(session, coast.catalogue, viewer, page, content, page.number).revision is not None


def told(coast: Coast, who: str) -> list[str]:
    """Why somebody was told something of paths."""
    with coast.reading() as session:
        found = session.scalars(
            select(Notice.reason)
            .join(Account, Account.id == Notice.account_id)
            .where(Account.email == coast.email(who), Notice.reason.startswith("path"))
            .order_by(Notice.id)
        )
        return list(found)


def taken(coast: Coast, row: str) -> StepTaken | None:
    with coast.reading() as session:
        return session.scalars(select(StepTaken).where(StepTaken.row_id == row)).one_or_none()


def arrive(coast: Coast, who: str, name: str, org: str = "O1") -> int:
    """Somebody new, with an account and a role in the space for an organisation; the id of their page."""
    with coast.writing() as session:
        account = add_person(session, coast.catalogue, FOUNDER, coast.email(who), name)
        account.password_hash = password_hash()
        space = coast.space("paper-coast")
        set_member(session, FOUNDER, space, account, "member", coast.named(org).id)
        assert account.person_id is not None
        return account.person_id
