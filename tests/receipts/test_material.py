"""Which changes are worth reading a page again."""

from copy import deepcopy
from typing import Any

import pytest

from wiki import kinds
from wiki.kinds import Content
from wiki.pages.material import AGAIN, SMALL, is_material
from wiki.pages.slips import MOST, only_slips
from wiki.resources import resource_folder

CATALOGUE = kinds.load([resource_folder("page_templates")])
PROMISE = {"id": "c1", "promise": "We answer in ten days", "status": "on_track"}
AGREEMENT = Content("Pact", "We meet each month.", {"purpose": "A clean shore", "commitments": [PROMISE]})


def changed(content: Content, **fields: Any) -> Content:
    """The content with other fields; "title" and "body" are its own, None takes a field away."""
    new = deepcopy(content)
    new.title, new.body = fields.pop("title", new.title), fields.pop("body", new.body)
    new.fields = {key: value for key, value in {**new.fields, **fields}.items() if value is not None}
    return new


def material(kind: str, old: Content, new: Content, was: str = "draft", now: str = "", said: str = "") -> bool:
    return is_material(CATALOGUE[kind], old, new, was, now or was, said)


def test_it_works() -> None:
    assert material("agreement", AGREEMENT, changed(AGREEMENT, body="We meet each week."))
    assert not material("agreement", AGREEMENT, changed(AGREEMENT, body="We  *meet* each month!"))
    assert not material("agreement", AGREEMENT, changed(AGREEMENT, body="We meet each week."), said=SMALL)
    assert material("agreement", AGREEMENT, AGREEMENT, said=AGAIN)


def test_what_people_agreed_upon_is_never_small() -> None:
    other = {**PROMISE, "promise": "We answer in ten days!"}
    for new in (
        changed(AGREEMENT, purpose="A clean shore."),
        changed(AGREEMENT, commitments=[other]),
        changed(AGREEMENT, commitments=None),
        changed(AGREEMENT, ending="On notice"),
    ):
        assert material("agreement", AGREEMENT, new, "in_force", said=SMALL)


def test_what_is_locked_is_never_small() -> None:
    old = Content("Anchor", fields={"question": "Where?", "outcome": "In the bay"})
    new = changed(old, outcome="In the bay, north")
    assert material("decision", old, new, "accepted", said=SMALL)
    assert not material("decision", old, new, "proposed", said=SMALL)


@pytest.mark.parametrize(
    ("kind", "was", "now", "expected"),
    [
        ("agreement", "draft", "in_negotiation", False),
        ("agreement", "out_for_endorsement", "in_force", True),
        ("agreement", "in_force", "superseded", True),
        ("decision", "draft", "proposed", False),
        ("decision", "proposed", "accepted", True),
        ("decision", "accepted", "superseded", True),
        ("article", "draft", "current", False),
        ("article", "current", "archived", True),
        ("article", "archived", "current", True),
    ],
)
def test_a_page_that_comes_to_count_or_counts_no_longer_is_to_be_read_again(
    kind: str, was: str, now: str, expected: bool
) -> None:
    page = Content("The page", "As it was.")
    assert material(kind, page, page, was, now, SMALL) is expected


def test_rows_that_run_from_day_to_day_do_not_send_people_back() -> None:
    old = Content("Record", fields={"actions": [{"id": "a1", "what": "Buy rope", "status": "open"}]})
    for row, expected in (
        ({"status": "done", "done_on": "2026-11-20"}, False),
        ({"due": "2026-12-01"}, False),
        ({"what": "Buy roope"}, False),
        ({"what": "Buy a boat"}, True),
    ):
        new = changed(old, actions=[{**old.rows("actions")[0], **row}])
        assert material("meeting", old, new) is expected, row
    assert material("meeting", old, changed(old, actions=[*old.rows("actions"), {"id": "a2", "what": "Sell it"}]))
    assert material("meeting", old, changed(old, actions=None))


def test_rows_without_a_status_count_in_every_cell() -> None:
    old = Content("Start", fields={"steps": [{"id": "s1", "kind": "read", "why": "To begin", "minutes": 5}]})
    assert material("reading_path", old, changed(old, steps=[{**old.rows("steps")[0], "minutes": 50}]))
    assert not material("reading_path", old, changed(old, steps=[{**old.rows("steps")[0], "why": "To begin."}]))


def test_looking_after_the_page_is_not_saying_something_else() -> None:
    page = Content("Tides", "They come.", {"owner": 4, "themes": ["data"]})
    assert not material("article", page, changed(page, owner=5, themes=["money"], review_due="2027-01-01"))
    assert material("article", page, changed(page, handling_notice=["ask_before_reuse"]))
    assert material("article", page, changed(page, summary="Twice a day"))


def test_answers_of_organisations_do_not_send_people_back() -> None:
    asked = [{"id": "e1", "org": 3, "answer": "asked"}]
    assert not material("agreement", AGREEMENT, changed(AGREEMENT, endorsements=asked), "out_for_endorsement")


def test_what_only_some_may_see_sends_nobody_to_look_for_it() -> None:
    page = Content("Harbour master", fields={"workload_note": "First whisper"})
    assert not material("role", page, changed(page, workload_note="Something else altogether"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The comittee meets.", "The committee meets.", True),
        ("They recieve it", "They receive it", True),
        ("the the boat", "The boat", True),
        ("a work shop", "a workshop", True),
        ("~~Ropes~~ are free", "Ropes are free", False),
        ("We shall not pay", "We shall now pay", False),
        ("within 10 days", "within 100 days", False),
        ("They never pay", "They ever pay", False),
        ("They agree", "They disagree", False),
        ("Ann owes Ben", "Ben owes Ann", False),
        ("A line", "A line and more", False),
        ("潮が来る", "潮が去る", False),
        ("", "   \n", True),
    ],
)
def test_slips_of_the_pen(old: str, new: str, expected: bool) -> None:
    assert only_slips(old, new) is expected
    assert only_slips(new, old) is expected


def test_many_slips_are_a_rewrite() -> None:
    words = [f"wor{letter}ds" for letter in "abcdefgh"]
    mended = [word.replace("wor", "war") for word in words]
    assert only_slips(" ".join(words[:MOST]), " ".join(mended[:MOST]))
    assert not only_slips(" ".join(words[: MOST + 1]), " ".join(mended[: MOST + 1]))
