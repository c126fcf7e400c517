"""What somebody was typing when their sign-in ended comes back after the next one."""

from typing import Any

from sqlalchemy import func, select

from tests.client import Browser, page_of
from tests.page import Page
from tests.world import PASSWORD, World
from wiki.models import Revision
from wiki.people import logins

TEXT = 'Two lines of "typed" text,\r\n<b>and</b> a third & a ‘fourth’.'
ADA = {"email": "ada@paper-coast.example", "password": PASSWORD}


def sign_out_behind_the_back(world: World, who: str) -> None:
    with world.writing() as session:
        logins.end_all(session, world.account(who).id)


def expired_save(world: World, client: Browser, form: Any, changes: dict[str, Any]) -> Page:
    sign_out_behind_the_back(world, "ada")
    response = client.post(form.action, data=form.filled(changes))
    assert response.status_code in (400, 401)
    return page_of(response, response.status_code)


def edit_form(world: World, client: Browser) -> Any:
    page = world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    return client.read(f"/paper-coast/{page.slug}/edit").form(having="body")


def test_it_works(world: World) -> None:
    client = world.browser("ada")
    page = expired_save(world, client, edit_form(world, client), {"body": TEXT, "note": "Why"})
    assert page.heading == "Sign in"
    page = client.send(page.form(), ADA)
    assert page.heading == "You are signed in again"
    page = client.send(page.form(), status=200)
    form = page.form(having="body")
    assert form.values["body"] == TEXT
    assert form.values["note"] == "Why"
    saved = client.post(form.action, data=form.values)
    assert saved.status_code == 303
    with world.reading() as session:
        assert session.scalars(select(Revision.body).order_by(Revision.id.desc())).first() == TEXT.replace("\r\n", "\n")


def test_a_wrong_password_between_loses_nothing(lone_world: World) -> None:
    client = lone_world.browser("ada")
    page = expired_save(lone_world, client, edit_form(lone_world, client), {"body": TEXT})
    page = client.send(page.form(), {"email": ADA["email"], "password": "wrong"}, status=422)
    page = client.send(page.form(), ADA)
    assert page.form().values["body"] == TEXT


def test_nothing_is_saved_before_its_writer_has_seen_it(lone_world: World) -> None:
    client = lone_world.browser("ada")
    form = edit_form(lone_world, client)
    with lone_world.reading() as session:
        before = session.scalar(select(func.count()).select_from(Revision))
    page = expired_save(lone_world, client, form, {"body": TEXT})
    page = client.send(page.form(), ADA)
    client.send(page.form())
    with lone_world.reading() as session:
        assert session.scalar(select(func.count()).select_from(Revision)) == before


def test_a_new_page_comes_back_too(lone_world: World) -> None:
    client = lone_world.browser("ada")
    form = client.read("/paper-coast/new?kind=article").form(having="body")
    page = expired_save(lone_world, client, form, {"title": "Moon", "body": TEXT})
    page = client.send(client.send(page.form(), ADA).form())
    assert page.form(having="body").values["body"] == TEXT
    assert page.form(having="body").values["title"] == "Moon"


def test_a_strangers_form_is_not_carried_in_with_the_sign_in(lone_world: World) -> None:
    """Only writing comes back. A form that changes rights or passwords has to be filled in again by its owner."""
    client = lone_world.browser()
    form = client.read("/sign-in").form()
    hal = {"email": "hal@paper-coast.example", "password": PASSWORD}
    planted = {"kept.email": "zoe@paper-coast.example", "kept.roles": "coordinator", "next": "/paper-coast/members"}
    response = client.post("/sign-in", data=form.values.to_dict() | hal | planted)
    assert (response.status_code, response.headers["Location"]) == (303, "/paper-coast/members")
    assert lone_world.viewer("zoe").memberships == ()
