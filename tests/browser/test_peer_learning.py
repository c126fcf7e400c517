"""Peers of several organisations share, try, adapt and recognise practices: the journey, check by check.

One site for all of them: each test has a practice of its own. Gia (Society) shares; Dan and Eva (Council), Finn
(Municipality), Ada and Ben (Ministry) and Hal (Keel) try, thank and adapt.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import serving
from tests.browser.site import Site
from tests.browser.test_every_page import judge
from tests.databases import SQLiteTemplate
from tests.paper_coast import NOON, opened, with_files
from wiki import clock

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]

IDEA = {
    "problem": "Nobody reads the papers",
    "idea": "One page, one question",
    "result": "Shorter meetings; it failed once.",
}


@pytest.fixture(scope="module")
def peers(sqlite_coast: SQLiteTemplate, coast_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("peers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: NOON)
        for coast in opened(sqlite_coast.copy(folder), with_files(folder, coast_folder)):
            with serving(coast.app) as address:
                yield Site(coast, address)


def practice(site: Site, title: str, **fields: Any) -> str:
    """A practice that Gia shared for the Society: its address."""
    gia = site.coast.viewer("gia").person_id
    mine = {**IDEA, "owner": gia, "ask": [gia], "contributing_orgs": [site.coast.named("O4").id]}
    made = site.coast.page(
        "gia", "paper-coast", "practice", title, {**mine, **fields}, body="1. Write it.", state="shared"
    )
    return f"{site.address}/paper-coast/{made.slug}"


def tell_use(page: Page, url: str, result: str, changed: str, story: str = "") -> None:
    """Through "We tried it too", whose first field knows the organisation already."""
    page.goto(url)
    page.get_by_role("link", name="We tried it too").click()
    expect(page.get_by_label("Who tried it?")).not_to_have_value("")
    page.get_by_role("radio", name=result, exact=True).check()
    page.get_by_label("What did you change?").fill(changed)
    page.get_by_label("What happened?").fill(story)
    page.get_by_role("button", name="Add it to the page").click()
    expect(page.locator(".flashes")).to_contain_text("it stands on the page")


def thank(page: Page, url: str, why: str) -> None:
    page.goto(f"{url}/thank")
    page.get_by_label("What for?").fill(why)
    page.get_by_role("button", name="Say thank you").click()
    expect(page.locator(".thanks")).to_contain_text(why)


def take_back(page: Page, url: str, why: str) -> None:
    page.goto(url)
    page.get_by_role("button", name=f"Take back: {why}").click()
    expect(page.locator(".flashes")).to_contain_text("Taken back")


def shown_state(page: Page, url: str) -> str:
    page.goto(url)
    return page.locator(".page-heading .chip").first.inner_text()


def line_of(page: Page, site: Site, title: str, question: str = "") -> Locator:
    """A practice in the register."""
    page.goto(f"{site.address}/registers/practices{question}")
    return page.locator("tbody tr", has=page.get_by_role("link", name=title, exact=True))


def test_it_works(peers: Site, page_of: PageOf, axe: Axe) -> None:
    """Check 1: problem, idea and result in one form of seven fields, and it can be shared."""
    gia = page_of(peers, "gia")
    gia.goto(f"{peers.address}/paper-coast/new?kind=practice")
    shown = gia.locator("#edit-form .field, #edit-form [data-rows]").filter(visible=True)
    labels = [text.split("\n")[0] for text in shown.all_inner_texts()]
    seven = [
        "When to use it",
        "The idea in three lines",
        "What came of it",
        "Works",
        "Who to ask",
        "How others used it",
    ]
    assert [one for one in seven if not any(label.startswith(one) for label in labels)] == [], labels
    gia.locator("#title").fill("Boots by the door")
    gia.get_by_label("When to use it").fill("The meeting talks past the place")
    gia.get_by_label("The idea in three lines").fill("Go outside first.")
    gia.get_by_label("What came of it").fill("Shorter lists. Once it rained.")
    gia.get_by_role("checkbox", name="On site").check()
    gia.get_by_role("combobox", name="Who to ask").fill("Gia Lucida")
    gia.locator("#body").fill("1. Put your boots on.")
    gia.get_by_role("button", name="Create page").click()
    expect(gia.locator("h1")).to_have_text("Boots by the door")
    expect(gia.locator(".page-heading .chip").first).to_have_text("Draft")
    gia.get_by_role("link", name="Share it").first.click()
    gia.get_by_role("button", name="Share it").click()
    expect(gia.locator(".page-heading .chip").first).to_have_text("Not yet tried")


def test_a_use_elsewhere_shows_and_is_told(peers: Site, page_of: PageOf, axe: Axe) -> None:
    """Check 2: shown as adapted; who wrote it and who watches it are told; the register names the organisation."""
    url = practice(peers, "Soup before the agenda")
    gia, dan, finn = (page_of(peers, who) for who in ("gia", "dan", "finn"))
    finn.goto(f"{url}/watch")
    finn.get_by_role("button", name=re.compile("Watch")).first.click()
    assert shown_state(dan, url) == "Not yet tried"
    tell_use(dan, url, "It worked", "We begin outside")
    assert shown_state(dan, url) == "Adapted elsewhere"
    expect(dan.locator(".page-heading .chip .icon").first).to_be_visible()
    judge(dan, axe, 1280)
    for page in (gia, finn):
        page.goto(f"{peers.address}/inbox")
        expect(page.locator("main")).to_contain_text("Dan Corbel tried it too: We begin outside")
    line = line_of(gia, peers, "Soup before the agenda")
    expect(line.locator("[data-label='Used by']")).to_have_text("Placeholder Nation Council")
    expect(line).to_contain_text("Adapted elsewhere")


def test_recommended_and_back(peers: Site, page_of: PageOf) -> None:
    """Check 3: it worked for two organisations, and three thanks of two; thanks of one's own do not count; one less turns it back."""
    url = practice(peers, "Chairs in a row by the water")
    gia, dan, finn, ada, eva = (page_of(peers, who) for who in ("gia", "dan", "finn", "ada", "eva"))
    tell_use(dan, url, "It worked", "Nothing")
    tell_use(finn, url, "It worked", "Shorter")
    thank(gia, url, "We are rather good at this ourselves.")
    gia.goto(f"{url}/thank")
    gia.get_by_label("Or somebody else").fill("Gia Lucida")
    gia.get_by_label("What for?").fill("For all that I did here.")
    gia.get_by_role("button", name="Say thank you").click()
    expect(gia.locator(".error-summary")).to_contain_text("You cannot thank yourself")
    thank(dan, url, "We saw the water for once.")
    thank(eva, url, "The young ones spoke first this time.")
    assert shown_state(dan, url) == "Adapted elsewhere", "the third is of the author, and two are of one organisation"
    thank(eva, url, "And they came again the week after.")
    assert shown_state(dan, url) == "Adapted elsewhere", "three, but all of one organisation"
    thank(ada, url, "Nobody looked at a telephone.")
    assert shown_state(dan, url) == "Recommended"
    take_back(ada, url, "Nobody looked at a telephone.")
    assert shown_state(dan, url) == "Adapted elsewhere"
    thank(ada, url, "Nobody looked at a telephone, really.")
    assert shown_state(ada, url) == "Recommended"
    gia.goto(f"{url}/edit")
    gia.locator("[name='do'][value='remove-row:adaptations:1']").evaluate("one => one.click()")
    gia.get_by_role("button", name="Save page").click()
    expect(gia.locator(".page-heading .chip").first).to_have_text("Adapted elsewhere")


