"""What the pages that match have in common, counted: by kind, state, space, organisation, theme, year, keeper, language.

Only pages that the viewer may open are counted. The counts of one filter leave its own choices aside, so that they say
what one more choice would bring. All of it is cutting and counting sets of pages (`shelf.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Page
from wiki.search import bits
from wiki.search import shelf as shelves
from wiki.search.chosen import Chosen
from wiki.search.filters import ORGANISATIONS, OWNERS, chosen_pages, theme_keys
from wiki.search.language import base_language
from wiki.search.shelf import Shelf

Counts = Mapping[str, Mapping[str, int]]

NAMES = ("kind", "state", "space", "owner", "language", "year", "theme", "org", "has")
#: Values of these are pages of such kinds, which the viewer must be allowed to know of.
_OF_PAGES = {"owner": OWNERS, "org": ORGANISATIONS}


@dataclass(frozen=True)
class Facets:
    """`counts`: filter → value → pages, most first. `total` pages pass all filters, of `everything` there is without any."""

    total: int
    everything: int = 0
    counts: Counts = field(default_factory=dict)


def count(session: Session, viewer: Viewer, shelf: Shelf, pages: int, chosen: Chosen) -> Facets:
    """Count the set of `pages` that the viewer finds without the filters that were chosen."""
    passing = passing_pages(session, viewer, shelf, chosen)
    counts = {
        name: _most_first(_counted(session, viewer, shelf, name, _all_but(name, pages, passing))) for name in NAMES
    }
    return Facets(_all_but("", pages, passing).bit_count(), pages.bit_count(), counts)


def passing_pages(session: Session, viewer: Viewer, shelf: Shelf, chosen: Chosen) -> dict[str, int]:
    """For each filter that was chosen the pages that pass it, whoever may see them."""
    return {name: _passing(session, viewer, shelf, name, chosen) for name in NAMES if getattr(chosen, name)}


def _passing(session: Session, viewer: Viewer, shelf: Shelf, name: str, chosen: Chosen) -> int:
    values = getattr(chosen, name)
    if name in ("kind", "state", "space", "year"):
        return _joined(shelf.pages(name, value) for value in values)
    if name == "language":
        return _joined(shelf.pages(name, base_language(value)) for value in values)
    if name == "theme":
        wanted = {key for value in values for key in theme_keys(value)}
        return _joined(pages for theme, pages in shelf.values["theme"].items() if theme.lower() in wanted)
    if name == "owner":
        known = shelf.visible(session, viewer)
        return _joined(shelf.pages(name, value) for value in values if value > 0 and known >> value & 1)
    return bits.read(session, select(Page.id).where(*chosen_pages(viewer, Chosen(**{name: values}))))


def _all_but(name: str, pages: int, passing: Mapping[str, int]) -> int:
    """Those of the pages that pass all filters, or all but one."""
    for one, passed in passing.items():
        if one != name:
            pages &= passed
    return pages


def _counted(session: Session, viewer: Viewer, shelf: Shelf, name: str, among: int) -> dict[str, int]:
    if name == "theme":
        return _themes(shelf, among)
    found = {value: count for value, pages in shelf.values[name].items() if (count := (pages & among).bit_count())}
    if name not in _OF_PAGES or not found:
        return found
    known = shelf.visible(session, viewer) & _joined(shelf.pages("kind", kind) for kind in _OF_PAGES[name])
    return {value: count for value, count in found.items() if known >> int(value) & 1}


def _themes(shelf: Shelf, among: int) -> dict[str, int]:
    """Themes that differ by capitals alone are one."""
    alike: dict[str, tuple[str, int]] = {}
    for theme, pages in sorted(shelf.values["theme"].items()):
        if found := pages & among:
            name, others = alike.get(theme.lower(), (theme, 0))
            alike[theme.lower()] = name, others | found
    return {name: pages.bit_count() for name, pages in alike.values()}


def themes_in_use(session: Session, viewer: Viewer) -> list[str]:
    """The themes of pages that the viewer may open, most used first."""
    known = shelves.shelf(session)
    return list(_most_first(_themes(known, known.visible(session, viewer))))


def _joined(sets: Iterator[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _most_first(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
