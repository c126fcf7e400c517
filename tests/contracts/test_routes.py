"""All addresses of the site: kept, safe to read, closed to forged forms, with the right headers."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.cases import entered, plainly_entered, send
from tests.client import Browser
from tests.contracts.site_in_use import address, dump, in_use, rules
from tests.page import Form, Page
from tests.world import World
from wiki import reserved
from wiki.web import headers

KEPT = Path(__file__).parent / "routes.txt"

#: Names that no space and no page takes although no route uses them yet, so that one may.
FOR_LATER = {"export", "favicon", "import", "robots"}

PEOPLE = ("visitor", "zoe", "ben", "ada", "hal", "ivy")


def opened(client: FlaskClient, url: str, **more: Any) -> TestResponse:
    """An answer that is read to its end and closed."""
    with client.get(url, **more) as answer:
        answer.get_data()
        return answer


def test_the_addresses_are_those_that_were_promised(lone_world: World) -> None:
    """People keep links for years. A line leaves this file only when its address redirects to where the thing is now.

    When you add an address, or take one away knowingly, bring tests/contracts/routes.txt up to date:
    the left side of the failure below is what the site has.
    """
    found = sorted(
        f"{rule.rule} {' '.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))}"
        for rule in lone_world.app.url_map.iter_rules()
    )
    assert found == KEPT.read_text("utf-8").splitlines()


def first_parts(world: World, number: int) -> set[str]:
    """The fixed words that stand in the routes at a place, in second place those below a space."""
    found = set()
    for rule in world.app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        below_a_space = number == 0 or parts[0] == "<space>"
        if below_a_space and len(parts) > number and parts[number] and not parts[number].startswith("<"):
            found.add(parts[number])
    return found


def test_no_space_takes_the_name_of_a_route(lone_world: World) -> None:
    assert first_parts(lone_world, 0) - FOR_LATER == reserved.SPACES - FOR_LATER


def test_no_page_takes_the_name_of_a_route(lone_world: World) -> None:
    assert first_parts(lone_world, 1) - FOR_LATER == reserved.PAGES - FOR_LATER
    assert {"import"} <= reserved.PAGES


def test_reading_changes_nothing(lone_world: World) -> None:
    """On one database: what a view writes is said by its code, whichever keeps it."""
    world = lone_world
    parts = in_use(world)
    urls = [address(rule, parts) for rule in rules(world, "GET")]
    urls += [
        "/search?q=boats",
        "/complete?q=tid",
        "/registers/kind/meeting?q=x",
        "/paper-coast/new?kind=meeting",
        "/nothing/at-all",
    ]
    clients = {who: plainly_entered(world, who) for who in PEOPLE}
    for client in clients.values():
        client.get("/")
    before = dump(world)
    for who, client in clients.items():
        for url in urls:
            for method in ("get", "head") if who in ("visitor", "hal") else ("get",):
                with getattr(client, method)(url) as answer:
                    answer.get_data()
                    assert answer.status_code < 500, (who, url, answer.status_code)
    after = dump(world)
    for table, rows in before.items():
        assert after[table] == rows, table


def test_a_form_without_its_token_does_nothing(lone_world: World) -> None:
    """Every address that takes forms, but for those of the API, which knows no cookies, and the one at which mail programs
    stop mails, whose address is the secret. It is refused before any database hears of it."""
    world = lone_world
    parts = in_use(world)
    clients = {who: plainly_entered(world, who) for who in ("ada", "hal", "ivy", "visitor")}
    before = dump(world)
    data = {
        "title": "Forged", "body": "x", "base": "1", "kind": "article", "to": "held", "why": "x", "slug": "forged", "name": "Forged",
        "email": "x@example.org", "password": "stones under the pier", "role": "coordinator", "do": "save",
    }  # fmt: skip
    walked = 0
    for rule in rules(world, "POST"):
        if rule.endpoint.startswith(("api.", "stopping.")):
            continue
        url = address(rule, parts)
        for who, client in clients.items():
            for token in ({}, {"csrf_token": "nonsense"}):
                answer = client.post(url, data={**data, **token})
                assert answer.status_code == 400, (who, url, answer.status_code)
        walked += 1
    assert walked > 30
    assert dump(world) == before


def test_a_token_of_somebody_else_opens_nothing(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    mine = Page(entered(lone_world, "zoe").get("/sign-out").text, 200, "/").form("/sign-out").values["csrf_token"]
    answer = entered(lone_world, "ada").post("/paper-coast/tides/archive", data={"csrf_token": mine})
    assert answer.status_code == 400


def test_every_answer_has_the_headers_that_protect_readers(lone_world: World) -> None:
    parts = in_use(lone_world)
    urls = [address(rule, parts) for rule in rules(lone_world, "GET")]
    urls += ["/nothing", "/paper-coast/nothing", "/static/nothing", "/p/7777", "/x/y/z/nothing", "/search?q=%00"]
    for who in ("visitor", "ada", "ivy"):
        client = plainly_entered(lone_world, who)
        for url in urls:
            check_headers(opened(client, url), who, url)
        check_headers(client.post("/paper-coast/tides/edit"), who, "forged")
        check_headers(client.delete("/paper-coast/tides"), who, "delete")
        check_headers(client.options("/paper-coast/tides"), who, "options")


def check_headers(answer: TestResponse, who: str, url: str) -> None:
    where = (who, url, answer.status_code)
    policy = answer.headers["Content-Security-Policy"]
    assert policy == headers.POLICY or policy.startswith("sandbox; default-src 'none'"), where
    for name, value in headers._FIXED.items():
        if name != "Content-Security-Policy":
            assert answer.headers.getlist(name) == [value], (*where, name)
    for name in ("Access-Control-Allow-Origin", "Server", "X-Powered-By"):
        assert name not in answer.headers, (*where, name)


def test_no_answer_is_kept_for_others(lone_world: World) -> None:
    """Only what is the same for everybody, always, may be kept by what stands between: the static files."""
    parts = in_use(lone_world)
    for who in PEOPLE:
        client = plainly_entered(lone_world, who)
        for rule in rules(lone_world, "GET"):
            answer = opened(client, address(rule, parts))
            kept = answer.headers.get("Cache-Control", "")
            if rule.endpoint == "basics.static_files":
                assert kept.startswith("public"), rule
                continue
            assert "public" not in kept and "s-maxage" not in kept, (who, rule)
            assert "no-store" in kept or ("private" in kept and "no-cache" in kept), (who, rule, kept)


def test_with_https_browsers_are_told_to_stay_with_it(lone_world: World) -> None:
    answer = lone_world.app.test_client().get("/healthz")
    assert "Strict-Transport-Security" not in answer.headers


#: In a query: what one database may take and the other refuse, and the rest, which is asked of one of them.
STRANGE_TO_DATABASES = ["%00", "%FF", "%ED%A0%80", "9" * 30, "%25"]
STRANGE = ["%F0%9F%8C%8A", "-1", "%C2%B2", "x" * 4000, "%27%22%3B--", "..%2F..%2Fetc", "["]
QUESTIONS = ["q", "p", "kind", "kinds", "state", "space", "owner", "from", "draft", "title", "to", "a", "b", "limit", "offset",
             "sort", "next", "copy", "columns", "since", "freshness", "open", "due"]  # fmt: skip


def test_strange_questions_never_break_a_database(world: World) -> None:
    every_address_with(world, STRANGE_TO_DATABASES)


def test_strange_questions_never_break_anything(lone_world: World) -> None:
    every_address_with(lone_world, STRANGE)


def every_address_with(world: World, words: list[str]) -> None:
    """Each address, with something strange for every parameter, by those whom it lets in; one site for all, because reading
    changes nothing."""
    asked = those_let_in(world, in_use(world))
    for strange in words:
        query = "&".join(f"{name}={strange}" for name in QUESTIONS)
        for url, clients in asked.items():
            for client in clients:
                answer = opened(client, f"{url}?{query}")
                assert answer.status_code < 500, (strange[:20], url, answer.status_code)


def those_let_in(world: World, parts: dict[str, Any]) -> dict[str, list[FlaskClient]]:
    """By address: the editor, and the administrator where the editor is kept out; both where neither comes in."""
    editor, administrator = (plainly_entered(world, who) for who in ("ada", "ivy"))
    found = {}
    for rule in rules(world, "GET"):
        url = address(rule, parts)
        entering = [one for one in (editor, administrator) if opened(one, url).status_code < 400]
        found[url] = entering[:1] or [editor, administrator]
    return found


#: What one database may take and the other refuse; the rest is asked of one of them.
OF_DATABASES = ["\0", "🌊" * 50, "9" * 30]
OF_FORMS = ["-1", "²", "x" * 70_000, "'\";--", "../../etc", "%", "[[x]]\r\n#"]


@pytest.mark.parametrize("strange", OF_DATABASES)
def test_strange_words_in_forms_never_break_a_database(world: World, strange: str) -> None:
    every_form_with(world, strange)


@pytest.mark.parametrize("strange", OF_FORMS)
def test_strange_words_in_forms_never_break_anything(lone_world: World, strange: str) -> None:
    every_form_with(lone_world, strange)


FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


def every_form_with(world: World, strange: str) -> None:
    """Each form that somebody is shown, with something strange in all of its fields; once, on however many pages and by however
    many people it is seen."""
    parts = in_use(world)
    seen: set[str] = set()
    for who in ("ivy", "hal", "ada"):
        client = plainly_entered(world, who)
        for rule in rules(world, "GET"):
            url = address(rule, parts)
            if rule.endpoint.startswith(("api.", "people.sign_out", "basics.")):
                continue
            for form in new_forms(opened(client, url), seen):
                if form.method == "post" and not form.action.endswith(("/sign-out", "/ending")):
                    keep = ("csrf_token", "draft_page")
                    sent = {name: value if name in keep else strange for name, value in form.values.items()}
                    answer = send(client, form.action, sent)
                    assert answer.status_code < 500, (who, form.action, answer.status_code)


def new_forms(answer: TestResponse, seen: set[str]) -> list[Form]:
    """The forms of a page that are not among those seen; only they are parsed, because whole pages take long."""
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return []
    path = answer.request.path
    found = {(path if "action=" not in form else "") + TOKEN.sub("", form): form for form in FORM.findall(answer.text)}
    new = [form for key, form in found.items() if key not in seen]
    seen.update(found)
    return [form for text in new for form in Page(text, 200, path).forms()]


def test_only_the_methods_that_an_address_has_are_answered(lone_world: World) -> None:
    parts = in_use(lone_world)
    client = plainly_entered(lone_world, "ada")
    before = dump(lone_world)
    for rule in rules(lone_world, "GET"):
        if rule.endpoint.startswith("api."):
            continue
        for method in ("PUT", "PATCH", "DELETE", "TRACE"):
            answer = client.open(address(rule, parts), method=method)
            assert answer.status_code in (400, 404, 405), (rule, method, answer.status_code)
    assert dump(lone_world) == before


def test_every_page_that_somebody_can_open_is_in_order(lone_world: World) -> None:
    """The client that inspects what it fetches walks every address."""
    parts = in_use(lone_world)
    for who in PEOPLE:
        client: Browser = entered(lone_world, who)
        for rule in rules(lone_world, "GET"):
            opened(client, address(rule, parts))
