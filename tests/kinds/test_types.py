"""The contract of field types, tried on all of them: what is written is read again, by forms and by programs."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.kinds.known_pages import KnownPages
from wiki import i18n
from wiki.kinds.definition import Column, Field, RowType
from wiki.kinds.types import TYPES, BadValue
from wiki.kinds.types.base import form_texts

PAGES = KnownPages()
CHOICES = {"one": "One", "two": "Two", "three": "Three"}
DAYS = st.dates(min_value=date(1000, 1, 1)).map(date.isoformat)
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)

COLUMNS = (
    Column(key="what", label="What", type="text"),
    Column(key="when", label="When", type="range"),
    Column(key="who", label="Who", type="people"),
    Column(key="cost", label="Cost", type="money"),
    Column(key="tags", label="Tags", type="multi", choices=CHOICES, free=True),
    Column(key="status", label="Status", type="choice", choices=CHOICES, default="one"),
)
TABLE = RowType(key="note.steps", label="Steps", columns=COLUMNS, title="what")

#: Type -> a field of it.
FIELDS = {
    "multi": Field(key="f", label="Field", type="multi", choices=CHOICES, free=True),
    "choice": Field(key="f", label="Field", type="choice", choices=CHOICES),
    "person": Field(key="f", label="Field", type="person", or_text=True),
    "people": Field(key="f", label="Field", type="people", or_text=True),
    "rowlink": Field(key="f", label="Field", type="rowlink", targets=("agreement.commitments",), or_page=True),
    "rowlinks": Field(key="f", label="Field", type="rowlinks", targets=("agreement.commitments",)),
    "rows": Field(key="f", label="Field", type="rows", row_type=TABLE),
}


def field_of(name: str) -> Field:
    return FIELDS.get(name) or Field(key="f", label="Field", type=name)


def unique(entries: st.SearchStrategy[Any], size: int = 4) -> st.SearchStrategy[list[Any]]:
    return st.lists(entries, min_size=1, max_size=size, unique_by=json.dumps)


def money(currency: str, places: int) -> st.SearchStrategy[dict[str, str]]:
    amounts = st.decimals(-(10**9), 10**9, places=places).map(lambda amount: f"{amount if amount else 0:.{places}f}")
    return amounts.map(lambda amount: {"amount": amount, "currency": currency})


NUMBERS = st.integers(-(10**11), 10**11) | st.integers(-(10**12), 10**12).map(lambda n: n / 1000).map(
    lambda n: int(n) if n.is_integer() else n
)
RANGES = st.tuples(DAYS, DAYS, st.booleans()).map(
    lambda given: {"from": min(given[:2]), "until": max(given[:2]) if given[2] else None}
)
ROW_REFS = st.sampled_from([{"page": 5, "row": "c1"}, {"page": 5, "row": "c2"}])
WORDS = LINES.map(lambda text: " ".join(text.replace(",", " ").split())[:60].strip())
FREE = WORDS.filter(lambda word: bool(word) and word.casefold() not in {*CHOICES, *map(str.casefold, CHOICES.values())})
MULTI = st.tuples(st.sets(st.sampled_from(list(CHOICES))), unique(FREE)).map(
    lambda both: [key for key in CHOICES if key in both[0]] + both[1]
)

#: Type -> values as they are given; `from_json` makes the stored form of them.
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "text": LINES,
    "md": st.text(max_size=400),
    "date": DAYS,
    "range": RANGES,
    "choice": st.sampled_from(list(CHOICES)),
    "multi": MULTI,
    "person": st.sampled_from([1, 2]) | st.just("A guest"),
    "people": unique(st.sampled_from([1, 2, "A guest"])),
    "org": st.sampled_from([3, 4]),
    "orgs": unique(st.sampled_from([3, 4])),
    "link": st.sampled_from([1, 5, 6, 7]),
    "links": unique(st.sampled_from([1, 5, 6, 7])),
    "rowlink": ROW_REFS | st.just({"page": 6}),
    "rowlinks": unique(ROW_REFS),
    "number": NUMBERS,
    "percent": st.integers(0, 1000).map(lambda n: n / 10).map(lambda n: int(n) if n.is_integer() else n),
    "money": money("CAD", 2) | money("JPY", 0) | money("KWD", 3),
}
VALUES["rows"] = st.lists(
    st.fixed_dictionaries(
        {"id": st.text("abcxyz019", min_size=2, max_size=12), "what": LINES},
        optional={
            "when": VALUES["range"],
            "who": unique(st.sampled_from([1, 2])),
            "cost": VALUES["money"],
            "tags": MULTI,
            "status": VALUES["choice"],
        },
    ),
    max_size=4,
    unique_by=lambda row: row["id"],
)


def through_form(field: Field, value: Any) -> Any:
    texts = form_texts("f.f", TYPES[field.type].to_form(field, value, PAGES))
    form = MultiDict((name, one) for name, text in texts.items() for one in ([text] if isinstance(text, str) else text))
    return TYPES[field.type].read_form(field, form, "f.f", PAGES)


def test_it_works() -> None:
    assert through_form(field_of("range"), {"from": "2026-11-21", "until": None}) == {
        "from": "2026-11-21",
        "until": None,
    }


def test_every_type_has_values_to_be_tried_with() -> None:
    assert VALUES.keys() == TYPES.keys()


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize("name", TYPES)
def test_a_form_gives_back_what_was_put_into_it(name: str, language: str) -> None:
    field = field_of(name)

    @settings(max_examples=60, deadline=None)
    @given(VALUES[name])
    def same(given_value: Any) -> None:
        with i18n.use(language):
            stored = TYPES[name].from_json(field, given_value, PAGES)
            if stored is not None:
                assert through_form(field, stored) == stored

    same()


@pytest.mark.parametrize("name", TYPES)
def test_what_is_stored_is_json_that_is_read_as_itself(name: str) -> None:
    field = field_of(name)

    @settings(max_examples=60, deadline=None)
    @given(VALUES[name])
    def same(given_value: Any) -> None:
        stored = TYPES[name].from_json(field, given_value, PAGES)
        if stored is not None:
            again = json.loads(json.dumps(stored, ensure_ascii=False))
            assert TYPES[name].from_json(field, again, PAGES) == stored
            assert json.dumps(again) == json.dumps(stored)
            json.dumps(stored, ensure_ascii=False).encode()

    same()


@pytest.mark.parametrize("name", TYPES)
def test_a_value_can_be_read_indexed_and_followed(name: str) -> None:
    field = field_of(name)

    @settings(max_examples=30, deadline=None)
    @given(VALUES[name])
    def useful(given_value: Any) -> None:
        stored = TYPES[name].from_json(field, given_value, PAGES)
        if stored is not None:
            assert isinstance(TYPES[name].plain(field, stored, PAGES), str)
            for entry in TYPES[name].index(field, stored):
                assert len(entry.text or "") <= 300
                assert entry != type(entry)(), "an entry says something"
            assert all(ref.page in (1, 2, 3, 4, 5, 6, 7) for ref in TYPES[name].refs(field, stored))

    useful()


@pytest.mark.parametrize("name", TYPES)
def test_nothing_is_empty(name: str) -> None:
    kind_of, field = TYPES[name], field_of(name)
    assert kind_of.read_form(field, MultiDict(), "f.f", PAGES) is None
    assert kind_of.read_form(field, MultiDict({"f.f": " \r\n "}), "f.f", PAGES) is None
    assert kind_of.from_json(field, None, PAGES) is None


ODD = [
    True,
    False,
    3.5,
    -1,
    "",
    "x",
    "x" * 500,
    [],
    {},
    [None],
    [[1]],
    {"a": 1},
    float("nan"),
    float("inf"),
    "\x00",
    "\ud800",
    b"x",
    10**30,
]


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_json_is_held_or_refused_and_never_breaks(name: str, odd: Any) -> None:
    try:
        stored = TYPES[name].from_json(field_of(name), odd, PAGES)
    except BadValue as problem:
        assert problem.message.endswith(".") or ":" in problem.message
    else:
        json.dumps(stored, ensure_ascii=False, allow_nan=False).encode()


@pytest.mark.parametrize("name", TYPES)
def test_odd_typing_is_held_or_refused_and_never_breaks(name: str) -> None:
    kind_of, field = TYPES[name], field_of(name)
    parts = [
        f"f.f{part}"
        for part in ("", ".from", ".until", ".amount", ".currency", ".free", ".0.id", ".0.what", ".0.cost.amount")
    ]

    @settings(max_examples=60, deadline=None)
    @given(st.dictionaries(st.sampled_from(parts), st.text(max_size=40)))
    def survives(texts: dict[str, str]) -> None:
        try:
            stored = kind_of.read_form(field, MultiDict(texts), "f.f", PAGES)
        except BadValue as problem:
            assert all(one.message for one in problem.each())
        else:
            json.dumps(stored, ensure_ascii=False, allow_nan=False).encode()

    survives()
