"""The bell, the inbox and the button that watches, with keys alone and without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]


def test_it_works(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "hal")
    page.goto(f"{site.address}/account")  # a first form, as that of signing in is for everybody else
    page.goto(site.url("P24"))
    badge = page.locator("[data-inbox-count]")
    expect(badge).to_be_visible()
    before = int(badge.inner_text())
    expect(page.get_by_role("link", name=f"Inbox {before} new notices")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/inbox")
    expect(page.get_by_role("link", name=f"New {before}")).to_be_visible()
    page.keyboard.press("j")
    first = page.locator(".notice-group").first.get_by_role("link").first
    expect(first).to_be_focused()
    title = first.inner_text()
    page.locator(".notice-group").first.get_by_role("button").click()
    expect(page.get_by_text("Marked as seen.")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main").get_by_role("link", name=title, exact=True)).to_be_visible()
    page.get_by_role("button", name="Mark all as seen").click()
    expect(page.get_by_text("Nothing new")).to_be_visible()
    expect(page.locator("[data-inbox-count]")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-inbox-count]")).to_have_text(str(before))


def test_a_page_is_watched_with_one_key_and_stays_so(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "finn")
    page.goto(site.url("P19"))
    button = page.locator("[data-watch]")
    expect(button).to_have_text("Watch")
    with page.expect_response("**/watch"):
        page.keyboard.press("w")
    expect(button).to_have_text("Watching")
    page.reload()
    expect(page.locator("[data-watch]")).to_have_text("Watching")
    page.goto(f"{site.address}/watching")
    page.get_by_role("button", name=re.compile("Stop.*Progress report, quarter 2")).click()
    expect(page.get_by_text("You no longer watch “Progress report, quarter 2”.")).to_be_visible()
    page.goto(site.url("P19"))
    expect(page.locator("[data-watch]")).to_have_text("Watch")


def test_without_scripts_it_is_the_same(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "ben", java_script_enabled=False)
    page.goto(site.url("P19"))
    page.get_by_role("link", name="Watch", exact=True).or_(
        page.get_by_role("link", name="Watching", exact=True)
    ).click()
    page.get_by_role("button", name=re.compile("Stop watching.*This page")).click()
    page.get_by_role("button", name=re.compile("^Watch.*This page")).click()
    expect(page.get_by_role("button", name=re.compile("Stop watching.*This page"))).to_be_visible()
    page.get_by_role("link", name="Inbox").first.click()
    group = page.locator(".notice-group").first
    title = group.get_by_role("heading").inner_text()
    group.get_by_role("button").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    page.goto(f"{site.address}/account/notices")
    page.get_by_label("What you watch").select_option("weekly")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("What you watch")).to_have_value("weekly")
