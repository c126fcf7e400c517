"""What somebody finds who opens the demo for the first time, as the product's own tables, registers and search show it."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.page import Page as Fetched
from tests.paper_coast import DAY0, SLUGS, Coast
from wiki.kinds.computed import compute_row
from wiki.kinds.record import Record, Value
from wiki.models import Link, Page, Revision, Row


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    """The coordinator's browser."""
    return still_coast.browser("hal")


@pytest.fixture(scope="module")
def opened(still_coast: Coast, hal: Browser) -> Mapping[str, Fetched]:
    """Every page of the demo as Hal reads it; fetching checks each of them."""
    return {name: hal.read(still_coast.url(name)) for name in SLUGS}


@pytest.fixture(scope="module")
def told(still_coast: Coast) -> Mapping[str, Mapping[str, Value]]:
    """What is worked out for each row of a shared type, by the row's id."""
    with still_coast.reading() as session:
        rows = session.execute(
            select(Row, Page, Revision.fields)
            .join(Page, Page.id == Row.page_id)
            .join(Revision, (Revision.page_id == Page.id) & (Revision.number == Page.number))
        ).all()
    found = {}
    for row, page, fields in rows:
        table = still_coast.catalogue[page.kind].field(row.table)
        assert table is not None
        if table.rows in ("commitment", "action", "risk", "activity", "budget_line"):
            found[row.row_id] = compute_row(table, Record(page.kind, page.state, fields), row.data, DAY0)
    return found


def standing(told: Mapping[str, Mapping[str, Value]], letter: str) -> dict[str, str]:
    """Row id -> how it stands, of the rows called c1, c2 … or a1, a2 …"""
    return {name: values["standing"].key for name, values in told.items() if name[0] == letter and name[1:].isdigit()}


def register(hal: Browser, kind: str, **asked: str) -> dict[str, dict[str, str]]:
    """The register of a kind as its file tells it: title -> column -> text."""
    answer = hal.get(f"/registers/kind/{kind}.csv", query_string=asked)
    assert answer.status_code == 200
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    return {row["Title"]: row for row in rows}


def test_it_works(opened: Mapping[str, Fetched]) -> None:
    assert len(opened) == 55
    page = opened["P24"]
    assert page.heading == "D-0009 Thirty working days to answer, with a pause in quiet periods"
    assert "Update the permit how-to to thirty days" in page.main


def test_no_link_is_red(opened: Mapping[str, Fetched]) -> None:
    red = [
        (name, link.get("href"))
        for name, page in opened.items()
        for link in page.all("a")
        if {"missing", "missing-page"} & set(link.get("class", "").split())
    ]
    assert red == []
    assert [name for name, page in opened.items() if "not visible to you" in page.main] == []


def test_nothing_is_left_of_the_marks_in_the_files(still_coast: Coast) -> None:
    with still_coast.reading() as session:
        for one in session.scalars(select(Revision)):
            stored = json.dumps([one.title, one.body, one.fields, one.note])
            assert re.findall(r"\{D|\[\[[OUP]\d|\"[OUP]\d+(?:#\w+)?\"", stored) == [], (one.title, one.number)


def test_every_relation_has_its_target(still_coast: Coast) -> None:
    with still_coast.reading() as session:
        links = session.execute(select(Link.target_id, Link.target_row)).all()
        rows = {(one[0], one[1]) for one in session.execute(select(Row.page_id, Row.row_id))}
    assert len(links) > 600
    assert [link for link in links if link[0] is None or (link[1] and (link[0], link[1]) not in rows)] == []


def test_every_address_in_a_page_leads_to_a_page_and_a_place_in_it(opened: Mapping[str, Fetched]) -> None:
    by_slug = {SLUGS[name]: page for name, page in opened.items()}
    ids = {slug: {element.get("id") for element in page.root.iter()} for slug, page in by_slug.items()}
    lost, rows = [], 0
    for name, page in opened.items():
        for slug, rest, fragment in addresses(page):
            rows += fragment.startswith("r-")
            if slug not in by_slug:
                lost.append((name, slug))
            elif fragment and not rest and fragment not in ids[slug]:
                lost.append((name, f"{slug}#{fragment}"))
    assert lost == []
    assert rows > 50


