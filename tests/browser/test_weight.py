"""What a page costs whoever reads it first: few bytes, and hardly any script."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.site import Site

#: Bytes over the wire, compressed. The document itself is compressed by the proxy in front of the site.
WHOLE = 60 * 1024
SCRIPTS = 6 * 1024
FORM_SCRIPTS = 110 * 1024
EDITOR = 86 * 1024

SIZES = """() => performance.getEntriesByType("resource").map((one) => [one.name, one.encodedBodySize])"""


def weights(page: Page, address: str, complete: str = "main") -> dict[str, int]:
    """What the browser fetched for a page that it sees for the first time, until `complete` is there: path -> bytes."""
    response = page.goto(address, wait_until="networkidle")
    assert response is not None and response.ok
    page.locator(complete).first.wait_for()
    found = {name.partition("?")[0].rpartition("/")[2]: size for name, size in page.evaluate(SIZES)}
    assert found["site.css"] > 1000
    return {"document": len(gzip.compress(response.body(), 6)), **found}


def of_scripts(found: dict[str, int]) -> int:
    return sum(size for name, size in found.items() if name.endswith(".js"))


@pytest.mark.parametrize("name", ["P24", "P20", "P05", "P01", "U8", "P39"])
def test_it_works(page_of: Callable[..., Page], shown: Site, name: str) -> None:
    found = weights(page_of(shown, "hal"), shown.url(name))
    assert sum(found.values()) <= WHOLE, found
    assert of_scripts(found) <= SCRIPTS, found


def test_a_form_needs_few_scripts_too(page_of: Callable[..., Page], shown: Site) -> None:
    found = weights(page_of(shown, "hal", rich=True), shown.url("P20", "/edit"), ".body-editor .ProseMirror")
    assert found["editor.js"] <= EDITOR
    assert of_scripts(found) <= FORM_SCRIPTS
