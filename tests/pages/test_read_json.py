"""Reading what programs send: values as they are stored, references also by title, nothing overwritten by silence."""

from pathlib import Path
from typing import Any

import pytest

from tests.kinds.definitions import write
from tests.kinds.known_pages import KnownPages
from wiki.errors import Invalid
from wiki.kinds import Catalogue, load
from wiki.pages.content import Content
from wiki.pages.forms import read_json

OLD = Content(
    "Old", "Old body", {"question": "How?", "owner": 2, "gone": 1, "actions": [{"id": "a1", "what": "Ask", "odd": 1}]}
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load([write(tmp_path)])


def read(catalogue: Catalogue, fields: dict[str, Any], old: Content | None = None, title: Any = "T") -> Content:
    return read_json(catalogue, catalogue["note"], title, "Body", fields, KnownPages(), old)


def refused(catalogue: Catalogue, fields: dict[str, Any], old: Content | None = None) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        read(catalogue, fields, old)
    return [(problem.field, problem.message) for problem in caught.value.problems]


def test_it_works(catalogue: Catalogue) -> None:
    content = read(
        catalogue, {"question": "How?", "owner": "Ada Verdana", "actions": [{"what": "Ask", "responsible": 2}]}
    )
    assert content.fields["owner"] == 1
    assert content.fields["actions"][0]["responsible"] == 2
    assert len(content.fields["actions"][0]["id"]) == 6


def test_what_is_not_named_stays(catalogue: Catalogue) -> None:
    assert read(catalogue, {"question": "When?"}, OLD).fields == {**OLD.fields, "question": "When?"}


def test_nothing_empties_a_field(catalogue: Catalogue) -> None:
    assert "owner" not in read(catalogue, {"owner": None}, OLD).fields


def test_what_was_read_can_be_sent_back(catalogue: Catalogue) -> None:
    assert read(catalogue, dict(OLD.fields), OLD).fields == OLD.fields


def test_a_row_that_comes_back_changed_keeps_its_old_cells(catalogue: Catalogue) -> None:
    rows = [{"id": "a1", "what": "Ask again", "odd": 1}, {"what": "New"}]
    first, second = read(catalogue, {"actions": rows}, OLD).fields["actions"]
    assert first == {"id": "a1", "what": "Ask again", "odd": 1}
    assert second["what"] == "New"


def test_unknown_keys_are_refused_by_name(catalogue: Catalogue) -> None:
    assert refused(catalogue, {"qestion": "How?"}) == [("f.qestion", "This kind of page has no field “qestion”.")]
    assert refused(catalogue, {"actions": [{"waht": "Ask", "what": "x"}]})[0][0] == "r.actions.0.waht"
    assert refused(catalogue, {"gone": 2}, OLD)[0][0] == "f.gone"


def test_every_bad_value_is_told_where_it_is(catalogue: Catalogue) -> None:
    fields = {"question": 5, "owner": 99, "actions": [{"what": "x"}, {"what": "y", "due": "soon"}], "source": True}
    assert [field for field, _message in refused(catalogue, fields)] == [
        "f.question",
        "f.owner",
        "r.actions.1.due",
        "f.source",
    ]


def test_an_id_that_two_rows_share_is_refused(catalogue: Catalogue) -> None:
    rows = [{"id": "a1", "what": "x"}, {"id": "a1", "what": "y"}]
    assert refused(catalogue, {"actions": rows}) == [
        ("r.actions.1.id", "Next steps, row 2: Another row has the id “a1” already.")
    ]


@pytest.mark.parametrize("title", [None, 5, "", ["T"], "x" * 301])
def test_a_title_is_a_text_of_some_length(catalogue: Catalogue, title: Any) -> None:
    with pytest.raises(Invalid):
        read(catalogue, {}, title=title)
