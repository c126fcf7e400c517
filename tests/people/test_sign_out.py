"""Signing out ends the login on the server, not only in the browser."""

from sqlalchemy import select

from tests.world import World
from wiki.models import Login


def test_it_works(world: World) -> None:
    client = world.browser("ada")
    page = client.sign_out()
    assert page.heading == "You are signed out"
    assert client.get("/account").status_code == 401


def test_the_old_cookie_is_worth_nothing(world: World) -> None:
    client = world.browser("ada")
    cookie = client.get_cookie("holdfast")
    assert cookie is not None
    client.sign_out()
    client.set_cookie("holdfast", cookie.value)
    assert client.get("/account").status_code == 401


def test_looking_at_the_form_changes_nothing(lone_world: World) -> None:
    client = lone_world.browser("ada")
    client.read("/sign-out")
    assert client.get("/account").status_code == 200
    with lone_world.reading() as session:
        assert session.scalars(select(Login.ended_at)).all() == [None]


def test_what_the_browser_kept_is_cleared(lone_world: World) -> None:
    client = lone_world.browser("ada")
    response = client.post("/sign-out", data=client.read("/sign-out").form().values)
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_without_the_forms_token_nobody_is_signed_out(lone_world: World) -> None:
    client = lone_world.browser("ada")
    assert client.post("/sign-out").status_code == 400
    assert client.get("/account").status_code == 200


def test_other_browsers_stay_signed_in(lone_world: World) -> None:
    one, other = lone_world.browser("ada"), lone_world.browser("ada")
    one.sign_out()
    assert other.get("/account").status_code == 200
