"""Everything can be done where no script runs: make, edit, settle a conflict, search, move to another state."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.site import Site
from tests.world import PASSWORD

SignIn = Callable[[Page, str, str, str], None]


def plain(new_page: NewPage, site: Site, sign_in: SignIn, who: str) -> Page:
    page = new_page(java_script_enabled=False)
    sign_in(page, site.address, f"{who}@paper-coast.example", PASSWORD)
    return page


def test_it_works(new_page: NewPage, site: Site, sign_in: SignIn) -> None:
    page = plain(new_page, site, sign_in, "hal")
    page.get_by_role("link", name="New", exact=True).click()
    page.get_by_role("link", name="Write down what a meeting decided").first.click()
    page.locator("#title").fill("Tide tables")
    page.get_by_label("Why meet").fill("The tables are wrong.")
    for number, words in enumerate(("Measure the tide", "Print the table")):
        page.locator("[data-rows=actions]").get_by_role("button", name="Add a row").click()
        page.locator(f"[name='r.actions.{number}.what']").fill(words)
    page.locator("[id='r.actions.0']").get_by_text("More").click()
    page.locator("[name='do'][value='row-down:actions:0']").click()
    expect(page.locator("[name='r.actions.0.what']")).to_have_value("Print the table")
    page.locator("#body").fill("High at **noon**.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview strong")).to_have_text("noon")
    page.get_by_role("button", name="Create page").click()
    expect(page.locator("h1")).to_have_text("Tide tables")
    expect(page.locator("#f-actions tbody")).to_contain_text("Print the table")

    page.get_by_role("link", name="Edit").click()
    page.locator("[name='do'][value='remove-row:actions:1']").click()
    page.get_by_role("button", name="Save page").click()
    expect(page.locator("#f-actions")).not_to_contain_text("Measure the tide")

    page.locator("#search").fill("print table")
    page.keyboard.press("Enter")
    page.locator(".results").get_by_role("link", name="Tide tables").click()
    expect(page.locator("h1")).to_have_text("Tide tables")


def test_a_conflict_is_settled(new_page: NewPage, site: Site, sign_in: SignIn) -> None:
    site.coast.page("hal", "paper-coast", "article", "The pier", body="It was built by hand.")
    hal, ada = (plain(new_page, site, sign_in, who) for who in ("hal", "ada"))
    for page, words in ((hal, "It was built by forty hands."), (ada, "It was built in one summer.")):
        page.goto(f"{site.address}/paper-coast/the-pier/edit")
        page.locator("#body").fill(words)
    hal.get_by_role("button", name="Save page").click()
    ada.get_by_role("button", name="Save page").click()
    expect(ada.locator(".sides")).to_contain_text("From Hal Calibri")
    ada.get_by_text("Write it yourself").click()
    ada.locator("#body").fill("It was built by forty hands in one summer.")
    ada.get_by_role("button", name="Save what I chose").click()
    expect(ada.locator("main .prose")).to_have_text("It was built by forty hands in one summer.")


def test_a_page_moves_to_another_state(new_page: NewPage, site: Site, sign_in: SignIn) -> None:
    page = plain(new_page, site, sign_in, "hal")
    page.goto(site.url("P25"))
    page.get_by_role("link", name="Record as accepted").click()
    expect(page.locator("main")).to_contain_text("What is missing first")
    page.get_by_role("link", name="Decided by").click()
    page.get_by_label("Date").fill("2026-11-20")
    page.get_by_label("Decided by").fill("Steering circle: terms of reference")
    page.get_by_label("Was there time to decide together?").select_option("yes")
    page.get_by_role("button", name="Save page").click()
    page.get_by_role("link", name="Record as accepted").click()
    page.get_by_role("button", name="Record as accepted").click()
    expect(page.locator(".page-head")).to_contain_text("Accepted")
