"""Columns that are worked out: counts, links of other pages, values behind a reference, days of states."""

from tests.moments import Moments
from tests.registers.reading import file_of, listed
from tests.world import World
from wiki.models import Page
from wiki.pages import storing
from wiki.pages.actions import archive_page, save_page
from wiki.pages.storing import Author, content_of, current_revision


def test_it_works(world: World) -> None:
    council, keel = world.org("council"), world.org("keel")
    promise = {"promise": "Answer in time", "made_by": [council], "made_to": [keel]}
    world.page(
        "ada",
        "paper-coast",
        "agreement",
        "One",
        {"parties": [council, keel], "commitments": [{"id": "c1", **promise}, {"id": "c2", **promise}]},
    )
    world.page("ada", "paper-coast", "agreement", "Two", {"parties": [council]})
    lines = {line["Title"]: line for line in file_of(world.browser("ada"), "organisation")}
    counted = lines["Placeholder Nation Council"]
    assert (counted["Agreements"], counted["Promises made"], counted["Promises received"]) == ("2", "2", "0")
    assert lines["Keel Office"]["Promises received"] == "2"
    assert lines["Ministry of Shoreline Services"]["Agreements"] == "0"
    client = world.browser("ada")
    assert listed(client, "organisation", **{"agreements.from": 2}) == ["Placeholder Nation Council"]
    assert listed(client, "organisation", sort="-agreements")[:2] == ["Placeholder Nation Council", "Keel Office"]


def test_only_visible_pages_are_counted(world: World) -> None:
    council = world.org("council")
    world.page(
        "dan",
        "paper-coast",
        "agreement",
        "Own",
        {"parties": [council], "access": "named_orgs", "access_orgs": [council]},
    )
    world.page("dan", "paper-coast", "agreement", "Shared", {"parties": [council]})
    for who, count in (("dan", "2"), ("ada", "1"), ("zoe", "0")):
        lines = {line["Title"]: line for line in file_of(world.browser(who), "organisation")}
        assert lines["Placeholder Nation Council"]["Agreements"] == count, who


def test_the_latest_of_linking_pages_and_their_open_rows(world: World) -> None:
    group = world.page("ada", "paper-coast", "terms_of_reference", "Circle").id
    actions = [{"id": f"a{n}", "what": "x", "status": status} for n, status in enumerate(("open", "done", "waiting"))]
    for title, day in (("Early", "2026-02-01"), ("Late", "2026-09-30")):
        world.page("ada", "paper-coast", "meeting", title, {"group": group, "date": day, "actions": actions})
    aside = world.page("ada", "paper-coast", "meeting", "Aside", {"group": group, "date": "2026-10-30"})
    world.do(lambda session: archive_page(session, world.viewer("ada"), session.merge(aside)))
    (line,) = file_of(world.browser("ada"), "terms_of_reference")
    assert (line["Last meeting"], line["Open actions"]) == ("2026-09-30", "4")


def test_a_value_behind_a_reference_is_that_of_the_other_page(world: World) -> None:
    ada = world.account("ada").person_id
    person = world.found("ada", "directory", "ada-verdana").page
    with world.writing() as session:
        page = session.merge(person)
        content = content_of(current_revision(session, page))
        content.fields["org"] = world.org("ministry")
        save_page(session, world.catalogue, world.viewer("ada"), page, content, page.number)
    world.page("ada", "paper-coast", "handover", "Ada goes", {"person": ada})
    (line,) = file_of(world.browser("ben"), "handover")
    assert line["Organisation"] == "Ministry of Shoreline Services"


def test_the_day_of_a_state_is_when_it_was_last_entered(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "progress_report", "Spring")
    for state, days in (("shared", 1), ("draft", 1), ("shared", 3), ("discussed", 1)):
        moments.pass_by(days=days)
        with world.writing() as session:
            stored = session.get_one(Page, page.id)
            content = content_of(current_revision(session, stored))
            storing.store_revision(
                session,
                world.catalogue,
                stored,
                content,
                author=Author(None, "Ada"),
                note="",
                time=moments.now,
                state=state,
            )
    (line,) = file_of(world.browser("ada"), "progress_report")
    assert line["Shared on"] == "2026-11-26"


def test_a_decision_names_the_one_that_replaced_it_to_those_who_may_see_it(world: World) -> None:
    council = world.org("council")
    old = world.page("ada", "paper-coast", "decision", "Old", state="accepted").id
    secret = {"access": "named_orgs", "access_orgs": [council], "supersedes": [old]}
    world.page("dan", "paper-coast", "decision", "Secret successor", secret, state="accepted")
    shown = {
        who: {line["Title"]: line["Still stands?"] for line in file_of(world.browser(who), "decision")}
        for who in ("dan", "ada")
    }
    assert shown["dan"]["Old"] == "Replaced by D-0002 Secret successor"
    assert shown["ada"] == {"Old": "Stands"}


def test_a_draft_replaces_nothing_yet(world: World) -> None:
    old = world.page("ada", "paper-coast", "decision", "Old", state="accepted").id
    world.page("ada", "paper-coast", "decision", "Idea", {"supersedes": [old]})
    assert [line["Still stands?"] for line in file_of(world.browser("ada"), "decision")] == ["Stands"]
