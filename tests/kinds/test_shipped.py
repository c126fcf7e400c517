"""The kinds that come with the program: each can be filled, read back, indexed, moved through its states."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.kinds.known_pages import PAGES, KnownPages
from wiki.kinds import Catalogue, Content, Field, Kind, Record, load
from wiki.kinds.computed import compute_all, compute_row
from wiki.kinds.definition import Column
from wiki.kinds.indexing import references, rows, search_texts, values
from wiki.kinds.redact import redact
from wiki.kinds.states import missing, transitions
from wiki.kinds.types import UnknownPage
from wiki.pages.forms import form_values, keep_unknown, read_form, read_json

FOLDER = Path(__file__).parents[2] / "page_templates"
CATALOGUE = load([FOLDER], {"themes": ["money", "youth"], "languages": ["en", "fr"]})
KINDS = list(CATALOGUE)
TODAY = date(2026, 11, 21)


class AnyPage(KnownPages):
    """Knows a page of whatever kind is asked for."""

    def page(self, text: int | str, kinds: Any = ()) -> int | str:
        if isinstance(text, str) and not text.startswith("Page "):
            raise UnknownPage(text)
        return f"Page {text}" if isinstance(text, int) else int(text.removeprefix("Page "))

    def row(self, text: int | str, targets: Any) -> tuple[int, str] | str:
        if isinstance(text, int):
            return f"Row {text} {targets}"
        _row, page, row = text.split(" ")
        return int(page), row

    def known(self, page_id: int, kinds: Any) -> bool:
        return True

    def known_row(self, page_id: int, row_id: str, targets: Any) -> bool:
        return True


def sample(column: Column, n: int = 1) -> Any:
    """Some value of a field."""
    simple: dict[str, Any] = {
        "text": "CAD" if column.pattern else f"Text {n}",
        "md": f"Text **{n}**\n\n- and more",
        "date": "2026-11-21",
        "range": {"from": "2026-01-01", "until": "2026-12-31"},
        "person": n,
        "people": [n, n + 1],
        "org": n,
        "orgs": [n, n + 1],
        "link": n,
        "links": [n, n + 1],
        "rowlink": {"page": n, "row": f"r{n}"},
        "rowlinks": [{"page": n, "row": f"r{n}"}],
        "percent": 12.5,
        "money": {"amount": "18000.00", "currency": "CAD"},
    }
    if column.type in ("choice", "multi"):
        key = list(column.choices)[n % len(column.choices)]
        return key if column.type == "choice" else [key]
    if column.type == "number":
        return int(column.min_value or 1)
    return simple[column.type]


def full(kind: Kind) -> Content:
    """A page of that kind with everything filled, two rows in every table."""
    fields: dict[str, Any] = {}
    for place, field in enumerate(kind.every_field):
        fields[field.key] = sample_rows(field, place) if field.row_type else sample(field)
    return Content(f"A {kind.label}", "## Heading\n\nText", fields)


def sample_rows(field: Field, place: int) -> list[dict[str, Any]]:
    return [{"id": f"row{place}x{n}", **{column.key: sample(column, n) for column in field.columns}} for n in (1, 2)]


def as_form(texts: dict[str, str | list[str]]) -> "MultiDict[str, str]":
    return MultiDict((name, one) for name, text in texts.items() for one in ([text] if isinstance(text, str) else text))


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE


def test_it_works() -> None:
    assert len(CATALOGUE) == 25


@pytest.mark.parametrize("key", KINDS)
def test_a_full_page_comes_back_from_its_form(key: str) -> None:
    kind = CATALOGUE[key]
    texts = form_values(CATALOGUE, kind, full(kind), AnyPage())
    assert read_form(CATALOGUE, kind, as_form(texts), AnyPage()).canonical() == full(kind).canonical()


@pytest.mark.parametrize("key", KINDS)
def test_a_full_page_comes_back_from_json(key: str) -> None:
    kind, content = CATALOGUE[key], full(CATALOGUE[key])
    stored = Content.from_json(content.canonical())
    assert stored == content
    read = read_json(CATALOGUE, kind, stored.title, stored.body, stored.fields, AnyPage())
    assert read.canonical() == content.canonical()


@pytest.mark.parametrize("key", KINDS)
def test_a_full_page_is_indexed_and_found_by_its_words(key: str) -> None:
    kind, content = CATALOGUE[key], full(CATALOGUE[key])
    everybody = redact(kind, content, None, kind.initial.key)
    plain = {field.key for field in kind.every_field if not field.row_type and field.key in everybody.fields}
    assert {one.key for one in values(CATALOGUE, kind, content, kind.initial.key)} == plain
    assert len(rows(CATALOGUE, kind, content, AnyPage())) == 2 * sum(bool(field.row_type) for field in kind.every_field)
    assert all(one.text for one in rows(CATALOGUE, kind, content, AnyPage()))
    assert all(one.name.partition(".")[0] in content.fields for one in references(CATALOGUE, kind, content))
    lead, _fields, row_texts = search_texts(CATALOGUE, kind, content, AnyPage())
    assert lead and all(text for _row, text in row_texts)


@pytest.mark.parametrize("key", KINDS)
def test_a_full_page_has_values_that_can_be_worked_out(key: str) -> None:
    kind, content = CATALOGUE[key], full(CATALOGUE[key])
    for state in kind.states:
        record = Record(key, state.key, content.fields, review_due=TODAY, owner_state="active")
        assert all(value.text or value.refs for value in compute_all(kind, record, TODAY).values())
        for table in kind.tables:
            for row in content.rows(table.key):
                assert all(value.text for value in compute_row(table, record, row, TODAY).values())


@pytest.mark.parametrize("key", KINDS)
def test_an_empty_page_can_be_saved_and_is_told_what_it_lacks(key: str) -> None:
    kind = CATALOGUE[key]
    empty = read_form(CATALOGUE, kind, MultiDict({"title": "New"}), AnyPage())
    assert empty.fields == {}
    for state in kind.states:
        for way in state.next:
            for one in missing(CATALOGUE, kind, empty, state.key, way):
                assert one.message and one.anchor and one.label
            if way.waive:
                assert missing(CATALOGUE, kind, empty, state.key, way) == []


@pytest.mark.parametrize("key", KINDS)
def test_every_required_field_can_be_filled(key: str) -> None:
    kind = CATALOGUE[key]
    for state in kind.states:
        for way in state.next:
            lacking = {one.field_key for one in missing(CATALOGUE, kind, full(kind), state.key, way)}
            counted = {field.key for field in kind.fields if field.min > 2 or field.min_where or field.max}
            assert lacking <= counted | {"endorsements", "override_reason", "steps"}


@pytest.mark.parametrize("key", KINDS)
def test_somebody_can_leave_the_first_state(key: str) -> None:
    assert transitions(CATALOGUE[key], CATALOGUE[key].initial.key, lambda who: True)


@pytest.mark.parametrize("key", KINDS)
def test_nothing_is_lost_when_the_kind_loses_a_field(key: str) -> None:
    kind, content = CATALOGUE[key], full(CATALOGUE[key])
    older = Content(content.title, content.body, {**content.fields, "from_version_0": {"any": ["value"]}})
    texts = form_values(CATALOGUE, kind, older, AnyPage())
    again = keep_unknown(older, read_form(CATALOGUE, kind, as_form(texts), AnyPage()), kind)
    assert again.canonical() == older.canonical()


def test_the_pages_of_the_tests_have_kinds_that_are_shipped() -> None:
    assert {kind for kind, _title, _address in PAGES.values()} <= CATALOGUE.keys()
