"""Doing what is due from the list, with the keyboard and without leaving it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site


def test_it_works(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "gia")
    page.goto(f"{site.address}/registers/actions?live=yes")
    line = page.locator("tr", has_text="Draft the letter to the wage fund")
    line.get_by_role("link", name="Another date").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("By when now?")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(line.get_by_role("link", name="Another date")).to_be_focused()
    line.get_by_role("link", name="Done").click()
    dialog.get_by_role("button", name="Done").click()
    expect(page.locator("tr", has_text="Draft the letter to the wage fund")).to_have_count(0)
    expect(page.locator("#summary")).to_contain_text("4 open")
    assert page.url.endswith("/registers/actions?live=yes")
