"""With the keyboard alone: nothing needs a mouse, and what has the focus is seen."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import Site

#: More stops than any page has.
STOPS = 400

#: The focused element if it is not seen whole between what stays in place at the edges of the window; of a text area
#: the first lines are enough, where the cursor is. "" if it is seen.
COVERED = """() => {
  const one = document.activeElement;
  if (one === document.body || one.closest(".form-buttons.stuck, .top-bar, .skip-link, .side-column")) return "";
  const box = one.getBoundingClientRect();
  const bar = document.querySelector(".form-buttons.stuck").getBoundingClientRect();
  const top = document.querySelector(".top-bar").getBoundingClientRect();
  const end = one.matches("textarea") ? box.top + 48 : box.bottom;
  return end <= bar.top + 1 && box.top >= top.bottom - 1 ? "" : one.outerHTML.slice(0, 200);
}"""


def tab_to(page: Page, goal: Locator, look: Callable[[], None] = lambda: None) -> None:
    """Press the tab key until the goal has the focus."""
    for _press in range(STOPS):
        page.keyboard.press("Tab")
        look()
        if goal.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the tab key does not reach {goal}")


def test_it_works(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "hal", height=700)
    page.goto(site.url("P20"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Edit", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit")

    table = page.locator("[data-rows=actions]")
    rows = table.locator("[data-rows-list] > .row")
    before = rows.count()
    tab_to(page, table.get_by_role("button", name="Add a row"))
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    page.keyboard.type("Oil the hinges")
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.nth(before - 1).locator("input[name$='.what']")).to_have_value("Oil the hinges")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").first).to_contain_text("Saved")
    expect(page.locator("#f-actions")).to_contain_text("Oil the hinges")


def test_the_focus_is_never_under_the_bar_that_stays_in_place(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "hal", width=800, height=600)
    page.goto(site.url("P20", "/edit"))
    covered: set[str] = set()
    tab_to(page, page.get_by_role("button", name="Save page"), lambda: covered.add(page.evaluate(COVERED)))
    assert covered <= {""}


def test_menus_open_and_close_with_keys(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "hal")
    page.goto(site.url("P20"))
    menu = page.locator("#page-menu")
    tab_to(page, menu.locator("summary"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu.locator("a").first).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
