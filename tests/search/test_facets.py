"""Facets: the counts beside search results, held to counting by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

from sqlalchemy import select

from tests.paper_coast import Coast
from wiki.access import visible_pages
from wiki.models import Attachment, FieldValue, Page, Space
from wiki.search import facets
from wiki.search.chosen import Chosen
from wiki.search.shelf import shelf

WHO = ("hal", "dan", "ivy", "visitor")
CHOICES: list[dict[str, list[str]]] = [
    {},
    {"kind": ["decision"]},
    {"kind": ["decision", "meeting"], "state": ["accepted", "confirmed"]},
    {"theme": ["money"]},
    {"theme": ["money", "data"], "kind": ["measure", "lesson", "agreement"]},
    {"space": ["paper-coast"], "language": ["en"], "year": ["2026"]},
    {"has": ["file"]},
    {"year": ["x", "99999999999", "0"], "owner": ["-1"]},
]


def by_hand(coast: Coast, who: str, chosen: Mapping[str, Sequence[str]]) -> tuple[int, dict[str, Counter[str]]]:
    """The same counts, page by page."""
    viewer = coast.viewer(who)
    with coast.reading() as session:
        seen = session.execute(
            select(Page, Space.slug).join(Space, Space.id == Page.space_id).where(visible_pages(viewer))
        ).all()
        ids = {page.id for page, _slug in seen}
        organisations = {page.id for page, _slug in seen if page.kind == "organisation"}
        with_files = set(session.scalars(select(Attachment.page_id)))
        themes = session.execute(select(FieldValue.page_id, FieldValue.text).where(FieldValue.key == "themes")).all()
        refs = session.execute(select(FieldValue.page_id, FieldValue.ref_id)).all()
    had = {
        page.id: {
            "kind": {page.kind},
            "state": {page.state},
            "space": {slug},
            "owner": {str(page.owner_id)} if page.owner_id in ids else set(),
            "language": {page.language},
            "year": {str(page.changed_at.year)},
            "has": {"file"} if page.id in with_files else set(),
            "theme": {text for page_id, text in themes if page_id == page.id},
            "org": {str(to) for page_id, to in refs if page_id == page.id and to in organisations},
        }
        for page, slug in seen
    }

    def passing(leave: str = "") -> list[int]:
        asked = {name: set(values) for name, values in chosen.items() if name != leave}
        return [one for one in had if all(had[one][name] & values for name, values in asked.items())]

    names = next(iter(had.values()))
    counts = {name: Counter(chain.from_iterable(had[one][name] for one in passing(leave=name))) for name in names}
    return len(passing()), counts


def test_it_works(coast: Coast) -> None:
    own_choices = [{"owner": [str(coast.named("U2").id)]}, {"org": [str(coast.named("O2").id)], "kind": ["meeting"]}]
    for who in WHO:
        viewer = coast.viewer(who)
        for chosen in (*CHOICES, *own_choices):
            with coast.reading() as session:
                known = shelf(session)
                found = facets.count(session, viewer, known, known.visible(session, viewer), Chosen.of(chosen))
            total, counts = by_hand(coast, who, chosen)
            assert found.total == total, (who, chosen)
            assert found.counts == counts, (who, chosen)
