"""A team searches for a past decision, on the demo."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.site import Site
from wiki.kinds import Content
from wiki.pages import actions

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]


def results(page: Page) -> list[str]:
    return page.locator(".results h2").all_inner_texts()


def test_it_works(page_of: PageOf, site: Site, axe: Axe) -> None:
    """What still counts is found; what was replaced one sees when one wants to, with what took its place."""
    page = page_of(site, "ada", width=1440)
    page.goto(site.address)
    page.locator("#search").fill("permit notice days")
    page.keyboard.press("Enter")
    first = page.locator(".result").first
    expect(first.locator("h2")).to_contain_text("D-0009")
    expect(first.locator(".chip", has_text="Stands")).to_be_visible()
    assert not [title for title in results(page) if "D-0001" in title or "D-0004" in title]
    first.get_by_text("Why here?").click()
    expect(first.locator(".why")).to_contain_text("in a space of yours")

    page.get_by_role("link", name="Include replaced").click()
    expect(page).to_have_url(f"{site.address}/search?q=permit+notice+days&replaced=yes")
    for number in ("D-0001", "D-0004"):
        old = page.locator(".result").filter(has=page.locator(f"h2:has-text('{number}')"))
        expect(old.locator(".result-successor")).to_contain_text("Replaced by D-0009")
    expect(page.locator("[role=status]", has_text="results").first).to_be_attached()
    assert axe(page) == []


def test_a_question_of_a_meeting_is_found_in_its_row(page_of: PageOf, site: Site) -> None:
    coast = site.coast
    rows = [{"id": "k1", "question": "May kayaks be stored under the pier?", "outcome": "Yes, from April."}]
    with coast.writing() as session:
        content = Content("Pier talk", "We met on the pier.", {"decided": rows})
        kind = coast.catalogue["meeting"]
        actions.create_page(session, coast.catalogue, coast.viewer("ada"), coast.space("paper-coast"), kind, content)
    page = page_of(site, "ada")
    page.goto(f"{site.address}/search?q=kayaks+under+pier")
    hit = page.locator(".result").first
    expect(hit.locator("h2")).to_have_text("Pier talk")
    expect(hit.locator(".result-row")).to_contain_text("kayaks be stored under the pier")
    expect(hit.locator("h2 a")).to_have_attribute("href", "/paper-coast/pier-talk#r-k1")
    hit.get_by_role("link", name="Make it a page: Decision record").click()
    expect(page.locator("h1")).to_contain_text("decided")
    expect(page.get_by_label("The question")).to_have_value("May kayaks be stored under the pier?")


def test_nothing_found_leads_to_asking_and_writing(page_of: PageOf, site: Site, axe: Axe) -> None:
    page = page_of(site, "ada")
    page.goto(f"{site.address}/search?q=zeppelin+landing+fees")
    expect(page.get_by_role("heading", name="Ask")).to_be_visible()
    expect(page.locator(".nothing").get_by_role("link", name="Hal Calibri")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Propose a decision").click()
    expect(page.locator("#title")).to_have_value("Zeppelin landing fees")


def test_the_first_screen_of_a_decision_says_all_that_matters_and_its_chain_opens(
    page_of: PageOf, site: Site, axe: Axe
) -> None:
    page = page_of(site, "gia", width=1440)  # Ada is on a path, which says so above the page
    page.goto(site.address + site.coast.url("P24"))
    main = page.locator("main")
    for text in (
        "How long do partners have to answer a permit notice",
        "thirty working days",
        "An answer that comes too late is not an answer",
        "Steering circle: terms of reference",
        "Stands",
        "D-0004 Twenty days to answer permit notices",
        "Send a permit notice so that partners have time",
    ):
        box = (
            main.get_by_text(text).locator("visible=true").first.bounding_box()
        )  # the chain that is still closed says some of it too
        assert box is not None and box["y"] + box["height"] < 900, text
    page.locator(".chain > summary").click()
    steps = page.locator(".chain li")
    expect(steps.locator(".chain-name")).to_contain_text(["D-0001", "D-0004", "D-0009"])
    expect(steps.nth(0)).to_contain_text("Ten days fit the Ministry's cycle")
    expect(steps.nth(1).locator("time")).to_be_visible()
    assert axe(page) == []


def test_a_condition_that_is_met_is_told_everywhere_and_the_decision_stands(page_of: PageOf, site: Site) -> None:
    page = page_of(site, "gia")
    page.goto(site.address + site.coast.url("P24"))
    page.get_by_role("link", name="Has this happened?").click()
    page.get_by_label("What was seen, and when?").fill("Twelve days on average since last autumn")
    page.get_by_role("button", name="It has happened").click()
    banner = page.locator(".notice", has_text="The condition for a new look has occurred")
    expect(banner).to_contain_text("Twelve days on average since last autumn")
    expect(page.locator(".meta .chip", has_text="Accepted")).to_be_visible()
    page.goto(f"{site.address}/registers/decisions")
    expect(page.locator("tr", has_text="D-0009")).to_contain_text("time to look again")
    page.goto(f"{site.address}/registers/reviews")
    expect(page.locator("tr", has_text="D-0009")).to_be_visible()


def test_an_accepted_outcome_is_not_rewritten(page_of: PageOf, site: Site, axe: Axe) -> None:
    """Somebody had the form open while others accepted it: what was typed goes along to a new decision."""
    coast = site.coast
    decided = {
        "question": "Where do kayaks lie?",
        "outcome": "Under the pier.",
        "why": "It is dry there.",
        "decided_on": "2026-11-20",
        "decided_by": [coast.named("P07").id],
        "time_to_collaborate": "yes",
    }
    with coast.writing() as session:
        kind, space = coast.catalogue["decision"], coast.space("paper-coast")
        content = Content("Kayaks under the pier", "", decided)
        made = actions.create_page(
            session, coast.catalogue, coast.viewer("ada"), space, kind, content, state="proposed"
        )
        address = f"{site.address}/paper-coast/{made.slug}"
    page = page_of(site, "gia")
    page.goto(f"{address}/edit")
    page.get_by_label("We decided to…").fill("In the boat shed.")
    other = page_of(site, "ada")
    other.goto(f"{address}/state?to=accepted")
    other.get_by_role("button", name="Record as accepted").click()
    expect(other.locator(".meta .chip", has_text="Accepted")).to_be_visible()
    page.get_by_role("button", name="Save page").click()
    expect(page.locator(".error-summary")).to_contain_text("“We decided to…” is locked")
    refusal = page.locator(".notice", has_text="Some fields are locked by now")
    expect(refusal.get_by_role("link", name="Add a note")).to_have_attribute("href", f"/paper-coast/{made.slug}/note")
    assert axe(page) == []
    refusal.get_by_role("button", name="Replace with a new one").click()
    expect(page.get_by_label("We decided to…")).to_have_value("In the boat shed.")
    page.get_by_text("Add more detail").click()
    expect(page.locator("[name='f.supersedes']")).to_have_value(f"Kayaks under the pier (paper-coast/{made.slug})")


def test_a_new_decision_replaces_the_old_one_and_tells_the_pages_that_rest_on_it(page_of: PageOf, site: Site) -> None:
    coast = site.coast
    old = coast.named("P24")
    with coast.writing() as session:
        fields = {
            "question": "How long now?",
            "outcome": "Forty days.",
            "why": "Thirty were not enough.",
            "decided_on": "2026-11-20",
            "decided_by": [coast.named("P07").id],
            "time_to_collaborate": "yes",
            "supersedes": [old.id],
            "partnership": coast.named("P01").id,
        }
        kind, space, content = (
            coast.catalogue["decision"],
            coast.space("paper-coast"),
            Content("Forty days", "", fields),
        )
        actions.create_page(session, coast.catalogue, coast.viewer("ada"), space, kind, content, state="proposed")
    page = page_of(site, "ada")
    page.goto(f"{site.address}/paper-coast/forty-days/state?to=accepted")
    page.get_by_role("button", name="Record as accepted").click()
    page.goto(site.address + coast.url("P24"))
    expect(page.locator(".notice", has_text="Replaced by")).to_contain_text("D-0011 Forty days")
    expect(page.locator(".meta .chip", has_text="Superseded")).to_be_visible()
    page.goto(site.address + coast.url("P37"))
    told = page.locator(".notice", has_text="What is behind this page was replaced")
    expect(told).to_contain_text("D-0011 Forty days")
    told.get_by_role("link", name="Still right").click()
    page.locator("main").get_by_role("button").first.click()
    expect(page.locator("h1")).to_contain_text("Send a permit notice")
    expect(page.locator(".notice", has_text="What is behind this page was replaced")).to_have_count(0)

    page.goto(f"{site.address}{coast.url('P24')}/edit")
    page.get_by_text("Add more detail").click()
    page.get_by_label("Replaces").fill("Forty days")
    page.get_by_role("button", name="Save page").click()
    expect(page.locator(".error-summary")).to_contain_text("“Forty days” replaces this page already")
