"""Answers that were under way at the same time hold tokens that are good for each other."""

import re

import pytest

from tests.cases import plainly_entered
from tests.paper_coast import Coast


def form_token(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found, "no form"
    return found[1]


@pytest.mark.parametrize("url", ["/account", "/paper-coast/new?kind=lesson", "/inbox"])
def test_it_works(coast: Coast, url: str) -> None:
    """Two tabs opened at once send the same cookie; the browser keeps the one that is answered last."""
    first, second = plainly_entered(coast, "hal"), coast.app.test_client()
    name = coast.app.config["SESSION_COOKIE_NAME"]
    cookie = first.get_cookie(name)
    assert cookie is not None
    second.set_cookie(name, cookie.value)
    token = form_token(second.get(url).text)
    other = first.get("/palette?token").json["token"]
    assert first.post("/account/seen", data={"pages": "", "csrf_token": token}).status_code == 204
    assert second.post("/account/seen", data={"pages": "", "csrf_token": other}).status_code == 204


def test_an_answer_that_sets_the_cookie_back_takes_no_form_with_it(coast: Coast) -> None:
    client = plainly_entered(coast, "hal")
    name = coast.app.config["SESSION_COOKIE_NAME"]
    before = client.get_cookie(name)
    assert before is not None
    token = form_token(client.get(coast.url("P24", "/edit")).text)
    client.set_cookie(name, before.value)
    assert client.post("/account/seen", data={"pages": "", "csrf_token": token}).status_code == 204


def test_a_token_of_somebody_else_is_worth_nothing(coast: Coast) -> None:
    token = form_token(plainly_entered(coast, "ada").get("/account").text)
    answer = plainly_entered(coast, "hal").post("/account/seen", data={"pages": "", "csrf_token": token})
    assert answer.status_code == 400
    assert plainly_entered(coast, "hal").post("/account/seen", data={"pages": ""}).status_code == 400
