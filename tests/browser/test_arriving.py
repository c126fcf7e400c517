"""A new member of staff joins a partnership that exists, and gets up to date without asking partners.

Questions that go inside first, and what reaches a partner, are in the tests of questions.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.paths.walking import PATH, arrive, save, walk_of

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def test_it_works(page_of: PageOf, site: Site, axe: Axe) -> None:
    """Somebody gets a role that names a path: their home opens on it, and the buddy is told."""
    noor = arrive(site.coast, "noor", "Noor Garamond")
    ivy = page_of(site, "ivy", width=1440)
    rows = [{"id": "ho2", "person": site.coast.named("U2").id}, {"id": "ho3", "person": noor, "from": "2026-11-21"}]
    save(site.coast, "hal", "P32", holders=rows)
    ivy.goto(f"{site.address}/inbox")
    expect(ivy.get_by_role("main")).to_contain_text("You walk along with Noor Garamond on this reading path")

    page = page_of(site, "noor", width=1440)
    page.goto(site.address)
    path = page.get_by_role("region", name="Continue your path")
    expect(path).to_contain_text("First fourteen days")
    expect(path).to_contain_text("0 of 8 steps")
    assert axe(page) == []
    path.get_by_role("link", name="First fourteen days", exact=True).click()
    expect(page.get_by_role("region", name="Next: step 1 of 8")).to_contain_text("Start here: Paper Coast")
    expect(page.get_by_role("main")).to_contain_text("You do not have to know everything in a fortnight")
    assert axe(page) == []


def test_a_path_is_walked_from_page_to_page_by_keyboard_and_what_changes_later_is_shown(
    page_of: PageOf, site: Site, axe: Axe
) -> None:
    page = page_of(site, "ada", width=1280)
    page.goto(site.url("P24"))
    bar = page.get_by_role("region", name="Your path")
    expect(bar).to_contain_text("Step 4 of 8")
    assert axe(page) == []
    bar.get_by_role("button", name="Done, next").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(site.url("P10"))
    expect(page.get_by_role("region", name="Your path")).to_contain_text("Step 5 of 8")
    assert walk_of(site.coast, "ada").done == 4

    save(site.coast, "hal", "P05", purpose="To look after the shore together, and to say so in one page.")
    page.goto(f"{site.address}{PATH}/path")
    changed = page.get_by_role("link", name="Changed since you read it")
    expect(changed).to_have_count(1)
    changed.click()
    expect(page.get_by_role("main")).to_contain_text("and to say so in one page")
    page.goto(f"{site.address}/registers/changes")
    expect(page.get_by_role("main")).to_contain_text("On your path")


def test_a_first_small_edit_completes_its_step_and_the_buddy_sees_it(page_of: PageOf, site: Site) -> None:
    ada, ivy = page_of(site, "ada"), page_of(site, "ivy")
    ada.goto(site.url("P39", "/edit"))
    ada.locator("#body").press("Control+End")
    ada.locator("#body").type("\n\nSlack water: the quarter of an hour in which nothing moves.")
    ada.get_by_role("button", name="Save page").click()
    expect(ada.get_by_role("region", name="Your path")).to_contain_text("Done")
    ivy.goto(f"{site.address}{PATH}/path/1")
    expect(ivy.locator("#step-st7")).to_contain_text("noted by itself when an edit was saved")
    expect(ivy.locator("#step-st4").get_by_role("button")).to_have_count(0)
    ivy.goto(f"{site.address}/inbox")
    expect(ivy.get_by_role("main")).to_contain_text("a good moment to say thanks")


def test_who_is_where_is_seen_by_those_who_look_after_newcomers(page_of: PageOf, shown: Site, axe: Axe) -> None:
    """Three of eight steps, due in three days, one question inside, none to partners; and nobody else sees it."""
    ivy = page_of(shown, "ivy", width=1440)
    ivy.goto(f"{shown.address}/registers/onboarding")
    line = ivy.get_by_role("row", name="Ada Verdana")
    for text in ("3 of 8", "Nov 24, 2026", "On time"):
        expect(line).to_contain_text(text)
    assert [line.locator("td.number").nth(n).inner_text() for n in (0, 1)] == ["1", "0"]
    assert axe(ivy) == []
    line.get_by_role("link", name="Ada Verdana").click()
    expect(ivy.get_by_role("heading", level=1)).to_have_text("Ada Verdana")
    assert axe(ivy) == []
    dan = page_of(shown, "dan")
    dan.goto(f"{shown.address}/registers/onboarding")
    expect(dan.get_by_role("main")).to_contain_text("Nobody is on a path")
    dan.goto(shown.url("P35", "/path/people"))
    expect(dan.get_by_role("main")).not_to_contain_text("Ada")


def test_an_orientation_page_shows_today_and_promises_are_told_from_one_screen(
    page_of: PageOf, shown: Site, axe: Axe
) -> None:
    page = page_of(shown, "ada", width=1440)
    page.goto(shown.url("P34"))
    today = page.get_by_role("region", name="As it stands today")
    for text in ("Paper Coast Partnership Agreement", "Disputed", "D-0009", "Dan Corbel", "Next quiet"):
        expect(today).to_contain_text(text)
    assert axe(page) == []
    council = shown.coast.named("O2").id
    page.goto(f"{shown.address}/registers/commitments?made_to={council}&scope=organisation")
    row = page.get_by_role("row", name="Pay capacity support to the Council each year")
    expect(row).to_contain_text("Disputed")
    expect(row).to_contain_text("Oct 22, 2026")


def test_a_page_that_a_newcomer_may_not_see_appears_nowhere(page_of: PageOf, site: Site) -> None:
    """Not in the path, not in its counts, not in search, not in what changed."""
    title = "D-0009"
    save(site.coast, "hal", "P24", access="named_orgs", access_orgs=[site.coast.named("O5").id])
    page = page_of(site, "ada")
    for where in ("/", PATH, f"{PATH}/path", "/registers/changes", "/paths"):
        page.goto(site.address + where)
        expect(page.get_by_role("main")).not_to_contain_text(title)
    page.goto(f"{site.address}/search?q=thirty+working+days&replaced=yes")
    expect(page.locator(".results h2").filter(has_text=title)).to_have_count(0)
    page.goto(f"{site.address}{PATH}/path")
    expect(page.get_by_role("main")).to_contain_text("3 of 7 steps")


def test_it_works_without_scripts_on_a_telephone_and_dark(page_of: PageOf, site: Site, axe: Axe) -> None:
    page = page_of(site, "ada", width=320, color_scheme="dark", java_script_enabled=False)
    page.goto(f"{site.address}{PATH}/path")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#step-st8").get_by_role("button", name="Done").click()
    expect(page.locator("#step-st8")).to_contain_text("Done on")
    page.goto(site.url("P10"))
    page.get_by_role("button", name="Leave out").click()
    assert walk_of(site.coast, "ada").skipped == 1
    scripted = page_of(site, "ada", width=320, color_scheme="dark")
    for where in (f"{PATH}/path", PATH, f"{PATH}/path/people", "/paths"):
        scripted.goto(site.address + where)
        assert scripted.evaluate("document.documentElement.scrollWidth") <= 320, where
        assert axe(scripted) == [], where
