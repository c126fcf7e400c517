"""Two people with the form of one page open are told of each other, by name and place, and nobody is locked out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]


def test_it_works(site: Site, page_of: PageOf, axe: Callable[[Page], list[str]]) -> None:
    hal, ada = page_of(site, "hal"), page_of(site, "ada")
    hal.goto(site.url("P20", "/edit"))
    hal.get_by_label("Why meet").focus()
    with hal.expect_response(lambda answer: "why_meet" in (answer.request.post_data or "")):
        pass
    ada.goto(site.url("P20"))
    ada.get_by_role("link", name="Edit", exact=True).hover()
    expect(ada.locator(".page-head .presence-before")).to_contain_text("Hal Calibri is editing “Why meet”")
    ada.goto(site.url("P20", "/edit"))
    here = ada.locator("[data-presence-here]")
    expect(here).to_contain_text("Hal Calibri is editing “Why meet”, since ")
    assert axe(ada) == []
    hal.get_by_label("Why meet").fill("To mend the nets")
    hal.get_by_role("button", name="Save page").click()
    expect(hal.get_by_role("status").first).to_contain_text("Saved")
    ada.locator("[name='f.group']").focus()
    expect(here).to_contain_text("Hal Calibri saved this page on ")
    expect(here).not_to_contain_text("is editing")
    ada.locator("#title").fill("Steering circle, in spring")
    ada.get_by_role("button", name="Save page").click()
    expect(ada.get_by_role("status").first).to_contain_text("together with what others changed")
