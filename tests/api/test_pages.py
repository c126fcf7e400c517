"""Pages through the API: the same verbs and rights as in the browser, one shape for every refusal."""

from typing import Any

import pytest
from sqlalchemy import func, select

from tests.api.programs import program, said, statuses
from tests.cases import READABLE, count, ministry_page, stored
from tests.packs.changing import changed, publish
from tests.world import World
from wiki.models import Page, Revision
from wiki.web.state import site

NEW = {"space": "paper-coast", "title": "Tides", "kind": "meeting", "body": "They come.", "note": "By program"}


def test_it_works(world: World) -> None:
    client = program(world, "ada")
    rows = [{"what": "Paint", "responsible": "Ada Verdana"}]
    made = client.call("POST", "/pages", {**NEW, "fields": {"place": "Pier", "actions": rows}})
    assert made.status_code == 201
    page: Any = made.json
    assert {key: page[key] for key in ("space", "slug", "title", "kind", "revision", "state", "body")} == {
        "space": "paper-coast",
        "slug": "tides",
        "title": "Tides",
        "kind": "meeting",
        "revision": 1,
        "state": "planned",
        "body": "They come.",
    }
    assert page["url"] == made.location == f"{world.settings.base_url}/paper-coast/tides"
    [row] = page["fields"]["actions"]
    assert (row["what"], row["responsible"]) == ("Paint", world.account("ada").person_id)
    read: Any = client.call("GET", "/pages/paper-coast/tides").json
    assert read == page
    saved: Any = client.call("PUT", "/pages/paper-coast/tides", {"base": 1, "body": "They come and go."}).json
    assert saved == {**page, "revision": 2, "body": "They come and go."}
    revisions: Any = client.call("GET", "/pages/paper-coast/tides/revisions").json
    assert (revisions["total"], [one["revision"] for one in revisions["revisions"]]) == (2, [2, 1])
    assert revisions["revisions"][1]["note"] == "By program"
    first: Any = client.call("GET", "/pages/paper-coast/tides/revisions/1").json
    assert (first["body"], first["fields"]) == ("They come.", page["fields"])
    found: Any = client.call("GET", "/search?q=paint").json
    assert (found["total"], found["results"][0]["slug"]) == (1, "tides")
    assert found["results"][0].keys() >= {"space", "slug", "title", "kind", "snippet", "url"}


@pytest.mark.parametrize("rest", ["", "/revisions", "/revisions/1"])
def test_the_four_cases_of_reading(lone_world: World, rest: str) -> None:
    ministry_page(lone_world)
    assert statuses(lone_world, "GET", f"/pages/paper-coast/tides{rest}") == READABLE


def test_the_four_cases_of_writing(world: World) -> None:
    ministry_page(world)
    expected = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200}
    assert statuses(world, "PUT", "/pages/paper-coast/tides", {"base": 1, "body": "Changed."}) == expected
    expected = {"visitor": 401, "zoe": 404, "dan": 201, "ben": 403, "ada": 201}
    assert statuses(world, "POST", "/pages", {**NEW, "title": "Ebb"}) == expected


def test_lists_and_search_hold_what_one_may_read(world: World) -> None:
    ministry_page(world, body="Moonlight.")
    for who, there in (("ada", 1), ("ben", 1), ("dan", 0), ("zoe", 0), ("visitor", 0), ("ivy", 0)):
        client = program(world, who)
        listed: Any = client.call("GET", "/pages?kind=article&space=paper-coast").json
        found: Any = client.call("GET", "/search?q=moonlight").json
        assert (listed["total"], len(listed["pages"]), found["total"], len(found["results"])) == (there,) * 4, who


def test_lists_come_in_parts(world: World) -> None:
    for title in ("One", "Two", "Three"):
        world.page("ada", "paper-coast", "article", title)
    client = program(world, "ada")
    query = "/pages?space=paper-coast&kind=article"
    parts = [client.call("GET", f"{query}&limit=2&offset={offset}").json for offset in (0, 2, 4)]
    assert [[page["title"] for page in part["pages"]] for part in parts] == [["Three", "Two"], ["One"], []]  # type: ignore[index]
    assert {part["total"] for part in parts} == {3}  # type: ignore[index]
    several: Any = client.call("GET", f"{query}&kind=meeting&state=draft").json
    assert several["total"] == 3


