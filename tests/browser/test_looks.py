"""What must hold however it looks: more contrast, colours of one's own, from right to left, on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

PAPER = "getComputedStyle(document.documentElement).backgroundColor"
LIGHT = "rgb(255, 255, 255)"


def test_the_section_in_sight_is_marked_in_the_contents(shown: Site, page_of: PageOf) -> None:
    page = page_of(shown, "hal", width=1440, height=700)
    page.goto(shown.url("P20"))
    contents = page.get_by_role("navigation", name="On this page")
    page.locator("h2", has_text="Notes").first.evaluate(
        "one => scrollTo(0, scrollY + one.getBoundingClientRect().top - 80)"
    )
    expect(contents.locator("[aria-current]")).to_have_text("Notes")
    expect(contents).to_be_in_viewport()


PLACES = ["P24", "P20", "/", "/paper-coast/pages", "/registers/kind/decision?space=paper-coast", "/search?q=permit"]


@pytest.mark.parametrize("place", PLACES)
def test_pages_run_from_right_to_left_as_well(shown: Site, page_of: PageOf, place: str) -> None:
    page = page_of(shown, "hal", width=1280)
    page.goto(shown.url(place) if place.startswith("P") else shown.address + place)
    page.evaluate("document.documentElement.dir = 'rtl'")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        lost = page.evaluate(
            """[...document.querySelectorAll("body *")].filter((one) => one.checkVisibility()
            && !one.closest(".scroll, .table-scroll, .visually-hidden, .skip-link, pre, .finders .icon")
            && (one.getBoundingClientRect().left < -1 || one.getBoundingClientRect().right > innerWidth + 1)
            && one.getBoundingClientRect().width > 0).map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert lost == []
        brand, person = (page.locator(one).bounding_box() for one in (".site-name", ".person-button"))
        assert brand is not None and person is not None and brand["x"] > person["x"], (
            "the site's name stands at the right"
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_more_contrast_and_colours_of_ones_own(shown: Site, page_of: PageOf, axe: Axe, scheme: str) -> None:
    page = page_of(shown, "hal", color_scheme=scheme, contrast="more")
    page.goto(shown.url("P24"))
    assert axe(page) == []
    forced = page_of(shown, "hal", color_scheme=scheme, forced_colors="active")
    forced.goto(shown.url("P24"))
    assert axe(forced) == []
    edge = "getComputedStyle(document.querySelector('.chip')).borderTopStyle"
    assert forced.evaluate(edge) == "solid", "a chip keeps its shape without its colour"


@pytest.mark.parametrize(
    "place", ["P20", "/registers/kind/decision?space=paper-coast&show=all", "/paper-coast/pages", "/"]
)
def test_paper_shows_what_is_said_and_no_controls(shown: Site, page_of: PageOf, place: str) -> None:
    page = page_of(shown, "hal", width=1120, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(shown.url(place) if place.startswith("P") else shown.address + place)
    assert page.evaluate(PAPER) == LIGHT or page.evaluate(PAPER) == "rgba(0, 0, 0, 0)"
    for control in (".top-bar", ".side-column", ".actions", ".footer"):
        assert page.locator(control).evaluate_all("all => all.every((one) => !one.checkVisibility())"), control
    assert page.evaluate("document.documentElement.scrollWidth") <= 1120
    expect(page.locator(".printed")).to_contain_text("Printed from the wiki")
