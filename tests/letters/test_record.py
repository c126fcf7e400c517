"""A letter is the record of a month: what was shared, tried, thanked for, decided and learned, who came and went."""

from typing import Any

from tests.letters.months import Clock, busy_october, letter, move, say_thanks, told
from tests.world import FOUNDER, World
from wiki.kinds import Content
from wiki.letters.months import Month, month_of, read_month
from wiki.models import Page
from wiki.pages import actions as pages
from wiki.pages.storing import content_of, current_revision
from wiki.people import actions as people
from wiki.spaces import actions as spaces

PROMISED = {"promise": "Answer in ten days", "status": "on_track", "receiver_view": "not_asked"}


def change(world: World, who: str, page: Page, **fields: Any) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        old = content_of(current_revision(session, mine))
        new = Content(old.title, old.body, {**old.fields, **fields})
        pages.save_page(session, world.catalogue, world.viewer(who), mine, new, mine.number)


def test_it_works(world: World, calendar: Clock) -> None:
    """What was before and after the month is not in it; a use that did not work is told with its reason."""
    busy_october(world, calendar)
    assert told(world, "ada") == {
        "practices": [("One page", "Shared by Keel Office")],
        "tried": [
            ("One page for permits", "A version of “One page”, by Ministry of Shoreline Services"),
            ("Tide board", "Placeholder Nation Council tried it: it did not work"),
        ],
        "thanks": [
            ("Tide board", "Dan Corbel thanks Keel Office"),
            ("Tide board", "Dan Corbel thanks everybody behind this page"),
        ],
        "decisions": [("Thirty days", "Decided; it takes the place of “Ten days”")],
        "lessons": [("Bring a tarp", "Somebody else has checked it")],
    }
    texts = {item.title: item.text for section in letter(world, "ada").sections for item in section.items}
    assert texts["Tide board"] == "It was there when we came."
    assert texts["One page"] == "Meetings without a question" and texts["Thirty days"] == "Thirty days."
    used = next(item for section in letter(world, "ada").sections for item in section.items if "tried it" in item.said)
    assert used.text == "The day. Nobody read it." and used.href.startswith("/paper-coast/tide-board#r-")
    assert told(world, "ada", Month(2026, 9)) == {"practices": [("Tide board", "Shared")]}


