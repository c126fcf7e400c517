"""The tools of the browser tests find what they are there to find."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Error, Page

from tests.browser.conftest import NewPage

BAD = """<title></title><img src="/a.png"><input><a href="/b"></a>"""
GOOD = (
    """<!doctype html><html lang="en"><title>Tide tables</title><main><h1>Tide tables</h1><p>High at noon.</p></main>"""
)


@pytest.fixture
def address(serve: Callable[[Flask], str]) -> str:
    app = Flask("sample")
    app.add_url_rule("/good", view_func=lambda: (GOOD, {"Content-Security-Policy": "default-src 'none'"}), endpoint="1")
    app.add_url_rule("/bad", view_func=lambda: BAD, endpoint="2")
    app.add_url_rule("/a.png", view_func=lambda: ("", 200, {"Content-Type": "image/png"}), endpoint="3")
    app.add_url_rule("/favicon.ico", view_func=lambda: ("", 204), endpoint="4")
    return serve(app)


def test_it_works(page: Page, address: str) -> None:
    page.goto(f"{address}/good")
    assert page.title() == "Tide tables"


def test_axe_has_nothing_against_a_good_page(page: Page, address: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{address}/good")
    assert axe(page) == []


def test_axe_finds_what_is_wrong_with_a_bad_page(page: Page, address: str, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{address}/bad")
    rules = {line.partition(":")[0] for line in axe(page)}
    assert {"image-alt", "label", "document-title", "html-has-lang", "link-name"} <= rules


def test_the_browser_reaches_no_other_machine(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")


def test_each_page_is_a_session_of_its_own(new_page: NewPage, address: str) -> None:
    first, second = new_page(), new_page()
    first.goto(f"{address}/good")
    first.context.add_cookies([{"name": "who", "value": "ada", "url": address}])
    second.goto(f"{address}/good")
    assert second.context.cookies() == []