def test_markdown_is_given_to_those_who_accept_it(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = program(world, "ben")
    for accept, mimetype in (
        ("text/markdown", "text/markdown"),
        ("application/json", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("text/markdown;q=0.9, application/json;q=0.1", "text/markdown"),
    ):
        answer = client.call("GET", "/pages/paper-coast/tides", headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (200, mimetype), accept


def test_what_is_not_given_stays(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier", "actions": rows, "time": "9"}, "They come.")
    client = program(world, "dan")
    client.call("PUT", "/pages/paper-coast/tides", {"base": 1, "fields": {"place": "Harbour", "time": None}})
    found = stored(world, "tides")
    assert (found.title, found.body, found.fields["place"]) == ("Tides", "They come.", "Harbour")
    assert found.rows("actions") == rows and "time" not in found.fields


def test_what_was_read_can_be_sent_back_and_is_no_change(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint", "due": "2026-12-01"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows, "themes": ["youth"]}, "They come.")
    client = program(world, "ada")
    page: Any = client.call("GET", "/pages/paper-coast/tides").json
    answer = client.call("PUT", "/pages/paper-coast/tides", {**page, "base": page["revision"]})
    assert (answer.status_code, answer.json) == (200, page)


def test_changes_from_an_old_revision_are_joined(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="One.\n\nTwo.\n\nThree.\n")
    ada, dan = program(world, "ada"), program(world, "dan")
    dan.call("PUT", "/pages/paper-coast/tides", {"base": 1, "body": "Un.\n\nTwo.\n\nThree.\n"})
    answer: Any = ada.call("PUT", "/pages/paper-coast/tides", {"base": 1, "body": "One.\n\nTwo.\n\nDrei.\n"})
    assert (answer.status_code, answer.json["body"]) == (200, "Un.\n\nTwo.\n\nDrei.\n")


def test_what_cannot_be_joined_comes_back_with_both_texts(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, "One.\n\nTwo.\n")
    ada, dan = program(world, "ada"), program(world, "dan")
    theirs = {"base": 1, "body": "One.\n\nZwei.\n", "fields": {"place": "Bay"}}
    dan.call("PUT", "/pages/paper-coast/tides", theirs)
    mine = {"base": 1, "body": "One.\n\nDeux.\n", "fields": {"place": "Port"}}
    answer: Any = ada.call("PUT", "/pages/paper-coast/tides", mine)
    assert answer.status_code == 409
    assert "Dan Corbel" in said(answer)
    error = answer.json["error"]
    assert set(error["places"]) == {"place", "body"}
    assert (error["current"]["body"], error["current"]["fields"]["place"]) == (theirs["body"], "Bay")
    assert (error["yours"]["body"], error["yours"]["fields"]["place"]) == (mine["body"], "Port")
    assert error["current"]["revision"] == 2
    assert stored(world, "tides").body == theirs["body"]


def test_a_conflict_and_a_revision_hold_nothing_that_one_may_not_see(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben."}
    world.page("hal", "paper-coast", "role", "Tides", fields, "One.\n\nTwo.\n")
    ada, dan = program(world, "ada"), program(world, "dan")
    dan.call("PUT", "/pages/paper-coast/tides", {"base": 1, "body": "One.\n\nZwei.\n"})
    answer = ada.call("PUT", "/pages/paper-coast/tides", {"base": 1, "body": "One.\n\nDeux.\n"})
    assert answer.status_code == 409
    texts = [answer.text] + [
        ada.call("GET", f"/pages/paper-coast/tides{rest}").text for rest in ("", "/revisions/1", "/revisions")
    ]
    assert not [text for text in texts if "Only for Ben" in text]
    forged = {"base": 2, "fields": {"workload_note": "Ada was here"}}
    assert ada.call("PUT", "/pages/paper-coast/tides", forged).status_code in (200, 422)
    assert stored(world, "tides").fields["workload_note"] == "Only for Ben."


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": None}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"title": ["x"]}, "title"),
        ({"body": 7}, "body"),
        ({"body": "x" * (256 * 1024 + 1)}, "body"),
        ({"kind": "poem"}, "kind"),
        ({"fields": []}, "fields"),
        ({"fields": {"nonsense": 1}}, "f.nonsense"),
        ({"fields": {"date": "soon"}}, "f.date"),
        ({"fields": {"date": 20261120}}, "f.date"),
        ({"fields": {"actions": "Paint"}}, "f.actions"),
        ({"fields": {"actions": [{"what": 7}]}}, "r.actions.0.what"),
        ({"fields": {"actions": [{"nonsense": "x"}]}}, ""),
        ({"fields": {"group": 999999}}, "f.group"),
        ({"fields": {"group": 10**30}}, "f.group"),
        ({"fields": {"owner": {"deep": [1]}}}, "f.owner"),
        ({"slug": "new"}, "slug"),
        ({"nonsense": 1}, "nonsense"),
        ({"note": 1}, "note"),
        ({"space": 7}, "space"),
        ({"space": None}, "space"),
    ],
)
def test_every_mistake_is_named_and_nothing_is_stored(world: World, change: dict[str, Any], field: str) -> None:
    before = count(world, Page), count(world, Revision)
    answer = program(world, "ada").call("POST", "/pages", {**NEW, **change})
    assert answer.status_code == 422, answer.text
    said(answer)
    problems: Any = answer.json
    named = [problem["field"] for problem in problems["error"]["problems"]]
    assert field in named or not field, named
    assert (count(world, Page), count(world, Revision)) == before


@pytest.mark.parametrize("missing", ["space", "title"])
def test_what_is_needed_is_named(lone_world: World, missing: str) -> None:
    body = {key: value for key, value in NEW.items() if key != missing}
    answer = program(lone_world, "ada").call("POST", "/pages", body)
    problems: Any = answer.json
    assert (answer.status_code, [one["field"] for one in problems["error"]["problems"]]) == (422, [missing])


@pytest.mark.parametrize(
    "base",
    [None, "1", 1.5, True, -1, 0, 7, 2**40, 10**30],
    ids=["none", "text", "part", "true", "less", "0", "7", "40", "30"],
)
def test_a_base_that_is_none_is_refused(world: World, base: Any) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    body = {"body": "Changed."} | ({"base": base} if base is not None else {})
    answer = program(world, "ada").call("PUT", "/pages/paper-coast/tides", body)
    assert answer.status_code in (404, 422)
    said(answer)
    assert stored(world, "tides").body == "They come."


@pytest.mark.parametrize(
    "sent",
    [b"", b"null", b"[]", b'"x"', b"{", b"\xff\xfe", b'{"title": "\xed\xa0\x80"}', b"[" * 100_000, b'{"a":' * 5000],
)
def test_what_is_no_object_is_refused(lone_world: World, sent: bytes) -> None:
    client = program(lone_world, "ada")
    answer = client.call("POST", "/pages", data=sent, content_type="application/json")
    assert answer.status_code in (400, 422)
    said(answer)


def test_halves_of_characters_do_no_harm(world: World) -> None:
    sent = b'{"space": "paper-coast", "title": "Ti\\u0000d\\ud83ces", "body": "\\udfff x\\u0000y", "note": "\\ud83c\\u0000"}'
    answer = program(world, "ada").call("POST", "/pages", data=sent, content_type="application/json")
    assert answer.status_code == 201, answer.text
    sent = b'{"base": 1, "fields": {"summary": "\\ud83c\\u0000 s"}, "note": "\\ud83c\\u0000"}'
    page: Any = answer.json
    saved = program(world, "ada").call(
        "PUT", f"/pages/paper-coast/{page['slug']}", data=sent, content_type="application/json"
    )
    assert saved.status_code == 200, saved.text


@pytest.mark.parametrize(
    "given", ["Bearer nonsense", "Bearer", "Bearer ", "Basic YTpi", "nonsense", "Bearer \xff", "bearer x y"]
)
def test_a_wrong_token_is_refused_even_for_what_is_open(lone_world: World, given: str) -> None:
    client = program(lone_world, "visitor")
    for path in ("/pages", "/search?q=x", "/pages/paper-coast/tides"):
        answer = client.call("GET", path, headers={"Authorization": given})
        assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Holdfast"')
        said(answer)


def test_a_cookie_is_no_token(lone_world: World) -> None:
    """The API has no token against forged requests, so a browser that is signed in may do nothing by it."""
    client = lone_world.browser("ada")
    answer = client.post("/api/v1/pages", json=NEW)
    assert answer.status_code == 401
    assert client.get("/api/v1/pages/paper-coast/x").status_code == 401


def test_a_token_that_was_ended_or_whose_account_was_closed_opens_nothing(world: World) -> None:
    ada, dan = program(world, "ada"), program(world, "dan")
    with world.writing() as session:
        account = session.get_one(type(world.account("dan")), world.account("dan").id)
        account.active = False
    browser = world.browser("ada")
    form = next(
        form for form in browser.read("/account").forms() if form.action.endswith("/ending") and "tokens" in form.action
    )
    browser.send(form)
    assert {ada.call("GET", "/pages").status_code, dan.call("GET", "/pages").status_code} == {401}


@pytest.mark.parametrize(
    "query", ["limit=x", "limit=-1", "offset=x", "offset=-1", "limit=99999999999999999999", "limit=²"]
)
@pytest.mark.parametrize("path", ["/pages", "/search", "/pages/paper-coast/tides/revisions"])
def test_numbers_that_are_none_are_refused(lone_world: World, path: str, query: str) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    answer = program(lone_world, "ada").call("GET", f"{path}?{query}")
    assert answer.status_code == 422
    said(answer)


def test_nobody_gets_more_than_two_hundred_at_a_time(lone_world: World) -> None:
    for path in ("/pages?limit=999999", "/search?q=x&limit=999999"):
        assert program(lone_world, "ada").call("GET", path).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/nothing", "/pages/paper-coast/tides/nothing", "/pages/paper-coast"])
def test_an_address_that_is_not_there_says_so_in_the_one_shape(lone_world: World, method: str, path: str) -> None:
    answer = program(lone_world, "ada").call(method, path)
    assert answer.status_code in (404, 405)
    said(answer)


def test_a_deleted_page_is_gone(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    with world.writing() as session:
        session.get_one(Page, page.id).deleted_at = page.created_at
    for method, path in (("GET", ""), ("PUT", ""), ("GET", "/revisions"), ("GET", "/revisions/1")):
        answer = program(world, "ada").call(
            method, f"/pages/paper-coast/tides{path}", {"base": 1} if method == "PUT" else None
        )
        assert (answer.status_code, "Moonlight" in answer.text) == (410, False)
        said(answer)


def test_every_save_is_one_revision_and_one_event(world: World) -> None:
    client = program(world, "ada")
    client.call("POST", "/pages", NEW)
    for number in range(1, 4):
        client.call("PUT", "/pages/paper-coast/tides", {"base": number, "body": f"Version {number}."})
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.slug == "tides")).one()
        revisions = session.execute(select(func.count()).where(Revision.page_id == page.id)).scalar_one()
    assert (page.number, revisions) == (4, 4)


def test_a_page_that_does_not_fit_a_field_is_refused_unless_it_stands_there_already(lone_world: World) -> None:
    """Naming it in one field is no way into another; what an earlier template let in stays, and so does what one cannot see."""
    world = lone_world
    library = site(world.app).library
    now = library.files.texts("decision")[0]
    before = changed(now, 'targets = ["agreement", "ter', 'targets = ["article", "agreement", "ter')
    publish(world, before, key="decision", sections=library.files.texts("decision")[1])
    spring = world.page("ada", "paper-coast", "agreement", "Spring")
    tides = world.page("ada", "paper-coast", "article", "Tides")
    world.page("ada", "paper-coast", "decision", "Ebb", {"affects": [tides.id, spring.id], "made_under": tides.id})
    publish(world, now, key="decision", sections=library.files.texts("decision")[1])
    client = program(world, "ada")

    def put(**fields: Any) -> int:
        page: Any = client.call("GET", "/pages/paper-coast/ebb").json
        return client.call("PUT", "/pages/paper-coast/ebb", {"base": page["revision"], "fields": fields}).status_code

    assert put(made_under=tides.id, question="When?") == 200, "what was there stays"
    assert put(supersedes=[tides.id]) == put(contributors=[spring.id]) == 422, (
        "other fields name them, but do not want them"
    )
    assert put(made_under=spring.id) == 200
    assert put(made_under=tides.id) == 422, "it is gone, and does not come back"


def test_what_one_cannot_see_stays_where_it_is_and_goes_nowhere_else(lone_world: World) -> None:
    keel = {"access": "named_orgs", "access_orgs": [lone_world.org("keel")]}
    hidden = lone_world.page("hal", "paper-coast", "decision", "Barnacle", keel)
    page = lone_world.page("hal", "commons", "decision", "Ebb", {"affects": [hidden.id]})
    client = program(lone_world, "ada")
    assert client.call("GET", f"/pages/paper-coast/{hidden.slug}").status_code == 404

    def put(**fields: Any) -> int:
        given = {"base": 1, "fields": fields}
        return client.call("PUT", f"/pages/commons/{page.slug}", given).status_code

    assert put(supersedes=[hidden.id]) == 422, "that would say of which kind it is"
    assert put(affects=[hidden.id], question="When?") == 200
