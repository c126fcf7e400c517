"""What scripts add to the form of a page: rows in place, suggestions, preview, drafts, files. All of it works without them too."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import NewPage
from tests.world import PASSWORD, World

SignIn = Callable[[Page, str, str, str], None]
ACTIONS = [{"id": "a1", "what": "Measure"}, {"id": "a2", "what": "Print"}]


@pytest.fixture
def form(lone_world: World, serve: Callable[[Flask], str], new_page: NewPage, sign_in: SignIn) -> Page:
    """The form of a meeting with two actions, open in Ada's browser."""
    lone_world.page("ada", "paper-coast", "meeting", "Tide tables", {"actions": ACTIONS}, body="## Summary\n")
    page = new_page(height=1200)
    address = serve(lone_world.app)
    sign_in(page, address, "ada@paper-coast.example", PASSWORD)
    page.goto(f"{address}/paper-coast/tide-tables/edit")
    page.evaluate(
        "document.querySelectorAll('details.more-detail, .row > details').forEach((one) => (one.open = true))"
    )
    return page


def what(page: Page) -> dict[str, str]:
    """The first column of each action, by the name of its input."""
    found = page.locator("[data-rows=actions] [data-rows-list] input[name$='.what']")
    return {one.get_attribute("name") or "": one.input_value() for one in found.all()}


def press(page: Page, do: str, place: int) -> None:
    page.locator(f"[data-rows=actions] [data-rows-list] [data-do={do}]").nth(place).click()


def test_it_works(form: Page) -> None:
    assert what(form) == {"r.actions.0.what": "Measure", "r.actions.1.what": "Print"}
    form.locator("[data-rows=actions] [data-do=add-row]").click()
    form.keyboard.type("Ask the school")
    assert what(form) == {
        "r.actions.0.what": "Measure",
        "r.actions.1.what": "Print",
        "r.actions.2.what": "Ask the school",
    }
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("main")).to_contain_text("Ask the school")


def test_rows_move_with_buttons_and_with_keys(form: Page) -> None:
    press(form, "row-down", 0)
    assert what(form) == {"r.actions.0.what": "Print", "r.actions.1.what": "Measure"}
    form.locator("[name='r.actions.1.what']").focus()
    form.keyboard.press("Alt+ArrowUp")
    assert what(form) == {"r.actions.0.what": "Measure", "r.actions.1.what": "Print"}
    assert form.locator("[name='r.actions.0.id']").input_value() == "a1"


def test_a_removed_row_can_be_put_back(form: Page) -> None:
    press(form, "remove-row", 0)
    assert what(form) == {"r.actions.0.what": "Print"}
    form.get_by_role("button", name="Put it back").click()
    assert what(form) == {"r.actions.0.what": "Measure", "r.actions.1.what": "Print"}


def test_every_label_still_belongs_to_its_field_after_rows_moved(form: Page) -> None:
    press(form, "row-down", 0)
    form.locator("[data-rows=actions] [data-do=add-row]").click()
    lost = form.evaluate(
        """[...document.querySelectorAll("label[for], [aria-describedby]")]
        .flatMap((one) => (one.htmlFor || one.getAttribute("aria-describedby")).split(" "))
        .filter((id) => !document.getElementById(id))"""
    )
    assert lost == []
    doubled = form.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.filter((id, n) => ids.indexOf(id) !== n); })()"
    )
    assert doubled == []


def test_people_are_suggested_and_chosen_with_keys(form: Page, axe: Callable[[Page], list[str]]) -> None:
    field = form.locator("[name='r.actions.0.responsible']")
    field.press_sequentially("Ben")
    options = form.locator("[role=option]:visible")
    expect(options.first).to_contain_text("Ben Optima")
    assert axe(form) == []
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value(re.compile("Ben Optima"))
    expect(options).to_have_count(0)


def test_escape_closes_suggestions_and_keeps_what_was_typed(form: Page) -> None:
    field = form.locator("[name='r.actions.0.responsible']")
    field.press_sequentially("Ben")
    expect(form.locator("[role=option]:visible").first).to_be_visible()
    field.press("Escape")
    expect(form.locator("[role=option]:visible")).to_have_count(0)
    expect(field).to_have_value("Ben")


def test_titles_are_suggested_after_two_brackets(form: Page) -> None:
    body = form.locator("#body")
    body.press("Control+End")
    body.press_sequentially("See [[Tide")
    expect(form.locator("[role=option]:visible").first).to_contain_text("Tide tables")
    body.press("Enter")
    expect(body).to_have_value(re.compile(r"See \[\[.*Tide tables\]\]$", re.IGNORECASE))


def test_the_preview_is_shown_below_the_text(form: Page) -> None:
    form.locator("#body").fill("**High** at noon")
    form.get_by_role("button", name="Preview").click()
    expect(form.locator("[data-preview-here] strong")).to_have_text("High")


def test_what_is_typed_is_kept_as_a_draft_and_comes_back(form: Page) -> None:
    form.locator("#body").fill("Not saved yet")
    expect(form.locator("[data-form-status]")).to_contain_text("Draft saved")
    form.reload()
    form.get_by_role("link", name="Bring them back").click()
    expect(form.locator("#body")).to_have_value("Not saved yet")


def test_leaving_with_text_that_is_not_kept_yet_asks_first(form: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    form.on("dialog", answer)
    form.locator("#title").press_sequentially("!")
    form.goto("about:blank")
    assert asked == ["beforeunload"]


def test_a_chosen_or_pasted_file_is_attached_and_linked(form: Page) -> None:
    body = form.locator("#body")
    body.press("Control+End")
    body.evaluate(
        """(field) => {
          const data = new DataTransfer();
          data.items.add(new File(["high water"], "tides.txt", { type: "text/plain" }));
          field.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    expect(form.locator(".uploads")).to_contain_text("tides.txt is attached")
    expect(body).to_have_value(re.compile(r"tides\.txt"))
