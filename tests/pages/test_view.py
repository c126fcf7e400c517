"""Reading a page: what everybody sees, and what stays hidden from whom."""

import pytest

from tests.cases import READABLE, act, answers, entered, ministry_page
from tests.client import Browser
from tests.page import text_of
from tests.world import World
from wiki import i18n
from wiki.pages import actions


def test_it_works(world: World) -> None:
    fields = {"summary": "When the water is where.", "themes": ["youth"]}
    world.page("ada", "paper-coast", "article", "Tides", fields, "# Twice a day\n\nThey *come*.\n\n## And go\n\nBye.")
    page = world.browser("ben").read("/paper-coast/tides")
    assert page.heading == "Tides"
    for words in ("When the water is where.", "They come.", "Ada Verdana", "On this page"):
        assert words in text_of(page.root)
    assert [text_of(heading) for heading in page.all("h2") if heading.get("id", "").startswith("h-")] == ["Twice a day"]
    assert "/paper-coast/tides/edit" not in page.html, "a reader is offered to edit"


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides")) == READABLE
    assert answers(world, lambda client: client.get("/paper-coast/tides.md")) == READABLE


def test_a_visitor_is_asked_to_sign_in_and_learns_nothing(lone_world: World) -> None:
    ministry_page(lone_world)
    client = entered(lone_world, "visitor")
    there, absent = (client.get(f"/paper-coast/{slug}") for slug in ("tides", "nothing"))
    assert (there.status_code, absent.status_code) == (401, 401)
    assert without_addresses(there.text) == without_addresses(absent.text)


def without_addresses(html: str) -> list[str]:
    """The lines that say more than where one is: to come back there after signing in, or in another language."""
    told = ("csrf", 'name="next"', "/language?to=")
    return [line for line in html.splitlines() if not any(one in line for one in told)]


def test_hidden_and_missing_are_the_same_page(lone_world: World) -> None:
    ministry_page(lone_world)
    client = entered(lone_world, "dan")
    there, absent = (client.get(f"/paper-coast/{slug}").text for slug in ("tides", "nothing"))
    assert without_addresses(there) == without_addresses(absent)


def test_an_old_address_leads_to_the_page(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    rename(world, "tides", "ebb")
    rename(world, "ebb", "flow")
    client = entered(world, "ben")
    for old in ("tides", "ebb"):
        answer = client.get(f"/paper-coast/{old}")
        assert (answer.status_code, answer.location) == (301, "/paper-coast/flow")
    permanent = client.get(f"/p/{page.id}")
    assert (permanent.status_code, permanent.location) == (302, "/paper-coast/flow")


def rename(world: World, old: str, new: str) -> None:
    ada = world.viewer("ada")
    act(world, "ada", "paper-coast", old, "move", lambda s, f: actions.rename_page(s, world.catalogue, ada, f, new))


@pytest.mark.parametrize(
    "address",
    [
        "/paper-coast/a%00b",
        "/a%00b/tides",
        "/a%00b",
        "/paper-coast/" + "x" * 3000,
        "/p/99999999999999999999",
        "/p/0",
        "/paper-coast/tides/history/99999999999999999999",
        "/paper-coast/tides/compare/1/99999999999999999999",
        "/paper-coast/tides/files/a%00b",
        "/paper-coast/%F0%9F%8C%8A",
        "/paper-coast/%ED%A0%80",
        "/paper-coast/%FF",
        "/paper-coast/..%2Ftides",
    ],
)
def test_an_address_that_cannot_be_is_not_found(world: World, address: str) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert entered(world, "ada").get(address).status_code == 404


def test_a_link_to_a_hidden_page_looks_like_a_link_to_a_missing_one(world: World) -> None:
    ministry_page(world, title="Sandbank")
    world.page("hal", "paper-coast", "article", "Charts", body="See [[Sandbank]] and [[Lighthouse]].")
    for _again in range(2):
        assert 'href="/paper-coast/sandbank"' in entered(world, "ben").get("/paper-coast/charts").text
        page = entered(world, "dan").get("/paper-coast/charts").text
        assert 'href="/paper-coast/sandbank"' not in page
        kinds = [page.split(f">{name}</a>")[0].rpartition("<a ")[2] for name in ("Sandbank", "Lighthouse")]
        assert kinds[0].replace("Sandbank", "Lighthouse") == kinds[1]


def test_a_field_that_names_a_hidden_page_does_not_name_it(world: World) -> None:
    meeting = ministry_page(world, "meeting", "Closed talk")
    world.page("hal", "paper-coast", "decision", "Anchor", {"question": "Where?", "made_at": meeting.id})
    assert "Closed talk" in entered(world, "ben").get("/paper-coast/anchor").text
    answer = entered(world, "dan").get("/paper-coast/anchor").text
    assert "Closed talk" not in answer and "not visible to you" in answer


def test_what_points_here_says_so_by_the_relation_and_only_to_those_who_may_know(world: World) -> None:
    meeting = world.page("hal", "paper-coast", "meeting", "Spring talk")
    ministry_page(world, "decision", "Anchor here", fields={"made_at": meeting.id})
    world.page("hal", "paper-coast", "article", "Charts", body="As said in [[Spring talk]].")
    here = browsed(world, "ben")
    assert "Anchor here" in here and "Mentioned in" in here and "Charts" in here
    there = browsed(world, "dan")
    assert "Anchor here" not in there and "Charts" in there


def browsed(world: World, who: str) -> str:
    client: Browser = entered(world, who)
    return text_of(client.read("/paper-coast/spring-talk").root)


def test_a_red_link_offers_to_make_the_page(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Charts", body="See [[Lighthouse keepers]].")
    client = entered(world, "ada")
    page = client.read("/paper-coast/charts")
    offer = client.read(page.links()["Lighthouse keepers"])
    assert "Lighthouse keepers" in offer.main
    form = client.read(next(url for url in offer.links().values() if "kind=article" in url)).form(having="body")
    assert form.values["title"] == "Lighthouse keepers"
    client.send(form)
    assert client.read("/paper-coast/charts").links()["Lighthouse keepers"] == "/paper-coast/lighthouse-keepers"


def test_the_owner_whose_page_is_hidden_is_not_named(world: World) -> None:
    secret = ministry_page(world, "person", "Sub Rosa")
    world.page("hal", "paper-coast", "article", "Charts", {"owner": secret.id})
    assert "Sub Rosa" in entered(world, "ben").get("/paper-coast/charts").text
    assert "Sub Rosa" not in entered(world, "dan").get("/paper-coast/charts").text


def test_a_page_that_is_too_hard_to_show_was_still_saved(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tables", body="|a|b|\n|-|-|\n" + "|x" * 40_000 + "|\n")
    assert entered(world, "ada").get("/paper-coast/tables").status_code == 200


def test_both_languages_are_kept_apart(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"access": "members", "attribution": "By the sea"})
    client = entered(world, "ada")
    english = client.get("/paper-coast/tides").text
    assert 'lang="en' in english
    with i18n.use("en"):
        assert client.get("/paper-coast/tides", headers={"Accept-Language": "fr"}).status_code == 200
