"""What a look around a page leaves out, because the statement before it saw that there is nothing, would have found nothing."""

import pytest
from sqlalchemy import select

from tests.paper_coast import Coast
from wiki.facts.look import look_at
from wiki.models import Page, Space
from wiki.pages import queries
from wiki.quick_access import page_to_read

#: A row that promises everything.
ALL = {"owner_kind": "role", "was_thanked": True, "is_pointed_at": True, "in_chain": True}


@pytest.mark.parametrize("who", ["ada", "hal"])
def test_every_page_of_the_demo(still_coast: Coast, who: str) -> None:
    viewer, catalogue = still_coast.viewer(who), still_coast.catalogue
    promised, seen = 0, set()
    with still_coast.reading() as session:
        for space, slug in session.execute(select(Space.slug, Page.slug).join(Page, Page.space_id == Space.id)).all():
            got = page_to_read(
                session,
                viewer,
                queries.READ,
                space,
                slug,
                language="en",
                made_with="",
                chained_by=catalogue.chained_by,
            )
            if got is None:
                continue
            row, kind = got[1], catalogue[got[1].kind]
            _facts, found = look_at(session, catalogue, viewer, kind, row, (), (), "UTC")
            _facts, looked = look_at(session, catalogue, viewer, kind, row._replace(**ALL), (), (), "UTC")
            assert sorted(map(repr, found)) == sorted(map(repr, looked)), slug
            promised += row.is_pointed_at and row.in_chain
            seen |= {one.what for one in found}
    assert promised and {"incoming", "chain", "thanks", "editor"} <= seen, seen
