"""Somebody leaves, on the demo: with two or three people signed in at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site
from tests.handover.leaving import change, content, note_of, state
from tests.paper_coast import NOON
from wiki import clock
from wiki.access import page_by_id
from wiki.handover import ending, keeping
from wiki.models import Notice
from wiki.pages.actions import confirm_page

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def gaps(page: Page) -> list[str]:
    """What the list of gaps names, sort by sort."""
    found = []
    for group in page.locator(".gaps dl > div").all():
        label = group.locator("dt").inner_text()
        found += [f"{label}: {name}" for name in group.locator("dd a").all_inner_texts()]
    return found


def item(page: Page, name: str) -> Locator:
    """The part of one thing of the note."""
    return page.locator(".item", has=page.locator(".item-title", has_text=name)).first


def told(site: Site, reason: str) -> int:
    with site.coast.reading() as session:
        return session.query(Notice).filter_by(reason=reason).count()


def mend_elsewhere(site: Site) -> None:
    """What is mended on other pages: the how-to was changed by Ada and looked at, the action has another day."""
    coast = site.coast
    howto, decision = coast.named("P37"), coast.named("P24")
    change(coast, howto.id, "ada", summary="Thirty working days now.")
    rows = [
        {**row, "due": "2027-01-15"} if row["id"] == "a7" else row
        for row in content(coast, decision.id).rows("actions")
    ]
    change(coast, decision.id, "hal", actions=rows)
    viewer = coast.viewer("ada")
    with coast.writing() as session:
        found = page_by_id(session, viewer, howto.id, "edit")
        confirm_page(session, viewer, found.page, "yearly", clock.now().date())


def test_it_works(site: Site, page_of: PageOf, axe: Axe) -> None:
    """Ben writes, Ada takes on, asks and accepts; in the end the note is closed and nothing has Ben's name."""
    url = site.url("P27")
    ben = page_of(site, "ben")
    ben.goto(url)
    expect(ben.locator(".gaps h2")).to_contain_text("11 gaps")
    ben.get_by_role("link", name="Go through the items").click()
    assert len(gaps(ben)) == 11
    assert axe(ben) == []

    # refused with the list of what lacks a note; what was typed is kept
    ben.get_by_label("What is not written anywhere").fill("Finn and the clerks have known each other since school.")
    ben.get_by_role("button", name="Save and mark as ready").click()
    summary = ben.locator(".error-summary")
    expect(summary).to_contain_text("row 6: fill “What to know about it”")
    expect(summary.locator("li")).to_have_count(1)
    summary.get_by_role("link").click()
    expect(ben.locator(":focus")).to_have_attribute("name", "r.items.5.what_to_know")
    expect(ben.get_by_label("What is not written anywhere")).to_have_value(
        "Finn and the clerks have known each other since school."
    )
    assert "Still empty" not in " ".join(gaps(ben))

    # each gap goes when it is mended
    ben.keyboard.type("The finance desk wants an annex. Dan must hear it from Ivy.")
    support = item(ben, "Pay capacity support")
    support.get_by_label("Who takes it").fill("Ada Verdana")
    ben.locator("#i-rl1").get_by_label("Introduced?").select_option("planned")
    for n, org in enumerate(("Placeholder Nation Council", "Municipality of Paper Harbour", "Open Current Society"), 1):
        line = item(ben, org)
        line.get_by_label("Told by").fill("Ben Optima")
        line.get_by_label("Told on").fill("2026-11-20")
        line.get_by_label("How").fill(f"By letter {n}")
    assert told(site, "handover_partner") == 0
    ben.get_by_role("button", name="Save", exact=True).click()
    expect(ben.locator(".flashes")).to_contain_text("Saved")
    assert [gap.split(":")[0] for gap in gaps(ben)] == [
        "Overdue, and neither done nor given another day",
        "Past its next look",
        "Only one person has changed it in a year",
    ]
    mend_elsewhere(site)
    ben.reload()
    expect(ben.locator(".notice-good")).to_contain_text("No gaps")

    # ready: the system takes it to the successor, and partners hear what their line says
    ben.get_by_role("button", name="Save and mark as ready").click()
    expect(ben.locator(".page-heading .chip").first).to_contain_text("With the successor")
    assert told(site, "handover_partner") == 4

    ada = page_of(site, "ada")
    ada.goto(f"{site.address}/inbox")
    expect(ada.locator("main")).to_contain_text("The handover of Ben Optima is ready")
    ada.goto(url)
    ada.get_by_role("link", name="Take on 11 things").click()
    expect(ada.locator("#offered .item")).to_have_count(11)
    assert axe(ada) == []

    # sent back with a word, a question, its answer
    for box in ada.locator("#offered input[type=checkbox]").all():
        box.uncheck()
    item(ada, "Joint permit notice").get_by_role("checkbox").check()
    ada.get_by_text("Send what is ticked back with a word").click()
    ada.get_by_label("What is not clear?").fill("Which draft is the last?")
    ada.get_by_role("button", name="Send back").click()
    expect(item(ada, "Joint permit notice")).to_contain_text("Which draft is the last?")
    ada.get_by_label("Ask something").fill("Who has the key to the second cabinet?")
    ada.get_by_role("button", name="Ask", exact=True).click()
    ben.goto(f"{url}/items")
    expect(item(ben, "Joint permit notice")).to_contain_text("Not clear yet: Which draft is the last?")
    ben.get_by_label("Your answer").fill("Ivy. It hangs where keys hang.")
    ben.get_by_role("button", name="Answer").click()
    expect(ben.locator("#questions")).to_contain_text("It hangs where keys hang")
    item(ben, "Joint permit notice").get_by_label("What to know about it").fill(
        "Finn has the last draft, of 14 November."
    )
    ben.get_by_role("button", name="Save and pass on what is ready").click()
    expect(ben.locator(".flashes")).to_contain_text("1 thing is passed on")

    # one by one, and several at once; Hal takes what goes to him
    ada.goto(f"{url}/items")
    expect(ada.locator("#questions")).to_contain_text("Ivy. It hangs where keys hang.")
    expect(ada.locator("#offered input[type=checkbox]:checked")).to_have_count(11)
    ada.get_by_role("button", name="Take on what is ticked").click()
    expect(ada.locator(".flashes")).to_contain_text("11 things are yours now")
    ada.get_by_label("What is clear, what is not").fill("Clear: the promises. First I call Finn, before eight.")
    ada.get_by_role("button", name="Accept", exact=True).click()
    expect(ada.locator(".page-heading .chip").first).to_contain_text("Accepted")
    hal = page_of(site, "hal")
    hal.goto(f"{url}/items")
    hal.get_by_role("button", name="Take on what is ticked").click()
    expect(hal.locator(".flashes")).to_contain_text("That was the last one: the handover is closed")
    hal.goto(site.url("P05", "/history"))
    expect(hal.locator("main")).to_contain_text("Passed on from Ben Optima to Ada Verdana in handover")
    hal.goto(f"{site.address}/paper-coast/ben-optima/holds")
    expect(hal.locator("main")).not_to_contain_text("Permit notice")


