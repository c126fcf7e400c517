"""Forms are good to look at and to use with their parts open: wide and narrow, light and dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]
TABLE = "[data-rows=actions]"


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (320, "light"), (320, "dark")])
def test_it_works(shown: Site, page_of: PageOf, axe: Axe, width: int, scheme: str) -> None:
    page = page_of(shown, "hal", width=width, color_scheme=scheme)
    page.route("**/draft", lambda route: route.fulfill(json={}))  # the site is only looked at
    page.goto(shown.url("P20", "/edit"))
    row = page.locator(f"{TABLE} [data-row]").first
    row.get_by_text("More").click()
    row.locator("[name$='.responsible']").fill("Ann Lee")
    expect(page.locator(".complete-list [role=option]")).to_contain_text("New person")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    head = page.locator(f"{TABLE} .rows-head")
    expect(head).to_be_visible() if width > 1000 else expect(head).to_be_hidden()
