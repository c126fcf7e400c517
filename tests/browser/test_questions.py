"""A newcomer asks inside first: a partner is told only when nobody inside knows, and a second time it is written down once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.site import Site, enter
from tests.browser.test_every_page import judge
from tests.paper_coast import NOON
from wiki import clock
from wiki.models import Account, Notice, Outgoing
from wiki.questions.carrying import carry
from wiki.questions.counting import Counts, counts_of

PageOf = Callable[..., Page]
Axe = Callable[[Page], list[str]]
COUNCIL = ("dan", "eva")


def told(site: Site, who: str) -> list[str]:
    """What somebody was told of questions, in their inbox and by mail."""
    with site.coast.reading() as session:
        account = session.scalars(select(Account).where(Account.email == site.coast.email(who))).one()
        notices = session.scalars(select(Notice.reason).where(Notice.account_id == account.id))
        mails = session.scalars(select(Outgoing.subject).where(Outgoing.recipient == account.email))
        return [one for one in (*notices, *mails) if "question" in one.lower()]


def counted(site: Site, who: str) -> Counts:
    person = site.coast.viewer(who).person_id or 0
    with site.coast.reading() as session:
        return counts_of(session, [person])[person]


def ask(page: Page, url: str, text: str) -> None:
    """From the page to what is shown before the question is sent."""
    page.goto(url)
    page.get_by_role("region", name="Something to say?").get_by_role("link", name="Ask").click()
    page.get_by_label("Your question").fill(text)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before it is sent")


def test_it_works(site: Site, page_of: PageOf, axe: Axe, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, dan = page_of(site, "ada"), page_of(site, "dan")
    # The demo: one question, answered inside, none to partners (J-a 6).
    assert counted(site, "ada") == Counts(inside=1, partners=0)
    ada.goto(f"{site.address}/questions?whose=mine")
    expect(ada.get_by_role("link", name="Which of our promises to the Council should I look at first?")).to_be_visible()
    expect(ada.get_by_text("The capacity support. It is late")).to_be_visible()
    # A page that Eva of the Council keeps; the Ministry has somebody who can answer (J-a 4).
    ask(ada, site.url("P06"), "May I show the map of the mussel beds to the town?")
    judge(ada, axe, 1280)
    expect(ada.get_by_role("checkbox", name="Ivy Constantia")).to_be_checked()
    expect(ada.get_by_text("Dan Corbel speaks for Placeholder Nation Council")).to_be_visible()
    ada.get_by_role("button", name="Send").click()
    expect(ada.get_by_text("Goes to Placeholder Nation Council on Tue, Nov 24, 2026")).to_be_visible()
    judge(ada, axe, 1280)
    asked_at = ada.url
    assert told(site, "ivy") != []
    assert [told(site, who) for who in COUNCIL] == [[], []]
    dan.goto(site.url("P06"))
    foot = dan.get_by_role("region", name="Something to say?")
    expect(foot.get_by_role("link", name="Ask")).to_be_visible()
    expect(dan.get_by_text("question about this page")).to_have_count(0)
    dan.goto(asked_at)
    expect(dan.get_by_role("heading", level=1)).to_have_text("Not found")
    # Nobody inside answers for two working days, of which a weekend has none (J-a 5).
    assert carry(site.coast.database, site.coast.settings) == 0
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(days=3))
    assert carry(site.coast.database, site.coast.settings) == 1
    assert told(site, "dan") != [] and counted(site, "ada") == Counts(inside=1, partners=1)
    enter(dan, site, "dan")
    dan.goto(site.address)
    expect(dan.locator("#questions")).to_contain_text("Waiting for your answer")
    dan.get_by_role("link", name="May I show the map of the mussel beds").click()
    dan.get_by_label("Your answer").fill("Not the **northern** bed.")
    dan.get_by_role("button", name="Answer").click()
    expect(dan.locator(".answer strong", has_text="northern")).to_be_visible()
    # The same topic a second time.
    enter(ada, site, "ada")
    ask(ada, site.url("P06"), "May the school see the mussel beds?")
    expect(ada.get_by_text("Not the northern bed.")).to_be_visible()
    ada.get_by_label("Only they can know: ask the partner now").check()
    ada.get_by_role("button", name="Send").click()
    expect(ada.get_by_text("Can we write this down once?")).to_be_visible()
    expect(ada.get_by_text("2 questions on this topic went to Placeholder Nation Council")).to_be_visible()
    assert counted(site, "ada") == Counts(inside=1, partners=2)
    # The first answer becomes page text with one click.
    ada.goto(asked_at)
    ada.get_by_role("button", name="This answers it").click()
    ada.get_by_role("button", name="Put it into the page").click()
    expect(ada.get_by_role("heading", name="May I show the map of the mussel beds to the town?")).to_be_visible()
    ada.locator(".page-questions summary").click()
    expect(ada.locator(".page-questions").get_by_role("link", name="May I show the map")).to_be_visible()
    judge(ada, axe, 1280)


def test_it_works_without_scripts(site: Site, page_of: PageOf) -> None:
    page = page_of(site, "ada", java_script_enabled=False, width=320)
    ask(page, site.url("P24"), "Does thirty days hold for small notices too?")
    page.get_by_role("button", name="Change the question").click()
    page.get_by_label("Your question").fill("Does thirty days hold for short notices too?")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Does thirty days hold for short notices too?")
    page.goto(site.url("P24"))
    page.locator(".page-questions summary").click()
    page.get_by_role("link", name="Read them").click()
    expect(page.get_by_role("link", name="Does thirty days hold for short notices too?")).to_be_visible()
