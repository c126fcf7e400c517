"""Which ways lead out of a state, and what is missing before a page may go one."""

from pathlib import Path
from typing import Any

import pytest

from tests.kinds.definitions import NOTE, write
from wiki.kinds import Catalogue, Content, load
from wiki.kinds.states import Missing, missing, transitions

ACTION = {"id": "a1", "what": "Send it round", "responsible": 1}


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load([write(tmp_path)])


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Catalogue:
    text = NOTE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return load([write(tmp_path, text)])


def lacking(
    catalogue: Catalogue, to: str = "shared", body: str = "", start: str = "draft", **fields: Any
) -> list[Missing]:
    note = catalogue["note"]
    (way,) = [one for one in note.state(start).next if one.to == to]
    return missing(catalogue, note, Content("Note", body, fields), start, way)


def told(found: list[Missing]) -> list[tuple[str, str]]:
    return [(one.anchor, one.message) for one in found]


def test_it_works(catalogue: Catalogue) -> None:
    assert lacking(catalogue, question="Which?", actions=[ACTION]) == []


def test_missing_fields_are_named_with_the_place_to_fill_them(catalogue: Catalogue) -> None:
    assert told(lacking(catalogue)) == [
        ("f.question", "Fill “The question”."),
        ("f.actions", "Fill “Next steps”."),
    ]


def test_a_way_that_waives_asks_for_nothing(catalogue: Catalogue) -> None:
    assert lacking(catalogue, to="dropped") == []


def test_a_row_without_a_needed_column_is_named(catalogue: Catalogue) -> None:
    rows = [ACTION, {"id": "a2", "what": "Ask"}, {"id": "a3", "what": "Forget", "status": "dropped"}]
    assert told(lacking(catalogue, question="Which?", actions=rows)) == [
        ("r.actions.1.responsible", "“Next steps”, row 2: fill “Responsible”.")
    ]


def test_rows_must_be_complete_only_for_the_states_that_ask(tmp_path: Path) -> None:
    rows = [{"id": "a2", "what": "Ask"}]
    required = 'required_to_enter = ["shared"]'
    catalogue = changed(tmp_path, (required, 'complete_to_enter = ["dropped"]'))
    assert lacking(catalogue, question="Which?", actions=rows) == []
    catalogue = changed(tmp_path, (required, ""))
    assert told(lacking(catalogue, question="Which?", actions=rows))[0][0] == "r.actions.0.responsible"


def test_a_requirement_may_hang_on_another_field(tmp_path: Path) -> None:
    choice = 'type = "choice"\nchoices = {plan = "Plan", memo = "Memo"}\nform = "short"\n\n'
    field = f'[[fields]]\nkey = "sort"\nlabel = "Sort"\n{choice}[[fields]]\nkey = "question"'
    hanging = 'required_to_leave = true\nrequired_if = {sort = ["plan"]}'
    catalogue = changed(tmp_path, ('[[fields]]\nkey = "question"', field), ("required_to_leave = true", hanging))
    assert lacking(catalogue, sort="memo", actions=[ACTION]) == []
    assert told(lacking(catalogue, sort="plan", actions=[ACTION])) == [("f.question", "Fill “The question”.")]
    assert lacking(catalogue, actions=[ACTION]) == []


def test_another_field_may_stand_in(tmp_path: Path) -> None:
    catalogue = changed(tmp_path, ("required_to_leave = true", 'required_to_leave = true\nor_filled = ["source"]'))
    assert lacking(catalogue, source=7, actions=[ACTION]) == []
    assert told(lacking(catalogue, actions=[ACTION])) == [
        ("f.question", "Fill “The question”, or “Where it came from”.")
    ]


