"""The page of results and the search field, in a browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def test_it_works(page_of: PageOf, shown: Site, axe: Axe) -> None:
    """No new page: the list changes, the focus stays, the address says it, Back takes it back. The search for other words
    keeps the filters."""
    page = page_of(shown, "ada", width=1440)
    page.goto(f"{shown.address}/search?q=permit")
    page.evaluate("window.same = true")
    many = page.locator(".found-count").inner_text()
    page.locator("#more-kind summary").click()
    page.get_by_role("group", name="Kind").get_by_label("Decision record").check()
    expect(page.locator(".found-count")).to_have_text("1 result")
    assert page.evaluate("[window.same, document.activeElement.value]") == [True, "decision"]
    assert page.url.endswith("q=permit&kind=decision")
    page.get_by_role("group", name="Kind").get_by_label("How-to / process").check()
    expect(page.locator(".found-count")).to_have_text("2 results")
    page.get_by_role("link", name="Without “Kind: Decision record”").click()
    expect(page.locator(".found-count")).to_have_text("1 result")
    expect(page.locator(".results h2")).to_have_text(["Send a permit notice so that partners have time"])
    page.go_back()
    expect(page.locator(".found-count")).to_have_text("2 results")
    page.locator("#q").fill("working days")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=working+days**")
    assert "kind=decision" in page.url and "kind=howto" in page.url
    page.get_by_role("link", name="Take all away").click()
    expect(page.get_by_role("list", name="Filters in use")).to_have_count(0)
    assert many != page.locator(".found-count").inner_text()

    narrow = page_of(shown, "ada", width=320)
    narrow.goto(f"{shown.address}/search?q=permit")
    narrow.locator(".facets-toggle").click()
    narrow.get_by_label("Include replaced").check()
    expect(narrow.get_by_role("list", name="Filters in use")).to_contain_text("With what was replaced")
    expect(narrow.get_by_label("Include replaced")).to_be_visible()
    assert axe(narrow) == []
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


def test_typing_offers_pages_filters_and_what_was_searched_lately(page_of: PageOf, shown: Site, axe: Axe) -> None:
    page = page_of(shown, "ada")
    page.goto(shown.address)
    field = page.locator("#search")
    field.press_sequentially("tidal wat")
    offered = page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered.first).to_contain_text("Tidal water tests passed")
    assert axe(page) == []
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == offered.first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tidal-water-tests-passed")

    page.goto(f"{shown.address}/search?q=permit")
    field = page.locator("#q")
    field.fill("permit kind:dec")
    expect(offered.first).to_contain_text("kind:decision")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("permit kind:decision ")
    page.locator(".find-form button[type=submit]").click()
    page.wait_for_url("**kind%3Adecision**")

    page.goto(f"{shown.address}/search")
    expect(page.locator("[data-recent] a")).to_have_text(["permit kind:decision", "permit"])
    page.context.clear_cookies()
    page.goto(f"{shown.address}/search")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('holdfast.searches'))") == []