def test_a_version_of_ones_own(peers: Site, page_of: PageOf) -> None:
    """Check 4: the link, the credit and the care notices travel along."""
    url = practice(peers, "Maps on the floor", handling_notice=["attribution_incomplete"])
    dan = page_of(peers, "dan")
    dan.goto(url)
    dan.get_by_role("link", name="Make our own version").click()
    expect(dan.locator("main")).to_contain_text("The credit is not complete yet")
    dan.get_by_role("button", name="Begin our version").click()
    dan.get_by_role("button", name="Save page").click()
    expect(dan.locator("h1")).to_have_text("Our version of Maps on the floor")
    main = dan.locator("main")
    expect(main).to_contain_text("Credit: Open Current Society")
    expect(main).to_contain_text("The credit is not complete yet")
    expect(dan.locator("#f-grew_from").get_by_role("link")).to_have_text("Maps on the floor")
    dan.goto(url)
    expect(dan.locator(".aside")).to_contain_text("Our version of Maps on the floor")


def test_where_one_asks_first_it_waits(peers: Site, page_of: PageOf) -> None:
    """Check 5: a note to the contact, and nothing is copied before the answer."""
    url = practice(peers, "Songs for the crossing", reuse="ask_first")
    dan, gia = page_of(peers, "dan"), page_of(peers, "gia")
    dan.goto(f"{url}/adapt")
    expect(dan.get_by_role("button", name="Begin our version")).to_have_count(0)
    dan.get_by_label("What would you like to do with it").fill("For the camp in June.")
    dan.get_by_role("button", name="Ask them").click()
    expect(dan.locator("main")).to_contain_text("have no answer yet")
    gia.goto(f"{peers.address}/inbox")
    gia.get_by_role("link", name=re.compile("Dan Corbel asks whether they may use it")).click()
    gia.get_by_label("A word with your answer").fill("Gladly, with our name.")
    gia.get_by_role("button", name="Yes, go ahead").click()
    dan.goto(f"{url}/adapt")
    expect(dan.locator("main")).to_contain_text("Gladly, with our name.")
    dan.get_by_role("button", name="Begin our version").click()
    expect(dan).to_have_url(re.compile("/our-version-of-songs-for-the-crossing/edit"))


