"""The register as a file."""

import codecs
from datetime import UTC, datetime

import pytest

from tests.moments import Moments
from tests.registers.reading import file_of
from tests.world import World
from wiki.registers import csv_file


def test_it_works(world: World, moments: Moments) -> None:
    keel = world.org("keel")
    world.page(
        "ada",
        "paper-coast",
        "role",
        'Keeper, of the "light"',
        {"org": keel, "time_share": 12.5, "kind": "job", "themes": ["data", "été"]},
        time=datetime(2026, 11, 2, 8, tzinfo=UTC),
    )
    answer = world.browser("ada").get("/registers/kind/role.csv")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="role-2026-11-21.csv"'
    assert answer.data.startswith(codecs.BOM_UTF8)
    (line,) = file_of(world.browser("ada"), "role")
    assert list(line)[0] == "Title"
    assert list(line)[-1] == "url"
    assert line["Title"] == 'Keeper, of the "light"'
    assert line["url"] == "http://localhost/paper-coast/keeper-of-the-light"
    assert "Keel Office" in line.values()
    assert "12.5" in line.values()


def test_days_are_iso_and_texts_are_whole(lone_world: World) -> None:
    outcome = "We **decided** to wait.\n\n" + "And so on. " * 100
    lone_world.page(
        "ada", "commons", "decision", "Wait", {"decided_on": "2026-03-04", "outcome": outcome.strip()}, state="accepted"
    )
    (line,) = file_of(lone_world.browser("ada"), "decision")
    assert "2026-03-04" in line.values()
    assert outcome.strip() in line.values()


@pytest.mark.parametrize("bad", ["=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(1)"])
def test_no_cell_is_a_formula(lone_world: World, bad: str) -> None:
    lone_world.page("ada", "commons", "lesson", bad, {"lesson": bad, "themes": [bad], "response": bad})
    (line,) = file_of(lone_world.browser("ada"), "lesson")
    assert [text for text in line.values() if text[:1] in "=+-@\t" and text] == []
    assert line["Title"] == f"'{bad}"


def test_numbers_stay_numbers_and_other_dangerous_beginnings_do_not() -> None:
    assert [csv_file.harmless(text) for text in ("-5", "+1.5", "12", "")] == ["-5", "+1.5", "12", ""]
    assert [csv_file.harmless(text) for text in ("\tx", "\rx", "-5 CAD", "=1")] == ["'\tx", "'\rx", "'-5 CAD", "'=1"]


def test_it_holds_all_pages_and_not_only_a_screen(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "BATCH", 7)
    for number in range(60):
        lone_world.page("ada", "commons", "article", f"Page {number:02}")
    client = lone_world.browser("ada")
    for sort in ("title", "-changed", "freshness", "-owner"):
        lines = file_of(client, "article", sort=sort, page=2)
        assert len({line["Title"] for line in lines}) == 60
    assert [line["Title"] for line in file_of(client, "article", sort="title")] == [f"Page {n:02}" for n in range(60)]


def test_too_long_a_list_is_refused_and_never_cut(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "MOST_PAGES", 2)
    for title in ("a", "b", "c"):
        lone_world.page("ada", "commons", "article", title)
    client = lone_world.browser("ada")
    for sort in ("title", "-changed"):
        answer = client.get(f"/registers/kind/article.csv?sort={sort}")
        assert answer.status_code == 413
        assert "Narrow the list" in answer.text
