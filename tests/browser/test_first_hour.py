"""A first hour by hand: a decision grows out of a meeting, is edited, compared, restored and found again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.site import Site
from tests.world import PASSWORD

SignIn = Callable[[Page, str, str, str], None]


def add_option(page: Page, words: str) -> None:
    """In the open form: one more row of the table "Options"."""
    if not page.locator("#more-detail").evaluate("one => one.open"):
        page.get_by_text("Add more detail").click()
    table = page.locator("[data-rows=options]")
    table.get_by_role("button", name="Add a row").click()
    page.keyboard.type(words)


def save(page: Page, note: str, name: str = "Save page") -> None:
    if note:
        page.get_by_label("What did you change, and why?").fill(note)
    page.get_by_role("button", name=name).click()


def search(page: Page, words: str) -> None:
    page.locator("#search").fill(words)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(f"Search: {words}")


def test_it_works(new_page: NewPage, site: Site, sign_in: SignIn) -> None:
    page = new_page()
    sign_in(page, site.address, "hal@paper-coast.example", PASSWORD)
    expect(page.locator("h1")).to_have_text("Good to see you, Hal")

    search(page, "spring record of the steering circle")
    page.locator(".results").get_by_role("link", name="Steering circle, spring record").click()
    page.locator("#page-menu summary").click()
    page.get_by_role("link", name="Make a page from this").click()
    page.get_by_role("region", name="What often follows from it").get_by_role(
        "link", name="Write down what was decided and why"
    ).click()
    page.locator("#title").fill("We light the pier in winter")
    page.get_by_label("The question").fill("Do we light the pier in winter?")
    page.get_by_label("We decided to").fill("Hang lights from November to March.")
    page.get_by_label("Because").fill("People walk there after work.")
    save(page, "", "Create page")
    expect(page.get_by_role("status").first).to_contain_text("The page is there")
    expect(page.locator("h1")).to_have_text("We light the pier in winter")
    expect(page.locator("main").get_by_role("link", name="Steering circle, spring record")).to_be_visible()

    page.get_by_role("link", name="Edit").click()
    add_option(page, "Paper lanterns on the railing")
    save(page, "An option that was named")
    expect(page.locator("#f-options")).to_contain_text("Paper lanterns")

    page.keyboard.press("e")
    add_option(page, "A bell buoy instead")
    save(page, "And another")
    expect(page.locator("#f-options")).to_contain_text("A bell buoy")

    page.locator("#page-menu summary").click()
    page.get_by_role("link", name="History").click()
    page.get_by_label("Older: revision 1").check()
    page.get_by_label("Newer: revision 3").check()
    page.get_by_role("button", name="Compare the two chosen").click()
    changed = page.locator("main")
    expect(changed.locator("li.change-part.added")).to_have_count(2)
    expect(changed).to_contain_text("Paper lanterns on the railing")
    expect(changed).to_contain_text("A bell buoy instead")

    page.get_by_label("Breadcrumb").get_by_role("link", name="History").click()
    page.get_by_role("link", name="Restore revision 2").click()
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("status").first).to_contain_text("Revision 2 is the text of the page again")
    expect(page.locator("#f-options")).not_to_contain_text("bell buoy")

    search(page, "lantern")
    page.locator(".results").get_by_role("link", name="We light the pier in winter").click()
    expect(page.locator("tr:target")).to_contain_text("Paper lanterns on the railing")
    search(page, "buoy instead")
    expect(page.locator("main")).not_to_contain_text("We light the pier in winter")
