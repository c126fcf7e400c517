"""The cases that the tests of every action have: an editor, a reader, a partner's person, a stranger, a visitor.

page = ministry_page(world)
assert answers(world, lambda client: client.get("/paper-coast/tides/edit")) == MEMBERS_ONLY
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.client import Browser, browser
from tests.page import Page as Shown
from tests.page import text_of
from tests.world import World
from wiki.access import Found, page_for
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages.storing import content_of, current_revision

#: The editor comes last, so that what the editor changes does not change the answers to the others.
WHO = ("visitor", "zoe", "dan", "ben", "ada")

#: Who may read a page that is named for the Ministry, and who may change it: hidden is 404, visible but not allowed 403.
READABLE = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
FORM = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200}
SENT = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 303}

C = TypeVar("C", bound=FlaskClient)
T = TypeVar("T")

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def ministry_page(world: World, kind: str = "article", title: str = "Tides", **more: Any) -> Page:
    """A page of Ada's that people of the Ministry see (Ada, Ben) and those of the Council do not (Dan)."""
    fields = {"access": "named_orgs", "access_orgs": [world.org("ministry")], **more.pop("fields", {})}
    return world.page("ada", "paper-coast", kind, title, fields, **{"body": "They come and go.", **more})


def entered(world: World, who: str) -> Browser:
    """A browser in which somebody is signed in already; "visitor" is nobody."""
    return signed_in(world, who, browser(world.app))


def plainly_entered(world: World, who: str) -> FlaskClient:
    """The same with a client that inspects nothing, for answers that are a part of a page."""
    return signed_in(world, who, world.app.test_client())


def signed_in(world: World, who: str, client: C) -> C:
    if who != "visitor":
        world.enter(client, who)
    return client


def answers(world: World, ask: Callable[[Browser], TestResponse]) -> dict[str, int]:
    """The status that each gets."""
    return {who: ask(entered(world, who)).status_code for who in WHO}


def plain_answers(world: World, ask: Callable[[FlaskClient], TestResponse]) -> dict[str, int]:
    """The same, for answers that are a part of a page."""
    return {who: ask(plainly_entered(world, who)).status_code for who in WHO}


def token(client: FlaskClient) -> str:
    """A form's token that is good for this browser."""
    for url in ("/sign-out", "/sign-in"):
        found = _TOKEN.search(client.get(url).text)
        if found:
            return found[1]
    raise AssertionError("no form with a token was found")


def send(client: FlaskClient, url: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
    """Post a form that is right but for what is in it."""
    return client.post(url, data={"csrf_token": token(client), **(data or {})}, **more)


def send_files(
    client: FlaskClient,
    url: str,
    files: list[tuple[str, bytes]],
    field: str = "file",
    accept: str = "*/*",
    **fields: str,
) -> TestResponse:
    """Post a form with files (name, content), as a browser would."""
    parts = [f'name="{name}"'.encode() + b"\r\n\r\n" + value.encode() for name, value in fields.items()]
    parts.append(b'name="csrf_token"\r\n\r\n' + token(client).encode())
    for name, content in files:
        head = f'name="{field}"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(b"--frontier\r\nContent-Disposition: form-data; " + part + b"\r\n" for part in parts)
    return client.post(
        url,
        data=body + b"--frontier--\r\n",
        content_type="multipart/form-data; boundary=frontier",
        headers={"Accept": accept},
    )


def download(client: FlaskClient, url: str, **more: Any) -> TestResponse:
    """A file, read and closed, redirects followed."""
    with client.get(url, follow_redirects=True, **more) as answer:
        answer.get_data()
        return answer


def shown(response: TestResponse) -> Shown:
    """An answer as tests look at it, whatever its status."""
    return Shown(response.text, response.status_code, response.request.path)


def complaint(page: Shown, name: str) -> str:
    """What stands beside the input of that name; "" when nothing is wrong with it."""
    control = next(element for element in page.root.iter() if element.get("name") == name)
    if control.get("aria-invalid") != "true":
        return ""
    return " ".join(text_of(page.by_id(one)) for one in control.get("aria-describedby", "").split())


def act(world: World, who: str, space: str, slug: str, verb: str, action: Callable[[Session, Found], T]) -> T:
    """What an action gives, done by somebody to a page that they may do it to."""
    with world.writing() as session:
        return action(session, page_for(session, world.viewer(who), space, slug, verb))


def stored(world: World, slug: str, space: str = "paper-coast") -> Content:
    """What the page holds now, whoever may read it."""
    with world.reading() as session:
        found = session.scalars(select(Page).where(Page.slug == slug, Page.space_id == world.space(space).id)).one()
        return content_of(current_revision(session, found))


def slugs(world: World, space: str = "paper-coast") -> set[str]:
    with world.reading() as session:
        return set(session.scalars(select(Page.slug).where(Page.space_id == world.space(space).id)))


def count(world: World, table: Any) -> int:
    """How many rows a table has."""
    with world.reading() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()
