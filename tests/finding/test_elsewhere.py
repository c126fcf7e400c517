"""Where no page has the words, files and earlier texts that have them stand beside the results, for those who may open them."""

import io

from tests.cases import entered
from tests.paper_coast import Coast
from tests.world import World
from wiki.attachments import actions, reading
from wiki.kinds.content import Content
from wiki.models import Page
from wiki.pages import actions as pages
from wiki.pages import past
from wiki.pages.storing import content_of, current_revision


def attach(world: World, page: Page, name: str, text: str) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        actions.attach(session, world.store, world.viewer("hal"), mine, name, io.BytesIO(text.encode()), 1 << 20)
    while reading.read_waiting(world.database, world.store, 20):
        pass


def rewrite(world: World, page: Page, body: str) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        now = content_of(current_revision(session, mine))
        pages.save_page(
            session, world.catalogue, world.viewer("founder"), mine, Content(now.title, body, now.fields), 1
        )
    while past.index_waiting(world.database, world.catalogue, 20):
        pass


def test_it_works(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Kelp survey", body="Counted at the jetty in winter.")
    attach(world, page, "readings.txt", "Zanzibar stones, counted at low water")
    for number in range(4):
        attach(world, page, f"more-{number}.txt", f"Zanzibar once more, and {number} again")
    client = entered(world, "ada")
    nothing = client.read("/search?q=zanzibar")
    assert "No page says this" in nothing.main and "Nothing was found" not in nothing.main
    assert nothing.links()["Kelp survey"] == "/paper-coast/kelp-survey"
    assert nothing.links()["5 files"] == "/search/files?q=zanzibar"
    near = client.read("/search?q=counted+zanzibar+stones")
    assert "No page has all of these words" in near.main
    assert near.links()["readings.txt"] == "/paper-coast/kelp-survey/files/readings.txt"
    assert "readings.txt" not in client.read("/search?q=counted+winter").html, "a page has all of the words"
    assert "readings.txt" not in client.read("/search?q=zanzibar+winter").html, "the file has not"
    assert "readings.txt" not in client.read("/search?q=zanzibar&kind=meeting").html, "filters are for pages"


def test_what_no_page_says_any_more_is_shown_as_it_was(world: World) -> None:
    page = world.page("founder", "paper-coast", "article", "Notices", body="Wait for the lamplighter.")
    rewrite(world, page, "Wait for thirty days.")
    shown = entered(world, "ada").read("/search?q=lamplighter")
    assert "Earlier texts" in shown.main and "No page says this" in shown.main
    assert shown.links()["Notices"] == "/paper-coast/notices/history/1"


def test_what_one_may_not_open_is_not_hinted_at(world: World) -> None:
    closed = {"access": "steward_only", "steward_org": world.org("council")}
    page = world.page("founder", "paper-coast", "article", "Kelp secrets", closed, body="Ask the lamplighter.")
    attach(world, page, "secret.txt", "Zanzibar kelp")
    rewrite(world, page, "Ask nobody.")
    for words in ("zanzibar", "lamplighter"):
        assert "No page says this" in entered(world, "dan").read(f"/search?q={words}").main
        for who in ("ada", "ivy", "visitor"):
            shown = entered(world, who).read(f"/search?q={words}")
            assert "Nothing was found" in shown.main, (who, words)
            assert "secret" not in shown.main


def test_the_demo_has_a_paper_that_says_what_no_page_does(lone_coast: Coast) -> None:
    while reading.read_waiting(lone_coast.database, lone_coast.store, 20):
        pass
    shown = entered(lone_coast, "ada").read("/search?q=sterile+bottle")
    assert "No page says this" in shown.main
    assert shown.links()["taking-a-sample.pdf"].endswith("/files/taking-a-sample.pdf#page=1")
    assert "Page 2" in entered(lone_coast, "ada").read("/search/files?q=cool+box+bathing+hut").main