def test_where_it_is_taught_links_both_ways(peers: Site, page_of: PageOf) -> None:
    """Check 6: from the practice to the workshop and back."""
    url = practice(peers, "Words on the wall", taught_in=[peers.coast.named("P36").id])
    dan = page_of(peers, "dan")
    dan.goto(url)
    dan.locator("#f-taught_in").get_by_role("link", name="Workshop: writing in one wiki").click()
    pointing = dan.locator(".aside .backlinks")
    expect(pointing).to_contain_text("Practices taught here")
    pointing.get_by_role("link", name="Words on the wall").click()
    expect(dan.locator("h1")).to_have_text("Words on the wall")


def test_the_register_filters_by_where_it_works(peers: Site, page_of: PageOf) -> None:
    """Check 7."""
    practice(peers, "By telephone", settings=["online"])
    practice(peers, "In the boat", settings=["onsite", "ongoing"])
    dan = page_of(peers, "dan", java_script_enabled=False)
    for setting, there, absent in (
        ("Online", "By telephone", "In the boat"),
        ("On site", "In the boat", "By telephone"),
        ("Ongoing", "In the boat", "By telephone"),
    ):
        dan.goto(f"{peers.address}/registers/practices")
        dan.locator(".register-filters > summary").click()
        dan.locator(".choice-filter > summary", has_text="Works").click()
        dan.get_by_role("checkbox", name=setting, exact=True).check()
        dan.get_by_role("button", name="Apply").click()
        expect(dan.locator("main")).to_contain_text(there)
        expect(dan.locator("main")).not_to_contain_text(absent)


