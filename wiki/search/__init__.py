"""Finding pages: the index, which changes in the transaction that changes a page, and the questions put to it."""

from wiki.search.chosen import Chosen
from wiki.search.completion import Completion, complete
from wiki.search.entry import Entry
from wiki.search.finding import Results, Search, find, matches
from wiki.search.hits import Hit
from wiki.search.indexing import index_page, index_pages, remove_page, remove_pages

__all__ = [
    "Chosen",
    "Completion",
    "Entry",
    "Hit",
    "Results",
    "Search",
    "complete",
    "find",
    "index_page",
    "index_pages",
    "matches",
    "remove_page",
    "remove_pages",
]
