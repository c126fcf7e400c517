"""A register as a board and as a calendar: the same lines, put together in another way."""

import pytest

from tests.client import Browser
from tests.page import Page, text_of
from tests.paper_coast import Coast


@pytest.fixture(scope="module")
def hal(still_coast: Coast) -> Browser:
    return still_coast.browser("hal")


def piles(page: Page, name: str) -> dict[str, int]:
    """What a part is headed by, and how many lines it has."""
    return {
        text_of(next(one.iter("h2"))): len([line for line in one.iter("li") if line.get("data-line")])
        for one in page.all("section")
        if name in one.get("class", "").split()
    }


def test_it_works(hal: Browser) -> None:
    board = hal.read("/registers/actions?view=board")
    assert piles(board, "pile") == {"Overdue 2": 2, "Due in 7 days 1": 1, "Open 2": 2, "Done 2": 2, "Done late 1": 1}
    assert "Gia Lucida" in board.main
    assert board.links()["Table"] == "/registers/actions"


def test_a_calendar_goes_by_month_and_keeps_the_filters(hal: Browser) -> None:
    page = hal.read("/registers/actions?view=calendar&live=yes")
    assert piles(page, "month") == {"September 2026 1": 1, "November 2026 2": 2, "December 2026 2": 2}
    without = hal.read("/registers/commitments?view=calendar")
    assert piles(without, "month")["Without a day 7"] == 7
    assert page.links()["Board"] == "/registers/actions?live=yes&view=board"


def test_a_view_that_a_register_has_not_is_left_out(hal: Browser) -> None:
    page = hal.read("/registers/commitments?view=board")
    assert "“board” is not a choice here" in page.main and page.all("table")
