"""A word that very many pages have: what says it in title or lead first, every page once, nothing of closed pages."""

import pytest

from tests.search.world import World
from wiki import search
from wiki.search import Entry, sqlite
from wiki.search.finding import MOST

OPEN, CLOSED, LEADING = 1_150, 60, 2
#: What no longer counts, and what was put away.
OVER, ARCHIVED = 7, 11


def fill(world: World) -> None:
    """Every second page says it in its lead."""
    entries = []
    for slug, count in (("coast", OPEN), ("closed", CLOSED)):
        space = world.space(slug, "none" if slug == "closed" else "reader")
        for number in range(count):
            page = world.bare_page(space, f"Paper {slug} {number}")
            page.over = "replaced" if number < OVER else ""
            page.archived_at = page.changed_at if OVER <= number < OVER + ARCHIVED else None
            lead = "About the tide." if number % LEADING else ""
            entries.append((page.id, Entry("en", page.title, lead=lead, body="The tide comes and goes.")))
    world.session.flush()
    search.index_pages(world.session, entries)


def test_it_works(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "MANY", OPEN - 1)
    fill(world)
    first = world.find("tide", limit=MOST)
    assert (first.total, first.left_out) == (OPEN - OVER, OVER)
    assert {hit.title for hit in first.hits if "lead" in hit.reasons} == {hit.title for hit in first.hits}

    listed = list(first.hits)
    for offset in range(MOST, OPEN, MOST):
        listed += world.find("tide", limit=MOST, offset=offset).hits
    assert len(listed) == len({hit.page_id for hit in listed}) == OPEN - OVER
    assert all("coast" in hit.title for hit in listed)
    assert [hit.archived for hit in listed if "lead" not in hit.reasons][-5:] == [True] * 5  # put away: last of all

    member = world.member("closed")
    assert world.find("tide", member, limit=1).total == OPEN + CLOSED - 2 * OVER
    ids = world.session.scalars(search.matches(world.session, member, "tide")).all()
    assert len(ids) == len(set(ids)) == OPEN + CLOSED - 2 * OVER
    assert [hit.title for hit in world.find("tide coast 41", limit=3).hits][0] == "Paper coast 41"
