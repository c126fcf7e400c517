"""Writing with the rich text editor: by buttons, keys, the slash menu, tables, tasks, boxes, links."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.until import until
from tests.browser.writer import Writer

PageOf = Callable[..., Page]


@pytest.fixture
def new(site: Site, page_of: PageOf) -> Writer:
    """The form of a new lesson in Hal's browser."""
    page = page_of(site, "hal", rich=True, height=1200)
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    page.locator("#title").fill("Tie the boats twice")
    return Writer(page)


def test_it_works(new: Writer) -> None:
    expect(new.text.locator("h2")).to_have_text("Story")
    expect(new.text.locator(".editor-prompt")).to_be_visible()
    new.text.locator(".editor-prompt").click()
    new.type("A ")
    new.tool("Bold").click()
    expect(new.tool("Bold")).to_have_attribute("aria-pressed", "true")
    new.type("storm")
    new.press("Control+b")
    new.type(" came, **twice**, and *again*.", "", "- two lines", "not one", "", "1. first", "", "> said Dan", "", "")
    new.type("---", "### Later", "All is `well`.")
    assert new.markdown() == (
        "## Story\n\nA **storm** came, **twice**, and *again*.\n\n- two lines\n- not one\n\n1. first\n\n> said Dan\n\n---\n\n### Later\n\nAll is `well`.\n"
    )
    new.back_to_rich()
    new.save("Create page")
    prose = new.page.locator("main .prose")
    expect(prose.locator("strong").first).to_have_text("storm")
    expect(prose.locator("blockquote")).to_have_text("said Dan")


def test_everything_can_be_inserted_without_a_mouse(new: Writer) -> None:
    new.go_in()
    new.type("", "/")
    expect(new.suggestions).to_have_count(new.frame.locator("[data-menu-of=insert] [data-command]").count())
    assert new.text.get_attribute("aria-activedescendant") == new.suggestions.first.get_attribute("id")
    new.press("Escape")
    expect(new.suggestions).to_have_count(0)
    new.press("Backspace")
    new.choose("/warn", "Warning")
    new.type("High tide", "", "")
    new.choose("/to do", "Task list")
    new.type("Rope", "Fenders")
    new.press("Control+Enter")
    expect(new.text.get_by_role("checkbox").nth(1)).to_be_checked()
    new.type("", "")
    new.choose("/table", "Table")
    new.type("What")
    new.press("Tab")
    new.type("Who")
    new.press("Tab", "Tab")
    new.type("Rope")
    new.press("Alt+F10", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    expect(new.tool("Delete column")).to_be_focused()
    new.press("Enter", "Tab")
    new.type("Ada")
    new.press("Tab")
    new.type("Knot")
    new.press("Tab", "Tab", "Shift+Tab", "Shift+Tab", "Shift+Tab")
    new.press("Control+End", "ArrowDown")
    assert new.markdown() == (
        "## Story\n\n> [!WARNING]\n> High tide\n\n- [ ] Rope\n- [x] Fenders\n\n| Who |  |\n| --- | --- |\n|  | Ada |\n| Knot |  |\n"
    )


def test_links_lead_to_pages_people_and_addresses(new: Writer) -> None:
    new.go_in()
    new.type("", "As in ")
    new.choose("[[Words we", "Words we use")
    new.type("and by ")
    new.choose("@Ben", "Ben Optima")
    new.type("and the act")
    new.press("Shift+Control+ArrowLeft")
    until(new.page, "getSelection().toString() === 'act'")
    new.press("Control+k")
    dialog = new.page.get_by_role("dialog", name="Link")
    expect(dialog.get_by_label("Words to show")).to_have_value("act")
    dialog.get_by_label("Page or address").fill("a, b | c")
    new.press("Enter")
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.get_by_label("Page or address").fill("example.org/act")
    new.press("Enter")
    expect(dialog).to_be_hidden()
    new.type(" of ")
    new.press("Control+k")
    dialog.get_by_label("Page or address").press_sequentially("Ten days")
    expect(dialog.get_by_role("option").first).to_contain_text("Ten days")
    new.press("ArrowDown", "Enter", "Enter")
    expect(dialog).to_be_hidden()
    assert new.markdown().splitlines()[2:] == [
        "As in [[Words we use]] and by [[Ben Optima]] and the [act](https://example.org/act) of [[D-0001 Ten days to answer permit notices]]"
    ]
    new.back_to_rich()
    new.text.get_by_role("link", name="act", exact=True).click()
    new.frame.get_by_role("button", name="Remove", exact=True).click()
    expect(new.text.get_by_role("link", name="act", exact=True)).to_have_count(0)


def test_words_are_found_and_replaced_and_counted(new: Writer) -> None:
    new.go_in()
    new.type("", "Tide, tide, tides and Tide.")
    expect(new.page.locator("[data-editor-count]")).to_have_text("6 words · 1 minute to read")
    new.press("Control+f")
    find = new.frame.get_by_role("search")
    find.get_by_label("Find", exact=True).fill("Tide")
    expect(find).to_contain_text("of 4")
    find.get_by_label("Match case").check()
    expect(find).to_contain_text("of 2")
    find.get_by_label("Replace with").fill("Flood")
    find.get_by_role("button", name="Replace all").click()
    new.press("Escape")
    expect(find).to_be_hidden()
    expect(new.text).to_be_focused()
    expect(new.text.locator("p")).to_have_text("Flood, tide, tides and Flood.")
    new.press("Control+z")
    expect(new.text.locator("p")).to_have_text("Tide, tide, tides and Tide.")
