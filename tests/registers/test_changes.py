"""What changed in a space."""

from datetime import UTC, datetime, timedelta

from tests.page import Page as Fetched
from tests.page import text_of
from tests.world import World
from wiki.models import Page
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision
from wiki.registers import changes

START = datetime(2026, 11, 3, 9, tzinfo=UTC)


def told(page: Fetched) -> list[str]:
    return [text_of(line) for part in page.all("ul") if part.get("class") == "changes" for line in part.iter("li")]


def change(world: World, page: Page, note: str, time: datetime) -> None:
    with world.writing() as session:
        stored = session.get_one(Page, page.id)
        content = content_of(current_revision(session, stored))
        content.body += note
        save_page(session, world.catalogue, world.viewer("ada"), stored, content, stored.number, note, time=time)


def test_it_works(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Tides", time=START)
    change(world, page, "Say when the ferry goes", START + timedelta(days=1))
    found = world.browser("ben").read("/paper-coast/changes")
    newest, oldest = told(found)
    assert "Tides" in newest and "Ada Verdana" in newest and "Say when the ferry goes" in newest
    assert "Hal Calibri" in oldest
    assert [text_of(day) for day in found.all("main")[0].iter("h2")] == [
        "Wednesday, November 4, 2026",
        "Tuesday, November 3, 2026",
    ]
    href = next(href for text, href in found.links().items() if text.startswith("What changed"))
    assert href == "/paper-coast/tides/compare/1/2"
    assert "ferry" in world.browser("ben").read(href).main


def test_only_pages_that_the_reader_may_see_are_in_it(world: World) -> None:
    fields = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    world.page("dan", "paper-coast", "article", "Secret", fields, note="Secret note")
    world.page("ada", "commons", "article", "Elsewhere")
    world.page("ada", "paper-coast", "article", "Tides")
    assert len(told(world.browser("dan").read("/paper-coast/changes"))) == 2
    seen = world.browser("ada").read("/paper-coast/changes")
    assert len(told(seen)) == 1
    assert "Secret" not in seen.html
    assert world.browser("zoe").get("/paper-coast/changes").status_code == 404


def test_it_comes_in_screens(lone_world: World) -> None:
    page = lone_world.page("ada", "commons", "article", "Tides", time=START)
    for number in range(changes.SCREEN + 2):
        change(lone_world, page, f"Note {number}.", START + timedelta(hours=number + 1))
    client = lone_world.browser("zoe")
    first = client.read("/commons/changes")
    assert len(told(first)) == changes.SCREEN
    assert f"Note {changes.SCREEN + 1}." in told(first)[0]
    second = client.read(first.links()["Older"])
    assert len(told(second)) == 3
    assert second.links()["Newer"] == "/commons/changes"
    assert "Nothing older" in client.read("/commons/changes?page=9").main


def test_a_change_of_state_is_shown(lone_world: World) -> None:
    lone_world.page("ada", "commons", "decision", "Boat", state="accepted")
    assert "Accepted" in told(lone_world.browser("ada").read("/commons/changes"))[0]


def test_an_empty_space_says_what_would_appear(lone_world: World) -> None:
    page = lone_world.browser("ada").read("/paper-coast/changes")
    assert "Every save of a page that you may see appears here" in page.main
    assert page.links()["New page"] is not None


def test_a_number_that_is_none_is_refused(lone_world: World) -> None:
    client = lone_world.browser("ada")
    assert {client.get(f"/commons/changes?page={text}").status_code for text in ("0", "x", "-1", "99999", "²")} == {422}
