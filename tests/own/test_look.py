"""Colours and keys: with the account everywhere, in a visitor's browser by a cookie."""

from tests.cases import entered, plainly_entered, send
from tests.client import Browser
from tests.world import World


def theme_of(client: Browser, url: str = "/help") -> str:
    return client.read(url).root.get("data-theme", "")


def test_it_works(world: World) -> None:
    client = entered(world, "ada")
    form = client.read("/appearance").form("/appearance")
    assert theme_of(client) == ""
    client.send(form, {"theme": "dark"})
    assert theme_of(client) == "dark"
    assert theme_of(entered(world, "ada")) == "dark", "kept with the account, not in this browser alone"
    assert theme_of(entered(world, "ben")) == ""


def test_a_visitor_has_it_in_a_cookie_that_scripts_cannot_read(lone_world: World) -> None:
    client = entered(lone_world, "visitor")
    answer = send(client, "/appearance", {"theme": "dark", "has_keys": "1"})
    cookie = client.get_cookie("look")
    assert answer.status_code == 303 and cookie is not None and cookie.value == "dark.no-keys" and cookie.http_only
    assert theme_of(client) == "dark"
    assert "keys-sheet" not in client.get("/help").text
    client.set_cookie("look", '"><script>')
    assert theme_of(client) == ""


def test_no_other_colour_flashes_up_before_the_style_sheet_is_there(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    assert '<meta name="color-scheme" content="light dark">' in client.get("/help").text
    send(client, "/appearance", {"theme": "dark"})
    assert '<meta name="color-scheme" content="dark">' in client.get("/help").text


def test_single_keys_can_be_switched_off_and_on_again(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    assert 'data-press="g h"' in client.get("/spaces").text
    client.send(client.read("/account").form("/appearance"), {"keys": []})
    assert 'data-press="g h"' not in client.get("/spaces").text
    send(client, "/appearance", {"theme": "light"})
    assert "keys-sheet" not in client.get("/spaces").text, "what is not sent stays as it was"
    send(client, "/appearance", {"has_keys": "1", "keys": "yes"})
    assert "keys-sheet" in client.get("/spaces").text


def test_the_help_page_lists_the_keys_that_work(lone_world: World) -> None:
    page = entered(lone_world, "visitor").read("/help")
    assert "Edit this page" in page.main


def test_a_page_that_the_browser_keeps_is_out_of_date_when_its_reader_chooses(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    for who in ("ada", "visitor"):
        client = plainly_entered(world, who)
        url = "/paper-coast/tides" if who == "ada" else "/paper-coast/pages"
        tag = client.get(url).headers.get("ETag")
        if tag is None:
            continue
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 304
        send(client, "/appearance", {"theme": "dark"})
        assert client.get(url, headers={"If-None-Match": tag}).status_code == 200


def test_nonsense_is_the_systems_choice(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    send(client, "/appearance", {"theme": "dark"})
    send(client, "/appearance", {"theme": "mauve"})
    assert theme_of(client) == ""
