"""Waits for what no locator can say, such as what is selected."""

import time

from playwright.sync_api import Page

#: How long it may take, in seconds; generous because the machine may be busy.
PATIENCE = 15
PAUSE = 50


def until(page: Page, expression: str) -> None:
    """Until JavaScript is true of the page.

    Playwright's own `wait_for_function` evaluates its text within the page from the second look on, which our content
    security policy forbids; `evaluate` comes from outside it.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"in vain: {expression}"
        page.wait_for_timeout(PAUSE)
