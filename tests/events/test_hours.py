"""Hours that an organisation has promised beside those that it can give: only what the reader may see is counted."""

from datetime import date
from typing import Any

import pytest

from tests.cases import entered
from tests.events.gathering import DAY, event
from tests.moments import Moments, moments
from tests.statements import Statements
from tests.world import World
from wiki.events.capacity import clashes, later_day, time_said
from wiki.events.plan import Plan
from wiki.models import Page

__all__ = ["moments"]

WINTER = {"from": "2026-11-01", "until": "2027-01-31"}  # 92 days
TOLD = "Reef Society: has promised"


def society(world: World, hours: float = 100, **fields: Any) -> Page:
    capacity = [{"id": "k1", "period": WINTER, "hours": hours}]
    return world.page("ada", "paper-coast", "organisation", "Reef Society", {"capacity": capacity, **fields})


def plan(world: World, org: Page, *hours: float, who: str = "ada", state: str = "current", **fields: Any) -> Page:
    """A plan in which an organisation brings so many hours a year."""
    extra = fields.pop("row", {})
    rows = [
        {"id": f"c{n}", "org": org.id, "what": f"Crew {n}", "hours_per_year": one, **extra}
        for n, one in enumerate(hours, 1)
    ]
    title = fields.pop("title", "The plan of the reef")
    period = {"from": "2026-01-01", "until": "2027-12-31"}
    return world.page(
        who, "paper-coast", "action_plan", title, {"period": period, "contributions": rows, **fields}, state=state
    )


def told(world: World, page: Page, who: str = "ada") -> str:
    return entered(world, who).read(f"/paper-coast/{page.slug}").main


def test_it_works(world: World, moments: Moments) -> None:
    reef = society(world, reply_days=1)
    plan(world, reef, 365, 200)  # 565 * 92 / 365 = 142
    page = event(world, hosts=[reef.id])
    assert f"{TOLD} 142 hours from Nov 1, 2026 to Jan 31, 2027, and can give 100" in told(world, page)
    assert TOLD not in told(
        world, event(world, title="In spring", hosts=[reef.id], dates={"from": "2027-04-01", "until": "2027-04-02"})
    )


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({}, 126),
        ({"row": {"certainty": "depends"}}, 126),
        ({"row": {"certainty": "cannot_promise"}}, 0),
        ({"row": {"period": {"from": "2027-01-22", "until": "2027-06-30"}}}, 14),  # ten days of 500 a year
        ({"row": {"period": {"from": "2027-02-01", "until": "2027-06-30"}}}, 0),
        ({"period": {"from": "2026-01-01", "until": "2026-11-10"}}, 14),
        ({"state": "draft"}, 0),
        ({"state": "out_for_endorsement"}, 0),
        ({"state": "under_review"}, 126),
        ({"state": "closed"}, 0),
    ],
)
def test_what_people_work_by_counts_for_its_time(
    lone_world: World, moments: Moments, fields: dict[str, Any], hours: int
) -> None:
    reef = society(lone_world, hours=1)
    plan(lone_world, reef, 500, **fields)
    said = told(lone_world, event(lone_world, hosts=[reef.id]))
    assert (f"{TOLD} {hours} hours" in said) == bool(hours) and (TOLD in said) == bool(hours)


def test_the_same_words_twice_are_one_promise_and_others_are_more(lone_world: World, moments: Moments) -> None:
    reef = society(lone_world)
    for title in ("The plan of the reef", "The plan of the shore"):
        plan(lone_world, reef, 365, title=title)
    page = event(lone_world, hosts=[reef.id])
    assert TOLD not in told(lone_world, page)  # 92 of 100
    plan(lone_world, reef, 365, title="Another", row={"what": "Boats"})
    assert f"{TOLD} 184 hours" in told(lone_world, page)


def test_those_who_are_needed_for_a_part_are_concerned_too(lone_world: World, moments: Moments) -> None:
    reef = society(lone_world)
    plan(lone_world, reef, 500)
    needed = [{"id": "a1", "topic": "Nets", "needed_people": [reef.id, lone_world.viewer("ben").person_id]}]
    assert TOLD in told(lone_world, event(lone_world, agenda=needed))
    assert TOLD not in told(lone_world, event(lone_world, title="Without them"))


def test_hours_of_pages_that_somebody_may_not_see_are_not_counted(lone_world: World, moments: Moments) -> None:
    """Ada of the ministry reads both plans, Hal only one: what he is told is as if there were no other."""
    reef, ministry = society(lone_world), lone_world.org("ministry")
    plan(lone_world, reef, 500, title="A quiet plan", access="named_orgs", access_orgs=[ministry])
    page = event(lone_world, hosts=[reef.id])
    assert f"{TOLD} 126 hours" in told(lone_world, page)
    with lone_world.reading() as session:
        days = Plan(page.id, "", "open", first=date.fromisoformat(DAY), last=date.fromisoformat(DAY))
        of = {
            who: clashes(session, lone_world.viewer(who), days, [reef.id], date(2026, 11, 21))
            for who in ("ada", "hal", "dan", "zoe")
        }
        assert [who for who, found in of.items() if found] == ["ada"]
        rows = time_said(session, lone_world.viewer("hal"), [reef.id])
        assert {row.what for row in rows} == {"capacity"}
    plan(lone_world, reef, 900, title="An open plan", row={"what": "Boats"})
    with lone_world.reading() as session:
        (only,) = clashes(session, lone_world.viewer("hal"), days, [reef.id], date(2026, 11, 21))
        assert "has promised 227 hours" in only.text and "353" not in only.text


def test_an_organisation_that_somebody_may_not_see_is_not_named(lone_world: World, moments: Moments) -> None:
    closed = {"access": "named_orgs", "access_orgs": [lone_world.org("ministry")]}
    reef = society(lone_world, **closed)
    plan(lone_world, reef, 500)
    with lone_world.reading() as session:
        assert {row.what for row in time_said(session, lone_world.viewer("ada"), [reef.id])} == {"capacity", "promised"}
        hal = lone_world.viewer("hal")
        days = Plan(1, "", "open", first=date.fromisoformat(DAY), last=date.fromisoformat(DAY))
        assert clashes(session, hal, days, [reef.id], date(2026, 11, 21)) == []


def test_the_first_day_that_suits_all_is_found(lone_world: World, moments: Moments) -> None:
    quiet = [{"id": "q1", "from": "2027-01-25", "until": "2027-02-05"}]
    reef = society(lone_world, quiet_periods=quiet)
    plan(lone_world, reef, 500)
    day, today = date.fromisoformat(DAY), date(2026, 11, 21)
    with lone_world.reading() as session:
        rows = time_said(session, lone_world.viewer("ada"), [reef.id])
    assert later_day(rows, Plan(1, "", "open", first=day, last=day), today) == date(2027, 2, 8)  # a Monday
    sunday = date(2026, 12, 6)
    assert later_day(rows, Plan(1, "", "open", first=sunday, last=sunday), today) == date(2027, 2, 6)


def test_the_page_still_costs_four_statements(lone_world: World, moments: Moments) -> None:
    reef = society(lone_world)
    plan(lone_world, reef, 500)
    page = event(lone_world, hosts=[reef.id])
    ada, heard = entered(lone_world, "ada"), Statements(lone_world.database)
    url, english = f"/paper-coast/{page.slug}", {"Accept-Language": "en"}
    ada.get(url, headers=english)
    said = heard.during(lambda: ada.get(url, headers=english))
    assert len(said) <= 4, "\n".join(one[:90] for one in said)
