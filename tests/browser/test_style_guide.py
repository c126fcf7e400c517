"""Every component in every state: accessible, within the window, in both colour schemes."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.world import World


@pytest.fixture
def address(lone_world: World, serve: Callable[[Flask], str]) -> str:
    return serve(lone_world.app)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_it_works(new_page: NewPage, address: str, axe: Callable[[Page], list[str]], width: int, scheme: str) -> None:
    page = new_page(width=width, color_scheme=scheme)
    page.goto(f"{address}/styleguide")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_more_contrast_is_as_good(new_page: NewPage, address: str, axe: Callable[[Page], list[str]]) -> None:
    page = new_page(contrast="more")
    page.goto(f"{address}/styleguide")
    assert axe(page) == []


def test_the_list_of_problems_has_the_focus_and_leads_to_the_fields(page: Page, address: str) -> None:
    page.goto(f"{address}/styleguide")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "f.happened_on"


def test_the_first_stop_of_the_tab_key_skips_to_the_content(new_page: NewPage, address: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{address}/styleguide")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_menus_close_with_escape_and_with_a_click_elsewhere(page: Page, address: str) -> None:
    page.goto(f"{address}/styleguide")
    menu = page.locator("#page-menu")
    menu.locator("summary").click()
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def test_keys_lead_to_search_and_are_let_alone_while_typing(page: Page, address: str) -> None:
    page.goto(f"{address}/styleguide")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("e/")
    assert page.locator("#search").input_value() == "e/"


@pytest.mark.parametrize("width", [320, 1440])
def test_every_control_is_large_enough_for_a_finger(new_page: NewPage, address: str, width: int) -> None:
    page = new_page(width=width, has_touch=True, is_mobile=True)
    page.goto(f"{address}/styleguide")
    small = page.evaluate(
        """[...document.querySelectorAll("button, .button, summary, select, .input, .menu-panel a")]
        .filter((one) => one.checkVisibility() && !one.matches(".visually-hidden") && one.getBoundingClientRect().height < 40)
        .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert small == []
