"""Make the pictures in docs/pictures from the running product and its demo.

    .venv/bin/python scripts/screenshots.py [NAME …]

The demo is loaded into a wiki of its own, on a day that never changes, so that a picture differs only when the product does.
It needs what the browser tests need (`make test` installs it).
"""

import argparse
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import chromium
from tests.browser.conftest import MARKDOWN
from tests.browser.server import serving
from tests.browser.site import Site, enter
from tests.paper_coast import NOON, Coast, load
from tests.world import new_world
from wiki import clock, migrate
from wiki.db import Database

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
TOGETHER = 3_500_000


@dataclass(frozen=True)
class Picture:
    """What is shown: an address, and through which window."""

    address: str
    who: str = "hal"
    width: int = 1280
    height: int = 800
    dark: bool = False
    printed: bool = False
    #: Where the window begins: the selector of what stands at its top.
    at: str = ""
    language: str = "en"
    #: The text is written as Markdown.
    source: bool = False
    #: The tour of the first visit is over.
    toured: bool = False


MEETING = "/paper-coast/steering-circle-spring-record"
DECISION = "/paper-coast/d-0009-thirty-working-days"
AGREEMENT = "/paper-coast/paper-coast-partnership-agreement"

PICTURES = {
    "home": Picture("/"),
    "mine": Picture("/", who="ada", height=960, toured=True),
    "meeting": Picture(MEETING),
    "chooser": Picture(f"/paper-coast/new?from={MEETING[1:]}", height=640),
    "form": Picture(f"{MEETING}/edit", at="[data-rows=actions]"),
    "decision": Picture(DECISION),
    "decision-dark": Picture(DECISION, dark=True),
    "decision-phone": Picture(DECISION, width=390, height=844),
    "comparison": Picture(f"{AGREEMENT}/compare/1/3", height=720),
    "register": Picture("/registers/decisions?live=no", height=720),
    "promises": Picture("/registers/commitments", height=720),
    "search": Picture("/search?q=permit+notice+days", height=720),
    "editor": Picture("/paper-coast/send-a-permit-notice/edit", at="label[for=body]", height=720),
    "state": Picture("/paper-coast/d-0010-dashboard-in-turn/state?to=accepted", height=640),
    "files": Picture("/paper-coast/tidal-water-tests-passed/files", height=560),
    "handover-items": Picture("/paper-coast/handover-ben-optima-to-ada-verdana/items", who="ben", height=1150),
    "path": Picture("/paper-coast/first-fourteen-days/path", who="ada", height=900),
    "asked-to-read": Picture("/paper-coast/protocol-on-shared-shoreline-information", who="ada", height=720),
    "people": Picture("/registers/people", height=720),
    "practice": Picture("/paper-coast/one-page-pre-read-one-question", who="ada", height=900, at=".thanks"),
    "inbox": Picture("/inbox", who="ada", height=720),
    "suggestion": Picture("/paper-coast/send-a-permit-notice/suggestions/1", who="ben", height=720),
    "event": Picture("/paper-coast/peer-session-one-page-one-question", who="ada", height=720),
}

#: One page of each of ten kinds, each seen in five ways: `docs/gallery.md` shows them.
KINDS = {
    "agreement": "paper-coast-partnership-agreement",
    "decision": "d-0009-thirty-working-days",
    "meeting": "steering-circle-spring-record",
    "lesson": "ask-for-quiet-periods-before-setting-dates",
    "practice": "one-page-pre-read-one-question",
    "action-plan": "partnership-action-plan-year-2",
    "partnership": "paper-coast-shoreline-partnership",
    "handover": "handover-ben-optima-to-ada-verdana",
    "organisation": "placeholder-nation-council",
    "risk-register": "risk-register",
}
WAYS = {
    "desktop": {},
    "phone": {"width": 360, "height": 740},
    "dark": {"dark": True},
    "print": {"width": 794, "height": 1123, "printed": True},
    "french": {"language": "fr"},
}


