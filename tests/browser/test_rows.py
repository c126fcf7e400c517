"""Rows are edited in a grid: with the keyboard alone, by dragging, from a spreadsheet."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
TABLE = "[data-rows=actions]"

PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def column(page: Page, name: str) -> list[str]:
    """What stands in a column, row by row."""
    return [one.input_value() for one in page.locator(f"{TABLE} [data-row] [name$='.{name}']").all()]


@pytest.fixture
def form(site: Site, page_of: PageOf) -> Page:
    page = page_of(site, "hal", width=1440)
    page.goto(site.url("P20", "/edit"))
    return page


def test_it_works(site: Site, form: Page) -> None:
    """With the keys alone: down a column, a new row at its end, somebody picked, a day in words, the row moved, saved."""
    before, ids = column(form, "what"), column(form, "id")
    form.locator("[name='r.actions.0.what']").focus()
    form.keyboard.press("ArrowDown")
    expect(form.locator("[name='r.actions.1.what']")).to_be_focused()
    form.keyboard.press("ArrowUp")
    for number in range(1, len(before)):
        form.keyboard.press("Enter")
        expect(form.locator(f"[name='r.actions.{number}.what']")).to_be_focused()
    form.keyboard.press("Enter")
    form.keyboard.type("Oil the hinges")
    form.keyboard.press("Tab")
    form.keyboard.type("Finn")
    expect(form.get_by_role("option", name="Finn Futura")).to_be_visible()
    form.keyboard.press("Enter")
    last = len(before)
    expect(form.locator(f"[name='r.actions.{last}.responsible']")).to_have_value("Finn Futura")
    form.keyboard.press("Tab")
    form.keyboard.type("in 2 weeks")
    form.keyboard.press("Shift+Enter")
    expect(form.locator(f"[name='r.actions.{last - 1}.due']")).to_be_focused()
    expect(form.locator(f"[name='r.actions.{last}.due']")).to_have_value("Dec 5, 2026")
    form.keyboard.press("Enter")
    form.keyboard.press("Alt+ArrowUp")
    assert column(form, "what") == [*before[:-1], "Oil the hinges", before[-1]]
    assert column(form, "id") == [*ids[:-1], "", ids[-1]]
    expect(form.locator(f"[name='r.actions.{last - 1}.due']")).to_be_focused()
    form.keyboard.press("Control+Enter")
    expect(form.get_by_role("status").first).to_contain_text("Saved")
    expect(form.locator("#f-actions")).to_contain_text("Oil the hinges")
    expect(form.locator(f"#r-{ids[-1]}")).to_contain_text(before[-1])


def test_an_empty_last_row_lets_go(form: Page) -> None:
    form.locator(f"{TABLE} [data-do=add-row]").click()
    form.keyboard.press("Enter")
    expect(form.locator(f"{TABLE} [data-do=add-row]")).to_be_focused()


def test_a_row_is_dragged_by_its_handle(form: Page) -> None:
    before, ids = column(form, "what"), column(form, "id")
    rows = form.locator(f"{TABLE} [data-row]")
    handle = rows.nth(0).locator("[data-handle]")
    handle.scroll_into_view_if_needed()
    form.evaluate("window.scrollBy(0, 250)")

    def hold(number: int) -> None:
        start, end = handle.bounding_box(), rows.nth(number).bounding_box()
        assert start and end
        form.mouse.move(start["x"] + 8, start["y"] + 12)
        form.mouse.down()
        form.mouse.move(start["x"] + 8, end["y"] + end["height"] * 0.8, steps=6)

    hold(2)
    expect(form.locator(".row.dragged [name$='.what']")).to_have_attribute("name", "r.actions.0.what")
    expect(rows.nth(2).locator("[name$='.what']")).to_have_value(before[0])
    form.keyboard.press("Escape")
    form.mouse.up()
    assert column(form, "what") == before
    hold(2)
    expect(rows.nth(2).locator("[name$='.what']")).to_have_value(before[0])
    form.mouse.up()
    assert column(form, "what") == [before[1], before[2], before[0], *before[3:]]
    assert column(form, "id") == [ids[1], ids[2], ids[0], *ids[3:]]
    names = [one.get_attribute("name") for one in form.locator(f"{TABLE} [data-row] [name$='.what']").all()]
    assert names == [f"r.actions.{n}.what" for n in range(len(before))]
    rows.nth(2).locator("[data-handle]").focus()
    form.keyboard.press("ArrowUp")
    form.keyboard.press("ArrowUp")
    assert column(form, "what") == before


def test_cells_of_a_spreadsheet_fill_rows_and_can_be_taken_back(form: Page) -> None:
    before, people = column(form, "what"), column(form, "responsible")
    field = form.locator("[name='r.actions.4.what']")
    field.evaluate(PASTE, 'Hang "lamps"\tEva Cambria\t2026-12-01\n"Two\nlines"\tBen Optima\t5 jan 2027\n')
    assert column(form, "what") == [*before[:4], 'Hang "lamps"', "Twolines"]
    assert column(form, "responsible") == [*people[:4], "Eva Cambria", "Ben Optima"]
    assert column(form, "due")[4:] == ["2026-12-01", "5 jan 2027"]
    form.get_by_role("button", name="Take it back").click()
    assert (column(form, "what"), column(form, "responsible")) == (before, people)
    field.evaluate(PASTE, "Status\tWhat\nDone\tCount the gulls\nNonsense\tFeed them\n")
    assert column(form, "what") == [*before[:4], "Count the gulls", "Feed them"]
    assert column(form, "status")[4] == "done"
    expect(form.locator(f"{TABLE} .pasted")).to_contain_text("filled from what you pasted: 2.")
    expect(form.locator(f"{TABLE} .pasted")).to_contain_text("did not fit and stayed empty: 1.")


def test_a_row_is_duplicated_and_a_removed_one_comes_back(form: Page) -> None:
    before, ids = column(form, "what"), column(form, "id")
    row = form.locator(f"{TABLE} [data-row]").first
    row.get_by_text("More").click()
    row.locator("[name$='.status']").select_option("doing")
    row.get_by_role("button", name="Duplicate").click()
    assert column(form, "what") == [before[0], *before]
    assert column(form, "id") == [ids[0], "", *ids[1:]]
    assert column(form, "status")[:2] == ["doing", "doing"]
    row.get_by_role("button", name="Remove").click()
    assert column(form, "what") == before
    form.get_by_role("button", name="Put it back").click()
    assert column(form, "id") == [ids[0], "", *ids[1:]]
    lost = form.evaluate(
        """[...document.querySelectorAll("label[for], [aria-describedby], [aria-labelledby], [aria-controls]")]
        .filter((one) => !one.closest("template"))
        .flatMap((one) => [one.htmlFor, one.getAttribute("aria-describedby"), one.getAttribute("aria-labelledby"), one.getAttribute("aria-controls")])
        .filter(Boolean).flatMap((ids) => ids.split(" ")).filter((id) => !document.getElementById(id))"""
    )
    assert lost == []
    doubled = form.evaluate(
        "(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.filter((id, n) => ids.indexOf(id) !== n); })()"
    )
    assert doubled == []
