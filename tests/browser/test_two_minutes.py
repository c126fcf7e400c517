"""A person who never saw it writes a lesson learned: the clicks and the fields are counted."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

COUNT = "addEventListener('click', (event) => sessionStorage.clicks = Number(sessionStorage.clicks || 0) + Number(event.isTrusted && event.detail > 0), true)"


def test_it_works(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "ada")
    page.add_init_script(COUNT)
    page.goto(f"{site.address}/paper-coast")
    page.get_by_role("link", name="New", exact=True).click()
    page.get_by_label("Find a kind of page").fill("lesson")
    expect(page.locator(".kind-card:visible")).to_have_count(1)
    page.get_by_role("link", name="Note one thing we learned").click()
    expect(page.locator("#title")).to_be_focused()
    shown = page.locator("#edit-form").get_by_role("textbox").or_(page.locator("#edit-form select"))
    asked = [one for one in shown.all() if one.is_visible()]
    assert len(asked) <= 9, "title, at most seven fields, and the text"
    page.keyboard.type("Tie the boats twice")
    page.get_by_label("What happened").fill("One rope held; the other was not there.")
    page.get_by_label("The lesson in one sentence").fill("Two ropes, always.")
    page.get_by_role("button", name="Create page").click()
    expect(page.locator("h1")).to_have_text("Tie the boats twice")
    expect(page.locator("main")).to_contain_text("Two ropes, always.")
    assert int(page.evaluate("sessionStorage.clicks")) == 3, "New, the kind, Create page"


def test_more_detail_stays_as_each_left_it_for_each_kind(site: Site, page_of: Callable[..., Page]) -> None:
    page = page_of(site, "ada")
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    page.get_by_text("Add more detail").click()
    expect(page.get_by_label("Why it happened")).to_be_visible()
    page.goto(f"{site.address}/paper-coast/new?kind=decision")
    assert page.locator("#more-detail").evaluate("one => one.open") is False
    page.goto(f"{site.address}/paper-coast/new?kind=lesson")
    expect(page.get_by_label("Why it happened")).to_be_visible()
