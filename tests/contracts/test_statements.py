"""How often a request asks the database: a bound for each sort, the same however large the page and the wiki grow."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.client import Browser
from tests.statements import Statements
from tests.world import World
from wiki.kinds.content import Content
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.actions import NewPage
from wiki.pages.storing import content_of, current_revision

VIEW = 4
NOT_MODIFIED = 2
SEARCH = 14  # one of them asks for questions that were asked before, one, for visitors, which page templates there are
NOTHING_FOUND = 17  # beginnings of words, files and earlier texts are looked through as well
REGISTER = 6
CHANGES = 6

#: What is searched for -> the bound. Of "tables" no article speaks as long as the wiki is small.
SEARCHES = {
    "tides": SEARCH,
    "boats go out": SEARCH,
    "nothinglikethis": NOTHING_FOUND,
    "tables kind:article": NOTHING_FOUND,
}

READERS = ("visitor", "ada", "hal", "ivy")
WORDS = "Whoever keeps the tide tables writes them down before the boats go out. "


@pytest.fixture
def page(world: World) -> Page:
    return world.page("founder", "paper-coast", "decision", "Tides", {"access": "public", **fields(world, 1)}, WORDS)


def fields(world: World, size: int) -> dict[str, Any]:
    """A decision with as many rows, and references to as many other pages, as `size`."""
    named = [world.page("ada", "paper-coast", "article", f"Named {size}-{n}", body=WORDS).id for n in range(size)]
    return {
        "question": "Which tables?",
        "affects": named,
        "actions": [
            {"id": f"a{n}", "what": f"Step {n}", "responsible": world.viewer("ada").person_id} for n in range(size)
        ],
    }


def grow(world: World) -> None:
    """A page with fifty times as much on it, two hundred pages that point to it, some of which its readers may not open."""
    more = fields(world, 50)
    links = " ".join(f"[[Named 50-{n}]]" for n in range(50))
    with world.writing() as session:
        page = session.get_one(Page, world.found("founder", "paper-coast", "tides").page.id)
        content = content_of(current_revision(session, page))
        content.fields |= more
        content.body = f"{WORDS * 50}\n\n{links}"
        actions.save_page(session, world.catalogue, world.viewer("founder"), page, content, page.number)
    new = [
        NewPage(
            world.catalogue["article"], Content(f"Pointing {n}", f"To [[Tides]]. {WORDS}", hidden_from_most(world, n))
        )
        for n in range(200)
    ]
    with world.writing() as session:
        actions.create_pages(session, world.catalogue, world.viewer("founder"), world.space("paper-coast"), new)


def hidden_from_most(world: World, number: int) -> dict[str, Any]:
    return {"access": "steward_only", "steward_org": world.org("council")} if number % 3 == 0 else {}


def client_of(world: World, who: str) -> Browser:
    return world.browser(None if who == "visitor" else who)


def asked_by(world: World, client: Browser, url: str, **more: Any) -> Callable[[], Any]:
    """The request, once already made: what is kept of it from then on is not asked for again."""

    def request() -> None:
        assert client.get(url, **more).status_code in (200, 304), url

    request()
    return request


def most(world: World, heard: Statements, bound: int, request: Callable[[], Any]) -> int:
    sent = heard.during(request)
    assert 0 < len(sent) <= bound, "\n\n".join(sent)
    return len(sent)


def counts(world: World, heard: Statements) -> dict[str, int]:
    """How many statements every request of the table takes; none more than its bound."""
    found = {}
    for who in READERS:
        client = client_of(world, who)
        at = "/paper-coast/tides"
        found[f"{who} views"] = most(world, heard, VIEW, asked_by(world, client, at))
        again = asked_by(world, client, at, headers={"If-None-Match": client.get(at).headers["ETag"]})
        found[f"{who} views what is not modified"] = most(world, heard, NOT_MODIFIED, again)
        for words, bound in SEARCHES.items():
            asking = asked_by(world, client, f"/search?q={words}")
            found[f"{who} searches {words}"] = most(world, heard, bound, asking)
        register = asked_by(world, client, "/registers/kind/article?space=paper-coast")
        if who != "visitor":
            found[f"{who} opens a register"] = most(world, heard, REGISTER, register)
            found[f"{who} sees what changed"] = most(
                world, heard, CHANGES, asked_by(world, client, "/paper-coast/changes")
            )
    return found


def test_it_works(world: World, page: Page) -> None:
    """On both databases, for a visitor, members and the administrator."""
    heard = Statements(world.database)
    small = counts(world, heard)
    grow(world)
    large = counts(world, heard)
    more = {name: (small[name], large[name]) for name in small if large[name] > small[name] and "search" not in name}
    assert more == {}, "more statements for a larger page"
