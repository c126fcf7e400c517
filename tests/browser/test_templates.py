"""A new page template with the keyboard: what is typed is seen at once in the form beside it, and what is missing is said."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def test_it_works(page_of: PageOf, axe: Axe, shown: Site) -> None:
    page = page_of(shown, "gia", width=1440)
    page.goto(f"{shown.address}/templates/new?from=lesson&label=Site+visit")
    beside = page.get_by_role("region", name="Preview")
    expect(beside).to_contain_text("Site visit")
    page.get_by_label("Name", exact=True).fill("Visit to a site")
    expect(beside).to_contain_text("Visit to a site")
    field = page.locator("summary", has_text="The lesson in one sentence")
    field.focus()
    page.keyboard.press("Enter")
    label = page.locator(".template-field[open]").get_by_label("Label")
    expect(label).to_have_value("The lesson in one sentence")
    label.fill("What we saw there")
    expect(beside).to_contain_text("What we saw there")
    page.get_by_role("button", name="Propose it").press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Say what several of them are called.")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Visit to a site")
    assert axe(page) == []
