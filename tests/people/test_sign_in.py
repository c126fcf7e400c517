"""Signing in: with the right pair, into a new login, and back to where one was."""

import statistics
import time

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.client import Browser
from tests.moments import Moments
from tests.people.test_back import ELSEWHERE
from tests.world import PASSWORD, World
from wiki.models import Attempt, Event, Login
from wiki.people import passwords, queries

ADA = "ada@paper-coast.example"


def try_to_sign_in(client: Browser, email: str = ADA, password: str = "wrong wrong wrong", **more: str) -> int:
    form = client.read("/sign-in").form()
    return client.post(
        "/sign-in", data=form.values.to_dict() | {"email": email, "password": password} | more
    ).status_code


def cookie_of(client: Browser) -> str:
    cookie = client.get_cookie("holdfast")
    return cookie.value if cookie else ""


def secret_of(client: Browser) -> str:
    with client.session_transaction() as kept:
        return str(kept.get("_user_id", ""))


def test_it_works(world: World) -> None:
    client = world.browser()
    page = client.send(client.read("/sign-in?next=/account").form(), {"email": ADA, "password": PASSWORD})
    assert page.url == "/account"
    assert "Ada Verdana" in page.html


@pytest.mark.parametrize("email", ["ADA@Paper-Coast.example", "  ada@paper-coast.example "])
def test_case_and_blanks_of_the_address_do_not_matter(lone_world: World, email: str) -> None:
    assert try_to_sign_in(lone_world.browser(), email, PASSWORD) == 303


@pytest.mark.parametrize(
    ("email", "password"),
    [(ADA, "wrong wrong wrong"), ("nobody@paper-coast.example", PASSWORD), (ADA, ""), ("", ""), (ADA, PASSWORD + " ")],
)
def test_a_wrong_pair_gets_one_answer_whatever_is_wrong(lone_world: World, email: str, password: str) -> None:
    client = lone_world.browser()
    page = client.send(client.read("/sign-in").form(), {"email": email, "password": password}, status=422)
    assert "do not belong together" in page.main
    assert page.form().values["email"] == email
    assert PASSWORD not in page.html
    assert client.get("/account").status_code == 401


def test_the_answer_is_the_same_for_unknown_and_known_people(lone_world: World) -> None:
    client = lone_world.browser()
    pages = [
        client.send(client.read("/sign-in").form(), {"email": email, "password": "x" * 12}, status=422).main
        for email in (ADA, "nobody@paper-coast.example")
    ]
    assert pages[0] == pages[1]


def test_a_closed_account_is_as_unknown(lone_world: World) -> None:
    with lone_world.writing() as session:
        found = queries.account_by_email(session, ADA)
        assert found is not None
        found.active = False
    assert try_to_sign_in(lone_world.browser(), ADA, PASSWORD) == 422


def test_every_check_does_the_work_of_a_hash(lone_world: World) -> None:
    """CPU time, so that a busy machine does not matter; a hash takes some 18 ms, everything else far less."""

    def cost(stored: str | None) -> float:
        taken = []
        for _ in range(5):
            before = time.process_time()
            passwords.fits(stored, "some password")
            taken.append(time.process_time() - before)
        return statistics.median(taken)

    known, unknown = cost(lone_world.account("ada").password_hash), cost(None)
    assert 0.5 < known / unknown < 2


def test_each_sign_in_is_a_new_login(lone_world: World) -> None:
    client = lone_world.browser("ada")
    first = secret_of(client)
    assert try_to_sign_in(client, ADA, PASSWORD) == 303
    assert secret_of(client) not in ("", first)
    with lone_world.reading() as session:
        ended = session.scalars(select(Login).where(Login.digest == queries.digest(first))).one()
    assert ended.ended_at is not None


def test_a_cookie_planted_before_is_worth_nothing_after(lone_world: World) -> None:
    client = lone_world.browser()
    with client.session_transaction() as planted:
        planted["_user_id"] = "planted-by-somebody"
        planted["more"] = "planted"
    assert try_to_sign_in(client, ADA, PASSWORD) == 303
    with client.session_transaction() as kept:
        assert kept["_user_id"] != "planted-by-somebody"
        assert "more" not in kept


def test_the_database_holds_no_secret_of_a_login(lone_world: World) -> None:
    secret = secret_of(lone_world.browser("ada"))
    with lone_world.reading() as session:
        login = session.scalars(select(Login)).one()
    assert login.digest == queries.digest(secret)
    assert secret not in str(vars(login))
    assert len(secret) >= 43


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(lone_world: World) -> None:
    client = lone_world.browser()
    form = client.read("/sign-in").form()
    response = client.post("/sign-in", data=form.filled({"email": ADA, "password": PASSWORD}))
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_an_old_hash_is_renewed_when_its_owner_signs_in(lone_world: World) -> None:
    with lone_world.writing() as session:
        found = queries.account_by_email(session, ADA)
        assert found is not None
        found.password_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert try_to_sign_in(lone_world.browser(), ADA, PASSWORD) == 303
    assert (lone_world.account("ada").password_hash or "").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_signing_in_is_in_the_event_log(lone_world: World) -> None:
    lone_world.browser("ada")
    with lone_world.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.actor_name) == ("login.started", "Ada Verdana")


