"""Notices, inbox, mails and feeds never carry a word of a page that their reader may not read: random readers, pages of every access level."""

import json
import random
from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.notices.told import later
from tests.search.oracle import SPACES, build
from tests.search.world import World
from wiki import clock, config, kinds
from wiki.access import Viewer, visible_pages
from wiki.db import Database
from wiki.kinds import Catalogue
from wiki.models import Account, Membership, Outgoing, Page
from wiki.notices import feed, inbox, mailing, watching
from wiki.notices.telling import tell
from wiki.people import queries
from wiki.resources import resource_folder

READERS = 24
SETTINGS = config.load({}, base_url="https://wiki.example", secret_key="tests" * 8)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as session:
        yield session


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return kinds.load([resource_folder("page_templates")])


def add_reader(world: World, number: int, chance: random.Random) -> Viewer:
    """Somebody with some roles in some spaces, for some organisation."""
    session = world.session
    account = Account(email=f"{number}@paper-coast.example", name=f"Reader {number}", created_at=clock.now())
    session.add(account)
    session.flush()
    orgs = [page.id for page in world.pages.values() if page.kind == "organisation"]
    for space in chance.sample(sorted(SPACES), chance.randrange(0, 4)):
        role, org = chance.choice(["reader", "member", "steward"]), chance.choice([None, *orgs])
        session.add(Membership(space_id=world.space(space).id, account_id=account.id, role=role, org_id=org))
    session.flush()
    viewer = queries.viewer_for_account(session, account.id)
    assert viewer is not None
    return viewer


def own_word(page: Page) -> str:
    """A word that no other page says."""
    return page.title.split()[1]


def tell_of_all(world: World, viewers: list[Viewer], pages: list[Page], chance: random.Random) -> None:
    """Everybody is told of every page, in the words of the page, with the name of another one beside."""
    to = [viewer.account_id for viewer in viewers if viewer.account_id is not None]
    for page in pages:
        reason = chance.choice(["comment", "adapted", "state", "found", "new_of_person", "mention"])
        words = {
            "text": f"about {own_word(page)}",
            "was": own_word(page),
            "now": own_word(page),
            "search": own_word(page),
        }
        tell(world.session, to, reason, page.id, words=words, pages={"other": chance.choice(pages).id}, link="#x")
        for viewer in viewers:
            watching.watch_page(world.session, viewer, page.id)


def said_to(session: Session, viewer: Viewer, catalogue: Catalogue) -> dict[str, str]:
    """All that somebody is told, by where they are told it."""
    shown = inbox.look(session, viewer, limit=500)
    made = [
        letter
        for message in session.scalars(select(Outgoing).order_by(Outgoing.id))
        if (message.made_of or {})["account"] == viewer.account_id
        and (letter := mailing.make(session, SETTINGS, catalogue, message)) is not None
    ]
    return {
        "inbox": "\n".join(f"{group.about} {one}" for group in shown.groups for one in group.notices),
        "feed": feed.atom(shown.groups, "Inbox", SETTINGS.base_url, "Holdfast", clock.now()).decode(),
        "mails": json.dumps([[one.subject, one.text, one.html] for one in made], ensure_ascii=False),
        "watched": "\n".join(str(one) for one in watching.listed(session, viewer)),
    }


def test_no_reader_is_told_a_word_of_what_they_may_not_read(
    session: Session, database: Database, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(6)
    world = World(session)
    by_word = {own_word(page): page for page in build(world, chance)}  # one for each word: two may share theirs
    pages = list(by_word.values())
    for shared in [page for page in world.pages.values() if page not in pages and page.kind != "organisation"]:
        shared.deleted_at = clock.now()
    viewers = [add_reader(world, number, chance) for number in range(READERS)]
    monkeypatch.setattr(mailing, "TOLD", 500)
    tell_of_all(world, viewers, pages, chance)
    session.commit()
    later(monkeypatch, days=2)
    mailing.hand_over(database, SETTINGS)
    for page in chance.sample(pages, 10):  # rights change after the mails were handed over
        session.get_one(Page, page.id).access = chance.choice(["steward_only", "members", "public"])
    session.commit()
    hidden_somewhere = 0
    for viewer in viewers:
        allowed = set(session.scalars(select(Page.id).where(visible_pages(viewer))))
        told = said_to(session, viewer, catalogue)
        for page in pages:
            found = {where for where, text in told.items() if own_word(page) in text}
            if page.id not in allowed:
                hidden_somewhere += 1
                assert found == set(), (page.title, found)
            else:
                assert {"inbox", "feed", "watched"} <= found, (page.title, found)
        assert sum(inbox.counts(session, viewer).values()) == len([page for page in pages if page.id in allowed])
    assert hidden_somewhere > READERS
    assert session.scalars(select(Outgoing.id)).all() != []
    assert {message.subject for message in session.scalars(select(Outgoing))} == {mailing.SUBJECT}