def test_what_is_taken_back_is_not_told_any_more(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    with world.writing() as session:
        for slug in ("one-page", "tide-board"):
            page = world.found("hal", "paper-coast", slug).page
            pages.delete_page(session, world.viewer("hal"), session.get_one(Page, page.id), "Tidied")
    now = told(world, "ada")
    assert now["practices"] == [("One page for permits", "Shared by Ministry of Shoreline Services")]
    assert "thanks" not in now and "tried" not in now


def test_people_are_thanked_in_a_letter_only_if_they_let_it_be_shown(world: World, calendar: Clock) -> None:
    calendar.on(6)
    world.page("hal", "paper-coast", "article", "Boats")
    ada = world.viewer("ada").person_id
    assert ada is not None
    say_thanks(world, "dan", "boats", "You came on a Sunday for us.", ada)
    calendar.on(3, 11)
    assert told(world, "ben") == {}
    change(world, "ada", world.found("ada", "directory", "ada-verdana").page, thanks_shown="yes")
    assert told(world, "ben") == {"thanks": [("Boats", "Dan Corbel thanks Ada Verdana")]}
    change(world, "ada", world.found("ada", "directory", "ada-verdana").page, thanks_shown="no")
    assert told(world, "ben") == {}


def test_a_promise_is_kept_in_the_eyes_of_those_it_was_made_to(world: World, calendar: Clock) -> None:
    keel, council = world.org("keel"), world.org("council")
    row = {"id": "c1", "made_by": [keel], "made_to": [council], **PROMISED}
    kept = {**row, "id": "c2", "promise": "Meet twice", "status": "honoured", "receiver_view": "confirmed"}
    calendar.on(10, 9)
    page = world.page("hal", "paper-coast", "agreement", "Protocol", {"commitments": [row, kept]})
    calendar.on(9)
    change(world, "hal", page, commitments=[{**row, "status": "honoured"}, kept])
    calendar.on(3, 11)
    assert told(world, "ada") == {}, "nobody has confirmed it yet, and the other one was kept before"
    calendar.on(20)
    change(world, "hal", page, commitments=[{**row, "status": "honoured", "receiver_view": "confirmed"}, kept])
    calendar.on(3, 11)
    assert told(world, "ada") == {"promises": [("Answer in ten days", "Keel Office kept it, in “Protocol”")]}
    change(world, "hal", page, commitments=[{**row, "status": "honoured", "receiver_view": "disagrees"}, kept])
    assert told(world, "ada") == {}, "it is disputed now"


def test_lessons_are_told_by_how_far_they_came(world: World, calendar: Clock) -> None:
    calendar.on(2)
    lesson = {"type": "surprise", "what_happened": "Rain.", "lesson": "Bring a tarp", "recommendation": "Pack one"}
    page = world.page("ada", "paper-coast", "lesson", "Bring a tarp", {**lesson, "anonymous": "yes"})
    howto = world.page("hal", "paper-coast", "howto", "Packing")
    for who, state in (("dan", "checked"), ("hal", "shared")):
        move(world, who, "bring-a-tarp", state)
    change(world, "hal", page, response="already_changed", applied_in=[howto.id])
    move(world, "hal", "bring-a-tarp", "applied")
    calendar.on(3, 11)
    assert told(world, "ben") == {"lessons": [("Bring a tarp", "It changed something: Packing")]}
    assert "Ada" not in str(letter(world, "ben").sections), "it was told without a name"


def test_who_came_and_who_went(world: World, calendar: Clock) -> None:
    """Another role is not a coming, and whose account is closed has gone."""
    calendar.on(20, 12)
    with world.writing() as session:
        coast = session.merge(world.space("paper-coast"))
        zoe, ben, ada = (session.merge(world.account(who)) for who in ("zoe", "ben", "ada"))
        spaces.set_member(session, FOUNDER, coast, zoe, "member")
        spaces.remove_member(session, FOUNDER, coast, ben)
        spaces.set_member(session, FOUNDER, coast, ben, "reader")
        spaces.set_member(session, FOUNDER, coast, ada, "rep", world.org("ministry"))
    calendar.on(24, 12)
    with world.writing() as session:
        people.close_account(session, FOUNDER, session.merge(world.account("dan")))
    december = Month(2026, 12)
    assert told(world, "hal", december)["people"] == [
        ("Zoe Rockwell", "Takes part now"),
        ("Dan Corbel", "No longer takes part"),
    ]
    assert told(world, "hal", december.next) == {}
    assert len(told(world, "hal", Month(2026, 11))["people"]) == 4, "all who were there from the beginning"


def test_events_that_come_up(world: World, calendar: Clock) -> None:
    calendar.on(3, 11)
    for title, day, state in (
        ("Soon", "2026-11-20", "open"),
        ("Far", "2027-05-01", "open"),
        ("Over", "2026-11-02", "open"),
        ("Called off", "2026-11-21", "cancelled"),
    ):
        dates = {"kind": "training", "dates": {"from": day, "until": day}}
        world.page("hal", "paper-coast", "event", title, dates, state=state)
    assert told(world, "ben") == {"events": [("Soon", "Friday, November 20, 2026")]}


def test_months_are_read_from_addresses() -> None:
    assert read_month("2026-10") == Month(2026, 10) and Month(2026, 12).next == Month(2027, 1)
    assert Month(2027, 1).before.key == "2026-12" and month_of(Month(2026, 2).first) == Month(2026, 2)
    for wrong in ("2026-13", "2026-00", "26-10", "2026-1", "0000-01", "9999-12", "٢٠٢٦-١٠", "2026-10\n", ""):
        assert read_month(wrong) is None, wrong
