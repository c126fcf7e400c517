"""What was typed and not saved: offered when somebody comes back, kept on the device while there is no connection, saved in
place after a sign-in that ended, and gone from the device with whoever signs out."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site, enter
from tests.world import PASSWORD
from wiki.people import logins

PageOf = Callable[..., Page]
KEPT_HERE = "Object.keys(localStorage).filter((name) => name.startsWith('holdfast.text:')).length"


@pytest.fixture
def lone(browser: Browser, site: Site) -> Iterator[Page]:
    """Hal's browser, which may log what a connection or a sign-in that ends brings with it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-CA", reduced_motion="reduce")
    context.set_default_timeout(15_000)
    page = context.new_page()
    enter(page, site, "hal")
    yield page
    context.close()


def status(page: Page, words: str) -> None:
    expect(page.locator("[data-form-status]")).to_contain_text(words)


def test_it_works(site: Site, page_of: PageOf) -> None:
    """A draft is offered beside what it began from, brought back, and thrown away."""
    page = page_of(site, "hal")
    page.goto(site.url("P20", "/edit"))
    page.get_by_label("Why meet").fill("To mend the nets")
    status(page, "Draft saved")
    page.goto(site.url("P20", "/edit"))
    expect(page.locator("h1")).to_have_text("You have unsaved changes")
    expect(page.locator("main ins").last).to_contain_text("nets")
    page.get_by_role("link", name="Bring them back").click()
    expect(page.get_by_label("Why meet")).to_have_value("To mend the nets")
    page.get_by_role("link", name="Compare with the saved page").click()
    page.get_by_role("button", name="Throw them away").click()
    expect(page.get_by_label("Why meet")).not_to_have_value("To mend the nets")
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    page.locator("#title").fill("Tie the boats twice")
    status(page, "Draft saved")
    page.reload()
    expect(page.locator("#title")).to_have_value("Tie the boats twice")
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    expect(page.locator("#title")).to_have_value("")
    page.get_by_role("link", name="Go on with “Tie the boats twice”").click()
    expect(page.locator("#title")).to_have_value("Tie the boats twice")


def test_without_a_connection_it_stays_on_the_device(site: Site, lone: Page) -> None:
    lone.goto(site.url("P20", "/edit"))
    lone.context.set_offline(True)
    lone.get_by_label("Why meet").fill("To mend the nets")
    status(lone, "Kept on this device")
    assert lone.evaluate(KEPT_HERE) == 1
    lone.get_by_role("button", name="Save page").click()
    status(lone, "Kept on this device")
    expect(lone.get_by_label("Why meet")).to_have_value("To mend the nets")
    lone.context.set_offline(False)
    status(lone, "Draft saved")
    assert lone.evaluate(KEPT_HERE) == 0
    lone.get_by_role("button", name="Save page").click()
    expect(lone.get_by_role("status").first).to_contain_text("Saved")
    expect(lone.locator("main")).to_contain_text("To mend the nets")


def test_text_that_was_never_sent_is_offered_and_not_put_back_unasked(site: Site, lone: Page) -> None:
    lone.goto(site.url("P20", "/edit"))
    lone.context.set_offline(True)
    lone.get_by_label("Why meet").fill("To mend the nets")
    status(lone, "Kept on this device")
    lone.close()  # as in a crash: the page has no say in it
    lone.context.set_offline(False)
    lone = lone.context.new_page()
    lone.goto(site.url("P20", "/edit"))
    offer = lone.locator("[data-device-offer]")
    expect(offer).to_contain_text("On this device there is text from")
    expect(lone.get_by_label("Why meet")).not_to_have_value("To mend the nets")
    offer.get_by_role("button", name="Compare with the saved page").click()
    expect(lone.locator("main ins").last).to_contain_text("nets")
    lone.get_by_role("link", name="Back to the form").click()
    offer.get_by_role("button", name="Bring it back").click()
    expect(lone.get_by_label("Why meet")).to_have_value("To mend the nets")
    status(lone, "Draft saved")
    assert lone.evaluate(KEPT_HERE) == 0


def test_after_a_sign_in_that_ended_one_signs_in_on_the_form_and_it_is_saved(site: Site, lone: Page) -> None:
    lone.goto(site.url("P20", "/edit"))
    with site.coast.writing() as session:
        logins.end_all(session, site.coast.account("hal").id)
    lone.get_by_label("Why meet").fill("To mend the nets")
    status(lone, "You were signed out")
    lone.get_by_role("button", name="Save page").click()
    dialog = lone.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill("hal@paper-coast.example")
    dialog.get_by_label("Password").fill("not this one")
    lone.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).not_to_be_empty()
    dialog.get_by_label("E-mail").fill("ada@paper-coast.example")
    dialog.get_by_label("Password").fill(PASSWORD)
    lone.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Somebody else signed in")
    dialog.get_by_label("E-mail").fill("hal@paper-coast.example")
    dialog.get_by_label("Password").fill(PASSWORD)
    lone.keyboard.press("Enter")
    expect(lone.get_by_role("status").first).to_contain_text("Saved")
    expect(lone.locator("main")).to_contain_text("To mend the nets")
    expect(lone.locator("main")).to_contain_text("Hal Calibri")


def test_signing_out_takes_unsent_text_off_the_device(site: Site, lone: Page) -> None:
    lone.goto(site.url("P20", "/edit"))
    lone.evaluate("localStorage.setItem('holdfast.text:1:page:1', JSON.stringify({moment: '', entries: []}))")
    lone.goto(f"{site.address}/sign-out")
    expect(lone.locator("main")).to_contain_text("was not sent yet")
    lone.locator("main").get_by_role("button", name="Sign out").click()
    lone.wait_for_url(lambda url: "sign-out" not in url or True)
    assert lone.evaluate(KEPT_HERE) == 0
