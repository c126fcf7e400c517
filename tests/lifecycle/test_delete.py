"""Deleting leaves a tombstone for those who could read the page, and nothing for anybody else."""

from sqlalchemy import select

from tests.cases import answers, complaint, entered, ministry_page, send, send_files, shown
from tests.world import World
from wiki.models import Page, Revision

HAL = "hal"


def deleted(world: World, slug: str = "tides", why: str = "It was wrong") -> None:
    assert send(entered(world, HAL), f"/paper-coast/{slug}/delete", {"why": why}).status_code == 303


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    client = world.browser(HAL)
    client.send(client.read("/paper-coast/tides/delete").form(), {"why": "It was wrong"})
    page = entered(world, "ben").read("/paper-coast/tides", status=410)
    assert page.heading == "Tides"
    assert "It was wrong" in page.main and "Hal Calibri" in page.main and "Moonlight." not in page.html
    for url in ("/", "/paper-coast", "/search?q=moonlight", "/search?q=tides", "/complete?q=tid"):
        assert "Tides" not in shown(client.get(url)).links() if url != "/complete?q=tid" else client.get(url).json == []
    with world.reading() as session:
        assert session.scalars(
            select(Revision.body).join(Page, Page.id == Revision.page_id).where(Page.slug == "tides")
        ).one()


def test_only_coordinators_delete(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    expected = {"visitor": 401, "zoe": 404, "dan": 403, "ben": 403, "ada": 403}
    assert answers(world, lambda client: client.get("/paper-coast/tides/delete")) == expected
    assert answers(world, lambda client: send(client, "/paper-coast/tides/delete", {"why": "No"})) == expected
    assert entered(world, HAL).get("/paper-coast/tides/delete").status_code == 200


def test_a_page_that_is_hidden_from_the_coordinator_cannot_be_deleted_by_them(world: World) -> None:
    ministry_page(world)
    assert send(entered(world, HAL), "/paper-coast/tides/delete", {"why": "x"}).status_code == 404


def test_the_reason_is_needed(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    answer = send(entered(world, HAL), "/paper-coast/tides/delete", {"why": "  "})
    assert (answer.status_code, "Say why" in complaint(shown(answer), "why")) == (422, True)
    assert world.found("ada", "paper-coast", "tides").page.deleted_at is None


def test_the_tombstone_is_hidden_where_the_page_was(world: World) -> None:
    world.page("hal", "paper-coast", "article", "Tides")
    deleted(world)
    expected = {"visitor": 401, "zoe": 404, "dan": 410, "ben": 410, "ada": 410}
    assert answers(world, lambda client: client.get("/paper-coast/tides")) == expected


def test_every_other_address_of_the_page_is_gone(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Tides", body="Moonlight.")
    send_files(entered(world, "ada"), "/paper-coast/tides/files", [("a.txt", b"Moonlight.")])
    deleted(world)
    client = entered(world, HAL)
    for rest in (
        ".md",
        "/edit",
        "/history",
        "/history/1",
        "/compare/1/1",
        "/authors",
        "/files",
        "/files/a.txt",
        "/move",
    ):
        answer = client.get(f"/paper-coast/tides{rest}")
        assert (answer.status_code, b"Moonlight" in answer.data) == (410, False), rest
    assert client.get(f"/p/{page.id}").status_code == 410
    for rest in ("/edit", "/state", "/archive", "/delete", "/kind", "/move", "/confirm", "/files"):
        data = {"base": "1", "title": "T", "why": "x", "kind": "article", "to": "current"}
        assert send(client, f"/paper-coast/tides{rest}", data).status_code == 410, rest


def test_a_coordinator_brings_it_back_as_it_was(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight. [[Ebb]]")
    world.page("ada", "paper-coast", "article", "Charts", body="[[Tides]]")
    client = entered(world, HAL)
    deleted(world)
    assert 'class="wikilink missing' in client.get("/paper-coast/charts").text
    stone = client.read("/paper-coast/tides", status=410)
    page = client.send(stone.form("/paper-coast/tides/undelete"))
    assert (page.heading, "Moonlight." in page.main) == ("Tides", True)
    assert client.read("/search?q=moonlight").links()["Tides"] == "/paper-coast/tides"
    assert client.read("/paper-coast/charts").links()["Tides"] == "/paper-coast/tides"
    assert 'class="wikilink missing' not in client.get("/paper-coast/charts").text


def test_nobody_else_brings_it_back(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    deleted(world)
    expected = {"visitor": 401, "zoe": 404, "dan": 403, "ben": 403, "ada": 403}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/undelete")) == expected


def test_bringing_back_what_was_not_deleted_changes_nothing(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert send(entered(world, HAL), "/paper-coast/tides/undelete").status_code in (303, 422)
    assert send(entered(world, "zoe"), "/paper-coast/tides/undelete").status_code == 404


def test_the_address_of_a_deleted_page_is_not_given_away(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    deleted(world)
    assert world.page("ada", "paper-coast", "article", "Tides").slug == "tides-2"
