"""Two people write on one page at the same time, each in a browser of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
BODY = "The pier is old.\n\nIt was built by hand.\n\nPeople love it."


@pytest.fixture
def forms(site: Site, page_of: PageOf) -> tuple[Page, Page]:
    """The form of one meeting, open in Hal's and in Ada's browser."""
    site.coast.page("hal", "paper-coast", "meeting", "The pier", {"time": "9:00"}, body=BODY)
    hal, ada = page_of(site, "hal"), page_of(site, "ada")
    for page in (hal, ada):
        page.goto(f"{site.address}/paper-coast/the-pier/edit")
    return hal, ada


def write(page: Page, old: str, new: str) -> None:
    body = page.locator("#body")
    body.fill(body.input_value().replace(old, new))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save page").click()


def test_it_works(forms: tuple[Page, Page]) -> None:
    hal, ada = forms
    write(hal, "old", "a hundred years old")
    save(hal)
    expect(hal.locator("main")).to_contain_text("a hundred years old")
    write(ada, "love it", "love it, and so do gulls")
    save(ada)
    expect(ada.get_by_role("status").first).to_contain_text("together with what others changed")
    expect(ada.locator("main")).to_contain_text("a hundred years old")
    expect(ada.locator("main")).to_contain_text("and so do gulls")


def test_the_same_paragraph_shows_both_texts_and_loses_neither(
    forms: tuple[Page, Page], axe: Callable[[Page], list[str]]
) -> None:
    hal, ada = forms
    write(hal, "built by hand", "built by forty hands")
    save(hal)
    expect(hal.locator("main")).to_contain_text("forty hands")
    write(ada, "built by hand", "built in one summer")
    write(ada, "love it", "walk on it")
    save(ada)
    expect(ada.locator("h1")).to_have_text("Two texts for one place")
    sides = ada.locator(".sides")
    expect(sides).to_contain_text("Yours")
    expect(sides).to_contain_text("From Hal Calibri")
    expect(sides.locator("ins")).to_have_text(["in one summer", "forty hands"])
    result = ada.locator(".result")
    expect(result).to_contain_text("built in one summer")
    expect(result).to_contain_text("built by forty hands")
    expect(ada.locator(".taken:visible")).to_have_count(1)
    ada.get_by_label("Yours", exact=True).check()
    expect(result).to_be_hidden()
    expect(ada.locator(".taken:visible")).to_have_count(1)
    ada.get_by_text("Write it yourself").click()
    assert axe(ada) == []
    write(ada, "It was built by forty hands.", "It was built by forty hands in one summer.")
    write(ada, "\n\nIt was built in one summer.", "")
    ada.get_by_role("button", name="Save what I chose").click()
    expect(ada.locator("main .prose")).to_contain_text("It was built by forty hands in one summer.")
    expect(ada.locator("main .prose")).to_contain_text("People walk on it.")
    ada.goto(ada.url.partition("#")[0] + "/history/2")
    expect(ada.locator("main")).to_contain_text("It was built by forty hands.")
    ada.goto(ada.url.replace("/history/2", "/compare/1/3"))
    for key, number in (("n", 1), ("n", 2), ("p", 1)):
        ada.keyboard.press(key)
        expect(ada.locator("[data-change]:focus")).to_have_id(f"text-{number}")


def test_of_two_values_for_one_field_the_chosen_one_is_saved(forms: tuple[Page, Page]) -> None:
    hal, ada = forms
    for page in (hal, ada):
        page.get_by_text("Add more detail").click()
    hal.get_by_label("Time", exact=True).fill("10:00")
    save(hal)
    expect(hal.locator("main")).to_contain_text("10:00")
    ada.get_by_label("Time", exact=True).fill("11:30")
    write(ada, "old", "wooden")
    save(ada)
    expect(ada.locator("h1")).to_have_text("Two texts for one place")
    ada.get_by_label("From Hal Calibri").check()
    ada.get_by_role("button", name="Save what I chose").click()
    expect(ada.locator("#f-time")).to_contain_text("10:00")
    expect(ada.locator("main")).to_contain_text("The pier is wooden.")
