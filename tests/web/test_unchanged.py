"""A browser that has an answer is told so only while it is still the right one for whoever asks."""

import pytest
from flask import Flask

from tests.client import Browser
from tests.statements import Statements
from tests.world import World
from wiki.people import logins
from wiki.spaces import actions as spaces
from wiki.web.cookies import KeptCookies

PAGE = "/paper-coast/tides"


@pytest.fixture
def tides(lone_world: World) -> World:
    lone_world.page("founder", "paper-coast", "article", "Tides", {"access": "public"}, "They come and go.")
    return lone_world


def tag_for(client: Browser, url: str = PAGE) -> str:
    return client.get(url).headers["ETag"]


def status(client: Browser, tag: str, url: str = PAGE, **headers: str) -> int:
    return client.get(url, headers={"If-None-Match": tag, **headers}).status_code


@pytest.mark.parametrize("who", [None, "ben"])
def test_it_works(tides: World, who: str | None) -> None:
    client = tides.browser(who)
    tag = tag_for(client)
    heard = Statements(tides.database)
    assert len(heard.during(lambda: status(client, tag))) == 1
    again = client.get(PAGE, headers={"If-None-Match": f'"other", W/{tag}'})
    assert (again.status_code, again.data) == (304, b"")
    first = client.get(PAGE)
    changing = {"Content-Type", "Content-Length", "Content-Language", "Vary"}
    assert {name: value for name, value in first.headers.items() if name not in changing} == {
        name: value for name, value in again.headers.items() if name not in changing
    }


def test_a_change_anywhere_ends_it(tides: World) -> None:
    client = tides.browser("ben")
    tag = tag_for(client)
    tides.page("ada", "paper-coast", "article", "Boats", body="See [[Tides]].")
    assert status(client, tag) == 200


def test_the_tag_of_somebody_else_is_worth_nothing(tides: World) -> None:
    ben, ada, visitor = tides.browser("ben"), tides.browser("ada"), tides.browser()
    tags = [tag_for(one) for one in (ben, ada, visitor)]
    assert len(set(tags)) == 3
    for client, own in zip((ben, ada, visitor), tags, strict=True):
        assert [status(client, tag) for tag in tags] == [304 if tag == own else 200 for tag in tags]


def test_who_lost_the_right_is_told_so(tides: World) -> None:
    tides.page("ada", "paper-coast", "article", "Nets", body="For partners.")
    url = "/paper-coast/nets"
    client = tides.browser("ben")
    tag = tag_for(client, url)
    assert status(client, tag, url) == 304
    with tides.writing() as session:
        spaces.remove_member(session, tides.viewer("founder"), tides.space("paper-coast"), tides.account("ben"))
    assert status(client, tag, url) == 404


def test_an_ended_login_is_asked_to_sign_in(tides: World) -> None:
    tides.page("ada", "paper-coast", "article", "Nets", body="For partners.")
    url = "/paper-coast/nets"
    client = tides.browser("ben")
    tag = tag_for(client, url)
    with tides.writing() as session:
        logins.end_all(session, tides.account("ben").id)
    assert status(client, tag, url) == 401


def test_another_language_colours_name_of_the_site_or_question_is_another_answer(tides: World) -> None:
    client = tides.browser()
    tag = tag_for(client)
    assert status(client, tag, **{"Accept-Language": "fr"}) == 200
    assert status(client, tag, Host="elsewhere.example") == 200
    assert status(client, tag, f"{PAGE}?x=1") == 200
    client.set_cookie("look", "dark")
    assert status(client, tag) == 200


def test_something_to_be_told_once_is_told(tides: World) -> None:
    client = tides.browser("ada")
    tag = tag_for(client)
    with client.session_transaction() as cookie:
        cookie["_flashes"] = [("good", "Saved.")]
    answer = client.get(PAGE, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Saved." in answer.text


def test_a_cookie_with_another_seal_says_nothing(tides: World) -> None:
    cookies = tides.app.session_interface
    assert isinstance(cookies, KeptCookies)
    text = cookies.get_signing_serializer(tides.app).dumps({"_user_id": "secret"})
    assert cookies.content(text) == {"_user_id": "secret"}
    assert cookies.content(text[:-2] + ("aa" if text[-2:] != "aa" else "bb")) == {}
    other = Flask("other")
    other.secret_key = "another"
    assert KeptCookies(other).content(text) == {}


def test_what_one_request_does_to_its_cookie_stays_out_of_the_next(tides: World) -> None:
    cookies = tides.app.session_interface
    assert isinstance(cookies, KeptCookies)
    text = cookies.get_signing_serializer(tides.app).dumps({"_flashes": [["good", "Saved."]], "a": 1})
    first = cookies.content(text)
    first["_flashes"].append(["bad", "No."])
    first["a"] = 2
    assert cookies.content(text) == {"_flashes": [["good", "Saved."]], "a": 1}


def test_a_cookie_too_old_says_nothing(tides: World, monkeypatch: pytest.MonkeyPatch) -> None:
    cookies = tides.app.session_interface
    assert isinstance(cookies, KeptCookies)
    text = cookies.get_signing_serializer(tides.app).dumps({"_user_id": "secret"})
    monkeypatch.setattr(cookies, "_most_seconds", -1)
    assert cookies.content(text) == {}
