"""What people type into a field: what is understood, and what a refusal tells them to do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.kinds.known_pages import KnownPages
from wiki import clock, i18n
from wiki.kinds.definition import Column
from wiki.kinds.types import TYPES, BadValue

CHOICES = {"yes": "Yes", "no": "No"}


def typed(type_name: str, text: str | list[str] | dict[str, str], language: str = "en", **extra: Any) -> Any:
    field = Column(key="f", label="Field", type=type_name, **extra)
    texts = text if isinstance(text, dict) else {"": text}
    form = MultiDict(
        (f"f.f.{part}" if part else "f.f", one)
        for part, given in texts.items()
        for one in ([given] if isinstance(given, str) else given)
    )
    with i18n.use(language):
        return TYPES[type_name].read_form(field, form, "f.f", KnownPages())


def refused(
    type_name: str, text: str | list[str] | dict[str, str], language: str = "en", **extra: Any
) -> list[tuple[str, str]]:
    with pytest.raises(BadValue) as caught:
        typed(type_name, text, language, **extra)
    return [(one.part, one.message) for one in caught.value.each()]


def test_it_works() -> None:
    assert typed("text", "  Water is   improving ") == "Water is improving"


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("2026-11-21", "en", "2026-11-21"),
        ("2026-1-5", "en", "2026-01-05"),
        ("11/21/2026", "en", "2026-11-21"),
        ("11/21/26", "en", "2026-11-21"),
        ("21/11/2026", "fr", "2026-11-21"),
        ("21.11.26", "de", "2026-11-21"),
        ("2026/11/21", "en", "2026-11-21"),
        ("21 Nov 2026", "en", "2026-11-21"),
        ("November 21, 2026", "en", "2026-11-21"),
        ("21 novembre 2026", "fr", "2026-11-21"),
        ("21 févr. 2026", "fr", "2026-02-21"),
        ("3. März 2026", "de", "2026-03-03"),
    ],
)
def test_days_are_read_as_iso_and_as_people_write_them(text: str, language: str, day: str) -> None:
    assert typed("date", text, language) == day


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("21 nov", "en", "2026-11-21"),
        ("Jan 31", "en", "2027-01-31"),
        ("1 july", "en", "2026-07-01"),
        ("today", "en", "2026-11-21"),
        ("Tomorrow", "en", "2026-11-22"),
        ("yesterday", "en", "2026-11-20"),
        ("friday", "en", "2026-11-27"),
        ("next Friday", "en", "2026-11-27"),
        ("saturday", "en", "2026-11-28"),
        ("last fri", "en", "2026-11-20"),
        ("in 2 weeks", "en", "2026-12-05"),
        ("3 days ago", "en", "2026-11-18"),
        ("in 3 months", "en", "2027-02-21"),
        ("dans 2 semaines", "fr", "2026-12-05"),
        ("il y a 3 jours", "fr", "2026-11-18"),
        ("vendredi", "fr", "2026-11-27"),
        ("1er janv.", "fr", "2027-01-01"),
    ],
)
def test_days_are_read_as_people_say_them(monkeypatch: pytest.MonkeyPatch, text: str, language: str, day: str) -> None:
    monkeypatch.setattr(clock, "_now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
    assert typed("date", text, language) == day


@pytest.mark.parametrize(
    "text",
    ["whenever", "2026-02-30", "29 feb", "in 99999 weeks", "21/11/2026", "13", "2026", "week 3 4 2026", "1 2 3 4"],
)
def test_a_day_that_is_none_is_refused_with_an_example(text: str) -> None:
    assert refused("date", text) == [("", "Write a day that exists, like 2026-11-21 or 11/21/26.")]


def test_both_ends_of_a_range_are_refused_at_once() -> None:
    parts = [part for part, _message in refused("range", {"from": "soon", "until": "later"})]
    assert parts == ["from", "until"]


def test_a_range_that_ends_before_it_begins_is_refused_at_its_end() -> None:
    message = "The last day is before the first; change one of them."
    assert refused("range", {"from": "2026-11-21", "until": "2026-11-20"}) == [("until", message)]


def test_a_range_may_have_an_open_end_but_no_open_beginning() -> None:
    assert typed("range", {"from": "2026-11-21", "until": ""}) == {"from": "2026-11-21", "until": None}
    assert refused("range", {"from": "", "until": "2026-11-21"}) == [("from", "Give the first day as well.")]


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("12", "en", 12),
        ("-3.50", "en", -3.5),
        ("1,200.5", "en", 1200.5),
        ("1 200,5", "fr", 1200.5),
        ("12.5", "fr", 12.5),
        ("1.200,5", "de", 1200.5),
        ("1.200", "de", 1200),
        ("1.2", "de", 1.2),
        ("\u22124", "en", -4),
    ],
)
def test_numbers_are_read_with_the_signs_of_the_language(text: str, language: str, number: float) -> None:
    assert typed("number", text, language) == number


def test_a_word_is_no_number() -> None:
    assert refused("number", "a dozen") == [("", "Write a number with digits only, such as 1234.5.")]
    assert refused("number", "1,2,3") == [("", "Write a number with digits only, such as 1234.5.")]
    assert refused("number", "9" * 500)[0][1] == "That number is too large to keep; use a larger unit."


def test_bounds_and_whole_numbers_are_kept() -> None:
    assert refused("number", "6", min_value=1, max_value=5) == [("", "Give a number of 5 or less.")]
    assert refused("number", "0", min_value=1) == [("", "Give a number of 1 or more.")]
    assert refused("number", "2.5", whole=True) == [("", "Give a whole number.")]
    assert typed("number", "2.0", whole=True) == 2


def test_a_percentage_ends_at_a_hundred() -> None:
    assert typed("percent", "12.5 %") == 12.5
    assert refused("percent", "101") == [("", "Give a number of 100 or less.")]
    assert refused("percent", "-1") == [("", "Give a number of 0 or more.")]


def test_money_has_an_amount_and_a_currency() -> None:
    assert typed("money", {"amount": "18,000", "currency": "cad"}) == {"amount": "18000.00", "currency": "CAD"}
    assert typed("money", {"amount": "", "currency": "CAD"}) is None, "a currency alone is what the form begins with"
    assert refused("money", {"amount": "18000", "currency": "dollars"}) == [
        ("currency", "Choose the currency by its three letters, such as CAD or EUR.")
    ]
    assert refused("money", {"amount": "1.005", "currency": "CAD"}) == [
        ("amount", "Give at most 2 decimal places for this currency.")
    ]


def test_a_line_has_three_hundred_characters() -> None:
    assert typed("text", "é" * 300) == "é" * 300
    assert refused("text", "é" * 301) == [("", "Keep it to 300 characters; this is 301.")]


def test_a_pattern_is_explained_by_the_help() -> None:
    assert refused("text", "12", pattern="[A-Z]-[0-9]+", help="A letter, a hyphen, a number.") == [
        ("", "Write it as asked: A letter, a hyphen, a number.")
    ]


def test_markdown_keeps_its_lines_and_loses_only_what_nobody_sees() -> None:
    assert typed("md", "\r\n\r\n  indented\r\n\r\nend  \r\n") == "  indented\n\nend"


def test_a_choice_is_one_of_its_keys() -> None:
    assert refused("choice", "maybe", choices=CHOICES) == [
        ("", "“maybe” is not a choice here. Choose one of: Yes, No.")
    ]


def test_several_choices_come_in_the_order_of_the_definition_and_never_twice() -> None:
    assert typed("multi", ["no", "yes", "no", ""], choices=CHOICES) == ["yes", "no"]


def test_other_words_follow_the_choices_and_a_choice_is_recognised_among_them() -> None:
    given = {"": ["no"], "free": "tides,  YES , tides, birds"}
    assert typed("multi", given, choices=CHOICES, free=True) == ["yes", "no", "tides", "birds"]


def test_a_reference_is_named_by_title_or_address() -> None:
    assert typed("person", "Ada Verdana") == 1
    assert typed("link", "First meeting (coast/first-meeting-2)") == 7


def test_a_page_of_another_kind_is_not_found() -> None:
    assert refused("person", "Keel Office")[0][1].startswith("There is no page called Keel Office.")
    assert refused("person", "Coordinator")[0][1].startswith("There is no page called Coordinator.")
    assert typed("person", "Coordinator", or_role=True) == 8


def test_an_ambiguous_title_is_refused_even_where_words_would_do() -> None:
    candidates = "First meeting (coast/first-meeting), First meeting (coast/first-meeting-2)"
    assert candidates in refused("link", "First meeting", or_text=True)[0][1]


def test_words_stay_words_where_a_page_is_not_needed() -> None:
    assert typed("person", "A guest from the harbour", or_text=True) == "A guest from the harbour"


def test_every_unknown_line_of_a_list_is_refused_and_the_others_are_kept() -> None:
    with pytest.raises(BadValue) as caught:
        typed("people", "Ada Verdana\nNobody\n\nBen Optima\nNo one")
    assert len(caught.value.each()) == 2
    assert getattr(caught.value, "readable", None) == [1, 2]


def test_a_row_is_named_by_its_text_or_address() -> None:
    targets = ("agreement.commitments",)
    assert typed("rowlink", "Pay capacity support (coast/agreement#c2)", targets=targets) == {"page": 5, "row": "c2"}
    assert typed("rowlink", "First meeting (coast/first-meeting)", targets=targets, or_page=True) == {"page": 6}
    assert "There is no row" in refused("rowlink", "First meeting", targets=targets)[0][1]
