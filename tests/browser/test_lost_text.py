"""What was typed and not saved is not lost: not by closing the window, not by a sign-in that ended meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.world import PASSWORD
from wiki.people import logins

TYPED = "Typed, and <b>not</b> saved yet."


@pytest.fixture
def form(site: Site, page_of: Callable[..., Page]) -> Page:
    page = page_of(site, "hal")
    page.goto(site.url("P39", "/edit"))
    return page


def test_it_works(site: Site, form: Page) -> None:
    form.locator("#body").fill(TYPED)
    expect(form.locator("[data-form-status]")).to_contain_text("Draft saved")
    form.goto(site.address)
    drafts = form.get_by_role("region", name="Go on where you stopped")
    drafts.get_by_role("link", name="Words we use").click()
    expect(form.locator("main")).to_contain_text("These are your unsaved changes")
    expect(form.locator("#body")).to_have_value(TYPED)
    form.get_by_role("button", name="Throw away").click()
    expect(form.locator("#body")).not_to_have_value(TYPED)


def test_a_draft_of_a_new_page_waits_too(site: Site, form: Page) -> None:
    form.goto(f"{site.address}/paper-coast/new?kind=lesson")
    form.locator("#title").fill("Tie the boats twice")
    expect(form.locator("[data-form-status]")).to_contain_text("Draft saved")
    form.goto(f"{site.address}/paper-coast/new")
    form.get_by_role("link", name="Tie the boats twice").click()
    expect(form.locator("#title")).to_have_value("Tie the boats twice")
    form.get_by_role("button", name="Create page").click()
    expect(form.locator("h1")).to_have_text("Tie the boats twice")
    form.goto(f"{site.address}/paper-coast/new")
    expect(form.locator("main")).not_to_contain_text("Tie the boats twice")


def test_after_a_sign_in_that_ended_the_text_comes_back(site: Site, form: Page) -> None:
    form.locator("#body").fill(TYPED)
    with site.coast.writing() as session:
        logins.end_all(session, site.coast.account("hal").id)
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("main")).to_contain_text("What you were writing is kept on this page")
    form.get_by_label("E-mail").fill("hal@paper-coast.example")
    form.get_by_label("Password").fill(PASSWORD)
    form.keyboard.press("Enter")
    form.get_by_role("button", name="Go on writing").click()
    expect(form.locator("#body")).to_have_value(TYPED)
    form.get_by_role("button", name="Save page").click()
    expect(form.get_by_role("status").first).to_contain_text("Saved")
    expect(form.locator("main .prose")).to_contain_text("Typed, and")
