"""Making a page: choose what you want to do, fill in the form, and it is there."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cases import FORM, SENT, act, answers, complaint, count, entered, send, send_files, shown, slugs, stored
from tests.client import Browser
from tests.page import Form
from tests.world import World
from wiki.access import Found
from wiki.models import Draft, Page, Revision
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

LONG = "Long. " * (44 * 1024)


def new_form(client: Browser, kind: str = "meeting", rows: int = 0) -> Form:
    page = client.read(f"/paper-coast/new?kind={kind}")
    for _n in range(rows):
        page = client.send(page.form(having="body"), {"do": "add-row:actions"})
    return page.form(having="body")


def test_it_works(world: World) -> None:
    client = world.browser("ada")
    chooser = client.read("/paper-coast/new")
    meetings = next(href for text, href in chooser.links().items() if "kind=meeting" in href)
    page = client.send(client.read(meetings).form(having="body"), {"do": "add-row:actions"})
    done = client.send(
        page.form(having="body"),
        {
            "title": "Tide tables",
            "f.date": "2026-11-20",
            "r.actions.0.what": "Paint the boats",
            "r.actions.0.responsible": "Ada Verdana",
            "body": "We met at the *pier*.",
            "note": "From my notes",
        },
    )
    assert (done.url, done.heading) == ("/paper-coast/tide-tables", "Tide tables")
    assert "Paint the boats" in done.main and "We met at the pier." in done.main
    with world.reading() as session:
        made = session.scalars(select(Page).where(Page.slug == "tide-tables")).one()
        revision = current_revision(session, made)
    assert (made.kind, made.number, made.owner_id) == ("meeting", 1, world.account("ada").person_id)
    assert (revision.note, revision.author_name) == ("From my notes", "Ada Verdana")
    assert revision.fields["actions"][0]["id"]


def test_only_those_who_write_in_the_space_get_the_form(lone_world: World) -> None:
    expected = {**FORM, "dan": 200, "visitor": 401}
    assert answers(lone_world, lambda client: client.get("/paper-coast/new?kind=article")) == expected


def test_only_those_who_write_in_the_space_can_send_it(world: World) -> None:
    data = {"kind": "article", "title": "Tides"}
    assert answers(world, lambda client: send(client, "/paper-coast/new", data)) == {**SENT, "dan": 303}
    assert slugs(world) == {"tides", "tides-2"}


def test_without_a_title_everything_typed_comes_back(world: World) -> None:
    client = entered(world, "ada")
    before = count(world, Revision)
    form = new_form(client, rows=1)
    typed = {"body": "Do not lose me.", "f.place": "The pier", "r.actions.0.what": "Paint", "note": "Noted"}
    again = client.send(form, typed, status=422)
    assert "Give the page a title" in again.main
    kept = again.form(having="body").values
    assert {name: kept[name] for name in typed} == typed
    assert count(world, Revision) == before


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("title", "x" * 301, "300"),
        ("f.date", "soon", "Date"),
        ("f.group", "Nobody's group", "Nobody's group"),
        ("f.owner", "Nobody at all", "Nobody at all"),
        ("f.access", "everybody", "Who can see it"),
        ("r.actions.0.due", "whenever", "row 1"),
        ("r.actions.0.responsible", "Nobody at all", "Nobody at all"),
    ],
)
def test_a_value_that_the_field_cannot_hold_is_said_beside_it(
    lone_world: World, name: str, wrong: str, said: str
) -> None:
    client = entered(lone_world, "ada")
    form = new_form(client, rows=1)
    values = {"title": "Tides", "body": "Do not lose me.", "r.actions.0.what": "Paint", name: wrong}
    sent = client.post(form.action, data={**form.values, **values})
    assert sent.status_code == 422
    again = shown(sent)
    assert said in again.main and "Problem:" in complaint(again, name)
    kept = again.form(having="body").values
    if name != "f.access":
        assert kept[name] == wrong
    assert (kept["body"], kept["r.actions.0.what"]) == ("Do not lose me.", "Paint")
    assert "tides" not in slugs(lone_world)


def test_a_text_over_256_kilobytes_comes_back_whole(world: World) -> None:
    client = entered(world, "ada")
    again = client.send(new_form(client, "article"), {"title": "Tides", "body": LONG}, status=422)
    assert "256 KB" in again.main
    assert again.form(having="body").values["body"] == LONG
    assert "tides" not in slugs(world)


def test_more_than_a_form_can_hold_is_refused_in_words(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    sent = send_files(client, "/paper-coast/new", [], kind="article", title="Tides", body="x" * (5 << 20))
    assert sent.status_code == 413
    assert "larger than this site accepts" in sent.text
    assert "tides" not in slugs(lone_world)


def test_an_unknown_kind_is_said_and_the_text_comes_back(world: World) -> None:
    client = entered(world, "ada")
    assert client.get("/paper-coast/new?kind=poem").status_code == 404
    sent = send(client, "/paper-coast/new", {"kind": "poem", "title": "Tides", "body": "Do not lose me."})
    assert sent.status_code == 404
    assert "Do not lose me." in sent.text and "poem" in sent.text


def test_a_visitor_gets_the_text_back_after_signing_in(lone_world: World) -> None:
    client = entered(lone_world, "visitor")
    sent = send(client, "/paper-coast/new", {"kind": "article", "title": "Tides", "body": "Do not lose me."})
    assert sent.status_code == 401
    assert "Do not lose me." in sent.text and 'name="password"' in sent.text


def test_what_a_form_would_never_send_does_no_harm(world: World) -> None:
    client = entered(world, "ada")
    data = {"kind": "article", "title": "Ti\0des", "body": "a\0b", "note": "n\0ote", "f.summary": "s\0um", "f.x": "y"}
    assert send(client, "/paper-coast/new", data).status_code == 303
    assert stored(world, "tides").body == "ab"


def test_a_name_that_the_routes_use_is_not_taken(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    for title in ("New", "Members", "Draft"):
        made = send(client, "/paper-coast/new", {"kind": "article", "title": title})
        assert made.location == f"/paper-coast/{title.lower()}-2"
        assert client.read(made.location).heading == title


def test_two_pages_of_one_title_have_addresses_of_their_own(lone_world: World) -> None:
    first, second = (lone_world.page("ada", "paper-coast", "article", "Tides") for _n in range(2))
    assert (first.slug, second.slug) == ("tides", "tides-2")


def test_the_old_address_of_a_page_stays_its_own(world: World) -> None:
    old = world.page("ada", "paper-coast", "article", "Tides")
    act(world, "ada", "paper-coast", "tides", "move", lambda session, found: renamed(world, session, found, "ebb"))
    new = world.page("dan", "paper-coast", "article", "Tides")
    assert new.slug == "tides-2"
    assert world.found("ada", "paper-coast", "tides").page.id == old.id


def renamed(world: World, session: Session, found: Found, slug: str) -> Page:
    return actions.rename_page(session, world.catalogue, world.viewer("ada"), found, slug)


def test_nobody_makes_a_page_that_they_could_not_read(world: World) -> None:
    client = entered(world, "ada")
    data = {
        "kind": "article",
        "title": "Tides",
        "f.access": "named_orgs",
        "f.access_orgs": "Placeholder Nation Council",
    }
    sent = send(client, "/paper-coast/new", {**data, "body": "Do not lose me."})
    assert sent.status_code == 422
    assert "Do not lose me." in sent.text and "would not see this page yourself" in sent.text
    assert "tides" not in slugs(world)


def test_a_page_of_ones_own_organisation_can_be_made(world: World) -> None:
    client = entered(world, "ada")
    data = {"f.access": "named_orgs", "f.access_orgs": "Ministry of Shoreline Services"}
    assert send(client, "/paper-coast/new", {"kind": "article", "title": "Tides", **data}).status_code == 303
    assert world.found("ben", "paper-coast", "tides").page.access == "named_orgs"


def test_the_draft_goes_when_the_page_is_there(world: World) -> None:
    client = entered(world, "ada")
    form = new_form(client, "article")
    place = form.values["draft_place"]
    assert send(client, "/paper-coast/draft", {"draft_place": place, "title": "Ti"}).status_code == 200
    assert count(world, Draft) == 1
    client.send(form, {"title": "Tides"})
    assert count(world, Draft) == 0


def test_people_who_make_pages_at_once_do_not_trip_over_each_other(world: World) -> None:
    """Same title, same numbered kind: each gets an address and a number of its own."""
    problems: list[Exception] = []

    def make(who: str) -> None:
        try:
            for _n in range(5):
                world.page(who, "paper-coast", "decision", "Tides", {"question": "Which boat?"})
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=make, args=(who,)) for who in ("ada", "dan", "hal")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    with world.reading() as session:
        pages = session.scalars(select(Page).where(Page.kind == "decision")).all()
        numbers = [content_of(current_revision(session, page)).fields["number"] for page in pages]
    assert sorted(numbers) == [f"D-{n:04d}" for n in range(1, 16)]
    assert len({page.slug for page in pages}) == 15
