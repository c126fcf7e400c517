"""A register as tests read it: through the page and through its file."""

import csv
from io import StringIO
from typing import Any

from tests.client import Browser
from tests.page import Page, text_of


def titles(page: Page) -> list[str]:
    """The pages that a register lists, in its order."""
    return [
        text_of(link)
        for table in page.all("table")
        for cell in table.iter("th")
        if cell.get("scope") == "row"
        for link in cell.iter("a")
    ]


def cells(page: Page, title: str) -> dict[str, str]:
    """What the line of a page says, by the heads of the columns."""
    for row in page.all("tr"):
        found = {cell.get("data-label", ""): text_of(cell) for cell in row if cell.get("data-label")}
        if found.get("Title", "").startswith(title):
            return found
    raise AssertionError(f"{page.url} does not list {title!r} but {titles(page)}")


def states(page: Page) -> dict[str, int]:
    """How many pages the register counts in each state; "All" among them."""
    counted = {}
    for nav in page.all("nav"):
        if nav.get("aria-label") == "By state":
            for link in nav.iter("a"):
                label, _blank, count = text_of(link).rpartition(" ")
                counted[label] = int(count)
    return counted


def file_of(client: Browser, kind: str, /, **asked: Any) -> list[dict[str, str]]:
    """The lines of the register's file, by the heads of the columns."""
    answer = client.get(f"/registers/kind/{kind}.csv", query_string=asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def listed(client: Browser, kind: str, /, **asked: Any) -> list[str]:
    """The titles in the register's file, which are those of all its pages; the first screen has to begin with them."""
    whole = [line["Title"].removeprefix("'") for line in file_of(client, kind, **asked)]
    page = client.read(f"/registers/kind/{kind}?{_query(asked)}")
    shown = [title.removesuffix(" Archived") for title in titles(page)]
    assert shown == whole[: len(shown)] and len(shown) == min(len(whole), 50)
    return whole


def _query(asked: dict[str, Any]) -> str:
    pairs = [(name, one) for name, value in asked.items() for one in (value if isinstance(value, list) else [value])]
    return "&".join(f"{name}={one}" for name, one in pairs)