def addresses(page: Fetched) -> Iterator[tuple[str, str, str]]:
    """(slug, rest, fragment) of the links in the text that lead into the space."""
    for link in page.all("main")[0].iter("a"):
        path, _hash, fragment = link.get("href", "").partition("#")
        parts = path.partition("?")[0].split("/")
        if parts[:2] == ["", "paper-coast"] and len(parts) > 2 and parts[2] not in ("new", "changes", "members"):
            yield parts[2].removesuffix(".md"), "/".join(parts[3:]), fragment


def test_eight_promises_live_and_one_was_replaced(told: Mapping[str, Mapping[str, Value]]) -> None:
    assert standing(told, "c") == {
        "c0": "replaced",
        "c1": "on_track",
        "c2": "disputed",
        "c3": "not_checked_lately",
        "c4": "not_yet_triggered",
        "c5": "on_track",
        "c6": "honoured_confirmed",
        "c7": "on_track",
        "c8": "on_track",
    }


def test_five_of_eight_actions_are_open(told: Mapping[str, Mapping[str, Value]], opened: Mapping[str, Fetched]) -> None:
    assert standing(told, "a") == {
        "a1": "done",
        "a2": "done_late",
        "a3": "overdue",
        "a4": "due_in_7_days",
        "a5": "open",
        "a6": "open",
        "a7": "overdue",
        "a8": "done",
    }


def test_of_three_decisions_on_notice_days_one_stands(hal: Browser) -> None:
    assert {row["Number"]: row["Still stands?"] for row in register(hal, "decision").values()} == {
        "D-0009": "Stands",
        "D-0010": "Not decided yet",
    }
    replaced = register(hal, "decision", state="superseded")
    assert sorted(row["Number"] for row in replaced.values()) == ["D-0001", "D-0004"]


def test_the_chain_of_decisions_can_be_followed(still_coast: Coast, opened: Mapping[str, Fetched]) -> None:
    for older, newer in (("P22", "P23"), ("P23", "P24")):
        assert still_coast.url(older) in opened[newer].links().values()
        assert still_coast.url(newer) in opened[older].links().values()


def test_four_risks_are_open_and_one_calls_a_gathering(hal: Browser, told: Mapping[str, Mapping[str, Value]]) -> None:
    row = register(hal, "risk_register")["Risk register"]
    assert (row["Open"], row["Highest score"]) == ("4 of 5", "20, calls a gathering")
    scores = {name: told[name]["score"].sort for name in ("r1", "r2", "r3", "r4")}
    assert scores == {"r1": 16, "r2": 20, "r3": 15, "r4": 10}
    assert told["r4"]["jointly_assessed"].key == "no"


def test_two_agreements_are_in_force_and_one_was_replaced(hal: Browser, opened: Mapping[str, Fetched]) -> None:
    shown = register(hal, "agreement")
    assert {title: row["How it stands"].split()[0] for title, row in shown.items()} == {
        "Protocol on shared shoreline information": "Ends",
        "Paper Coast Partnership Agreement": "In",
    }
    assert shown["Paper Coast Partnership Agreement"]["Promises"] == "6: 1 honoured, 4 on track, 1 in trouble"
    assert list(register(hal, "agreement", state="superseded")) == ["Shoreline memorandum of understanding"]
    assert "Look was due" in opened["P06"].html


def test_what_is_due_for_a_look_says_so(opened: Mapping[str, Fetched]) -> None:
    due = {name for name, page in opened.items() if "Look was due" in page.html}
    soon = {name for name, page in opened.items() if "Next look by" in page.html}
    assert due == {"P06", "P37"}
    assert "P34" in soon


