"""A real browser, pages in it, and sites for it to visit."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from tests.browser import axe as axe_core
from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.site import Site, enter
from tests.databases import SQLiteTemplate
from tests.paper_coast import NOON, Coast, opened, with_files
from tests.required import missing
from wiki import clock

NewPage = Callable[..., Page]

#: What remembers that somebody writes Markdown; see static/js/rich.js.
MARKDOWN = "try { localStorage.setItem('holdfast.writing', 'source') } catch {}"

#: How long the browser may take for anything, in milliseconds; generous because the machine may be busy.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    try:
        browser = chromium.launch(playwright)
    except Error as error:
        missing(f"a browser that starts ({str(error).splitlines()[0]})")
    yield browser
    browser.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens pages, each in a session of its own (no shared cookies): new_page(width=320, color_scheme="dark").

    Takes the options of playwright's `new_context`, and `rich=True` for the rich text editor: most tests type Markdown,
    like people who chose to. The test fails when one of the pages logs an error, breaks its
    content security policy or raises in a script.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def open_page(width: int = 1280, height: int = 900, rich: bool = False, **options: Any) -> Page:
        context = new_window(browser, width, height, rich, **options)
        contexts.append(context)
        return watched(context, problems)

    yield open_page
    for context in contexts:
        context.close()
    assert problems == []


def new_window(
    browser: Browser, width: int = 1280, height: int = 900, rich: bool = False, **options: Any
) -> BrowserContext:
    settings = {"locale": "en-CA", "reduced_motion": "reduce", **options}
    context = browser.new_context(viewport={"width": width, "height": height}, **settings)
    context.set_default_timeout(PATIENCE)
    if not rich and options.get("java_script_enabled", True):
        context.add_init_script(MARKDOWN)
    return context


def watched(context: BrowserContext, problems: list[str]) -> Page:
    """A new page; what goes wrong in it is added to the problems."""
    page = context.new_page()
    page.on("console", lambda message: note_error(message, page, problems))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    return page


def note_error(message: ConsoleMessage, page: Page, problems: list[str]) -> None:
    """Chromium also logs the status of a page that was asked for and is an error by intention: that is no problem.

    Nor is a last file that was still coming when the test ended and its server went away.
    """
    if message.location["url"].endswith(("/inbox/count", "/presence")) and "401" in message.text:
        return  # the bell, and the form that says who is writing, ask once more after the session has ended
    of_the_page_itself = message.location["url"] == page.url and "Failed to load resource" in message.text
    if (
        message.type == "error"
        and not of_the_page_itself
        and "net::ERR_CONNECTION_" not in message.text
        and "net::ERR_SOCKET_" not in message.text
    ):
        problems.append(f"{page.url}: {message.text}")


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """axe(page): the accessibility problems that axe-core finds, as readable lines."""
    return axe_core.violations


@pytest.fixture
def serve() -> Iterator[Callable[[Flask], str]]:
    """serve(app): the address at which the application answers until the test ends."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(serving(app))


@pytest.fixture
def sign_in() -> Callable[[Page, str, str, str], None]:
    """sign_in(page, address, email, password): through the form, as people do."""

    def fill_form(page: Page, address: str, email: str, password: str) -> None:
        page.goto(f"{address}/sign-in")
        page.locator("input[name=email]").fill(email)
        page.locator("input[name=password]").fill(password)
        page.locator("input[name=password]").press("Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)

    return fill_form


@pytest.fixture(scope="module")
def shown(still_coast: Coast) -> Iterator[Site]:
    """The demo behind an address, shared by the tests of a file that only look, and use no other world."""
    with serving(still_coast.app) as address:
        yield Site(still_coast, address)


@pytest.fixture
def site(lone_coast: Coast, serve: Callable[[Flask], str]) -> Site:
    """The demo behind an address, for one test alone, which may change it."""
    return Site(lone_coast, serve(lone_coast.app))


@pytest.fixture
def noon_site(sqlite_coast: SQLiteTemplate, coast_folder: Path, tmp_path: Path) -> Iterator[Site]:
    """The same at the noon at which the demo is read, which stays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_now", lambda: NOON)
        for coast in opened(sqlite_coast.copy(tmp_path), with_files(tmp_path, coast_folder)):
            with serving(coast.app) as address:
                yield Site(coast, address)


@pytest.fixture
def page_of(new_page: NewPage) -> Callable[..., Page]:
    """page_of(site, "hal", width=320): a page in a browser in which Hal is signed in already; "visitor" is nobody."""

    def opened(site: Site, who: str, **options: Any) -> Page:
        page = new_page(**options)
        enter(page, site, who)
        return page

    return opened
