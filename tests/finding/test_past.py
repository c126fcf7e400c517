"""What pages said before is found, with the time in which they said it, by those who may read them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cases import entered
from tests.paper_coast import Coast
from tests.world import World
from wiki.finding.beside.queries import Beside, PastHit, past_found, window_of
from wiki.kinds.content import Content
from wiki.models import Page, SearchPassage
from wiki.pages import actions, past
from wiki.pages.storing import content_of, current_revision

#: Year in which each text was written.
TEXTS = {
    2020: "Notices wait for ten days.",
    2022: "Notices wait for twenty days.",
    2024: "Notices wait for thirty days.",
}


def day(year: int) -> datetime:
    return datetime(year, 3, 1, 12, tzinfo=UTC)


def save(world: World, page: Page, body: str, when: datetime, **fields: Any) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        now = content_of(current_revision(session, mine))
        content = Content(now.title, body, {**now.fields, **fields})
        actions.save_page(session, world.catalogue, world.viewer("founder"), mine, content, mine.number, time=when)


def index(world: World) -> None:
    while past.index_waiting(world.database, world.catalogue, 20):
        pass


def written(world: World, title: str = "Notices", **fields: Any) -> Page:
    years = iter(TEXTS.items())
    year, text = next(years)
    page = world.page("founder", "paper-coast", "article", title, fields, text, time=day(year))
    for year, text in years:
        save(world, page, text, day(year))
    return page


def found(world: World, who: str, words: str, at: str = "") -> Beside[PastHit]:
    with world.reading() as session:
        return past_found(session, world.catalogue, world.viewer(who), words, window_of(at))


def test_it_works(world: World) -> None:
    written(world)
    assert found(world, "ada", "ten").total == 0, "found before it was indexed"
    index(world)
    hit = found(world, "ada", "ten days").hits[0]
    assert (hit.number, hit.since, hit.until) == (1, day(2020), day(2022))
    assert ("ten", True) in hit.snippet
    assert found(world, "ada", "thirty").total == 0, "what it says now is no earlier text"
    assert found(world, "ada", "notices").hits[0].more == 1


@pytest.mark.parametrize(
    ("at", "number"), [("2020", 1), ("2021-07-14", 1), ("2022-05", 2), ("2023", 2), ("2024-02", 2)]
)
def test_a_time_finds_what_was_said_then(lone_world: World, at: str, number: int) -> None:
    written(lone_world)
    index(lone_world)
    assert max(hit.number for hit in found(lone_world, "ada", "notices wait", at).hits) == number


def test_before_it_was_written_and_now_nothing_was_said(lone_world: World) -> None:
    written(lone_world)
    index(lone_world)
    assert found(lone_world, "ada", "notices", "2019").total == 0
    assert found(lone_world, "ada", "notices", "2025").total == 0


def test_the_page_of_results_tells_what_still_stands_too(lone_world: World) -> None:
    written(lone_world)
    index(lone_world)
    client = lone_world.browser("ada")
    now = client.read("/search/past?q=notices&at=2025").main
    assert "Said so then, and still does" in now and "thirty" in now and "ten days" not in now
    then = client.read("/search/past?q=notices+ten&at=2021").main
    assert "ten days" in then and "Mar 1, 2020" in then and "still does" not in then
    assert "Write a year" in client.read("/search/past?q=notices&at=long+ago", status=422).main
    client.read("/search/past")


def test_what_was_said_then_and_no_longer_counts_says_so(still_coast: Coast) -> None:
    shown = entered(still_coast, "hal").read("/search/past?q=ten+days+to+answer&at=2026").html
    still = shown[shown.index("and still does") :]
    there = still[still.index("D-0001") :]
    assert "Superseded" in there[: there.index("Unchanged since")]


def test_revisions_that_say_the_same_are_one_text(world: World) -> None:
    page = world.page("founder", "paper-coast", "article", "Notices", {}, "Ten days.", time=day(2020))
    for year in (2021, 2022, 2023):
        save(world, page, "Ten days.", day(year), handling_notice=[] if year % 2 else ["ask_before_reuse"])
        index(world)
    save(world, page, "Twenty days.", day(2024))
    index(world)
    with world.reading() as session:
        kept = session.execute(
            select(SearchPassage.number, SearchPassage.since, SearchPassage.until)
            .where(SearchPassage.page_id == page.id)
            .order_by(SearchPassage.number)
        ).all()
    assert kept[-1].until == day(2024) and kept[0].since == day(2020)
    assert [one.until for one in kept][:-1] == [one.since for one in kept][1:], "a gap, or an overlap"


def test_many_revisions_are_indexed_a_few_at_a_time(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past, "BATCH", 3)
    page = lone_world.page("founder", "paper-coast", "article", "Counting", {}, "Number zero", time=day(2020))
    for number in range(1, 11):
        save(lone_world, page, f"Number {number} of ten", day(2020) + timedelta(days=number))
    index(lone_world)
    with lone_world.reading() as session:
        assert session.scalar(select(func.count()).where(SearchPassage.page_id == page.id)) == 10
    assert [hit.number for hit in found(lone_world, "ada", '"number 7"').hits] == [8]
    save(lone_world, page, "No more", day(2021))
    index(lone_world)
    assert [hit.number for hit in found(lone_world, "ada", '"number 10"').hits] == [11]


def test_earlier_texts_of_pages_that_one_may_not_read_are_not_found(world: World) -> None:
    page = world.page("founder", "paper-coast", "article", "Kelp", {}, "Zanzibar once.", time=day(2020))
    save(world, page, "Nothing.", day(2022), access="steward_only", steward_org=world.org("council"))
    index(world)
    assert found(world, "dan", "zanzibar").total == 1
    for who in ("ada", "ben", "zoe", "ivy", "visitor"):
        assert found(world, who, "zanzibar").total == 0, who
        client = world.browser(None if who == "visitor" else who)
        assert "Kelp" not in client.read("/search/past?q=zanzibar").main


def test_a_name_that_became_secret_is_not_found_through_an_old_text(world: World) -> None:
    named = world.page("founder", "paper-coast", "article", "Zanzibar harbour")
    page = world.page(
        "founder", "paper-coast", "decision", "Where", {"affects": [named.id], "question": "Where to?"}, time=day(2020)
    )
    save(world, page, "", day(2022), affects=[], question="Nowhere")
    save(world, named, "", day(2023), access="steward_only", steward_org=world.org("council"))
    index(world)
    assert found(world, "ada", "zanzibar").total == 0
    assert found(world, "ada", "where").total == 1


def test_values_for_few_are_in_no_text(world: World) -> None:
    holder = [{"id": "h1", "person": world.account("ben").person_id}]
    page = world.page(
        "founder",
        "paper-coast",
        "role",
        "Watch",
        {"holders": holder, "workload_note": "Zanzibar nights"},
        time=day(2020),
    )
    save(world, page, "Changed.", day(2022), workload_note="")
    index(world)
    for who in ("ben", "ada"):
        assert found(world, who, "zanzibar").total == 0


def test_deleted_pages_are_not_found(lone_world: World) -> None:
    page = written(lone_world)
    index(lone_world)
    with lone_world.writing() as session:
        actions.delete_page(session, lone_world.viewer("founder"), session.get_one(Page, page.id), "Made twice")
    assert found(lone_world, "ada", "ten").total == 0