def test_people_and_figures_agree_on_the_measures(hal: Browser) -> None:
    shown = register(hal, "measure")
    assert {title: row["Status"] for title, row in shown.items()} == {
        "Tidal water tests passed": "On track",
        "Young people in paid placements": "Off track",
        "Permits decided jointly": "To watch",
        '"Agreements are honoured" (partners\' score)': "On track",
    }
    assert {row["Trend"] for row in shown.values()} == {"Getting better"}


def test_capacity_support_is_behind(hal: Browser) -> None:
    assert register(hal, "financial_plan")["Financial plan, year 2"]["Lines behind"] == "1 line is behind"


def test_one_practice_was_tried_by_two_and_one_by_nobody(hal: Browser) -> None:
    shown = register(hal, "practice")
    assert shown["One-page pre-read, one question"]["It worked"] == "2 of 2"
    assert shown["Walk the site before the agenda"]["How far it has come"] == "Not yet tried"


def test_ben_s_handover_shows_what_is_missing(hal: Browser) -> None:
    row = register(hal, "handover")["Handover: Ben Optima to Ada Verdana"]
    assert (row["Items passed"], row["Gaps"].split()[1]) == ("5 of 12", "gaps")


def test_the_decision_that_stands_is_found_by_its_words(hal: Browser) -> None:
    found = hits(hal.read("/search?q=permit+notice+days&kind=decision&state=accepted"))
    assert found[0] == "D-0009 Thirty working days to answer, with a pause in quiet periods"
    assert found[0] in hits(hal.read("/search?q=permit+notice+days"))
    assert hits(hal.read("/search?q=D-0009"))[0] == found[0]


def test_a_measure_shows_the_picture_of_its_readings(still_coast: Coast, opened: Mapping[str, Fetched]) -> None:
    pictures = [(image.get("src"), image.get("alt", "")) for image in opened["P14"].all("main")[0].iter("img")]
    assert [source for source, _alt in pictures] == [still_coast.url("P14", "/files/water-tests.png")]
    assert "61, 66, 69 and 71 per cent" in pictures[0][1]
    shown: Any = still_coast.browser().get(pictures[0][0], buffered=True)
    assert (shown.status_code, shown.mimetype, shown.data[:4]) == (200, "image/png", b"\x89PNG")


def test_a_word_of_a_row_finds_its_page(hal: Browser) -> None:
    assert "Steering circle, spring record" in hits(hal.read("/search?q=wage+fund+letter"))


def hits(page: Fetched) -> list[str]:
    """The names of what was found, in order."""
    results = [item for item in page.all("li") if "result" in item.get("class", "").split()]
    headings = [element for item in results for tag in ("h2", "h3") for element in item.iter(tag)]
    return [" ".join("".join(heading.itertext()).split()) for heading in headings]


def test_every_history_opens_and_two_revisions_can_be_compared(still_coast: Coast, hal: Browser) -> None:
    for name in ("P05", "P10", "P24", "U2"):
        number = still_coast.named(name).number
        assert f"/history/{number}" in hal.read(still_coast.url(name, "/history")).html
        hal.read(still_coast.url(name, f"/compare/1/{number}"))


def test_every_kind_has_a_register_with_a_page_in_it(still_coast: Coast, hal: Browser) -> None:
    with still_coast.reading() as session:
        stored = Counter(session.scalars(select(Page.kind)))
    assert set(stored) == set(still_coast.catalogue)
    for kind in still_coast.catalogue:
        assert register(hal, kind), kind


def test_visitors_see_what_is_public_and_nothing_else(still_coast: Coast) -> None:
    visitor = still_coast.browser()
    for name in SLUGS:
        public = still_coast.named(name).access == "public"
        answer: Any = visitor.get(still_coast.url(name))
        assert answer.status_code == (200 if public else 401), name


def test_the_front_page_shows_the_partnership(still_coast: Coast) -> None:
    assert "Paper Coast Shoreline Partnership" in still_coast.browser("ada").read("/paper-coast").main
