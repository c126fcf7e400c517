"""The few pages most like a page: by words that tell, themes and links; never one that the reader may not open."""

from typing import Any

from tests.paper_coast import Coast
from tests.world import World
from wiki.models import Page
from wiki.pages import actions
from wiki.search.related import Related, _near, like, related

#: They are named everywhere, so most pages are a little like them.
PEOPLE = ("person", "organisation")


def found(world: World, who: str, page: Page, **more: Any) -> list[Related]:
    with world.reading() as session:
        return related(session, world.viewer(who), page.id, **{"without": PEOPLE, **more})


def liked(world: World, who: str, text: str) -> list[str]:
    with world.reading() as session:
        return [one.title for one in like(session, world.viewer(who), text, "en", without=PEOPLE)]


def test_it_works(world: World) -> None:
    lesson = {"lesson": "Ask before the herring come", "themes": ["data"]}
    page = world.page("ada", "paper-coast", "lesson", "Herring counts", lesson, "Count the herring at dawn.")
    near = world.page(
        "ada", "paper-coast", "howto", "Count herring", {"themes": ["data"]}, "At dawn, two people count."
    )
    world.page("founder", "paper-coast", "article", "Chairs", {}, "Where the chairs are kept.")
    assert [one.title for one in found(world, "ada", page)] == ["Count herring"]
    assert found(world, "ada", page)[0].themes == ("data",)
    assert [one.title for one in found(world, "ada", near)] == ["Herring counts"]
    assert sorted(liked(world, "ada", "Counting herrings together")) == ["Count herring", "Herring counts"]


def test_the_demo_has_the_lesson_beside_the_decision(lone_coast: Coast) -> None:
    about = [key for key, kind in lone_coast.catalogue.items() if kind.group == "know"]
    titles = [one.title for one in found(lone_coast, "hal", lone_coast.named("P24"), without=about)]
    assert "Ask for quiet periods before setting dates" in titles
    assert not any(title.startswith(("D-0001", "D-0004")) for title in titles), "what was replaced is no help"


def test_a_page_that_one_may_not_read_is_like_nothing(world: World) -> None:
    closed = {"access": "steward_only", "steward_org": world.org("council"), "themes": ["data"]}
    page = world.page("ada", "paper-coast", "article", "Herring counts", {"themes": ["data"]}, "Count the herring.")
    world.page("founder", "paper-coast", "article", "Herring secrets", closed, "Count the herring. [[Herring counts]]")
    assert [one.title for one in found(world, "dan", page)] == ["Herring secrets"]
    for who in ("ada", "ben", "hal", "ivy"):
        assert found(world, who, page) == [], who
        assert liked(world, who, "Herring secrets counted") != ["Herring secrets"]
    for address in ("/paper-coast/herring-counts/related", "/paper-coast/related?text=Herring+secrets"):
        assert "secrets" not in world.browser("ada").get(address, headers={"Accept": "application/json"}).text
    assert world.browser("ada").get("/paper-coast/herring-secrets/related").status_code == 404


def test_links_of_a_hidden_page_tie_no_two_pages_together(world: World) -> None:
    one = world.page(
        "ada", "paper-coast", "article", "Herring at dawn", {}, "Count the herring, the gulls and the seals."
    )
    plain = world.page("ada", "paper-coast", "article", "Seals", {}, "Count the seals.")
    tied = world.page("ada", "paper-coast", "article", "Gulls", {}, "Count the gulls.")
    before = {each.title for each in found(world, "ada", one)}
    closed = {"access": "steward_only", "steward_org": world.org("council")}
    for number in range(3):
        body = f"[[{one.title}]] and [[{tied.title}]]"
        world.page("founder", "paper-coast", "article", f"Hidden {number}", closed, body)
    assert {each.title for each in found(world, "ada", one)} == before == {plain.title, tied.title}
    with world.reading() as session:
        near = _near(session, world.viewer("ada"), one.id, [plain.id, tied.id])
    assert near.gain(tied.id) == near.gain(plain.id)


def test_archived_and_deleted_pages_are_not_offered(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "article", "Herring counts", {}, "Count the herring.")
    others = [
        lone_world.page("ada", "paper-coast", "article", f"Herring {n}", {}, "Count the herring.") for n in (1, 2)
    ]
    with lone_world.writing() as session:
        actions.archive_page(session, lone_world.viewer("hal"), session.get_one(Page, others[0].id))
        actions.delete_page(session, lone_world.viewer("hal"), session.get_one(Page, others[1].id), "Made twice")
    assert found(lone_world, "ada", page) == []
    assert "No page is much like" in lone_world.browser("ada").read("/paper-coast/herring-counts/related").main


def test_the_page_offers_them_without_scripts_too(lone_coast: Coast) -> None:
    client = lone_coast.browser("hal")
    view = client.read(lone_coast.url("P24"))
    page = client.read(view.links()["Pages like this"])
    assert "Ask for quiet periods" in page.main
    told = client.get(lone_coast.url("P24", "/related"), headers={"Accept": "application/json"}).get_json()
    assert told[0].keys() == {"title", "href", "kind", "state", "summary", "why"} and 0 < len(told) <= 5


def test_texts_of_all_sorts_are_answered(lone_world: World) -> None:
    client = lone_world.browser("ada")
    for text in ("", "the of and", "x" * 5000, '"(*) OR NOT', "12 34", "ᐃᓄᒃᑎᑐᑦ", "会議の記録"):
        answer = client.get("/paper-coast/related", query_string={"text": text})
        assert answer.status_code == 200 and answer.get_json() == []
    assert lone_world.browser(None).get("/paper-coast/related?text=kelp").status_code in (302, 303, 401)
