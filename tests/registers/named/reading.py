"""A named register as tests read it: through the page and through its file."""

import csv
from io import StringIO
from typing import Any

from tests.client import Browser
from tests.page import Page, text_of


def file_of(client: Browser, key: str, /, **asked: Any) -> list[dict[str, str]]:
    """The lines of the register's file, by the keys of its columns."""
    answer = client.get(f"/registers/{key}.csv", query_string=asked)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))


def statuses(client: Browser, key: str, /, **asked: Any) -> dict[str, str]:
    """Row id -> status, as the file has them."""
    return {line["row"]: line["status"] for line in file_of(client, key, **asked)}


def listed(page: Page) -> list[str]:
    """What the lines of the table are called, in their order."""
    heads = [cell for table in page.all("table") for cell in table.iter("th") if cell.get("scope") == "row"]
    return [text_of(link) for cell in heads for link in list(cell.iter("a"))[:1]]


def summary(page: Page) -> str:
    """The sentence about the list, and how many lines are hidden."""
    return next(text_of(one) for one in page.all("p") if one.get("id") == "summary")


def tabs(page: Page, label: str = "By status") -> dict[str, int]:
    """Tab -> count."""
    found = {}
    for nav in page.all("nav"):
        if nav.get("aria-label") == label:
            for link in nav.iter("a"):
                text, _blank, count = text_of(link).rpartition(" ")
                found[text] = int(count)
    return found
