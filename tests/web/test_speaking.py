"""In which language a reader is spoken to."""

import pytest

from tests.page import Page
from tests.world import World
from wiki.models import Account, Space


def heading(world: World, who: str | None, url: str, accepts: str = "", status: int = 200) -> tuple[str, str]:
    """The language of the page, and what its first heading says."""
    answer = world.browser(who).get(url, headers={"Accept-Language": accepts} if accepts else {})
    assert answer.status_code == status
    page = Page(answer.text, answer.status_code, url)
    return page.root.get("lang", ""), page.heading


@pytest.mark.parametrize("accepts", ["fr", "fr-CA", "fr-CA,fr;q=0.9", "de, fr;q=0.4", "FR"])
def test_it_works(lone_world: World, accepts: str) -> None:
    assert heading(lone_world, None, "/sign-in", accepts) == ("fr", "Se connecter")


@pytest.mark.parametrize("accepts", ["", "de", "en-GB,en;q=0.8", "fr;q=0,en", "*", ";;q=", "x" * 2000])
def test_english_is_spoken_to_everybody_else(lone_world: World, accepts: str) -> None:
    assert heading(lone_world, None, "/sign-in", accepts) == ("en", "Sign in")


def test_what_a_person_chose_holds_whatever_the_browser_says(lone_world: World) -> None:
    with lone_world.writing() as session:
        session.get_one(Account, lone_world.account("ada").id).language = "fr"
    assert heading(lone_world, "ada", "/account", "en")[0] == "fr"
    assert heading(lone_world, "ben", "/account", "en")[0] == "en"


def test_a_visitor_chooses_in_the_foot_of_the_page_and_comes_back_to_it(lone_world: World) -> None:
    client = lone_world.browser()
    page = client.read("/sign-in?next=/help")
    answer = client.get(page.links()["français"])
    assert answer.status_code == 303 and answer.headers["Location"] == "/sign-in?next=/help"
    assert client.read("/sign-in").root.get("lang") == "fr"
    client.get(client.read("/sign-in").links()["English"])
    assert client.read("/sign-in").root.get("lang") == "en"


@pytest.mark.parametrize("to", ["", "de", "fr/../x", "xx"])
def test_a_language_that_is_not_spoken_cannot_be_chosen(lone_world: World, to: str) -> None:
    assert lone_world.browser().get(f"/language?to={to}").status_code == 404


def test_the_choice_leads_to_no_other_site(lone_world: World) -> None:
    answer = lone_world.browser().get("/language?to=fr&back=//elsewhere.example/")
    assert answer.headers["Location"] == "/"


def test_the_space_decides_for_people_who_read_both(world: World) -> None:
    with world.writing() as session:
        session.get_one(Space, world.space("paper-coast").id).language = "fr"
    both = "en-CA, fr-CA;q=0.9"
    assert heading(world, "ada", "/paper-coast", both)[0] == "fr"
    assert heading(world, "ada", "/commons", both)[0] == "en"
    assert heading(world, "ada", "/paper-coast", "en")[0] == "en"


def test_a_closed_space_does_not_betray_its_language(world: World) -> None:
    with world.writing() as session:
        session.get_one(Space, world.space("paper-coast").id).language = "fr"
    for who in ("zoe", None):
        client = world.browser(who)
        said = {
            client.get(url, headers={"Accept-Language": "en, fr"}).text.count("</")
            for url in ("/paper-coast", "/nowhere")
        }
        languages = {
            Page(client.get(url, headers={"Accept-Language": "en, fr"}).text, 0, url).root.get("lang")
            for url in ("/paper-coast", "/nowhere")
        }
        assert languages == {"en"} and len(said) == 1