def test_somebody_leaves_without_a_successor(
    site: Site, page_of: PageOf, axe: Axe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Eva prepares her own; what she gains is added; her last day passes; Dan, her caretaker, completes it."""
    coast = site.coast
    eva = page_of(site, "eva")
    eva.goto(site.url("U5"))
    eva.get_by_text("More", exact=True).click()
    eva.get_by_role("link", name="Prepare a handover").click()
    assert axe(eva) == []
    eva.get_by_label("Last day").fill("2026-11-23")
    eva.get_by_label("Manager").fill("Dan Corbel")
    eva.get_by_label("Manager").press("Escape")
    eva.get_by_role("button", name="Prepare the handover").click()
    expect(eva.locator("h1")).to_contain_text("Handover: Eva Cambria")
    person = coast.named("U5")
    note = note_of(coast, person.id)
    assert (state(coast, person.id), note.state) == ("leaving", "draft")
    assert (told(site, "handover_manager"), told(site, "handover_partner")) == (1, 0)
    count = len(content(coast, note.id).rows("items"))

    # gained later: seen at once, written down by the chore
    change(coast, coast.named("P39").id, "hal", owner=person.id)
    eva.get_by_role("link", name="Go through the items").click()
    words = item(eva, "Words we use")
    words.get_by_label("What to know about it").fill("Everybody may add a word.")
    expect(eva.locator("[data-form-status]")).to_contain_text("Draft saved")
    eva.reload()
    expect(item(eva, "Words we use").get_by_label("What to know about it")).to_have_value("Everybody may add a word.")
    assert len(content(coast, note.id).rows("items")) == count
    assert keeping.keep(coast.database, coast.settings, coast.catalogue) == 1
    assert len(content(coast, note.id).rows("items")) == count + 1
    eva.get_by_role("button", name="Save", exact=True).click()
    assert content(coast, note.id).rows("items")[-1]["what_to_know"] == "Everybody may add a word."

    # the last day is over: left, signed out, and told
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(days=3))
    assert ending.let_go(coast.database, coast.settings, coast.catalogue) == 1
    eva.reload()
    expect(eva.locator("h1")).to_contain_text("Sign in")
    assert state(coast, person.id) == "left"
    assert told(site, "handover_left") == 2

    # a relationship that the wiki did not know of is one more thing
    tie = [{"id": "r1", "who": coast.named("U6").id, "introduced": "done"}]
    change(coast, note.id, "dan", relationships=[*content(coast, note.id).rows("relationships"), *tie])
    dan = page_of(site, "dan")
    dan.goto(f"{site.address}/paper-coast/{note.slug}/items")
    expect(item(dan, "Finn Futura")).to_be_visible()
    for field in dan.locator("textarea[name$=what_to_know]").all():
        field.fill("Ask me, I was there.")
    for chosen in dan.locator("select[name$=introduced]").all():
        chosen.select_option("done")
    dan.get_by_label("First week").fill("Readings on Monday.")
    dan.get_by_label("What is not written anywhere").fill("Nothing that I know.")
    dan.get_by_label("Or why no partner is told yet").fill("They know from Eva herself.")
    dan.get_by_role("button", name="Save and mark as ready").click()
    dan.wait_for_load_state()
    assert dan.locator(".error-summary").all_inner_texts() == []
    dan.goto(f"{site.address}/paper-coast/{note.slug}/items")
    dan.get_by_label("What is clear, what is not").fill("I look after it until we find somebody.")
    dan.get_by_role("button", name="Accept", exact=True).click()
    expect(dan.locator("#offered")).to_contain_text("you would be its caretaker")
    dan.get_by_role("button", name="Take on what is ticked").click()
    expect(dan.locator(".flashes")).to_contain_text("the handover is closed")
    dan.goto(f"{site.address}/registers/reviews?status=caretaker&space=paper-coast")
    expect(dan.locator("main")).to_contain_text("Words we use")


def test_it_is_written_without_scripts_and_on_a_telephone(site: Site, page_of: PageOf) -> None:
    ben = page_of(site, "ben", width=320, java_script_enabled=False)
    ben.goto(site.url("P27", "/items"))
    support = item(ben, "Pay capacity support")
    support.get_by_label("What to know about it").fill("Say that it was our mistake.")
    support.get_by_label("Who takes it").fill("Ada Verdana")
    support.get_by_label("Pass it on").check()
    ben.get_by_role("button", name="Save", exact=True).click()
    row = next(row for row in content(site.coast, site.coast.named("P27").id).rows("items") if row["id"] == "i6")
    assert (row["what_to_know"], row["status"]) == ("Say that it was our mistake.", "passed_on")
    assert row["next_owner"] == site.coast.named("U1").id
    narrow = page_of(site, "ada", width=320)
    narrow.goto(site.url("P27", "/items"))
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