def test_nothing_counts_what_somebody_was_thanked_for(peers: Site, page_of: PageOf) -> None:
    """Check 8: neither the person's page, nor registers, nor lists of people say how often, and none is in that order."""
    gia = page_of(peers, "gia")
    for name in ("One rope", "Two ropes", "Three ropes"):
        thank(gia, practice(peers, name), f"{name} held through the whole night.")
    for path in (
        "/registers/practices",
        "/registers/people",
        "/directory/pages",
        "/paper-coast/gia-lucida",
        "/paper-coast/members",
        "/paper-coast/letters",
        "/registers/practices?view=cards",
    ):
        gia.goto(f"{peers.address}{path}")
        said = gia.locator("main").inner_text()
        assert re.search(r"\d+\s+(?:thanks|times|points)|thanks:?\s*\d+|rank|leader", said, re.IGNORECASE) is None, path
    gia.goto(f"{peers.address}/registers/practices")
    heads = [head for head in gia.locator("thead th").all_inner_texts() if "thank" in head.lower()]
    assert heads == ["Thanked by"], "who said thank you, not how often"
    assert gia.locator("[data-label='Thanked by']").filter(has_text=re.compile(r"\d")).count() == 0


def test_what_did_not_work_has_equal_weight(peers: Site, page_of: PageOf, axe: Axe) -> None:
    """Check 9: the same place, the same letters, and its reason beside it, on a telephone too."""
    url = practice(peers, "Letters in bottles")
    dan, finn = page_of(peers, "dan"), page_of(peers, "finn", width=320)
    tell_use(dan, url, "It worked", "Larger bottles", "Two came back.")
    tell_use(finn, url, "It did not", "Nothing", "The wind came from the land.")
    for page, width in ((dan, 1280), (finn, 320)):
        page.goto(url)
        rows = page.locator("#f-adaptations tbody tr")
        expect(page.locator("#f-adaptations")).to_contain_text("The wind came from the land.")
        looks = "one => { const s = getComputedStyle(one); return [s.fontSize, s.color, s.fontWeight, s.opacity] }"
        worked, did_not = (
            page.locator("#f-adaptations").get_by_text(words, exact=True).first.evaluate(looks)
            for words in ("Two came back.", "The wind came from the land.")
        )
        assert worked == did_not
        results = [page.get_by_text(words, exact=True).first.evaluate(looks) for words in ("It worked", "It did not")]
        assert results[0] == results[1] and rows.count() >= 2
        judge(page, axe, width)


def test_thanks_by_keyboard_and_without_scripts(peers: Site, page_of: PageOf, axe: Axe) -> None:
    """Reading, commenting, telling of a use and thanking need no script; with scripts no mouse."""
    url = practice(peers, "Tea at four")
    ben = page_of(peers, "ben", width=320, java_script_enabled=False)
    tell_use(ben, url, "Partly", "At five", "Half of us were gone.")
    ben.get_by_role("link", name="Thank", exact=True).click()
    ben.get_by_label("What for?").fill("It was warm in there.")
    ben.get_by_role("button", name="Say thank you").click()
    expect(ben.locator(".thanks")).to_contain_text("It was warm in there.")
    ben.get_by_role("link", name="Comment", exact=True).click()
    ben.get_by_label("Your comment").fill("Which tea?")
    ben.get_by_role("button", name="Comment", exact=True).click()
    expect(ben.locator("main")).to_contain_text("Which tea?")

    dan = page_of(peers, "dan")
    dan.goto(f"{url}/thank")
    expect(dan.get_by_label("What for?")).to_be_focused()
    judge(dan, axe, 1280)
    dan.keyboard.type("You kept a cup for us.")
    dan.keyboard.press("Tab")
    expect(dan.get_by_role("button", name="Say thank you")).to_be_focused()
    dan.keyboard.press("Enter")
    expect(dan.locator(".thanks")).to_contain_text("You kept a cup for us.")
    for rest in ("/tried", "/adapt", "/lesson"):
        dan.goto(f"{url}{rest}")
        judge(dan, axe, 1280)
