"""Getting about: the palette, single keys, the side column of a space; by keyboard, in both colour schemes, on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def test_it_works(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    page.goto(shown.url("P24"))
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Go to or do")
    expect(field).to_be_focused()
    page.keyboard.type("spring rec")
    option = page.get_by_role("option", name="Steering circle, spring record").first
    expect(option).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    page.keyboard.press("Enter")
    page.wait_for_url(shown.url("P20"))
    page.keyboard.press("Control+k")
    assert page.get_by_role("group", name="Seen lately").get_by_role("option").first.inner_text().startswith("D-0009")
    page.keyboard.press("Escape")
    expect(field).to_be_hidden()


def test_the_palette_finds_what_can_be_done(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    page.goto(shown.url("P24"))
    page.get_by_role("link", name="Go to").click()
    field = page.get_by_role("combobox", name="Go to or do")
    options = page.locator("dialog [role=option]")
    for typed, first in (
        ("hist", "History"),
        ("new less", "New: Lesson learned"),
        ("lessons", "Lessons learned"),
        ("zeppelin", "Search for “zeppelin”"),
    ):
        field.fill(typed)
        expect(options.filter(has_text=first).first).to_be_visible()
    expect(options).to_have_count(1)
    field.fill("edit")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_contain_text("Edit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")


def going_with_held(page_of: PageOf, shown: Site, address: str) -> tuple[Page, list[Route]]:
    """The palette, open on a page; what it asks at the address waits in the list until it is let go."""
    page = page_of(shown, "hal")
    page.goto(shown.url("P24"))
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))
    page.get_by_role("link", name="Go to").click()
    return page, held


def test_what_somebody_went_to_stays_chosen_when_more_comes(shown: Site, page_of: PageOf) -> None:
    page, held = going_with_held(page_of, shown, "**/complete?*")
    with page.expect_request("**/complete?*"):
        page.get_by_role("combobox", name="Go to or do").fill("agree")
    expect(page.get_by_role("option", name="New: Agreement")).to_be_visible()
    options = page.locator("dialog [role=option]")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    before = options.count()
    expect(options.last).to_contain_text("Search for")
    held.pop().continue_()
    expect(options.nth(before)).to_be_visible()
    expect(options.last).to_contain_text("Search for")
    expect(options.last).to_have_attribute("aria-selected", "true")


def test_pages_that_were_found_before_the_rest_came_stay(shown: Site, page_of: PageOf) -> None:
    page, held = going_with_held(page_of, shown, "**/palette?space=*")
    page.get_by_role("combobox", name="Go to or do").fill("agree")
    pages = page.get_by_role("group", name="Pages")
    expect(pages).to_be_visible()
    with page.expect_response("**/palette?space=*"):
        held.pop().continue_()
    expect(page.get_by_role("option", name="New: Agreement")).to_be_visible()
    expect(pages).to_be_visible()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_what_opens_is_good_to_use(shown: Site, page_of: PageOf, axe: Axe, scheme: str, width: int) -> None:
    page = page_of(shown, "hal", width=width, color_scheme=scheme)
    page.goto(shown.url("P24"))
    if width < 960:
        page.locator(".nav-toggle").click()
    expect(page.locator(".nav-page[aria-current=page]")).to_be_visible()
    assert axe(page) == []
    page.locator("#page-menu summary").click()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to or do").fill("agree")
    page.get_by_role("group", name="Pages").wait_for()
    assert axe(page) == []
    page.keyboard.press("Escape")
    page.locator("main").click(position={"x": 2, "y": 2})
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Keys").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_key_of_the_sheet_does_what_it_says(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    for keys, goal in (
        ("e", "**/edit"),
        ("h", "**/history"),
        ("c", "**/new"),
        ("g h", f"{shown.address}/"),
        ("g s", "**/search"),
        ("g r", "**/registers"),
        ("g p", "**/paper-coast/pages"),
        ("g c", "**/paper-coast/changes"),
        ("g f", f"{shown.address}/paper-coast/**"),
        ("g a", "**/account"),
    ):
        page.goto(shown.url("P24"))
        for key in keys.split():
            page.keyboard.press(key)
        page.wait_for_url(goal)
    page.goto(shown.url("P24"))
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("e?")
    expect(page.locator("#search")).to_have_value("e?")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_j_and_k_walk_through_a_list(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    page.goto(f"{shown.address}/registers/kind/decision?space=paper-coast")
    focused = "document.activeElement.closest('tr') && [...document.querySelectorAll('main .register tbody > tr')].indexOf(document.activeElement.closest('tr'))"
    assert page.locator("main .register tbody > tr").count() > 1
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == row


def test_the_side_column_shows_where_one_is_and_remembers_what_is_open(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    page.goto(shown.url("P24"))
    nav = page.get_by_role("navigation", name="In this space")
    expect(nav.locator("[aria-current=page]")).to_contain_text("D-0009")
    nav.get_by_text("Learn", exact=True).click()
    nav.get_by_role("button", name="Pages: Lessons learned").click()
    nav.get_by_role("link", name="Ask for quiet periods before setting dates").click()
    page.wait_for_url("**/ask-for-quiet-periods**")
    page.goto(shown.url("P24"))
    expect(nav.get_by_role("link", name="Ask for quiet periods before setting dates")).to_be_visible()


def test_the_side_column_finds_a_page_as_one_types(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal")
    page.goto(shown.url("P24"))
    nav = page.get_by_role("navigation", name="In this space")
    box = nav.get_by_role("searchbox")
    box.fill("gath")
    expect(nav.get_by_role("link", name="Gathering on placements")).to_be_visible()
    expect(nav.get_by_text("Decide", exact=True)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(nav.get_by_role("link", name="Gathering on placements")).to_be_focused()
    box.fill("zeppelin")
    expect(nav.get_by_text("No page is called so")).to_be_visible()
    box.press("Escape")
    expect(nav.get_by_text("Decide", exact=True)).to_be_visible()


def test_without_scripts_every_way_is_a_link_or_a_form(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal", width=320, java_script_enabled=False)
    page.goto(shown.url("P24"))
    page.locator(".nav-toggle").click()
    nav = page.get_by_role("navigation", name="In this space")
    nav.get_by_role("searchbox").fill("gath")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name="Gathering on placements").click()
    page.get_by_role("link", name="Star").click()
    expect(page.get_by_role("button", name="Give it my star")).to_be_visible()
    page.get_by_role("link", name="Go to").click()
    page.wait_for_url("**/search")
