"""The demo's pages, read once."""

from collections.abc import Mapping
from datetime import date

import pytest

from wiki import kinds
from wiki.demo.read import DemoPage, read_pages
from wiki.demo.stored import Place
from wiki.kinds import Catalogue
from wiki.resources import resource_folder

Pages = Mapping[str, DemoPage]

DAY0 = date(2026, 11, 21)


@pytest.fixture(scope="session")
def pages() -> Pages:
    """All pages of the demo by id."""
    return {page.id: page for page in read_pages()}


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return kinds.load([resource_folder("page_templates")])


@pytest.fixture(scope="session")
def place(pages: Pages) -> Place:
    """The demo put where its pages have the numbers 1, 2, 3 …"""
    numbers = {name: number for number, name in enumerate(pages, start=1)}
    return Place(DAY0, numbers, {name: page.title for name, page in pages.items()})
