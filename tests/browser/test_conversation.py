"""Talking on the page itself: words selected, a panel beside the text, marks that lead to it; by keyboard too, and without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.browser.test_every_page import judge

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

SELECT = """() => {
  const one = [...document.querySelectorAll("main .prose p")].find((p) => p.textContent.startsWith("Ten days"));
  const range = new Range();
  range.setStart(one.firstChild, 2);
  range.setEnd(one.firstChild, 12);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  one.scrollIntoView({ block: "center" });
}"""


def test_it_works(site: Site, page_of: PageOf, axe: Axe) -> None:
    ada = page_of(site, "ada")
    ada.set_viewport_size({"width": 1400, "height": 900})
    ada.goto(site.url("P24"))
    ada.mouse.move(300, 400)  # it comes when the page is first used
    mark = ada.locator(".talk-mark").first
    expect(mark).to_have_text("The notice therefore names the last day to answer, worked out before it is sent")
    # By keyboard: the number beside the passage opens the panel, Escape closes it and leads back.
    number = ada.get_by_role("button", name="2 comments on this passage")
    number.focus()
    ada.keyboard.press("Enter")
    panel = ada.get_by_role("dialog", name="Conversation about this passage")
    expect(panel.get_by_text("does the notice form have room")).to_be_visible()
    judge(ada, axe, 1400)
    ada.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(number).to_be_focused()
    # Selected words, grown to whole ones.
    ada.evaluate(SELECT)
    ada.locator(".talk-offer").click()
    new = ada.get_by_role("dialog", name="New comment")
    expect(new.locator("blockquote")).to_have_text("Ten days were")
    new.get_by_label("Your comment").fill("Ten **working** days, then?")
    new.get_by_role("button", name="Comment").click()
    expect(ada.locator(".talk-mark").first).to_have_text("Ten days were")
    expect(ada.get_by_text("Ten working days, then?")).to_be_visible()


def test_a_telephone_and_no_scripts_do_for_all_of_it(site: Site, page_of: PageOf, axe: Axe) -> None:
    dan = page_of(site, "dan", width=320, java_script_enabled=False)
    dan.goto(site.url("P37"))
    dan.get_by_role("link", name="Read it and take part: 1 open conversation").click()
    dan.get_by_text("About a part of the page").click()
    dan.get_by_label("Your comment").fill("We look them up for you.")
    dan.get_by_label("A passage of the text").fill("Ask for quiet periods")
    dan.get_by_role("button", name="Comment").click()
    expect(dan.get_by_text("We look them up for you.")).to_be_visible()
    dan.get_by_text("Resolve", exact=True).first.click()
    ada = page_of(site, "ada")
    ada.set_viewport_size({"width": 320, "height": 700})
    for address in (site.url("P37", "/conversation"), f"{site.address}/conversations"):
        ada.goto(address)
        judge(ada, axe, 320)
    ada.goto(site.url("P37"))
    ada.mouse.move(100, 300)
    ada.get_by_role("button", name="1 comment on this passage").first.click()
    expect(ada.locator(".talk-thread:focus")).to_have_count(1)