def test_too_few_rows_are_told_with_their_number(tmp_path: Path) -> None:
    catalogue = changed(
        tmp_path, ('required_to_enter = ["shared"]', 'required_to_enter = ["shared"]\nmin = 2\nmax = 3')
    )
    assert told(lacking(catalogue, question="Q", actions=[ACTION])) == [
        ("f.actions", "“Next steps” needs 2 entries or more.")
    ]
    four = [{**ACTION, "id": f"a{n}"} for n in range(4)]
    assert told(lacking(catalogue, question="Q", actions=four)) == [
        ("f.actions", "“Next steps” takes 3 entries at most.")
    ]


def test_only_rows_that_match_count(tmp_path: Path) -> None:
    rule = 'required_to_enter = ["shared"]\nmin_where = {status = ["open"]}'
    catalogue = changed(tmp_path, ('required_to_enter = ["shared"]', rule))
    assert lacking(catalogue, question="Q", actions=[{**ACTION, "status": "done"}]) != []
    assert lacking(catalogue, question="Q", actions=[{**ACTION, "status": "open"}]) == []


def test_a_body_of_headings_alone_is_empty(tmp_path: Path) -> None:
    catalogue = changed(
        tmp_path, ('review_every = "yearly"', 'body_required_to_enter = ["shared"]\nbody_label = "Story"')
    )
    empty = lacking(catalogue, body="## What happened\n\n## What follows\n", question="Q", actions=[ACTION])
    assert told(empty) == [("body", "Write “Story”.")]
    assert lacking(catalogue, body="## What happened\n\nIt rained.\n", question="Q", actions=[ACTION]) == []


def joint(tmp_path: Path) -> Catalogue:
    return changed(
        tmp_path,
        ('review_every = "yearly"', 'joint = true\nagreed_state = "shared"'),
        ('label = "Share"}', 'label = "Share", guard = "endorsed"}'),
    )


def endorsement(org: int, answer: str) -> dict[str, Any]:
    return {"id": f"e{org}", "org": org, "answer": answer}


def test_a_joint_page_needs_the_answer_of_everybody_who_was_asked(tmp_path: Path) -> None:
    rows = [endorsement(3, "agreed"), endorsement(4, "asked")]
    assert told(lacking(joint(tmp_path), question="Q", actions=[ACTION], endorsements=rows)) == [
        ("f.endorsements", "1 organisation has not agreed yet."),
        ("f.override_reason", "Or go ahead: say who is missing, why, and by when they will be brought in."),
    ]


def test_a_joint_page_with_every_answer_may_go(tmp_path: Path) -> None:
    rows = [endorsement(3, "agreed_with_conditions"), endorsement(4, "not_needed")]
    assert lacking(joint(tmp_path), question="Q", actions=[ACTION], endorsements=rows) == []


def test_a_joint_page_may_go_ahead_with_a_reason_and_a_day(tmp_path: Path) -> None:
    catalogue = joint(tmp_path)
    fields = {"question": "Q", "actions": [ACTION], "override_reason": "The council meets in May"}
    assert told(lacking(catalogue, **fields)) == [("f.bring_in_by", "Say by when they will be brought in.")]
    assert lacking(catalogue, **fields, bring_in_by="2026-12-01") == []


def test_a_party_that_was_never_asked_is_missing(tmp_path: Path) -> None:
    catalogue = joint(tmp_path)
    note = catalogue["note"]
    content = Content("N", "", {"question": "Q", "actions": [ACTION], "endorsements": [endorsement(3, "agreed")]})
    found = missing(catalogue, note, content, "draft", note.state("draft").next[0], parties=[3, 4])
    assert "1 organisation has not been asked." in [one.message for one in found]


def test_only_the_ways_of_this_person_are_offered(catalogue: Catalogue) -> None:
    note = catalogue["note"]
    assert [way.to for way in transitions(note, "draft", lambda who: who == "member")] == ["shared"]
    assert [way.to for way in transitions(note, "draft", lambda who: who == "owner")] == ["shared", "dropped"]


def test_what_the_system_does_is_offered_to_nobody(catalogue: Catalogue) -> None:
    assert transitions(catalogue["note"], "shared", lambda who: True) == []
    assert transitions(catalogue["note"], "gone", lambda who: True) == []
