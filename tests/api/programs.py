"""A program that talks to the API with somebody's token."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cases import WHO
from tests.world import World
from wiki.models import Account
from wiki.people import actions as people


def token(world: World, who: str) -> str:
    with world.writing() as session:
        return people.make_token(session, session.get_one(Account, world.account(who).id), "a test")


class Program(FlaskClient):
    """`call("GET", "/pages")` adds the address of the API and the token. No cookies are kept."""

    token = ""

    def call(self, method: str, path: str, json: Any = None, **more: Any) -> TestResponse:
        headers = {**({"Authorization": f"Bearer {self.token}"} if self.token else {}), **more.pop("headers", {})}
        return self.open(f"/api/v1{path}", method=method, json=json, headers=headers, **more)


def program(world: World, who: str) -> Program:
    client = Program(world.app, world.app.response_class, use_cookies=False)
    if who != "visitor":
        client.token = token(world, who)
    return client


def statuses(world: World, method: str, path: str, json: Any = None) -> dict[str, int]:
    """What each of the five gets; every refusal has the one error shape."""
    found = {}
    for who in WHO:
        answer = program(world, who).call(method, path, json)
        found[who] = answer.status_code
        if answer.status_code >= 400:
            said(answer)
    return found


def said(answer: TestResponse) -> str:
    """The message of a refusal, whose shape is checked."""
    body = answer.json
    assert isinstance(body, dict) and body.keys() == {"error"}, answer.text[:200]
    assert body["error"]["status"] == answer.status_code
    assert body["error"]["message"]
    assert "Traceback" not in answer.text
    return str(body["error"]["message"])