@contextmanager
def demo() -> Iterator[Site]:
    """The demo as it stands on its day, in a folder that goes away again."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    clock._now = lambda: NOON
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/wiki.db")
        migrate.upgrade(database)
        world = new_world(database, Path(folder))
        load(world)
        with serving(world.app) as address:
            yield Site(Coast(world.app, database, world.settings), address)
        database.close()


def opened(browser: Browser, site: Site, picture: Picture) -> Page:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        locale="fr-CA" if picture.language == "fr" else "en-CA",
        timezone_id="UTC",
    )
    if picture.source:
        context.add_init_script(MARKDOWN)
    page = context.new_page()
    enter(page, site, picture.who)
    if picture.printed:
        page.emulate_media(media="print")
    page.goto(site.address + picture.address, wait_until="networkidle")
    if picture.toured:
        page.get_by_role("button", name="I know enough").click()
        page.evaluate("document.activeElement.blur()")
    if picture.at:
        page.locator(picture.at).evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 72)")
    return page


def take(browser: Browser, site: Site, name: str) -> None:
    page = opened(browser, site, PICTURES[name])
    page.screenshot(path=TARGET / f"{name}.png")
    page.context.close()


def take_kinds(browser: Browser, site: Site) -> None:
    """The gallery. JPEG, because nobody looks for single dots in it and there are many."""
    folder = TARGET / "kinds"
    folder.mkdir(exist_ok=True)
    for kind, slug in KINDS.items():
        for way, seen in WAYS.items():
            page = opened(browser, site, replace(Picture(f"/paper-coast/{slug}"), **seen))
            assert page.locator("h1").count() == 1 and "Not found" not in page.title(), slug
            page.screenshot(path=folder / f"{kind}-{way}.jpg", type="jpeg", quality=60)
            page.context.close()


def take_conflict(browser: Browser, site: Site) -> None:
    """Two people change the same paragraph; the second sees both texts."""
    window = Picture("/paper-coast/send-a-permit-notice/edit", height=720, source=True)
    hal = opened(browser, site, window)
    ada = opened(browser, site, replace(window, who="ada"))
    for page, words in (
        (hal, "Words that we use here, and what we mean by them."),
        (ada, "What we mean when we say it."),
    ):
        body = page.locator("#body")
        body.fill("\n\n".join([words, *body.input_value().split("\n\n")[1:]]))
        page.get_by_role("button", name="Save page").click()
        page.wait_for_load_state("networkidle")
    ada.screenshot(path=TARGET / "conflict.png")
    for page in (hal, ada):
        page.context.close()


def take_question(browser: Browser, site: Site) -> None:
    """What somebody sees before their question is sent: an earlier answer, and who would get it."""
    page = opened(browser, site, Picture(AGREEMENT, who="ivy", height=1180))
    page.get_by_role("region", name="Something to say?").get_by_role("link", name="Ask").click()
    page.wait_for_url("**/questions/new?**", wait_until="networkidle")
    page.get_by_label("Your question").fill("Which promises to the Council should I look at first?")
    page.get_by_role("button", name="Go on").click()
    page.locator("#who-title").wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / "question.png")
    page.context.close()


def take_comment(browser: Browser, site: Site) -> None:
    """Somebody presses words with a line under them: what is said about them opens beside the text."""
    page = opened(browser, site, Picture(DECISION, who="ada"))
    page.mouse.move(500, 400)
    mark = page.locator(".talk-mark").first
    mark.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 272)")
    mark.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / "comment.png")
    page.context.close()


OTHERS = {"comment": take_comment, "conflict": take_conflict, "kinds": take_kinds, "question": take_question}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help=f"of {', '.join([*PICTURES, *OTHERS])}; all if none is given"
    )
    wanted = parser.parse_args().names or [*PICTURES, *OTHERS]
    TARGET.mkdir(exist_ok=True)
    with demo() as site, sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name in wanted:
            if name in OTHERS:
                OTHERS[name](browser, site)
            else:
                take(browser, site, name)
        browser.close()
    weight = sum(file.stat().st_size for file in TARGET.glob("*.png"))
    print(f"{len(wanted)} pictures; all in {TARGET} weigh {weight:,} bytes (at most {TOGETHER:,})")


if __name__ == "__main__":
    main()
