"""What people choose for themselves stays chosen: colours, keys, stars, the end of the tour."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
DARK, LIGHT = "rgb(18, 23, 22)", "rgb(255, 255, 255)"


def test_it_works(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "ada")
    page.goto(site.url("P24"))
    assert page.evaluate(PAPER) == LIGHT
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Go to or do").fill("dark")
    with page.expect_response("**/appearance"):
        page.get_by_role("option", name="Dark colours").click()
    assert page.evaluate(PAPER) == DARK
    page.reload()
    assert page.evaluate(PAPER) == DARK
    other = page_of(site, "ada")
    other.goto(site.url("P20"))
    assert other.evaluate(PAPER) == DARK, "on every device of this person"


def test_a_visitor_chooses_without_scripts(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "visitor", java_script_enabled=False)
    page.goto(f"{site.address}/")
    page.get_by_role("link", name="Colours and keys").click()
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Dark")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_star_is_given_at_once_and_stays(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "ada")
    page.goto(site.url("P24"))
    with page.expect_response("**/star"):
        page.keyboard.press("s")
    expect(page.get_by_role("link", name="Starred")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="Starred")).to_be_visible()
    page.goto(f"{site.address}/")
    expect(page.get_by_role("region", name="With your star").get_by_role("link")).to_contain_text("D-0009")


def test_the_tour_is_walked_through_or_ended_and_stays_away(site: Site, page_of: PageOf, axe: Axe) -> None:
    page = page_of(site, "ada")
    page.goto(f"{site.address}/")
    tour = page.get_by_role("region", name="Three things to know")
    expect(tour.get_by_text("Write with “New”.")).to_be_visible()
    expect(tour.get_by_text("Find with Search")).to_be_hidden()
    tour.get_by_role("button", name="Next").click()
    expect(tour.get_by_text("Find with Search")).to_be_visible()
    expect(page.locator(".finders")).to_have_class("finders pointed")
    assert axe(page) == []
    with page.expect_response("**/account/tour"):
        tour.get_by_role("button", name="I know enough").click()
    expect(tour).to_be_hidden()
    page.reload()
    expect(tour).to_be_hidden()


def test_who_switched_single_keys_off_has_none(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "ada")
    page.goto(f"{site.address}/account")
    page.get_by_label("Single keys do something").uncheck()
    page.locator("form[action='/appearance'] button").click()
    page.goto(site.url("P24"))
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#search")).not_to_be_focused()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Go to or do")).to_be_focused()
