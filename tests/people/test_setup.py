"""The first administrator is made on the first visit, and never again."""

import pytest

from tests.world import PASSWORD, World
from wiki.errors import NotFound
from wiki.people import actions, queries

HERSELF = {"name": "Ivy Constantia", "email": "ivy@paper-coast.example", "password": PASSWORD}


def test_it_works(empty_world: World) -> None:
    client = empty_world.browser()
    page = client.read("/setup")
    page = client.send(page.form(), HERSELF)
    assert page.url == "/spaces"
    assert empty_world.viewer("ivy").admin
    assert client.get("/admin").status_code == 200


@pytest.mark.parametrize("path", ["/", "/sign-in"])
def test_the_first_visit_leads_there(empty_world: World, path: str) -> None:
    assert empty_world.browser().read(path).heading == "Set up Holdfast"


def test_then_the_page_is_gone_for_ever(world: World) -> None:
    client = world.browser()
    client.read("/setup", status=404)
    token = client.read("/sign-in").form().values["csrf_token"]
    mallory = HERSELF | {"email": "mallory@evil.example", "csrf_token": token}
    assert client.post("/setup", data=mallory).status_code == 404
    with world.reading() as session:
        assert queries.account_by_email(session, "mallory@evil.example") is None


def test_even_if_every_account_is_closed(world: World) -> None:
    with world.writing() as session:
        for who in ("hal", "ada", "ben", "dan", "zoe", "ivy"):
            account = queries.account_by_email(session, world.email(who))
            assert account is not None
            account.active = False
    world.browser().read("/setup", status=404)


def test_two_who_come_at_once_do_not_both_become_administrators(empty_world: World) -> None:
    first, second = empty_world.browser(), empty_world.browser()
    forms = [one.read("/setup").form() for one in (first, second)]
    assert first.post("/setup", data=forms[0].filled(HERSELF)).status_code == 303
    mallory = HERSELF | {"email": "mallory@evil.example"}
    assert second.post("/setup", data=forms[1].filled(mallory)).status_code == 404
    with empty_world.writing() as session, pytest.raises(NotFound):
        actions.first_administrator(session, empty_world.catalogue, "m@evil.example", "M", PASSWORD)


def test_every_mistake_is_named_and_nothing_is_lost(empty_world: World) -> None:
    client = empty_world.browser()
    page = client.send(
        client.read("/setup").form(), {"name": " ", "email": "ivy", "password": "password123"}, status=422
    )
    assert page.form().values["email"] == "ivy"
    for words in ("A name is needed", "not an e-mail address", "among the first that a guesser tries"):
        assert words in page.main
    assert "password123" not in page.html


def test_the_administrators_page_in_the_wiki_is_by_herself(empty_world: World) -> None:
    client = empty_world.browser()
    client.send(client.read("/setup").form(), HERSELF)
    page = empty_world.found("ivy", "directory", "ivy-constantia").page
    assert page.owner_id == page.id
