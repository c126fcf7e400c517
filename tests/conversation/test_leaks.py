"""Conversation tells nobody a word of what they may not read: random readers, pages of every access level, threads, quotes,
outcomes and suggestions; on pages, in lists, files, the API, the inbox, its feed and mails; before and after rights change.

Each page has its own word. Whoever may not follow the conversation of a page meets that word nowhere, neither at the moment
of sending nor at that of opening.
"""

import random

import pytest

from tests.api.programs import program
from tests.cases import plainly_entered
from tests.conversation.talking import answer, comment, suggest
from tests.notices.told import hand_over, later, letters, watch
from tests.world import FOUNDER, World
from wiki import clock
from wiki.access import page_by_id
from wiki.conversation import actions, suggesting
from wiki.conversation.rights import may_follow
from wiki.errors import HoldfastError
from wiki.models import Account, Page, Suggestion, Thread
from wiki.notices import feed, inbox
from wiki.notices.telling import tell
from wiki.spaces import actions as spaces

LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")
#: Who talks on a page, where it is not Hal.
AUTHORS = {"named_orgs": "ada", "steward_only": "dan"}
PEOPLE = ("ada", "ben", "dan", "zoe", "ivy")
ROLES = ("reader", "member", "steward", None)
LISTS = ("/conversations", "/conversations?show=resolved", "/conversations?whose=mine", "/", "/inbox?show=all")
OF_A_PAGE = (
    "conversation",
    "conversation?part=list",
    "conversation.md",
    "suggestions",
    "suggest",
    "history",
    "authors",
)


def word(page: Page) -> str:
    """What only the conversation of this page says."""
    return f"zq{page.id}leak"


def plant(world: World, level: str) -> Page:
    """A page with two threads, one of them resolved, and two suggestions, one of them accepted."""
    fields = {"access": level, "access_orgs": [world.org("ministry")]}
    if level == "steward_only":
        fields["steward_org"] = world.org("council")
    body = "First we look.\n\nThen we count.\n"
    page = world.page("founder", "paper-coast", "article", f"Page {level.replace('_', ' ')}", fields, body)
    secret, who = word(page), AUTHORS.get(level, "hal")
    said = [comment(world, who, page, f"Said {secret}", quote="we look"), comment(world, who, page, secret)]
    answer(world, who, page, said[0].thread_id, f"Answered {secret}")
    suggest(world, who, page, f"{body}\nIt waits {secret}.\n", note=f"Why {secret}")
    suggest(world, who, page, f"{body}\nOpen to all readers.\n", note="Open")
    author = world.viewer(who)
    with world.writing() as session:
        found = page_by_id(session, author, page.id, "edit")
        thread = session.get_one(Thread, said[1].thread_id)
        actions.resolve(session, world.catalogue, author, found, thread, f"Outcome {secret}")
        one = session.query(Suggestion).filter_by(page_id=page.id).order_by(Suggestion.id.desc()).first()
        assert one is not None
        left = suggesting.shown(session, world.catalogue, author, found, one).left
        suggesting.accept(session, world.catalogue, author, found, one, left, f"Thanks {secret}")
    return page


def shuffle(world: World, chance: random.Random) -> None:
    """Everybody gets some role for some organisation, or none."""
    with world.writing() as session:
        space = world.space("paper-coast")
        for who in PEOPLE:
            account, role = session.get_one(Account, world.account(who).id), chance.choice(ROLES)
            org = chance.choice((None, world.org("ministry"), world.org("council")))
            if role is not None:
                spaces.set_member(session, FOUNDER, space, account, role, org or world.org("keel"))
            elif any(one.space_id == space.id for one in world.viewer(who).memberships):
                spaces.remove_member(session, FOUNDER, space, account)


def tell_all(world: World, pages: list[Page]) -> None:
    """Everybody is told of every conversation, in its words, whether they may follow it or not."""
    to = [world.account(who).id for who in PEOPLE]
    with world.writing() as session:
        for page in pages:
            for reason in ("mention", "reply", "talk", "comment", "resolved", "suggestion_answered"):
                words = {"text": word(page), "said": "accepted"}
                tell(session, to, reason, page.id, words=words, link="/conversation", group=reason)
    for who in PEOPLE:
        for page in pages:
            watch(world, who, page.id)


def follows(world: World, who: str, page: Page) -> bool:
    viewer = world.viewer(who)
    with world.reading() as session:
        try:
            return may_follow(viewer, page_by_id(session, viewer, page.id, "view"))
        except HoldfastError:
            return False


def told(world: World, who: str, pages: list[Page]) -> dict[str, str]:
    """Address -> all that somebody gets to see there."""
    client, api = plainly_entered(world, who), program(world, who)
    found = {url: client.get(url).text for url in LISTS}
    for page in pages:
        base = f"/paper-coast/{page.slug}"
        with world.reading() as session:
            numbers = list(session.query(Suggestion.id).filter_by(page_id=page.id))
        for last in (*OF_A_PAGE, *(f"suggestions/{row[0]}" for row in numbers)):
            found[f"{base}/{last}"] = client.get(f"{base}/{last}").text
        for last in ("conversation", "suggestions"):
            found[f"api{base}/{last}"] = api.call("GET", f"/pages{base}/{last}").text
    with world.reading() as session:
        shown = inbox.look(session, world.viewer(who), limit=500)
    found["feed"] = feed.atom(shown.groups, "Inbox", "https://wiki.example", "Holdfast", clock.now()).decode()
    mails = [f"{subject}\n{text}" for to, subject, text in letters(world) if to == world.email(who)]
    found["mails"] = "\n".join(mails)
    return found


def check(world: World, pages: list[Page]) -> tuple[int, int]:
    """(words that were hidden from somebody, words that somebody met); no word is met by who may not follow."""
    hidden = met = 0
    for who in PEOPLE:
        allowed = {page.id for page in pages if follows(world, who, page)}
        for url, text in told(world, who, pages).items():
            for page in pages:
                if word(page) not in text:
                    continue
                met += 1
                assert page.id in allowed, (who, url, page.title)
        hidden += len(pages) - len(allowed)
    return hidden, met


def test_it_works(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(12)
    pages = [plant(lone_world, level) for level in LEVELS]
    tell_all(lone_world, pages)
    shuffle(lone_world, chance)
    hidden, met = check(lone_world, pages)
    assert hidden >= len(PEOPLE) and met > 50
    later(monkeypatch, days=2)
    assert hand_over(lone_world) > 0
    shuffle(lone_world, chance)  # rights change after the mails were handed over
    assert check(lone_world, pages)[0] >= len(PEOPLE)
