"""Secrets planted in every place of pages of every access level; every address that anybody can reach, asked by everybody.

A secret belongs to one page and one place. No answer to somebody who may not read the page may hold it, in whatever
format: HTML, Markdown, CSV, JSON, files, errors, completion, search.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.world import FOUNDER, PASSWORD, World
from wiki.access import visible_pages
from wiki.attachments import actions as attachments
from wiki.attachments.store import Store
from wiki.kinds.content import Content
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.spaces import actions as spaces

WHO = ("hal", "ada", "ben", "dan", "zoe", "ivy", "visitor")
LEVELS = ("members", "partnership", "named_orgs", "steward_only")
MOST_ADDRESSES = 260
HREF = re.compile(r'(?:href|action)="([^"#]+)')
#: Asking for these changes who asks.
NOT_ASKED = re.compile(r"/(?:sign-out|static|invitation|reset)")


@dataclass
class Planted:
    """One page with its secrets; `gone` when it was deleted: then its title alone is left to those who could read it."""

    level: str
    page: Page
    gone: bool = False
    words: dict[str, str] = field(default_factory=dict)

    def hidden_from(self, may_read: bool) -> list[str]:
        if not may_read:
            return list(self.words.values())
        return [word for place, word in self.words.items() if place not in ("title", "slug")] if self.gone else []


def plant(world: World, level: str, name: str) -> Planted:
    """A decision with a secret in each place, a second revision, and a file."""
    words = {
        place: f"zq{name}{place}"
        for place in ("title", "summary", "body", "field", "row", "note", "file", "data", "old")
    }
    fields = {
        "access": level,
        "access_orgs": [world.org("ministry")],
        "summary": words["summary"],
        "question": words["field"],
        "actions": [{"id": "a1", "what": words["row"]}],
    }
    if level == "steward_only":
        fields["steward_org"] = world.org("council")
    page = world.page("founder", "paper-coast", "decision", words["title"], fields, words["old"], note=words["note"])
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        content = Content(words["title"], words["body"], content_of(current_revision(session, mine)).fields)
        actions.save_page(session, world.catalogue, world.viewer("founder"), mine, content, 1)
        data = io.BytesIO(words["data"].encode())
        store = Store(world.settings.folder / "files")
        attachments.attach(session, store, world.viewer("founder"), mine, f"{words['file']}.txt", data, 1 << 20)
    return Planted(level, page, words=words)


def plant_all(world: World) -> list[Planted]:
    planted = [plant(world, level, level.replace("_", "")) for level in LEVELS]
    for name, change in (("archived", actions.archive_page), ("deleted", actions.delete_page)):
        one = plant(world, "members", name)
        with world.writing() as session:
            change(session, world.viewer("founder"), session.get_one(Page, one.page.id), "Tidied")
        planted.append(Planted("members", one.page, name == "deleted", one.words))
    pointing = {"affects": [one.page.id for one in planted], "question": "What is there?"}
    world.page("founder", "paper-coast", "decision", "What there is", pointing)
    return planted


def plant_for_few(world: World) -> dict[str, set[str]]:
    """Secrets that are not a whole page's: word → who may be told it.

    A value that only the holder sees, on a page that all members read; what somebody is typing and has not saved; a
    closed space with its name, its page and its people.
    """
    asked = {"holders": [{"id": "h1", "person": world.account("ben").person_id}], "workload_note": "zqprivatevalue"}
    world.page("hal", "paper-coast", "role", "Harbour watch", asked)
    with world.writing() as session:
        tides = actions.create_page(
            session,
            world.catalogue,
            world.viewer("hal"),
            world.space("paper-coast"),
            world.catalogue["article"],
            Content("Tide tables"),
        )
        form = {"title": ["zqdrafttitle"], "body": ["zqdraftbody"], "kind": ["article"]}
        for place, page_id in ((f"page:{tides.id}", tides.id), ("new:paper-coast:article:1a2b3c4d", None)):
            actions.keep_draft(session, world.viewer("hal"), place, page_id, 1, form)
        closed = spaces.add_space(session, FOUNDER, "zqspacename", default_role="none", description="zqspacewords")
        spaces.set_member(session, FOUNDER, closed, session.merge(world.account("dan")), "member", world.org("council"))
    world.page("dan", "zqspacename", "article", "zqclosedtitle", body="zqclosedbody")
    known = {"zqprivatevalue": {"ben"}, "zqdrafttitle": {"hal"}, "zqdraftbody": {"hal"}}
    # The administrator lists all spaces by their names, and reads none of their pages.
    known |= {"zqspacename": {"dan", "ivy"}, "zqspacewords": {"dan", "ivy"}}
    return known | {"zqclosedtitle": {"dan"}, "zqclosedbody": {"dan"}}


def client_of(world: World, who: str) -> FlaskClient:
    client = FlaskClient(world.app, world.app.response_class, use_cookies=True)
    if who != "visitor":
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        assert token is not None
        sent = {"csrf_token": token[1], "email": world.email(who), "password": PASSWORD}
        assert client.post("/sign-in", data=sent).status_code == 303
    return client


def reachable(clients: dict[str, FlaskClient], planted: list[Planted]) -> list[str]:
    """Every address that somebody meets by following links, and those that a curious person would try."""
    found: dict[str, None] = {}
    for client in clients.values():
        waiting = ["/", "/spaces", "/search", "/registers", "/directory", "/paper-coast", "/admin"]
        while waiting and len(found) < MOST_ADDRESSES:
            address = waiting.pop(0)
            if address in found or NOT_ASKED.search(address):
                continue
            found[address] = None
            with client.get(address) as answer:
                if answer.mimetype == "text/html":
                    waiting += [one for one in links(address, answer.text) if one not in found]
    return [*found, *tried(planted)]


def links(address: str, html: str) -> Iterator[str]:
    for href in HREF.findall(html):
        target = urljoin(address, href.replace("&amp;", "&"))
        if not urlsplit(target).netloc and target.startswith("/"):
            yield target


def tried(planted: list[Planted]) -> Iterator[str]:
    """Addresses of the pages themselves, and others that show many pages."""
    for one in planted:
        at = f"/paper-coast/{one.page.slug}"
        yield from (
            at,
            f"{at}.md",
            f"{at}/history",
            f"{at}/history/1",
            f"{at}/compare/1/2",
            f"{at}/authors",
            f"{at}/edit",
        )
        yield from (f"{at}/files", f"{at}/files/{one.words['file']}.txt", f"{at}/state", f"{at}/move", f"{at}/delete")
        yield from (f"/p/{one.page.id}", f"/paper-coast/new?from=paper-coast/{one.page.slug}")
        yield from (f"/api/v1/pages{at}", f"/api/v1/pages{at}/revisions", f"/api/v1/pages{at}/revisions/1")
        yield from (f"/palette?seen={one.page.id}", f"{at}/star")
        yield f"/paper-coast/pages?as=json&kind=decision&at={one.page.id}"
    yield from ("/registers/kind/decision.csv", "/registers/kind/decision?archived=yes", "/api/v1/pages?limit=200")


def guessed(words: dict[str, str]) -> Iterator[str]:
    """Questions by somebody who knows, or guesses, a word of a page and wants more of it."""
    for word in words.values():
        yield from (
            f"/search?q={word}",
            f"/search?q={word[:-2]}*",
            f"/search?q={word[:-1]}x",
            f"/complete?q={word[:6]}",
        )
        yield f"/api/v1/search?q={word}"
        yield from (f"/paper-coast/pages?q={word[:6]}", f"/paper-coast/pages?as=json&q={word[:6]}")
    yield f"/complete?q={words['row'][:7]}&kinds=row:*.actions"
    beginning = words["title"][:-2]
    yield from (f"/search/suggestions?q={beginning}", f"/search/results.csv?q={beginning}*")
    yield from (f"/search/feed.atom?q={beginning}*", f"/api/v1/search?q={beginning}*&facets=yes&replaced=yes")


def tried_for(for_few: dict[str, set[str]]) -> Iterator[str]:
    yield from ("/paper-coast/harbour-watch", "/paper-coast/harbour-watch.md", "/paper-coast/harbour-watch/history/1")
    yield from (
        "/paper-coast/harbour-watch/edit",
        "/api/v1/pages/paper-coast/harbour-watch",
        "/paper-coast/tide-tables/edit",
    )
    yield from (
        "/registers/kind/role?show=all",
        "/registers/kind/role.csv",
        "/registers/kind/article?space=zqspacename",
    )
    yield from ("/paper-coast/new?kind=article", "/paper-coast/new?kind=article&draft=new:paper-coast:article:1a2b3c4d")
    yield from ("/zqspacename", "/zqspacename/members", "/zqspacename/changes", "/zqspacename/settings")
    yield from ("/zqspacename/zqclosedtitle", "/zqspacename/new", "/search?q=a*&space=zqspacename")
    for word in for_few:
        yield from (
            f"/search?q={word}",
            f"/search?q={word[:-2]}*",
            f"/complete?q={word[:7]}",
            f"/api/v1/search?q={word}",
        )


def told(client: FlaskClient, address: str, tag: str | None = None) -> tuple[str, str | None]:
    with client.get(address, headers={"If-None-Match": tag} if tag else {}) as answer:
        return answer.get_data().decode("utf-8", "replace"), answer.headers.get("ETag")


def offences(
    clients: dict[str, FlaskClient],
    world: World,
    planted: list[Planted],
    addresses: list[str],
    for_few: dict[str, set[str]] | None = None,
    guessing: bool = False,
) -> list[str]:
    """Who was told which secret where. A word of the address itself is no news.

    When they are `guessing`, they ask for the words of those pages too of which something is hidden from them.
    """
    found = []
    for who, client in clients.items():
        with world.reading() as session:
            ids = set(session.scalars(select(Page.id).where(visible_pages(world.viewer(who)))))
            gone = {one.page.id for one in planted if one.gone and may_have_read(world, who)}
        hidden = [word for one in planted for word in one.hidden_from(one.page.id in ids | gone)]
        hidden += [word for word, known in (for_few or {}).items() if who not in known]
        unknown = [one for one in planted if guessing and one.hidden_from(one.page.id in ids | gone)]
        for address in (*addresses, *dict.fromkeys(url for one in unknown for url in guessed(one.words))):
            text, _tag = told(client, address)
            found += [f"{who} {address}: {word}" for word in hidden if word in text and word not in address]
    return found


def may_have_read(world: World, who: str) -> bool:
    return who in ("hal", "ada", "ben", "dan")


@pytest.fixture
def planted(lone_world: World) -> list[Planted]:
    return plant_all(lone_world)


def test_it_works(lone_world: World, planted: list[Planted]) -> None:
    for_few = plant_for_few(lone_world)
    clients = {who: client_of(lone_world, who) for who in WHO}
    addresses = [*reachable(clients, planted), *tried_for(for_few)]
    assert len(addresses) > 250
    assert offences(clients, lone_world, planted, addresses, for_few, guessing=True) == []


def test_the_net_catches_a_door_that_tells(lone_world: World, planted: list[Planted]) -> None:
    """A page that hal may read, asked as hal but judged as zoe, is an offence."""
    clients = {"zoe": client_of(lone_world, "hal")}
    assert offences(clients, lone_world, planted, [f"/paper-coast/{planted[0].page.slug}"]) != []
    for_few = plant_for_few(lone_world)
    at = "/paper-coast/"
    seen = {"ben": [f"{at}harbour-watch"], "hal": [f"{at}tide-tables/edit"], "dan": ["/zqspacename/zqclosedtitle"]}
    for who, addresses in seen.items():
        assert offences({"zoe": client_of(lone_world, who)}, lone_world, [], addresses, for_few) != [], who


def test_an_unchanged_answer_is_not_confirmed_to_somebody_else(lone_world: World, planted: list[Planted]) -> None:
    address = f"/paper-coast/{planted[0].page.slug}"
    _text, tag = told(client_of(lone_world, "hal"), address)
    assert tag is not None
    for who in ("zoe", "visitor"):
        answer = client_of(lone_world, who).get(address, headers={"If-None-Match": tag})
        assert answer.status_code in (401, 404), who


def test_a_right_that_is_taken_away_ends_at_once(lone_world: World, planted: list[Planted]) -> None:
    address = f"/paper-coast/{planted[0].page.slug}"
    client = client_of(lone_world, "ada")
    _text, tag = told(client, address)
    with lone_world.writing() as session:
        page = session.get_one(Page, planted[0].page.id)
        old = content_of(current_revision(session, page))
        fields = {**old.fields, "access": "steward_only", "steward_org": lone_world.org("council")}
        actions.save_page(
            session,
            lone_world.catalogue,
            lone_world.viewer("founder"),
            page,
            Content(old.title, old.body, fields),
            page.number,
        )
    assert client.get(address, headers={"If-None-Match": tag or ""}).status_code == 404
