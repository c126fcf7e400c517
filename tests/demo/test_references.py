"""What demo pages point to is there, and was there when they said so."""

from collections.abc import Iterator
from typing import Any

from tests.demo.conftest import Pages
from wiki.demo.days import is_day, offset
from wiki.demo.references import reference, references, with_titles

#: Columns and fields that tell of something that has happened, so that their day cannot lie ahead.
PAST = {
    *("on", "done_on", "last_checked", "last_done", "last_looked", "last_tested", "told_on", "decided_on"),
    *("applied_on", "joined", "happened_on", "workload_on", "confidence_on"),
}


def test_it_works() -> None:
    value = {
        "owner": "U8",
        "rows": [{"id": "a1", "fulfils": "P05#c1"}],
        "why": "See [[P24|it]] and [[P10#g1]].",
        "n": 3,
    }
    assert list(references(value)) == [("U8", None), ("P05", "c1"), ("P24", None), ("P10", "g1")]


def test_only_whole_values_are_names() -> None:
    assert reference("P05#c1") == ("P05", "c1")
    assert reference("P05 and P06") is reference("D-0009") is reference(5) is None


def test_wikilinks_lead_to_titles() -> None:
    titles = {"P05": "Agreement", "U4": "Dan Corbel"}
    text = with_titles("[[P05]], [[P05#c1|the promise]], [[U4]], [[Other page]]", titles.__getitem__)
    assert text == "[[Agreement]], [[Agreement#r-c1|the promise]], [[Dan Corbel]], [[Other page]]"


def test_every_reference_leads_to_a_page_or_row_of_the_demo(pages: Pages) -> None:
    lost = [
        (page.id, target, row)
        for page in pages.values()
        for revision in page.revisions
        for target, row in references([revision.fields, revision.body, revision.by, page.later])
        if target not in pages or (row and row not in row_ids(pages, target))
    ]
    assert lost == []


def test_no_wikilink_is_written_by_title(pages: Pages) -> None:
    for page in pages.values():
        for revision in page.revisions:
            for text in texts([revision.body, revision.fields]):
                assert text.count("[[") == len(list(references(f"{text} "))), (page.id, text)


def test_every_row_has_an_id_of_its_own(pages: Pages) -> None:
    for page in pages.values():
        for revision in page.revisions:
            ids = [row["id"] for rows in tables(revision.fields) for row in rows]
            assert len(ids) == len(set(ids)), page.id


def test_nothing_points_to_a_page_that_did_not_exist_yet(pages: Pages) -> None:
    first_day = {page.id: page.revisions[0].day for page in pages.values()}
    early = [
        (page.id, revision.day, target)
        for page in pages.values()
        for revision in page.revisions
        for target, _row in references([revision.fields, revision.body, revision.by])
        if first_day[target] > revision.day
    ]
    assert early == []


def test_nothing_is_told_before_it_happened(pages: Pages) -> None:
    ahead = [
        (page.id, revision.day, key, day)
        for page in pages.values()
        for revision in page.revisions
        for key, day in days_of(revision.fields)
        if key in PAST and offset(day) > revision.day
    ]
    assert ahead == []


def row_ids(pages: Pages, page: str) -> set[str]:
    return {row["id"] for rows in tables(pages[page].fields) for row in rows}


def tables(fields: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
    return (value for value in fields.values() if isinstance(value, list) and isinstance(value[0], dict))


def days_of(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, day) of every day in a value."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from days_of(part, name)
    elif isinstance(value, list):
        for part in value:
            yield from days_of(part, key)
    elif is_day(value):
        yield key, value


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, str):
        yield value
