"""The event log says whom and what it means, to those who may know; a number to all others. As pages and as a file."""

import csv
import io

import pytest

from tests.statements import Statements
from tests.world import World
from wiki import eventlog
from wiki.admin import event_lines


def entries(world: World, who: str = "ivy") -> list[dict[str, str]]:
    with world.reading() as session:
        text = event_lines.csv_text(session, world.viewer(who))
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_it_works(world: World) -> None:
    zoe = world.account("zoe")
    page = world.page("ivy", "commons", "article", "Tides")
    with world.writing() as session:
        eventlog.record(session, world.viewer("ivy"), "account.changed", account=zoe.id, name="Zoe R.")
        eventlog.record(session, world.viewer("ivy"), "page.joined", page=page, other=page.id, title="Tide", pages=3)
        eventlog.record(session, world.viewer("ivy"), "page.moved", page=page, came_from="commons", to="nowhere")
        eventlog.record(session, world.viewer("ivy"), "demo.loaded", accounts=[zoe.id, 99_999], admin=False)
    read = world.browser("ivy").read("/admin/events")
    assert f'Account: <a href="/admin/accounts/{zoe.id}">Zoe Rockwell</a>; Name: Zoe R.' in read.html
    assert 'The other page: <a href="/commons/tides">Tides</a>; ' in read.html
    assert 'Before: <a href="/commons">' in read.html and "Now: nowhere" in read.html
    assert f'Accounts: <a href="/admin/accounts/{zoe.id}">Zoe Rockwell</a>, 99999; Administrator: no' in read.html
    lines = {line["verb"]: line for line in entries(world)}
    assert lines["account.changed"]["Details"] == f"Account: Zoe Rockwell ({zoe.id}); Name: Zoe R."
    assert lines["demo.loaded"]["Details"] == f"Accounts: Zoe Rockwell ({zoe.id}), 99999; Administrator: no"
    assert (lines["page.joined"]["Page"], lines["page.joined"]["page_id"]) == ("Tides", str(page.id))
    assert lines["page.joined"]["Details"] == f"Title: Tide; The other page: Tides ({page.id}); Pages: 3"


def test_what_the_administrator_may_not_open_has_no_name(world: World) -> None:
    quiet = world.page("ada", "paper-coast", "article", "A quiet matter", note="Between us")
    loud = world.page("ada", "commons", "article", "A loud matter")
    with world.writing() as session:
        eventlog.record(session, world.viewer("ada"), "thanks.given", page=loud, thanks=1, to=quiet.id)
        eventlog.record(session, world.viewer("ada"), "page.moved", page=loud, came_from="paper-coast", to="commons")
    read = world.browser("ivy").read("/admin/events")
    file = world.browser("ivy").get("/admin/events.csv").text
    assert f"To whom: {quiet.id}" in read.html and f"To whom: {quiet.id}" in file
    assert "Before: paper-coast" in read.html and 'href="/paper-coast' not in read.html
    for shown in (read.html, file):
        assert "A loud matter" in shown
        assert "A quiet matter" not in shown and "Between us" not in shown
    assert f",{quiet.id}," not in file


def test_all_names_of_a_page_of_the_log_are_one_question(world: World) -> None:
    heard = Statements(world.database)

    def asked() -> int:
        with world.reading() as session:
            viewer = world.viewer("ivy")
            return len(heard.during(lambda: event_lines.events(session, viewer, 1)))

    few = asked()
    with world.writing() as session:
        for who in ("ada", "ben", "dan", "hal", "zoe"):
            eventlog.record(session, world.viewer("ivy"), "account.changed", account=world.account(who).id, org=3)
    assert asked() == few <= 3


def test_a_log_longer_than_a_file_comes_year_by_year(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = world.browser("ivy")
    assert 'href="/admin/events.csv"' in client.read("/admin/events").html
    whole = entries(world)
    monkeypatch.setattr(event_lines, "MOST", len(whole) - 1)
    page = client.read("/admin/events")
    assert 'href="/admin/events.csv"' not in page.html and 'href="/admin/events.csv?year=2026"' in page.html
    assert client.get("/admin/events.csv").status_code == 413
    assert client.get("/admin/events.csv?year=1999").text.count("\n") == 1
    assert client.get("/admin/events.csv?year=99999999999").status_code == 413


def test_only_administrators_get_the_file(world: World) -> None:
    assert world.browser("hal").get("/admin/events.csv").status_code == 403


def test_a_file_of_several_batches_has_every_entry_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entries(world)
    monkeypatch.setattr(event_lines, "BATCH", 7)
    assert entries(world) == whole and len({line["Number"] for line in whole}) == len(whole)
