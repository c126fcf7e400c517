"""An orientation page shows how the partnership stands today, for its reader, without any edit of the page."""

from functools import partial

from tests.cases import entered
from tests.paper_coast import Coast
from tests.paths.walking import save
from tests.statements import Statements
from wiki.models import Page


def today(coast: Coast, who: str) -> str:
    """The part that is worked out, as somebody reads it."""
    page = entered(coast, who).read(coast.url("P34"))
    return page.main.partition("As it stands today")[2]


def test_it_works(lone_coast: Coast) -> None:
    there = today(lone_coast, "ada")
    for text in (
        "Paper Coast Partnership Agreement",
        "Protocol on shared shoreline information",
        "Pay capacity support to the Council each year Disputed",
        "8 live promises: 1 confirmed honoured, 4 on track, 1 not checked lately, 1 disputed, 1 not yet triggered.",
        "D-0009 How long do partners have to answer",
        "Dan Corbel",
        "Ben Optima Leaving",
        "Next quiet: Nov 24, 2026 – Dec 3, 2026",
        "Second-quarter report",
    ):
        assert text in there, text
    for text in ("Shoreline memorandum", "D-0001", "D-0010"):
        assert text not in there, text


def test_what_changes_elsewhere_shows_at_once_and_the_page_stays_as_it_is(coast: Coast) -> None:
    before = coast.named("P34").number
    assert "Quiet until" not in today(coast, "ada")
    quiet = [{"id": "qp9", "from": "2026-11-20", "until": "2026-11-30", "why": "not available"}]
    save(coast, "dan", "O2", quiet_periods=quiet)
    assert "Quiet until Nov 30, 2026" in today(coast, "ada")
    assert coast.named("P34").number == before


def test_each_reader_meets_only_what_they_may_see(lone_coast: Coast) -> None:
    """A page that is only for the Council's people is in no list, no count and no sentence of others."""
    save(lone_coast, "eva", "P06", access="steward_only")
    assert "Protocol on shared shoreline information" in today(lone_coast, "dan")
    there = today(lone_coast, "ada")
    assert "Protocol on shared shoreline information" not in there
    assert "Ask the Council before re-using" not in there
    assert "7 live promises" in there


def test_it_asks_few_statements_however_much_there_is(lone_coast: Coast) -> None:
    ada = entered(lone_coast, "ada")
    statements = Statements(lone_coast.database)
    spoken = {"Accept-Language": "en"}
    for name in ("P24", "P34", "P35"):
        ada.get(lone_coast.url(name), headers=spoken)
    for name, most in (("P34", 18), ("P24", 4), ("P35", 4)):
        said = statements.during(partial(ada.get, lone_coast.url(name), headers=spoken))
        assert len(said) <= most, (name, len(said), said)


def test_a_new_wiki_has_an_empty_one(lone_coast: Coast) -> None:
    page = lone_coast.named("P34")
    with lone_coast.writing() as session:
        session.get_one(Page, page.id).partnership_id = None
    assert "Agreements in force" in today(lone_coast, "ada")
