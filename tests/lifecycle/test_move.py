"""Renaming and moving: every old address leads to the page, and what belongs to it comes along."""

import pytest
from sqlalchemy import func, select

from tests.cases import (
    FORM,
    SENT,
    answers,
    complaint,
    download,
    entered,
    ministry_page,
    send,
    send_files,
    shown,
    slugs,
    stored,
)
from tests.world import World
from wiki.models import FieldValue, Link, Page, Redirect, Row

TABLES = (FieldValue, Row, Link)


def derived(world: World, page_id: int) -> list[int]:
    with world.reading() as session:
        return [session.execute(select(func.count()).where(table.page_id == page_id)).scalar_one() for table in TABLES]


def test_it_works(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}]
    page = world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows, "themes": ["youth"]}, "[[Ebb]]")
    before = derived(world, page.id)
    client = world.browser("ada")
    form = client.read("/paper-coast/tides/move").form()
    done = client.send(form, {"title": "Ebb and flow", "slug": "ebb-and-flow", "space": "commons"})
    assert (done.url, done.heading) == ("/commons/ebb-and-flow", "Ebb and flow")
    for old in ("/paper-coast/tides", "/paper-coast/ebb-and-flow"):
        assert client.get(old).location == "/commons/ebb-and-flow"
    assert derived(world, page.id) == before


def test_a_page_in_its_first_revision_can_move(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}]
    fields = {"actions": rows, "access": "named_orgs", "access_orgs": [world.org("ministry")]}
    page = world.page("ada", "paper-coast", "meeting", "Tides", fields, "[[Ebb]]")
    before = derived(world, page.id)
    world.page("hal", "commons", "article", "Boats")
    answer = send(entered(world, "ada"), "/paper-coast/tides/move", {"space": "commons"})
    assert answer.status_code in (303, 422)
    assert derived(world, page.id) == before
    other = world.page("ada", "paper-coast", "meeting", "Ebb", {"actions": rows}, "[[Boats]]")
    before = derived(world, other.id)
    assert send(entered(world, "ada"), "/paper-coast/ebb/move", {"space": "commons"}).location == "/commons/ebb"
    assert derived(world, other.id) == before


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get("/paper-coast/tides/move")) == FORM
    data = {"title": "Tides", "slug": "ebb"}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/move", data)) == SENT
    assert "ebb" in slugs(world)


def test_a_page_goes_only_where_one_may_write(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    assert "directory" not in [option.get("value") for option in client.read("/paper-coast/tides/move").all("option")]
    assert send(client, "/paper-coast/tides/move", {"space": "directory", "slug": "ebb"}).status_code == 403
    assert send(client, "/paper-coast/tides/move", {"space": "nowhere", "slug": "ebb"}).status_code == 404
    assert "tides" in slugs(world), "half of it was done"


def test_nobody_loses_sight_of_a_page_by_moving_it(world: World) -> None:
    """Ada acts for the Ministry in Paper Coast, for nobody in Commons."""
    ministry_page(world)
    answer = send(entered(world, "ada"), "/paper-coast/tides/move", {"space": "commons"})
    assert answer.status_code == 422
    assert "would not see this page yourself" in answer.text
    assert world.found("ada", "paper-coast", "tides").space.slug == "paper-coast"


@pytest.mark.parametrize("slug", ["new", "boats", "was-boats"])
def test_an_address_that_is_taken_is_refused_and_nothing_is_done(world: World, slug: str) -> None:
    world.page("hal", "paper-coast", "article", "Was boats")
    send(entered(world, "hal"), "/paper-coast/was-boats/move", {"slug": "boats"})
    world.page("ada", "paper-coast", "article", "Tides")
    answer = send(entered(world, "ada"), "/paper-coast/tides/move", {"title": "Ebb", "slug": slug})
    assert answer.status_code == 422
    page = shown(answer)
    assert "taken" in complaint(page, "slug")
    assert page.form().values["title"] == "Ebb"
    assert stored(world, "tides").title == "Tides", "the title was changed all the same"


def test_a_page_can_go_back_to_its_old_address(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    send(client, "/paper-coast/tides/move", {"slug": "ebb"})
    assert send(client, "/paper-coast/ebb/move", {"slug": "tides"}).location == "/paper-coast/tides"
    assert client.get("/paper-coast/tides").status_code == 200
    assert client.get("/paper-coast/ebb").location == "/paper-coast/tides"
    with world.reading() as session:
        assert [one.slug for one in session.scalars(select(Redirect).where(Redirect.page_id == page.id))] == ["ebb"]


def test_addresses_are_made_fit(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    answer = send(entered(world, "ada"), "/paper-coast/tides/move", {"slug": " ../Ébb & <flow>\0 " + "x" * 200})
    assert answer.status_code == 303
    slug = answer.location.rpartition("/")[2]
    assert slug.startswith("ebb-flow") and len(slug) <= 80


def test_links_follow_a_renamed_page(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    world.page("ada", "paper-coast", "article", "Charts", body="[[Tides]] and [[paper-coast/tides|them]]")
    client = entered(world, "ada")
    client.read("/paper-coast/charts")
    send(client, "/paper-coast/tides/move", {"slug": "ebb"})
    links = client.read("/paper-coast/charts").links()
    assert links["them"] == links["Tides"] == "/paper-coast/ebb"
    send(client, "/paper-coast/ebb/move", {"space": "commons"})
    assert client.read("/paper-coast/charts").links()["them"] == "/commons/ebb"


def test_files_come_along(world: World) -> None:
    """Also when another page takes the address that the page had."""
    world.page("ada", "paper-coast", "article", "Tides", body="[The table](files/table.txt)")
    client = entered(world, "ada")
    send_files(client, "/paper-coast/tides/files", [("table.txt", b"High at noon")])
    client.read("/paper-coast/tides")
    send(client, "/paper-coast/tides/move", {"slug": "ebb"})
    links = client.read("/paper-coast/ebb").links()
    assert links["The table"] == links["table.txt"] == "/paper-coast/ebb/files/table.txt"
    for address in (links["The table"], "/paper-coast/tides/files/table.txt"):
        assert download(client, address).data == b"High at noon"


def test_search_and_lists_follow(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    send(entered(world, "ada"), "/paper-coast/tides/move", {"space": "commons"})
    page = entered(world, "zoe").read("/search?q=moonlight")
    assert page.links()["Tides"] == "/commons/tides"


def test_a_moved_page_leaves_nothing_behind(world: World) -> None:
    world.page("hal", "commons", "article", "Tides", body="Moonlight.")
    assert "Tides" in entered(world, "zoe").read("/search?q=moonlight").links()
    send(entered(world, "hal"), "/commons/tides/move", {"space": "paper-coast"})
    client = entered(world, "zoe")
    assert client.get("/commons/tides").status_code == 404
    assert "Tides" not in client.read("/search?q=moonlight").links()


def test_nothing_changes_when_nothing_was_changed(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    client = entered(world, "ada")
    assert client.send(client.read("/paper-coast/tides/move").form()).url == "/paper-coast/tides"
    with world.reading() as session:
        assert session.scalars(select(Page.number).where(Page.slug == "tides")).one() == 1
        assert session.execute(select(func.count()).select_from(Redirect)).scalar_one() == 0
