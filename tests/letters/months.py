"""A month of things in Paper Coast, and its letter: what the tests of letters share.

The month is October 2026; it is read on the third of November.
"""

from datetime import UTC, datetime

import pytest

from tests.cases import act, entered, send
from tests.world import ORGANISATIONS, World
from wiki import clock
from wiki.access import page_for
from wiki.letters.months import Month
from wiki.letters.reading import Reading, letter_of, letters_space, read, span_of
from wiki.pages import actions as pages
from wiki.thanks.actions import thank

OCTOBER, AT = Month(2026, 10), "/paper-coast/letters/2026-10"
PRACTICE = {"problem": "Meetings without a question", "idea": "One question", "result": "Shorter ones"}
DECIDED = {
    "question": "How many?",
    "outcome": "Ten days.",
    "why": "It fits.",
    "decided_on": "2026-10-08",
    "time_to_collaborate": "yes",
}


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def on(self, day: int, month: int = 10) -> None:
        moment = datetime(2026, month, day, 9, tzinfo=UTC)
        self._patch.setattr(clock, "_now", lambda: moment)


def letter(world: World, who: str, month: Month = OCTOBER) -> Reading:
    """The letter of a month as somebody reads it."""
    viewer = world.viewer(who)
    with world.reading() as session:
        space = letters_space(session, viewer, "paper-coast")
        found = letter_of(session, space.id, month)
        zone = world.settings.time_zone
        span = span_of(world.catalogue, viewer, space, month, found, zone, clock.today(zone))
        return read(session, space, span, month, found)


def told(world: World, who: str, month: Month = OCTOBER) -> dict[str, list[tuple[str, str]]]:
    """The same: section -> title and sentence of each thing."""
    return {
        section.key: [(item.title, item.said) for item in section.items]
        for section in letter(world, who, month).sections
    }


def say_thanks(world: World, who: str, slug: str, why: str, to: int | None = None) -> None:
    viewer = world.viewer(who)
    with world.writing() as session:
        thank(session, viewer, page_for(session, viewer, "paper-coast", slug, "comment"), to, why)


def move(world: World, who: str, slug: str, state: str, note: str = "") -> None:
    """Bring a page to a state as somebody does."""
    act(
        world,
        who,
        "paper-coast",
        slug,
        "edit",
        lambda session, found: pages.change_state(session, world.catalogue, world.viewer(who), found, state, note),
    )


def busy_october(world: World, calendar: Clock) -> None:
    """Something of each sort, spread over the month; and before and after it what is not of the month."""
    keel, ministry = world.org("keel"), world.org("ministry")
    calendar.on(20, 9)
    world.page("hal", "paper-coast", "practice", "Tide board", PRACTICE, body="Draw it.", state="shared")
    calendar.on(5)
    idea = {**PRACTICE, "contributing_orgs": [keel]}
    first = world.page("hal", "paper-coast", "practice", "One page", idea, body="Write it.", state="shared")
    grew = {**PRACTICE, "contributing_orgs": [ministry], "grew_from": [first.id]}
    world.page("ada", "paper-coast", "practice", "One page for permits", grew, body="Write it.", state="shared")
    calendar.on(8)
    use = {"org": f"{ORGANISATIONS['council']} (directory/placeholder-nation-council)", "result": "did_not"}
    form = {**use, "what_changed": "The day", "story": "Nobody *read* it."}
    assert send(entered(world, "dan"), "/paper-coast/tide-board/tried", form).status_code == 303
    say_thanks(world, "dan", "tide-board", "The board saved us a morning.", keel)
    say_thanks(world, "dan", "tide-board", "It was there when we came.")
    decided = {**DECIDED, "decided_by": [keel]}
    old = world.page("hal", "paper-coast", "decision", "Ten days", decided, state="accepted")
    calendar.on(12)
    new = {**decided, "question": "How many days?", "outcome": "Thirty days.", "supersedes": [old.id]}
    world.page("hal", "paper-coast", "decision", "Thirty days", new, state="proposed")
    move(world, "hal", "thirty-days", "accepted")
    lesson = {"type": "surprise", "what_happened": "Rain.", "lesson": "Bring a tarp", "recommendation": "Pack one"}
    world.page("ada", "paper-coast", "lesson", "Bring a tarp", lesson)
    move(world, "dan", "bring-a-tarp", "checked")
    calendar.on(3, 11)
    late = world.page("hal", "paper-coast", "practice", "Too late", PRACTICE, body="Draw it.", state="shared")
    assert late.id
