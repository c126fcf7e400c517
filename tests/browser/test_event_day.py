"""The day of an event while it is written: a word beside it, a later day, or a reason; and who came, without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.test_every_page import judge
from tests.cases import stored
from tests.events.gathering import guest, sign_up
from tests.paper_coast import NOON

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

FIELDS = {
    "kind": "peer_session",
    "aims": "Tie a knot.",
    "dates": {"from": "2026-12-15", "until": "2026-12-15"},
    "mode": "onsite",
    "place": "The shed",
}


def test_a_day_that_does_not_suit_is_said_beside_it(noon_site: Site, page_of: PageOf, axe: Axe) -> None:
    council, hal_id = noon_site.coast.named("O2"), noon_site.coast.viewer("hal").person_id
    fields = {**FIELDS, "owner": hal_id, "hosts": [council.id]}
    page = noon_site.coast.page("hal", "paper-coast", "event", "Knots", fields, state="open")
    hal = page_of(noon_site, "hal")
    hal.goto(f"{noon_site.address}/paper-coast/{page.slug}/edit")
    warning = hal.locator(".event-day .notice")
    expect(warning).to_contain_text("Placeholder Nation Council: needs 30 working days to reply")
    expect(warning).to_contain_text("The first later day that suits all of them")
    first = hal.locator("[name='f.dates.from']")

    first.fill("26 nov 2026")
    first.press("Tab")
    expect(warning).to_contain_text("quiet from")
    judge(hal, axe, 1280)
    warning.get_by_role("button", name="Choose a later date").press("Enter")
    expect(first).to_be_focused()

    warning.get_by_role("button", name="Take").press("Enter")
    expect(warning).to_have_count(0)
    expect(first).to_have_value("Jan 4, 2027")

    first.fill("15 dec 2026")
    first.press("Tab")
    hal.locator("[name='f.dates.until']").fill("")
    warning.get_by_role("button", name="Keep it, because").press("Enter")
    why = hal.get_by_label("Why this date is kept")
    expect(why).to_be_focused()
    why.fill("They asked for it")
    judge(hal, axe, 1280)
    first.fill("16 dec 2026")
    first.press("Tab")
    expect(warning).to_contain_text("For Dec 15, 2026 the reason was: “They asked for it”")
    warning.get_by_role("button", name="Keep it, because").press("Enter")
    expect(why).to_be_focused()
    expect(warning).not_to_contain_text("the reason was")
    expect(why).to_be_focused()
    expect(hal.get_by_role("group", name="That reason is for")).to_be_hidden()
    hal.get_by_role("button", name="Save page").click()
    expect(hal.get_by_role("main")).to_contain_text("They asked for it")
    expect(hal.get_by_role("main")).not_to_contain_text("This day does not suit everybody")
    kept = stored(noon_site.coast, page.slug).fields
    assert (kept["dates_kept"], kept["dates"]["from"]) == ("They asked for it", "2026-12-16")
    assert kept["dates_kept_for"] == kept["dates"]


def test_who_came_is_ticked_by_keys_without_scripts(noon_site: Site, page_of: PageOf, axe: Axe) -> None:
    fields = {**FIELDS, "dates": {"from": NOON.date().isoformat(), "until": NOON.date().isoformat()}}
    owned = {**fields, "owner": noon_site.coast.viewer("hal").person_id}
    page = noon_site.coast.page("hal", "paper-coast", "event", "Knots", owned, state="open")
    for who in ("dan", "finn"):
        sign_up(noon_site.coast, who, page)
    guest(noon_site.coast, page, "Gus Gill")
    hal = page_of(noon_site, "hal", java_script_enabled=False)
    hal.goto(f"{noon_site.address}/paper-coast/{page.slug}/who-came")
    expect(hal.get_by_role("checkbox", checked=True)).to_have_count(3)
    hal.get_by_role("checkbox", name="Finn Futura").press("Space")
    hal.keyboard.press("Tab")
    hal.keyboard.press("Tab")
    expect(hal.get_by_label("Who else was there?")).to_be_focused()
    hal.keyboard.type("Nia Garamond, First intake")
    hal.keyboard.press("Tab")
    hal.keyboard.press("Enter")
    expect(hal.get_by_role("main")).to_contain_text("3 people came")
    expect(hal.get_by_role("main")).to_contain_text("Nia Garamond")

    seen = page_of(noon_site, "hal")
    seen.goto(f"{noon_site.address}/paper-coast/{page.slug}/who-came")
    expect(seen.get_by_role("checkbox", checked=True)).to_have_count(3)
    judge(seen, axe, 1280)
