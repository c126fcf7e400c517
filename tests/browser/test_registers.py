"""Doing what is due from the list, with the keyboard and without leaving it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from wiki.registers.named.known import REGISTERS


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


@pytest.mark.parametrize("width", [1440, 1024])
def test_no_register_is_wider_than_its_page(shown: Site, page_of: Callable[..., Page], width: int) -> None:
    """All columns are seen at once: a table where there is room for it, else each line with its values below it."""
    page = page_of(shown, "hal", width=width)
    wider = []
    for address in (*REGISTERS, "kind/decision", "kind/practice"):
        page.goto(f"{shown.address}/registers/{address}")
        if any(page.locator(".scroll").evaluate_all("all => all.map((one) => one.scrollWidth > one.clientWidth)")):
            wider.append(address)
    assert wider == []
    page.goto(f"{shown.address}/registers/decisions?live=")
    line = page.locator("tbody tr", has_text="D-0009")
    expect(line.get_by_text("Steering circle: terms of reference")).to_be_in_viewport()
    label = line.locator("[data-label='Decided by']").evaluate("one => getComputedStyle(one, '::before').content")
    assert label == ("none" if width == 1440 else '"Decided by"')
    expect(page.get_by_role("columnheader", name="Decided by").get_by_role("link")).to_be_visible()
