"""People, organisations, pages and days are picked or typed, with the keyboard or the mouse."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]


@pytest.fixture
def form(site: Site, page_of: PageOf) -> Page:
    page = page_of(site, "hal", width=1440, height=1100)
    page.goto(site.url("P20", "/edit"))
    page.locator("#about-page summary").first.click()
    return page


def lines(page: Page, name: str) -> list[str]:
    return page.locator(f"textarea[name='{name}']").input_value().splitlines()


def test_it_works(site: Site, form: Page) -> None:
    """Several organisations: likely ones before anything is typed, none offered twice, taken out again by key and mouse."""
    before = lines(form, "f.access_orgs")
    field = form.get_by_role("combobox", name="Named organisations")
    options = form.locator(".complete-list:visible [role=option]")
    field.focus()
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press_sequentially("Open Cur")
    expect(options.first).to_contain_text("Open Current Society")
    field.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert chosen and form.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    field.press("Enter")
    assert lines(form, "f.access_orgs") == [*before, "Open Current Society"]
    field.press_sequentially("Open Cur")
    expect(form.locator(".complete-list:visible")).not_to_contain_text("Open Current SocietyOrganisation")
    field.fill("")
    field.press("Backspace")
    expect(form.locator(".picker:has([name='f.access_orgs']) .unpick")).to_be_focused()
    form.keyboard.press("Delete")
    assert lines(form, "f.access_orgs") == before
    expect(form.locator("[id='f.access_orgs-hint']")).not_to_contain_text("One on each line")
    field.fill("Open Current Society")
    form.get_by_role("button", name="Save page").click()
    expect(form.get_by_role("status").first).to_contain_text("Saved")
    form.get_by_role("link", name="Edit", exact=True).click()
    assert lines(form, "f.access_orgs") == [*before, "Open Current Society"], "what stood in the field was lost"


def test_somebody_without_a_page_gets_one_with_the_save(site: Site, form: Page) -> None:
    field = form.locator("[name='r.actions.0.responsible']")
    field.fill("Ann Lee")
    form.get_by_role("option", name="New person: “Ann Lee”").click()
    expect(form.locator(".stub-note").filter(has_text="A page is made when you save")).to_be_visible()
    form.get_by_role("button", name="Save page").click()
    expect(form.get_by_role("status").first).to_contain_text("Saved")
    form.locator("#f-actions").get_by_role("link", name="Ann Lee").click()
    expect(form.locator("h1")).to_contain_text("Ann Lee")


def test_a_name_typed_without_choosing_is_asked_about(site: Site, form: Page) -> None:
    field = form.locator("[name='r.actions.0.responsible']")
    field.fill("Ann Lee")
    form.get_by_role("button", name="Save page").click()
    summary = form.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Actions, row 1, Who")
    expect(field).to_have_attribute("aria-invalid", "true")
    form.get_by_label("Make a page for “Ann Lee”").check()
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("#f-actions").get_by_role("link", name="Ann Lee")).to_be_visible()


def test_errors_open_what_hides_them(form: Page) -> None:
    form.locator("#more-detail summary").first.click()
    row = form.locator("[data-rows=actions] [data-row]").first
    row.get_by_text("More").click()
    row.locator("[name$='.done_on']").fill("some day")
    form.locator("[name='f.review_due']").fill("whenever")
    form.evaluate("localStorage.clear()")
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("[data-error-summary]")).to_be_focused()
    for name in ("r.actions.0.done_on", "f.review_due"):
        expect(form.locator(f"[name='{name}']")).to_be_visible()
        expect(form.locator(f"[name='{name}']")).to_have_attribute("aria-invalid", "true")
    form.locator("[data-error-summary] a").first.click()
    expect(form.locator("[name='r.actions.0.done_on']")).to_be_focused()
    expect(form.locator("[name='r.actions.0.done_on']")).to_have_value("some day")


def test_a_day_is_typed_or_picked(form: Page) -> None:
    day = form.locator("[name='f.date']")
    expect(day).to_have_value("Oct 7, 2026")
    day.fill("next friday")
    meant = form.locator(".day-means").filter(has_text="Friday, November 27, 2026")
    expect(meant).to_be_visible()
    day.press("Tab")
    expect(day).to_have_value("Nov 27, 2026")
    day.fill("soon")
    day.press("Tab")
    expect(day).to_have_value("soon")
    form.locator(".day-native").first.evaluate(
        "one => { one.value = '2026-12-24'; one.dispatchEvent(new Event('change')); }"
    )
    expect(day).to_have_value("Dec 24, 2026")
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("#f-date, .page-fields").first).to_contain_text("Dec 24, 2026")


def test_days_that_were_typed_come_back_with_a_refused_form(form: Page) -> None:
    form.locator("#title").fill("")
    form.locator("[name='f.date']").fill("next friday")
    form.get_by_role("button", name="Save page").click()
    expect(form.locator("[data-error-summary]")).to_be_focused()
    # As typed, or as the day that it means, if the answer was there before the form was sent.
    expect(form.locator("[name='f.date']")).to_have_value(re.compile("^(next friday|Nov 27, 2026)$"))
    expect(form.locator("[name='r.actions.0.due']")).to_have_value("Nov 1, 2026")
