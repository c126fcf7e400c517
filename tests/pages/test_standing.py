"""What the readers of a page are told: whether it counts, what took its place, what it rests on."""

from typing import Any

from tests.cases import act, entered
from tests.moments import Moments
from tests.page import text_of
from tests.statements import Statements
from tests.world import World
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision

DECIDED = {"outcome": "Yes.", "why": "It is calm there.", "decided_on": "2026-11-20", "time_to_collaborate": "yes"}


def decision(world: World, title: str, who: str = "ada", state: str = "accepted", **fields: Any) -> Page:
    by = {"question": title, "decided_by": [world.viewer(who).person_id], **DECIDED}
    return world.page(who, "paper-coast", "decision", title, {**by, **fields}, state=state)


def accept(world: World, who: str, slug: str) -> None:
    by = world.viewer(who)
    act(
        world,
        who,
        "paper-coast",
        slug,
        "edit",
        lambda s, f: actions.change_state(s, world.catalogue, by, f, "accepted"),
    )


def main(world: World, who: str, slug: str) -> str:
    return entered(world, who).read(f"/paper-coast/{slug}").main


def test_it_works(world: World) -> None:
    old = decision(world, "Old")
    middle = decision(world, "Middle", state="proposed", supersedes=[old.id])
    assert "Would replace" in main(world, "ben", "middle")
    accept(world, "ada", "middle")
    decision(world, "Last", state="proposed", supersedes=[middle.id])
    accept(world, "ada", "last")
    page = entered(world, "ben").read("/paper-coast/old")
    (notice,) = [one for one in page.all("div") if "notice-warn" in one.get("class", "")]
    assert text_of(notice).startswith("Replaced by") and "D-0003 Last, since Nov 20, 2026" in text_of(notice)
    steps = [text_of(one) for one in notice.iter("li")]
    assert [step[:6] for step in steps] == ["D-0001", "D-0002", "D-0003"]
    assert all("It is calm there." in step for step in steps)
    assert "Stands" in main(world, "ben", "last")


def test_a_hidden_successor_is_not_told_from_none(world: World) -> None:
    """Nobody learns from the words whether there is a page that they may not see."""
    council = {"access": "named_orgs", "access_orgs": [world.org("council")]}
    old = decision(world, "Old", "dan")
    decision(world, "Quiet", "dan", "proposed", supersedes=[old.id], **council)
    accept(world, "dan", "quiet")
    decision(world, "Lone", "dan", "superseded")
    told, alone = (main(world, "ada", slug).partition("Hal")[0] for slug in ("old", "lone"))
    said = "What counts instead is not among the pages that you can see."
    assert said in told and said in alone
    whole = (
        entered(world, "ada").read("/paper-coast/old").html + entered(world, "ada").get("/paper-coast/old/history").text
    )
    assert "Quiet" not in whole and "D-0002" not in whole
    assert "Quiet" in main(world, "dan", "old")


def test_a_page_says_that_what_is_behind_it_was_replaced_until_somebody_looks(world: World, moments: Moments) -> None:
    moved = world.page("ada", "paper-coast", "howto", "Row", body="Ten days.")
    other = world.page("ada", "paper-coast", "article", "Rules", body="Ten days.")
    old = decision(world, "Old", affects=[moved.id, other.id])
    decision(world, "Fresh", state="proposed", supersedes=[old.id])
    said = "What is behind this page was replaced"
    assert said not in main(world, "ben", "row")
    moments.pass_by(days=1)
    accept(world, "ada", "fresh")
    for slug in ("row", "rules"):
        shown = main(world, "ben", slug)
        assert said in shown and "D-0002 Fresh" in shown
    moments.pass_by(hours=1)
    ada = world.viewer("ada")
    act(world, "ada", "paper-coast", "rules", "edit", lambda s, f: rewrite(world, s, f.page))
    act(
        world,
        "ada",
        "paper-coast",
        "row",
        "edit",
        lambda s, f: actions.confirm_page(s, ada, f.page, "yearly", moments.now.date()),
    )
    assert said not in main(world, "ben", "row") and said not in main(world, "ben", "rules")


def rewrite(world: World, session: Any, page: Page) -> None:
    content = content_of(current_revision(session, page))
    content.body = "Thirty days."
    actions.save_page(session, world.catalogue, world.viewer("ada"), page, content, page.number)


def test_plans_and_terms_say_it_too(lone_world: World) -> None:
    old = lone_world.page("hal", "paper-coast", "terms_of_reference", "Circle", state="replaced")
    lone_world.page("hal", "paper-coast", "terms_of_reference", "New circle", {"supersedes": [old.id]}, state="in_use")
    shown = main(lone_world, "ben", "circle")
    assert "Replaced by" in shown and "New circle" in shown


def test_facts_of_other_pages_are_shown(lone_world: World) -> None:
    group = lone_world.page("hal", "paper-coast", "terms_of_reference", "Circle")
    lone_world.page("hal", "paper-coast", "meeting", "Talk", {"group": group.id, "date": "2026-10-07"})
    assert "Oct 7, 2026" in entered(lone_world, "ben").read("/paper-coast/circle").html


def test_a_long_chain_costs_no_more_statements(world: World) -> None:
    heard = Statements(world.database)
    client = entered(world, "ada")
    first = before = decision(world, "Step 0")
    counts = []
    for n in range(1, 9):
        before = decision(world, f"Step {n}", supersedes=[before.id], affects=[first.id])
        if n in (1, 8):
            client.get("/paper-coast/step-0")
            counts.append(len(heard.during(lambda: client.get("/paper-coast/step-0"))))
    assert counts[0] == counts[1] <= 4 + (not world.database.is_sqlite), "PostgreSQL is asked whether it is there first"
