"""From a need to a full list: Hal's afternoon with one place, Dan and Finn who want it, a guest without an account and without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.test_every_page import judge
from tests.events.gathering import mails, own_path
from wiki.models import EventSignup

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

FIELDS = {
    "kind": "peer_session",
    "aims": "Tie a knot.",
    "dates": {"from": "2026-12-15", "until": "2026-12-15"},
    "time": "9:00 to 12:00",
    "mode": "onsite",
    "place": "The shed",
    "places": 1,
    "agenda": [{"id": "a1", "topic": "Bowline", "minutes": 40}, {"id": "a2", "topic": "Sheet bend", "minutes": 40}],
}


def test_it_works(noon_site: Site, page_of: PageOf, axe: Axe) -> None:
    hal_id = noon_site.coast.viewer("hal").person_id
    page = noon_site.coast.page("hal", "paper-coast", "event", "Knots", {**FIELDS, "owner": hal_id}, state="open")
    url = f"{noon_site.address}/paper-coast/{page.slug}"
    finn, dan, hal = page_of(noon_site, "finn"), page_of(noon_site, "dan"), page_of(noon_site, "hal")

    finn.goto(url)
    expect(finn.get_by_role("main")).to_contain_text("9:40")
    finn.get_by_role("button", name="Sign up").click()
    expect(finn.get_by_role("main")).to_contain_text("You are on the list")
    finn.get_by_label("Access").fill("A chair with arms")
    finn.get_by_label("Others may see that I come").check()
    judge(finn, axe, 1280)
    finn.get_by_role("button", name="Save").click()

    dan.goto(url)
    expect(dan.get_by_role("main")).to_contain_text("Finn Futura")
    expect(dan.get_by_role("main")).not_to_contain_text("A chair with arms")
    dan.get_by_role("button", name="Join the waiting list").click()
    expect(dan.get_by_role("main")).to_contain_text("You are number 1 on the waiting list")

    hal.goto(url)
    hal.get_by_role("link", name="The list, with needs").click()
    expect(hal.get_by_role("main")).to_contain_text("A chair with arms")
    judge(hal, axe, 1280)
    hal.get_by_role("button", name="Make an address for guests").click()
    invited = hal.get_by_label("Address for guests").input_value()
    path = invited.partition("/events/")[2]

    guest = page_of(noon_site, "visitor", java_script_enabled=False)
    guest.goto(f"{noon_site.address}/events/{path}")
    guest.get_by_label("Your name").fill("Gus Gill")
    guest.get_by_label("Your mail address").fill("gus@guests.example")
    guest.get_by_role("button", name="Join the waiting list").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Look in your mail")
    with noon_site.coast.reading() as session:
        mine = own_path(noon_site.coast, session.query(EventSignup).filter_by(email="gus@guests.example").one())
    guest.goto(noon_site.address + mine)
    guest.get_by_role("button", name="Yes, I want to come").click()
    expect(guest.get_by_role("main")).to_contain_text("You are number 2 on the waiting list")

    finn.goto(f"{url}/sign-up")
    finn.get_by_role("button", name="Leave the list").click()
    dan.goto(url)
    expect(dan.get_by_role("main")).to_contain_text("You are on the list")
    told = [(mail["To"].partition("@")[0], mail["Subject"]) for mail in mails(noon_site.coast)]
    assert ("dan", "A place is free for you: Knots") in told
    guest.reload()
    expect(guest.get_by_role("main")).to_contain_text("You are number 1 on the waiting list")
