"""What the tables of values, rows and links and the search index hold of a page."""

from datetime import date
from pathlib import Path

import pytest

from tests.kinds.definitions import NOTE, write
from tests.kinds.known_pages import KnownPages
from wiki import i18n
from wiki.kinds import Catalogue, Content, load
from wiki.kinds.indexing import Reference, references, rows, search_kind, search_names, search_texts, values
from wiki.resources import resource_folder

CONTENT = Content(
    "How long to answer",
    "Body",
    {
        "summary": "Thirty days",
        "themes": ["permits", "youth"],
        "owner": 1,
        "question": "How many days?",
        "source": 7,
        "secret": "Do not tell",
        "actions": [
            {"id": "a1", "what": "Send it round", "responsible": 2, "due": "2026-12-01", "status": "open"},
            {"id": "a2", "what": "Ask", "status": "done", "added_in_an_earlier_version": "x"},
        ],
    },
)

SECRET = """[[fields]]
key = "secret"
label = "Handle with care"
type = "md"
visible_to = ["owner"]

[[computed]]"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load([write(tmp_path, NOTE.replace("[[computed]]", SECRET, 1))])


def test_it_works(catalogue: Catalogue) -> None:
    found = {(one.key, one.position): one for one in values(catalogue, catalogue["note"], CONTENT)}
    assert found["question", 0].text == "How many days?"
    assert found["owner", 0].ref == 1
    assert [found["themes", n].text for n in (0, 1)] == ["permits", "youth"]


def test_tables_are_rows_and_not_values(catalogue: Catalogue) -> None:
    assert "actions" not in {one.key for one in values(catalogue, catalogue["note"], CONTENT)}


def test_a_row_keeps_what_registers_ask_for(catalogue: Catalogue) -> None:
    first, second = rows(catalogue, catalogue["note"], CONTENT, KnownPages())
    assert (first.table, first.row_type, first.row_id, first.position) == ("actions", "action", "a1", 0)
    assert (first.text, first.status, first.due, first.person) == ("Send it round", "open", date(2026, 12, 1), 2)
    assert (second.status, second.due, second.person) == ("done", None, None)
    assert second.data == CONTENT.fields["actions"][1]


def test_references_say_from_which_row_they_come(catalogue: Catalogue) -> None:
    assert references(catalogue, catalogue["note"], CONTENT) == [
        Reference("actions.responsible", 2, None, "a1"),
        Reference("source", 7),
        Reference("owner", 1),
    ]


def test_search_finds_fields_and_rows_by_their_words(catalogue: Catalogue) -> None:
    lead, fields, row_texts = search_texts(catalogue, catalogue["note"], CONTENT, KnownPages())
    assert lead == "How many days?\nThirty days"
    assert "First meeting (coast/first-meeting-2)" in fields and "permits, youth" in fields
    assert row_texts[0] == ("a1", "Send it round · Ben Optima · Dec 1, 2026 · Open")


class Nameless(KnownPages):
    def _name(self, page_id: int) -> str:
        return ""


def test_cells_without_words_leave_no_signs_behind(catalogue: Catalogue) -> None:
    """Names of pages are left out of earlier texts; nothing but the signs between them would be left."""
    _lead, _fields, row_texts = search_texts(catalogue, catalogue["note"], CONTENT, Nameless())
    assert row_texts[0] == ("a1", "Send it round · Dec 1, 2026 · Open")


def test_a_restricted_value_is_in_no_index(catalogue: Catalogue) -> None:
    note = catalogue["note"]
    assert "secret" not in {one.key for one in values(catalogue, note, CONTENT)}
    lead, fields, row_texts = search_texts(catalogue, note, CONTENT, KnownPages())
    assert "Do not tell" not in f"{lead}{fields}{row_texts}"


def test_a_restricted_column_is_in_no_index(tmp_path: Path) -> None:
    column = '[[fields]]\nkey = "talks"\nlabel = "Talks"\ntype = "rows"\n'
    column += '[[fields.columns]]\nkey = "who"\nlabel = "Who"\ntype = "person"\nvisible_to = ["owner"]\n'
    column += '[[fields.columns]]\nkey = "said"\nlabel = "Said"\ntype = "text"\n\n[[computed]]'
    text = NOTE.replace("[[computed]]", column, 1)
    folder = write(tmp_path, text)
    catalogue = load([folder])
    content = Content("T", "", {"talks": [{"id": "t1", "who": 2, "said": "Yes"}], "owner": 1})
    note = catalogue["note"]
    assert rows(catalogue, note, content)[0].data == {"id": "t1", "said": "Yes"}
    assert references(catalogue, note, content) == [Reference("owner", 1)]
    assert search_texts(catalogue, note, content, KnownPages())[2] == [("t1", "Yes")]


def test_a_value_of_an_earlier_version_is_passed_over(catalogue: Catalogue) -> None:
    content = Content("T", "", {"gone": {"any": "thing"}})
    assert values(catalogue, catalogue["note"], content) == []
    assert rows(catalogue, catalogue["note"], content) == []


def test_a_numbered_page_is_called_by_all_words_for_its_kind_in_every_language() -> None:
    kind = load([resource_folder("page_templates")])["decision"]
    try:
        i18n.use_words({"de": {"Decision record": "Entscheidung", "resolution, ruling": "Beschluss, Urteil"}})
        names = search_names(kind, Content("Thirty days", "", {"number": "D-0009"}))
        words = search_kind(kind).split()
    finally:
        i18n.use_words({})
    assert {"D-0009", "decision 0009", "ruling 0009", "Décision 0009", "arrêt 0009", "Urteil 0009"} <= set(names)
    assert {"Decision", "ruling", "Décisions", "arrêt", "Entscheidung"} <= set(words)
    assert search_names(kind, Content("Thirty days", "", {})) == ()
