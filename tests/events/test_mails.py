"""Mails of events: what they say, when they go, what stands in the calendars of those who get them."""

from icalendar import Calendar

from tests.events.gathering import (
    calendar_of,
    change,
    event,
    guest,
    invited_path,
    leave,
    look_after,
    mails,
    own_path,
    sign_up,
    standing,
    subjects,
)
from tests.moments import Moments, moments
from tests.world import World
from wiki.models import Account, EventSignup, Membership
from wiki.notices.wishes import stored_wishes

__all__ = ["moments"]


def test_it_works(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, places=1)
    sign_up(lone_world, "ben", page)
    sign_up(lone_world, "dan", page)
    first, second = mails(lone_world)
    assert subjects([first, second]) == [
        ("ben", "You are on the list: Knots"),
        ("dan", "You are on the waiting list: Knots"),
    ]
    method, text = calendar_of(first)
    entry = Calendar.from_ical(text).walk("VEVENT")[0]
    assert method == "REQUEST" and str(entry["UID"]) == f"event-{page.id}@localhost"
    assert entry.decoded("dtstart").isoformat() == "2026-12-08T09:00:00+00:00"
    assert entry.decoded("dtend").isoformat() == "2026-12-08T15:00:00+00:00"
    assert str(entry["ATTENDEE"]) == "mailto:ben@paper-coast.example" and entry["SEQUENCE"] == 0
    assert calendar_of(second) == ("", "")


def test_a_change_comes_with_the_next_number_and_an_end_with_a_cancellation(
    lone_world: World, moments: Moments
) -> None:
    page = event(lone_world)
    signup = sign_up(lone_world, "ben", page)
    come = guest(lone_world, page, "Gus Gill")
    mails(lone_world)
    change(lone_world, page, dates={"from": "2026-12-09", "until": "2026-12-09"})
    look_after(lone_world)
    told = mails(lone_world)
    assert subjects(told) == [("ben", "Changed: Knots"), ("gus", "Changed: Knots")]
    assert "day" in told[0].as_string() and "Dec" in told[0].as_string()
    method, text = calendar_of(told[0])
    assert method == "REQUEST" and "SEQUENCE:1" in text and "DTSTART:20261209T090000Z" in text
    change(lone_world, page, aims="Tie two knots.")
    look_after(lone_world)
    assert mails(lone_world) == []
    leave(lone_world, signup)
    (gone,) = mails(lone_world)
    method, text = calendar_of(gone)
    assert method == "CANCEL" and "SEQUENCE:2" in text and "STATUS:CANCELLED" in text
    change(lone_world, page, state="cancelled")
    look_after(lone_world)
    (off,) = mails(lone_world)
    assert subjects([off]) == [("gus", "Cancelled: Knots")] and calendar_of(off)[0] == "CANCEL"
    look_after(lone_world)
    assert mails(lone_world) == [] and come.id


def test_who_moves_up_gets_the_entry(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, places=1)
    first = sign_up(lone_world, "ben", page)
    sign_up(lone_world, "dan", page)
    mails(lone_world)
    leave(lone_world, first, by_host=True)
    told = mails(lone_world)
    assert subjects(told) == [
        ("ben", "You are not on the list any more: Knots"),
        ("dan", "A place is free for you: Knots"),
    ]
    assert [calendar_of(one)[0] for one in told] == ["CANCEL", "REQUEST"]


def test_reminders_come_on_the_morning_before_by_the_clock_of_their_reader(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    for who in ("ben", "dan"):
        sign_up(lone_world, who, page)
    with lone_world.writing() as session:
        session.get_one(Account, lone_world.account("dan").id).language = "fr"
        stored_wishes(session, lone_world.account("dan").id).time_zone = "America/Vancouver"
    mails(lone_world)
    moments.pass_by(days=15, hours=23)  # 8:00 UTC on the day before
    look_after(lone_world)
    assert subjects(mails(lone_world)) == [("ben", "Tomorrow: Knots")]
    moments.pass_by(hours=8)  # 8:00 in Vancouver
    look_after(lone_world)
    (told,) = mails(lone_world)
    assert told["To"] == "dan@paper-coast.example" and "1:00" in told.get_content().replace("01:00", "1:00")
    look_after(lone_world)
    assert mails(lone_world) == []


def test_after_it_people_are_asked_how_it_was_and_later_forgotten(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    sign_up(lone_world, "ben", page)
    come = guest(lone_world, page, "Gus Gill", **{"needs.food": "no whelks"})
    mails(lone_world)
    change(lone_world, page, state="held")
    moments.pass_by(days=18)
    look_after(lone_world)
    told = mails(lone_world)
    assert subjects(told) == [("ben", "How was it? Knots"), ("gus", "How was it? Knots")]
    assert f"{own_path(lone_world, come)}/feedback" in told[1].get_content()
    look_after(lone_world)
    assert mails(lone_world) == []
    moments.pass_by(days=61)
    look_after(lone_world)
    with lone_world.reading() as session:
        kept = session.get_one(EventSignup, come.id)
        assert (kept.email, kept.needs, kept.status) == ("", {}, "in")


def test_no_mail_says_a_word_of_a_page_that_was_closed_meanwhile(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    sign_up(lone_world, "dan", page)
    with lone_world.writing() as session:
        for one in session.query(Membership).filter(Membership.account_id == lone_world.account("dan").id):
            session.delete(one)
    assert mails(lone_world) == []


def test_who_wants_no_mails_of_events_gets_none(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    with lone_world.writing() as session:
        stored_wishes(session, lone_world.account("ben").id).channels = {"events": "never"}
    sign_up(lone_world, "ben", page)
    assert mails(lone_world) == []
    assert standing(lone_world, page) == {"Ben Optima": "in"}


def test_what_nobody_confirmed_is_forgotten(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    guest(lone_world, page, "Gus Gill", confirmed=False)
    moments.pass_by(days=2)
    look_after(lone_world)
    assert standing(lone_world, page) == {"Gus Gill": "unconfirmed"}
    moments.pass_by(days=2)
    look_after(lone_world)
    assert standing(lone_world, page) == {}


def test_an_invitation_leaves_no_name_of_a_hidden_page(lone_world: World, moments: Moments) -> None:
    secret = lone_world.page("ada", "paper-coast", "article", "Whelk prices")
    page = event(lone_world, travel_notes="Read [[Whelk prices]] first.", owner=lone_world.viewer("ada").person_id)
    client = lone_world.app.test_client()
    text = client.get(invited_path(lone_world, page)).text
    assert "Tie a knot" in text and secret.slug not in text and "data-page" not in text
