"""Finding pages: the index, which changes in the transaction that changes a page, and the questions put to it."""

from wiki.search.completion import Completion, complete
from wiki.search.entry import Entry
from wiki.search.finding import Hit, Results, find
from wiki.search.indexing import index_page, index_pages, remove_page, remove_pages

__all__ = [
    "Completion",
    "Entry",
    "Hit",
    "Results",
    "complete",
    "find",
    "index_page",
    "index_pages",
    "remove_page",
    "remove_pages",
]
