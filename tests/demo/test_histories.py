"""Histories are honest: states in their order, people who may, words that are their own."""

from collections.abc import Iterator

from tests.demo.conftest import Pages
from wiki.demo.read import DemoPage, DemoRevision
from wiki.demo.stored import Place
from wiki.errors import Invalid
from wiki.kinds import Catalogue, Content, states
from wiki.pages import guards, locks

Step = tuple[DemoPage, DemoRevision, DemoRevision]


def steps(pages: Pages) -> Iterator[Step]:
    """Each revision with the one before it."""
    for page in pages.values():
        yield from ((page, before, after) for before, after in zip(page.revisions, page.revisions[1:], strict=False))


def test_it_works(pages: Pages) -> None:
    assert [(one.day, one.by, one.state) for one in pages["P25"].revisions] == [
        (-43, "U8", "draft"),
        (-41, "U7", "draft"),
        (-40, "U8", "proposed"),
    ]


def test_every_page_has_a_first_and_a_last_revision(pages: Pages) -> None:
    assert all(len(page.revisions) > 1 for page in pages.values())


def test_each_revision_says_why_and_differs_from_the_one_before(pages: Pages) -> None:
    for page, before, after in steps(pages):
        assert before.day < after.day <= 0, (page.id, after.day)
        assert (before.state, before.body, before.fields) != (after.state, after.body, after.fields), page.id
        assert after.note, (page.id, after.day)


def test_every_state_was_entered_by_a_way_that_leads_there_with_nothing_missing(
    pages: Pages, catalogue: Catalogue, place: Place
) -> None:
    for page, before, after in steps(pages):
        if before.state == after.state:
            continue
        kind = catalogue[page.kind]
        ways = [way for way in kind.state(before.state).next if way.to == after.state]
        assert ways, (page.id, before.state, after.state)
        lacks = states.missing(catalogue, kind, place.content(page, after, kind), before.state, ways[0])
        assert [lack.message for lack in lacks] == [], (page.id, after.state)


def test_every_page_began_in_the_first_state_of_its_kind(pages: Pages, catalogue: Catalogue) -> None:
    assert [page.id for page in pages.values() if page.revisions[0].state != catalogue[page.kind].initial.key] == []


def test_the_receiver_s_view_is_the_receiver_s(pages: Pages) -> None:
    for page, before, after in steps(pages):
        views = {row["id"]: row.get("receiver_view") for row in before.fields.get("commitments", [])}
        for row in after.fields.get("commitments", []):
            view = row.get("receiver_view")
            if view != views.get(row["id"]) and view != "not_asked":
                assert pages[after.by].fields["org"] in row["made_to"], (page.id, after.day, row["id"])


def test_organisations_wrote_their_own_words(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    for page, before, after in steps(pages):
        kind = catalogue[page.kind]
        own = place.numbers[pages[after.by].fields["org"]]
        changed = guards.changed_own_words(
            kind, place.numbers[page.id], place.content(page, before, kind), place.content(page, after, kind)
        )
        others = [key for key, orgs in changed if own not in orgs and key != "commitments"]
        assert not others or after.by == "U8", (page.id, after.day, others)


def test_a_locked_field_stayed_as_it_was(pages: Pages, catalogue: Catalogue, place: Place) -> None:
    for page, before, after in steps(pages):
        kind = catalogue[page.kind]
        old, new = (place.content(page, one, kind) for one in (before, after))
        assert not refused(catalogue, page, before.state, old, new), (page.id, after.day)


def refused(catalogue: Catalogue, page: DemoPage, state: str, old: Content, new: Content) -> bool:
    try:
        assert locks.changed(catalogue[page.kind], state, old, new) == []
    except Invalid:
        return True
    return False


def test_ten_pages_and_more_were_written_by_several_people(pages: Pages) -> None:
    for name in ("P05", "P06", "P10", "P19", "P24", "P32", "P34", "P37", "P39", "U2"):
        texts = [(one.by, one.body) for one in pages[name].revisions]
        assert len({author for author, _text in texts}) > 1, name
        assert len({text for _author, text in texts}) > 1, name
