"""The register of people and what they hold: for themselves, their organisation and coordinators; alphabetical, never a ranking."""

import random
from collections.abc import Iterator

import pytest

from tests.cases import plain_answers
from tests.client import Browser
from tests.holdings.oracle import TODAY, Made, held_by, make
from tests.holdings.test_footprint import people_of
from tests.moments import Moments
from tests.paper_coast import Coast
from tests.registers.named.reading import file_of, listed, summary
from tests.statements import Statements
from tests.world import World
from wiki.holdings.survey import survey


@pytest.fixture
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def of(client: Browser, name: str) -> dict[str, str]:
    return next(line for line in file_of(client, "people") if line["person"] == name)


def test_it_works(still_coast: Coast, hal: Browser) -> None:
    page = hal.read("/registers/people")
    names = listed(page)
    assert names == sorted(names) and len(names) == 8, "Cleo has left and holds nothing"
    assert summary(page) == "8 people: 1 leaving."
    ben = of(hal, "Ben Optima")
    said = {key: value for key, value in ben.items() if value not in ("0", "")}
    assert said == {
        **dict(person="Ben Optima", organisation="Example Province Ministry of Shoreline Services", status="leaving"),
        **dict(total="12", page="3", action="1", promise="2", activity="1", risk="1", group="1", role="1"),
        **dict(relationship="2", single_editor="1", reviews_due="2", flags="single_holder", url=ben["url"]),
    }
    assert of(hal, "Dan Corbel")["status"] == "held_well"
    assert of(hal, "Hal Calibri")["decision"] == "1"
    assert listed(hal.read("/registers/people?holds=decision")) == ["Hal Calibri"]
    assert len(listed(hal.read("/registers/people?flag=single_holder"))) == 5


def test_everything_is_listed_with_links(still_coast: Coast, hal: Browser) -> None:
    """On the page of the person, and on a page of its own with what hangs on them alone."""
    own = hal.read(still_coast.url("U2", "/holds"))
    hrefs = [link.get("href") for link in own.all("a")]
    for place in ("P05#r-c2", "P24#r-a7", "P10#r-v4", "P13#r-r4", "P07#r-m2", "P32#r-ho2", "P27#r-rl1", "P37"):
        name, _hash, row = place.partition("#")
        assert still_coast.url(name) + (f"#{row}" if row else "") in hrefs
    assert "3 things hang on this person alone" in own.main
    page = hal.read(still_coast.url("U2"))
    assert "What Ben Optima holds" in page.main and still_coast.url("U2", "/holds") in [
        link.get("href") for link in page.all("a")
    ]
    assert "Send a permit notice so that partners have time" in hal.read(still_coast.url("O1", "/holds")).main
    assert hal.get(still_coast.url("P05", "/holds")).status_code == 404


def test_only_themselves_their_organisation_and_coordinators_see_it(still_coast: Coast) -> None:
    ada, dan = still_coast.browser("ada"), still_coast.browser("dan")
    assert [line["person"] for line in file_of(ada, "people")] == ["Ada Verdana", "Ben Optima", "Ivy Constantia"]
    assert [line["person"] for line in file_of(dan, "people")] == ["Dan Corbel", "Eva Cambria"]
    assert "6 are not visible to you" in summary(dan.read("/registers/people"))
    assert dan.get(still_coast.url("U2", "/holds")).status_code == 403
    assert dan.get(still_coast.url("O1", "/holds")).status_code == 403
    assert "What Ben Optima holds" not in dan.read(still_coast.url("U2")).main
    assert "What Dan Corbel holds" in dan.read(still_coast.url("U4")).main
    visitor = still_coast.browser()
    assert visitor.get("/registers/people").status_code == 401
    assert visitor.get("/registers/people.csv").status_code == 401


def test_it_takes_six_statements(still_coast: Coast) -> None:
    heard = Statements(still_coast.database)
    client = still_coast.browser("hal")
    for url in ("/registers/people", "/registers/people.csv", "/registers/people?space=paper-coast"):
        client.get(url)
        assert len(heard.during(lambda url=url: client.get(url))) <= 6


@pytest.fixture
def random_world(world: World, moments: Moments) -> Iterator[tuple[World, list[Made]]]:
    partnership = world.page("hal", "paper-coast", "partnership", "Coast", {"owner": people_of(world)["hal"]})
    people = list(people_of(world).values())
    made = make(world, random.Random(8), people, 40, partnership=partnership.id)
    secret = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    make(world, random.Random(9), people, 20, **secret)
    yield world, made


def test_counts_equal_a_plain_reading_and_tell_nothing_of_what_is_hidden(
    random_world: tuple[World, list[Made]],
) -> None:
    world, made = random_world
    hal = world.browser("hal")
    for who, person in people_of(world).items():
        line = of(hal, {"hal": "Hal Calibri", "ada": "Ada Verdana", "ben": "Ben Optima", "dan": "Dan Corbel"}[who])
        held = [one for one in held_by(person, made)]
        mine = 1 if who == "hal" else 0  # the partnership
        assert int(line["page"]) == sum(what == "page" for what, *_rest in held) + mine
        assert int(line["total"]) == len(held) + mine
        for what in ("action", "promise", "activity", "risk", "group", "role", "measure", "representative", "other"):
            assert int(line[what]) == sum(one[0] == what for one in held), (who, what)


OPEN = {"action", "promise", "activity", "risk"}
GAPS = "gaps.owner"


def test_too_much_on_one_person_is_more_than_a_quarter_of_the_open_rows(
    random_world: tuple[World, list[Made]],
) -> None:
    world, made = random_world
    rows: dict[int, set[tuple[int, str]]] = {}
    for person in people_of(world).values():
        held = held_by(person, made)
        rows[person] = {(page, row) for what, page, row, place in held if what in OPEN or place == GAPS}
    nobody = {(page.id, row["id"]) for page in made if not page.over for row in _unnamed(page)}
    total = len(nobody.union(*rows.values()))
    with world.reading() as session:
        there = survey(session, world.catalogue, world.viewer("hal"), TODAY)
    assert set(there.too_much()) == {person for person, held in rows.items() if len(held) > total / 4}
    assert {(page, row) for page, row, _partnership in there.unheld} == nobody
    assert there.too_much() and len(there.too_much()) < 4


_HOLDERS = {
    "actions": ("responsible", ("done", "dropped")),
    "follow_up": ("responsible", ("done", "dropped")),
    "commitments": ("responsible", ("released",)),
    "activities": ("lead", ("done", "stopped")),
    "risks": ("owner", ("closed",)),
    "gaps": ("owner", ("filled", "accepted", "closed")),
}


def _unnamed(page: Made) -> Iterator[dict[str, str]]:
    for table, (column, done) in _HOLDERS.items():
        for row in page.fields.get(table, []):
            if column not in row and row.get("status") not in done:
                yield row


def test_each_may_open_what_they_may(world: World, moments: Moments) -> None:
    url = "/directory/ada-verdana/holds"
    assert plain_answers(world, lambda client: client.get(url))["visitor"] == 401
    answers = plain_answers(world, lambda client: client.get(url))
    assert (answers["ada"], answers["zoe"], answers["dan"]) == (200, 403, 403)
