"""Ask people to read a page, confirm it, see who has, and be asked again after a change that matters: three people, with and without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]
WORDS = "P39"


def test_it_works(page_of: PageOf, site: Site, axe: Axe) -> None:
    hal = page_of(site, "hal", width=1440)
    hal.goto(site.url(WORDS))
    hal.get_by_text("More", exact=True).click()
    hal.get_by_role("link", name="Read and confirmed").click()
    assert axe(hal) == []
    hal.get_by_role("link", name="Ask people to read it").click()
    who = hal.get_by_role("combobox", name="Who should read it?")
    for name in ("Ada Ver", "Example Prov"):
        who.type(name)
        hal.get_by_role("option").first.click()
    hal.get_by_label("Why?").fill("We use the same words from January")
    assert axe(hal) == []
    hal.get_by_role("button", name="Look who would be asked").click()
    expect(hal.locator("dd", has_text="Ivy Constantia")).to_be_visible()
    assert axe(hal) == []
    hal.get_by_role("button", name="Ask 3 people").click()
    expect(hal.get_by_text("0 of 3 people have read and confirmed it.").first).to_be_visible()

    ada = page_of(site, "ada", width=320)
    ada.goto(site.address)
    ada.get_by_role("link", name="Words we use").first.click()
    expect(ada.locator(".notice", has_text="We use the same words from January")).to_contain_text(
        "Asked by Hal Calibri"
    )
    assert axe(ada) == []
    ada.get_by_role("button", name="I have read this").click()
    expect(ada.get_by_text("Thank you. It is noted")).to_be_visible()
    expect(ada.get_by_role("button", name="I have read this")).to_have_count(0)
    ada.go_back()
    ada.goto(site.url(WORDS))
    expect(ada.get_by_role("button", name="I have read this")).to_have_count(0)

    hal.reload()
    expect(hal.get_by_text("1 of 3 people have read and confirmed it.").first).to_be_visible()
    expect(hal.locator("tr", has_text="Ada Verdana")).to_contain_text("Read and confirmed")
    assert axe(hal) == []

    hal.goto(site.url(WORDS, "/edit"))
    hal.locator("#body").fill("Everything is called something else now.")
    hal.get_by_role("button", name="Save page").click()
    ada.goto(site.url(WORDS))
    expect(ada.get_by_text("It has changed since you read it.")).to_be_visible()
    ada.get_by_role("link", name="See what changed since").click()
    expect(ada.locator("ins, .added", has_text="something else").first).to_be_visible()

    hal.goto(f"{site.address}/registers/receipts?part=by_me")
    expect(hal.locator("tr", has_text="Ada Verdana")).to_contain_text("Changed since")
    assert axe(hal) == []


def test_everything_goes_without_scripts(page_of: PageOf, site: Site) -> None:
    hal = page_of(site, "hal", java_script_enabled=False)
    hal.goto(site.url(WORDS, "/acknowledge/new"))
    hal.locator("#who").fill("Dan Corbel\nCleo Candara")
    hal.get_by_label("Representative").check()
    hal.get_by_label("Why?").fill("The words have changed")
    hal.get_by_role("button", name="Look who would be asked").click()
    expect(hal.get_by_text("1 person cannot read this page and is not asked")).to_be_visible()
    expect(hal.get_by_text("Cleo Candara")).to_be_visible()
    hal.get_by_role("button", name="Change it").click()
    expect(hal.get_by_label("Representative")).to_be_checked()
    hal.get_by_role("button", name="Look who would be asked").click()
    hal.get_by_role("button", name="Ask 4 people").click()

    dan = page_of(site, "dan", java_script_enabled=False)
    dan.goto(site.url(WORDS))
    dan.get_by_role("button", name="I have read this").click()
    expect(dan.get_by_text("Thank you. It is noted")).to_be_visible()
    hal.reload()
    expect(hal.get_by_text("1 of 4 people have read and confirmed it.").first).to_be_visible()
    hal.get_by_role("link", name="Withdraw").click()
    hal.get_by_label("Why?").fill("The page moves elsewhere")
    hal.get_by_role("button", name="Withdraw it").click()
    expect(hal.locator("tr", has_text="Dan Corbel")).to_contain_text("Read and confirmed")
    expect(hal.locator("tr", has_text="Finn Futura")).to_contain_text("Withdrawn")
