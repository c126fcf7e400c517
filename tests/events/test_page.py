"""The page of an event: programme with hours, practices both ways, the need before the workshop, the day that does not suit."""

from datetime import date, time

import pytest

from tests.cases import answers, entered, send, stored
from tests.events.gathering import DAY, change, event, sign_up
from tests.moments import Moments, moments
from tests.paper_coast import Coast
from tests.statements import Statements
from tests.world import World
from wiki.events.capacity import working_days
from wiki.events.plan import clock_times

__all__ = ["moments"]


def test_it_works(still_coast: Coast) -> None:
    with still_coast.browser("dan") as dan:
        page = dan.read(still_coast.url("P41"))
        assert "6 of 6 places taken" in page.main and "Join the waiting list" not in page.main
        times = [one.text for one in page.all("time") if (one.text or "")[2:3] == ":"]
        assert times == ["13:00", "13:30", "14:30", "15:00"]
        assert "Ada Verdana, Dan Corbel, Finn Futura, Ivy Constantia and 2 more" in page.main
        assert "steep stairs" not in page.main.replace("The stairs to the loft are steep", "")


def test_a_practice_and_the_workshop_that_taught_it_name_each_other(still_coast: Coast) -> None:
    with still_coast.browser("ada") as ada:
        practice, workshop = still_coast.url("P30"), still_coast.url("P36")
        assert [one for one in ada.read(practice).all("a") if (one.get("href") or "").startswith(workshop)]
        assert [one for one in ada.read(workshop).all("a") if (one.get("href") or "").startswith(practice)]


def test_a_page_costs_four_statements(still_coast: Coast) -> None:
    with still_coast.browser("hal") as hal:
        heard, english = Statements(still_coast.database), {"Accept-Language": "en"}
        hal.get(still_coast.url("P41"), headers=english)
        said = heard.during(lambda: hal.get(still_coast.url("P41"), headers=english))
        assert len(said) <= 4, "\n".join(one[:90] + " … " + one[-90:] for one in said)


def test_the_register_tells_what_is_coming_and_how_full_it_is(still_coast: Coast) -> None:
    with still_coast.browser("dan") as dan:
        main = dan.read("/registers/events").main
        assert "Peer session: one page, one question" in main and "Full" in main
        heard = Statements(still_coast.database)
        assert len(heard.during(lambda: dan.get("/registers/events"))) <= 6
        assert "event" in dan.read("/registers/events?view=calendar").main.lower()
        assert "Coming up" in dan.read(still_coast.url("P01")).main


def test_what_is_coming_up_tells_of_no_hidden_event(lone_world: World, moments: Moments) -> None:
    event(lone_world, access="named_orgs", access_orgs=[lone_world.org("ministry")])
    for url in ("/paper-coast", "/registers/events", "/registers/events.csv", "/registers/kind/event"):
        assert "Knots" in entered(lone_world, "ben").get(url).text
        assert "Knots" not in entered(lone_world, "dan").get(url).text


