"""What files say is found, page by page; what cannot be read is said, and nothing hangs or is lost by it."""

import io
from typing import Any

import pytest
from sqlalchemy import select

from tests.attachments.files import HOSTILE, docx, ods, odt, pdf, pptx, xlsx
from tests.world import World
from wiki.attachments import actions, reading
from wiki.attachments.texts.__main__ import answer
from wiki.finding.beside.queries import FileHit, files_found
from wiki.models import FileText, Page

FILES = {
    "notes.txt": "Kelp at low water, été".encode(),
    "old.txt": "Marée basse à l'été".encode("cp1252"),
    "report.docx": docx("First line", "Kelp grows at the jetty"),
    "table.xlsx": xlsx({"Counts": [["Kelp", "twelve"], ["Eelgrass", "seven"]], "Names": [["Harbour seal"]]}),
    "talk.pptx": pptx("Welcome", "Kelp and what eats it"),
    "open.odt": odt("Opening", "Kelp in an open document"),
    "open.ods": ods("Tides", "Kelp", "low water"),
    "paper.pdf": pdf("Front page", "Kelp on the second page"),
}


def attach(world: World, page: Page, name: str, data: bytes) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        actions.attach(session, world.store, world.viewer("hal"), mine, name, io.BytesIO(data), 100 << 20)


def read_all(world: World) -> None:
    while reading.read_waiting(world.database, world.store, 20):
        pass


def found(world: World, who: str, words: str) -> list[FileHit]:
    with world.reading() as session:
        return list(files_found(session, world.viewer(who), words).hits)


def said_of(data: bytes) -> list[dict[str, Any]]:
    return list(answer(io.BytesIO(data)))


def test_it_works(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Kelp survey")
    attach(world, page, "paper.pdf", FILES["paper.pdf"])
    attach(world, page, "table.xlsx", FILES["table.xlsx"])
    assert found(world, "ada", "kelp") == [], "found before it was read"
    read_all(world)
    hits = {hit.name: hit for hit in found(world, "ada", "kelp")}
    assert set(hits) == {"paper.pdf", "table.xlsx"}
    assert (hits["paper.pdf"].place, hits["table.xlsx"].place) == ("2", "Counts")
    assert hits["paper.pdf"].href == "/paper-coast/kelp-survey/files/paper.pdf#page=2"
    assert ("Kelp", True) in hits["paper.pdf"].snippet
    assert [hit.name for hit in found(world, "ada", "seals harbours")] == ["table.xlsx"], "inflected forms"


@pytest.mark.parametrize("name", FILES)
def test_every_format_says_what_stands_in_it(name: str) -> None:
    lines = said_of(FILES[name])
    assert lines[-1] == {"state": "found", "problem": ""}
    text = " ".join(line["text"] for line in lines[:-1])
    assert "Kelp" in text or "Marée basse" in text


def test_places_are_pages_slides_and_sheets() -> None:
    assert [line["place"] for line in said_of(FILES["paper.pdf"])[:-1]] == ["1", "2"]
    assert [line["place"] for line in said_of(FILES["talk.pptx"])[:-1]] == ["1", "2"]
    assert [line["place"] for line in said_of(FILES["table.xlsx"])[:-1]] == ["Counts", "Names"]
    assert [line["place"] for line in said_of(FILES["open.ods"])[:-1]] == ["Tides"]
    assert said_of(FILES["table.xlsx"])[0]["text"] == "Kelp\ttwelve\nEelgrass\tseven"


def test_a_scan_says_that_it_has_no_text() -> None:
    assert said_of(pdf(""))[-1]["state"] == "nothing"
    assert said_of(b"\x89PNG\r\n\x1a\n" + bytes(100))[-1]["state"] == "no_text"


def test_hostile_and_broken_files_are_reported_and_the_page_still_saves(lone_world: World) -> None:
    page = lone_world.page("hal", "paper-coast", "article", "Traps")
    for name, data in HOSTILE.items():
        attach(lone_world, page, name, data)
    attach(lone_world, page, "good.txt", FILES["notes.txt"])
    read_all(lone_world)
    with lone_world.reading() as session:
        states = {
            name: session.get_one(FileText, digest).state
            for name, digest in session.execute(select(actions.Attachment.name, actions.Attachment.digest))
        }
    assert states.pop("good.txt") == "found"
    assert set(states.values()) <= {"unreadable", "nothing", "no_text"}
    unreadable = {"laughing.docx", "bomb.docx", "broken.docx", "cut.docx", "cut.pdf", "noise.pdf", "inflating.pdf"}
    assert {name for name in unreadable if states[name] != "unreadable"} == set()
    assert [hit.name for hit in found(lone_world, "ada", "kelp")] == ["good.txt"]
    listed = lone_world.browser("ada").read("/paper-coast/traps/files").main
    assert "could not be read" in listed and "It declares entities" in listed
    client = lone_world.browser("hal")
    client.send(client.read("/paper-coast/traps/edit").form(having="body"), {"body": "Still here."})
    assert "Still here." in client.read("/paper-coast/traps").main


def test_files_of_pages_that_one_may_not_read_are_not_found(world: World) -> None:
    closed = {"access": "steward_only", "steward_org": world.org("council")}
    page = world.page("founder", "paper-coast", "article", "Kelp secrets", closed)
    attach(world, page, "secret.txt", b"Zanzibar kelp")
    read_all(world)
    assert [hit.name for hit in found(world, "dan", "zanzibar")] == ["secret.txt"]
    for who in ("ada", "ben", "zoe", "ivy", "visitor"):
        assert found(world, who, "zanzibar") == [], who
        client = world.browser(None if who == "visitor" else who)
        assert "secret.txt" not in client.read("/search/files?q=zanzibar").html


def test_a_file_that_was_replaced_or_taken_off_is_not_found(world: World) -> None:
    page = world.page("hal", "paper-coast", "article", "Kelp survey")
    attach(world, page, "notes.txt", b"Kelp at low water")
    read_all(world)
    attach(world, page, "notes.txt", b"Eelgrass at high water")
    read_all(world)
    assert found(world, "ada", "kelp") == [] and len(found(world, "ada", "eelgrass")) == 1
    with world.writing() as session:
        actions.detach(session, world.viewer("hal"), session.get_one(Page, page.id), "notes.txt")
    assert found(world, "ada", "eelgrass") == []


def test_a_reader_that_did_not_come_back_is_followed_by_another(lone_world: World, moments: Any) -> None:
    page = lone_world.page("hal", "paper-coast", "article", "Kelp survey")
    attach(lone_world, page, "notes.txt", b"Kelp at low water")
    with lone_world.writing() as session:
        digest = session.scalars(select(actions.Attachment.digest)).one()
        session.add(FileText(digest=digest, state="reading", tries=1, tried_at=moments.now))
    assert reading.read_waiting(lone_world.database, lone_world.store) == 0
    moments.pass_by(minutes=10)
    assert reading.read_waiting(lone_world.database, lone_world.store) == 1
    assert len(found(lone_world, "ada", "kelp")) == 1
