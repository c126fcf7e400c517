"""The rich text editor for those who do not see, use a mouse, have much room, or want light."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.until import until
from tests.browser.writer import Writer

SMALL = """() => [...document.querySelectorAll(".editor :is(button, input, select), .editor-dialog[open] :is(button, input)")]
  .filter((one) => one.checkVisibility() && !one.matches(".box input"))
  .filter((one) => Math.min(one.getBoundingClientRect().width, one.getBoundingClientRect().height) < 24)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("name", "width", "scheme"), [("P24", 320, "dark"), ("P38", 1440, "light")])
def test_it_works(
    shown: Site, page_of: Callable[..., Page], axe: Callable[..., list[str]], name: str, width: int, scheme: str
) -> None:
    page = page_of(shown, "hal", rich=True, width=width, height=1800, color_scheme=scheme, has_touch=width < 400)
    page.goto(shown.url(name, "/edit"))
    writer = Writer(page)
    writer.go_in()
    writer.type("", "", "[] a task", "", "", "> quoted", "", "")
    writer.choose("/cau", "Caution")
    writer.type("mind", "", "")
    writer.type("```", "")
    writer.press("Control+Enter")
    writer.choose("/table", "Table")
    for name in ("What", "Who", "When"):
        writer.type(name)
        writer.press("Tab")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(SMALL) == []
    writer.press("Control+End", "ArrowDown")
    writer.type("/")
    expect(writer.suggestions.first).to_be_visible()
    assert axe(page, ".editor-list") == []
    writer.press("Escape", "Backspace", "Control+f")
    expect(writer.frame.get_by_role("search")).to_be_visible()
    assert axe(page, ".editor-find") == []
    writer.press("Escape", "Control+k")
    expect(page.get_by_role("dialog", name="Link")).to_be_visible()
    assert axe(page, "dialog[open]") == []
    writer.press("Escape", "Control+/")
    expect(page.get_by_role("dialog", name="Keys while writing")).to_contain_text("Ctrl+Shift+8")
    assert axe(page, "dialog[open]") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_nobody_is_held_in_the_text(shown: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(shown, "hal", rich=True)
    page.goto(f"{shown.address}/paper-coast/new?kind=lesson")
    writer = Writer(page)
    writer.frame.get_by_role("button", name="Kind of paragraph: Heading").focus()
    writer.press("Tab")
    expect(writer.text).to_be_focused()
    writer.press("Tab")
    expect(page.get_by_role("button", name="Preview")).to_be_focused()
    writer.press("Shift+Tab", "Control+End", "Enter")
    writer.type("- one", "two")
    writer.press("Tab")
    expect(writer.text.locator("ul ul li")).to_have_text("two")
    writer.press("Shift+Tab")
    expect(writer.text.locator("ul ul")).to_have_count(0)
    writer.press("Escape")
    expect(page.get_by_role("status").filter(has_text="Tab now leaves the text")).to_have_count(1)
    writer.press("Tab")
    expect(page.get_by_role("button", name="Preview")).to_be_focused()


def test_the_buttons_are_one_stop_and_say_what_they_did(shown: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(shown, "hal", rich=True)
    page.goto(f"{shown.address}/paper-coast/new?kind=lesson")
    writer = Writer(page)
    writer.go_in()
    writer.press("Enter", "Alt+F10", "ArrowRight")
    expect(writer.tool("Bold")).to_be_focused()
    writer.press("End", "ArrowDown")
    expect(writer.frame.get_by_role("menuitem", name="Find and replace")).to_be_focused()
    writer.press("Escape", "Escape")
    expect(writer.text).to_be_focused()
    writer.press("Control+Shift+8")
    expect(page.get_by_role("status").filter(has_text="Bullet list")).to_have_count(1)
    expect(writer.tool("Bullet list")).to_have_attribute("aria-pressed", "true")
    page.locator("label[for=body]").click()
    expect(writer.text).to_be_focused()
    assert writer.text.get_attribute("aria-multiline") == "true"
    expect(page.get_by_role("textbox", name="Story")).to_have_count(1)


def test_fields_of_the_kind_are_rich_when_somebody_goes_into_them(shown: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(shown, "hal", rich=True)
    page.goto(f"{shown.address}/paper-coast/new?kind=lesson")
    area = page.locator("textarea[data-rich=when-asked]").first
    name = area.get_attribute("name")
    until(page, "performance.getEntriesByType('resource').some((one) => one.name.includes('editor.js'))")
    area.click()
    small = page.locator(".editor-small .ProseMirror")
    expect(small).to_be_focused()
    page.keyboard.type("It was **late**")
    sent = page.evaluate("Object.fromEntries(new FormData(document.querySelector('#edit-form')))")
    assert f"{name}.tree" in sent and name not in sent