def test_no_workshop_without_knowing_the_need(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, kind="training", state="idea")
    ada, url = entered(lone_world, "ada"), f"/paper-coast/{page.slug}"
    shown = ada.read(url)
    assert "No workshop without knowing the need" in shown.main
    assert [one for one in shown.all("a") if "kind=needs_assessment" in (one.get("href") or "")]
    refused = send(ada, f"{url}/state", {"to": "planned"})
    assert refused.status_code == 422 and "Based on" in refused.text
    assert "kind=needs_assessment" in refused.text
    need = lone_world.page("ada", "paper-coast", "needs_assessment", "What we need", {"kind": "learning_need"})
    change(lone_world, page, based_on=need.id)
    assert "No workshop without" not in ada.read(url).main
    assert send(ada, f"{url}/state", {"to": "planned"}).status_code == 303


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"from": "2026-12-01", "until": "2026-12-20", "why": "not available"}, True),
        ({"from": "2024-12-01", "until": "2024-12-20", "every_year": "yes"}, True),
        ({"from": "2025-12-28", "until": "2026-01-05", "every_year": "yes"}, False),
        ({"from": "2026-12-09", "until": "2026-12-20"}, False),
    ],
)
def test_a_day_in_a_quiet_period_is_said_beside_it(
    lone_world: World, moments: Moments, row: dict[str, str], said: bool
) -> None:
    reef = lone_world.page(
        "founder", "directory", "organisation", "Reef Society", {"quiet_periods": [{"id": "q1", **row}]}
    )
    page = event(lone_world, hosts=[reef.id])
    ada, url = entered(lone_world, "ada"), f"/paper-coast/{page.slug}"
    assert ("This day does not suit everybody" in ada.read(url).main) == said
    if not said:
        return
    assert "Reef Society: quiet from" in ada.read(url).main
    assert "does not suit" not in entered(lone_world, "ben").read(url).main  # who cannot change it is not asked to
    assert answers(lone_world, lambda client: client.get(f"{url}/day")) == {
        "visitor": 401, "zoe": 404, "dan": 200, "ben": 403, "ada": 200
    }  # fmt: skip
    assert send(ada, f"{url}/day", {"why": ""}).status_code == 422
    assert send(ada, f"{url}/day", {"why": "They chose it themselves"}).status_code == 303
    assert stored(lone_world, page.slug).fields["dates_kept"] == "They chose it themselves"
    assert "does not suit" not in ada.read(url).main and "They chose it themselves" in ada.read(url).main


def test_too_little_time_to_reply_is_said_too(lone_world: World, moments: Moments) -> None:
    reef = lone_world.page("founder", "directory", "organisation", "Reef Society", {"reply_days": 20})
    page = event(lone_world, hosts=[reef.id])
    told = entered(lone_world, "ada").read(f"/paper-coast/{page.slug}").main
    assert "Reef Society: needs 20 working days to reply, and 11 are left" in told
    change(lone_world, page, dates={"from": "2027-02-08", "until": "2027-02-08"})
    assert "working days" not in entered(lone_world, "ada").read(f"/paper-coast/{page.slug}").main


def test_what_lies_behind_the_page_says_where_it_is_so_that_its_notices_are_seen(
    lone_world: World, moments: Moments
) -> None:
    page = event(lone_world, state="held")
    ada, url = entered(lone_world, "ada"), f"/paper-coast/{page.slug}"
    for rest in ("/sign-up", "/signed-up", "/feedback"):
        assert f'data-page-shown="{url}{rest}"' in ada.get(url + rest).text
    assert "data-page-shown" not in ada.get(f"{url}/who-came").text
    assert f'data-page-shown="{page.id}"' in ada.get(url).text


def test_working_days_are_counted_between_the_days() -> None:
    assert working_days(date(2026, 11, 20), date(2026, 11, 23)) == 0  # Friday to Monday
    assert working_days(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert working_days(date(2026, 11, 25), date(2026, 11, 20)) == 0


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("9:00 to 15:00, with a long break", (time(9), time(15))),
        ("de 9 h 30 à 12 h 00", (time(9, 30), time(12))),
        ("1.30 pm", (time(13, 30), None)),
        ("from 10:15", (time(10, 15), None)),
        ("9:00, 11:00 and 14:00", (time(9), None)),
        ("15:00 to 9:00", (time(15), None)),
        ("in the morning", (None, None)),
        ("room 12, 2026", (None, None)),
    ],
)
def test_times_are_understood_as_people_write_them(words: str, times: tuple[time | None, time | None]) -> None:
    assert clock_times(words) == times


def test_the_calendar_entry_of_several_days_ends_the_day_after(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, dates={"from": DAY, "until": "2026-12-10"})
    sign_up(lone_world, "ben", page)
    text = entered(lone_world, "ben").get(f"/paper-coast/{page.slug}/event.ics").text
    assert "DTSTART;VALUE=DATE:20261208" in text and "DTEND;VALUE=DATE:20261211" in text