def test_after_ten_wrong_tries_an_account_is_closed_to_guessing(world: World, moments: Moments) -> None:
    client = world.browser()
    assert [try_to_sign_in(client) for _ in range(10)] == [422] * 10
    page = client.send(client.read("/sign-in").form(), {"email": ADA, "password": PASSWORD}, status=429)
    assert "Wait 15 minutes" in page.main
    assert try_to_sign_in(client, "ben@paper-coast.example", PASSWORD) == 303, "others are not kept out"
    moments.pass_by(minutes=15)
    assert try_to_sign_in(client, ADA, PASSWORD) == 303


def test_the_limit_holds_for_unknown_accounts_too(lone_world: World) -> None:
    client = lone_world.browser()
    tries = [try_to_sign_in(client, "nobody@paper-coast.example") for _ in range(11)]
    assert tries == [422] * 10 + [429]


def test_signing_in_makes_earlier_mistakes_forgotten(lone_world: World) -> None:
    client = lone_world.browser()
    for _ in range(3):
        assert [try_to_sign_in(client) for _ in range(9)] == [422] * 9
        assert try_to_sign_in(client, ADA, PASSWORD) == 303


def test_after_a_hundred_wrong_tries_a_place_is_closed_to_guessing(lone_world: World) -> None:
    client = lone_world.browser()
    form = client.read("/sign-in").form()
    answers = [
        client.post(
            "/sign-in",
            data=form.filled({"email": f"nobody{number}@paper-coast.example", "password": "x"}),
            headers={"X-Forwarded-For": f"192.0.2.{number}", "X-Real-IP": f"192.0.2.{number}"},
        ).status_code
        for number in range(103)
    ]
    assert answers == [422] * 100 + [429] * 3
    with lone_world.reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 200


@pytest.mark.parametrize("path", ["//sign-in", "/sign-in/", "/Sign-In", "/sign-in;x", "/./sign-in"])
def test_no_other_spelling_of_the_address_goes_around_the_limit(lone_world: World, path: str) -> None:
    client = lone_world.browser()
    token = client.read("/sign-in").form().values["csrf_token"]
    answer = client.post(path, data={"email": ADA, "password": PASSWORD, "csrf_token": token})
    assert answer.status_code in (308, 401, 404, 405)
    assert client.get("/account").status_code == 401


def test_without_the_forms_token_nobody_signs_in(lone_world: World) -> None:
    client = lone_world.browser()
    assert client.post("/sign-in", data={"email": ADA, "password": PASSWORD}).status_code == 400
    assert client.get("/account").status_code == 401


@pytest.mark.parametrize("wished", ELSEWHERE)
def test_signing_in_leads_nowhere_else(lone_world: World, wished: str) -> None:
    client = lone_world.browser()
    form = client.read("/sign-in").form()
    answer = client.post("/sign-in", data=form.filled({"email": ADA, "password": PASSWORD, "next": wished}))
    assert answer.headers["Location"] == "/"


def test_an_address_that_only_takes_forms_leads_to_the_page_above_it(lone_world: World) -> None:
    client = lone_world.browser()
    page = client.send(
        client.read("/sign-in").form(), {"email": ADA, "password": PASSWORD, "next": "/account/logins/7/ending"}
    )
    assert page.url == "/account"


def test_after_twelve_hours_without_a_click_one_signs_in_again(lone_world: World, moments: Moments) -> None:
    client = lone_world.browser("ada")
    moments.pass_by(hours=11.9)
    assert client.get("/account").status_code == 200
    moments.pass_by(hours=11.9)
    assert client.get("/account").status_code == 200
    moments.pass_by(hours=12.1)
    assert client.get("/account").status_code == 401


def test_after_thirty_days_one_signs_in_again(lone_world: World, moments: Moments) -> None:
    client = lone_world.browser("ada")
    for _ in range(60):
        assert client.get("/account").status_code == 200
        moments.pass_by(hours=11.9)
    moments.pass_by(hours=8)
    assert client.get("/account").status_code == 401


def test_an_open_form_signs_in_again_without_being_left(world: World) -> None:
    """For scripts: who is signed in, and the token that its forms are sent with now."""
    client = world.app.test_client()
    told = client.get("/sign-in", headers={"Accept": "application/json"}).json
    assert told["who"] is None
    headers = {"Accept": "application/json", "X-CSRFToken": told["csrf_token"]}
    refused = client.post("/sign-in", data={"email": ADA, "password": "wrong"}, headers=headers)
    assert refused.status_code == 422 and refused.json["error"]["message"]
    assert (
        client.post(
            "/sign-in", data={"email": ADA, "password": PASSWORD}, headers={**headers, "X-CSRFToken": "x"}
        ).status_code
        == 400
    )
    told = client.post("/sign-in", data={"email": ADA, "password": PASSWORD}, headers=headers).json
    assert told["who"] == world.account("ada").id
    sent = {"csrf_token": told["csrf_token"], "kind": "article", "title": "Tides"}
    assert client.post("/paper-coast/new", data=sent).status_code == 303
    with world.reading() as session:
        tries = session.scalars(select(Attempt)).all()
    assert tries, "a wrong try of a script is not counted"
