"""How these tests talk: through the same actions as the browser and the API."""

from typing import Any

from sqlalchemy import select

from tests.world import World
from wiki.access import page_by_id
from wiki.conversation import actions, suggesting
from wiki.conversation.about import About
from wiki.kinds import Content
from wiki.models import Comment, Notice, Page, Suggestion, Thread
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision


def comment(world: World, who: str, page: Page, text: str, *, anyway: bool = False, **about: str) -> Comment:
    """Somebody begins a thread."""
    by = world.viewer(who)
    with world.writing() as session:
        found = page_by_id(session, by, page.id, "view")
        return actions.begin(session, world.catalogue, by, found, About(**about), text, anyway=anyway)


def answer(world: World, who: str, page: Page, thread_id: int, text: str) -> Comment:
    by = world.viewer(who)
    with world.writing() as session:
        found = page_by_id(session, by, page.id, "view")
        return actions.reply(session, world.catalogue, by, found, session.get_one(Thread, thread_id), text)


def rewrite(world: World, who: str, page: Page, body: str, **fields: Any) -> None:
    """Somebody saves another text."""
    by = world.viewer(who)
    with world.writing() as session:
        found = page_by_id(session, by, page.id, "edit")
        before = content_of(current_revision(session, found.page))
        content = Content(before.title, body, {**before.fields, **fields})
        save_page(session, world.catalogue, by, found.page, content, found.page.number)


def suggest(world: World, who: str, page: Page, body: str, note: str = "", **fields: Any) -> Suggestion:
    """Somebody suggests another text, and other values."""
    by = world.viewer(who)
    with world.writing() as session:
        found = page_by_id(session, by, page.id, "view")
        before = content_of(current_revision(session, found.page))
        content = Content(before.title, body, {**before.fields, **fields})
        return suggesting.suggest(session, world.catalogue, by, found, content, found.page.number, note)


def told(world: World, who: str) -> list[tuple[str, str]]:
    """(reason, text) of somebody's notices."""
    with world.reading() as session:
        mine = select(Notice).where(Notice.account_id == world.account(who).id).order_by(Notice.id)
        return [(one.reason, one.words.get("text", "")) for one in session.scalars(mine)]


def thread(world: World, number: int) -> Thread:
    with world.reading() as session:
        return session.get_one(Thread, number)
