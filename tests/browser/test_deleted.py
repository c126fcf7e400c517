"""A page is deleted: what is left of it, and its way back."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site


def test_it_works(site: Site, page_of: Callable[..., Page], axe: Callable[[Page], list[str]]) -> None:
    page = page_of(site, "hal")
    page.goto(site.url("P31"))
    page.locator("#page-menu summary").click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_label("Why?").fill("Nobody walks there any more.")
    page.get_by_role("button", name="Delete the page").click()
    page.goto(site.url("P31"))
    expect(page.locator("main")).to_contain_text("Nobody walks there any more.")
    assert axe(page) == []
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("h1")).to_have_text("Walk the site before the agenda")
    expect(page.locator("main .prose").first).to_be_visible()
