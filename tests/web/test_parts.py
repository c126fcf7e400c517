"""The macros for forms write the names that forms are read by, and tie help and errors to their fields."""

import html
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tests.contracts.sources import PACKAGE, ROOT
from tests.page import Page, text_of
from wiki import i18n
from wiki.kinds.definition import Field, Kind, RowType
from wiki.kinds.load import load

KINDS = load([ROOT / "page_templates"])
PLAIN = {"key": "x", "label": "The label", "help": "The help."}


@pytest.fixture(scope="module")
def env() -> Environment:
    """Jinja as the site sets it up, with files that have no built icons."""
    made = Environment(
        autoescape=True,
        loader=FileSystemLoader(PACKAGE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        _=i18n.gettext,
        ngettext=i18n.ngettext,
        format_date=i18n.format_date,
        format_datetime=i18n.format_datetime,
        asset_url=lambda name: "",
        drawings={},
        catalogue=KINDS,
        site_name="Holdfast",
        first_currency="CAD",
        current_language=i18n.language,
    )
    return made


def page(env: Environment, source: str, **context: Any) -> Page:
    body = env.from_string(source).render(**context)
    return Page(f"<!doctype html><title>x</title><main><form>{body}</form></main>", 200, "/x")


def shown(env: Environment, field: Field, **context: Any) -> Page:
    source = '{% from "parts/rows.html" import any_field %}{{ any_field(field, values, errors) }}'
    return page(env, source, field=field, **{"values": {}, "errors": {}, **context})


def names(found: Page) -> list[str]:
    controls = [one for tag in ("input", "textarea", "select") for one in found.all("main")[0].iter(tag)]
    return sorted({name for one in controls if (name := one.get("name"))})


def test_it_works(env: Environment) -> None:
    found = shown(env, Field(type="text", **PLAIN), values={"f.x": 'Tide & "time"'})
    assert found.by_id("f.x").get("value") == 'Tide & "time"'
    assert found.text("label") == "The label"


@pytest.mark.parametrize(
    ("kind_of_field", "expected"),
    [
        *((plain, ["f.x"]) for plain in ("text", "md", "date", "choice", "number", "percent")),
        *((link, ["f.x"]) for link in ("person", "org", "link", "rowlink", "people", "orgs", "links", "rowlinks")),
        ("range", ["f.x.from", "f.x.until"]),
        ("money", ["f.x.amount", "f.x.currency"]),
        ("multi", ["f.x.free"]),
    ],
)
def test_every_type_has_its_input_names(env: Environment, kind_of_field: str, expected: list[str]) -> None:
    assert names(shown(env, Field(type=kind_of_field, **PLAIN))) == expected


def test_help_and_error_are_read_with_the_field(env: Environment) -> None:
    found = shown(env, Field(type="text", **PLAIN), errors={"f.x": "Too long."})
    control = found.by_id("f.x")
    assert control.get("aria-invalid") == "true"
    described = [text_of(found.by_id(one)) for one in control.get("aria-describedby", "").split()]
    assert described == ["The help.", "Problem: Too long."]


def test_a_day_that_was_refused_is_shown_as_it_was_typed(env: Environment) -> None:
    found = shown(env, Field(type="date", **PLAIN), values={"f.x": "31 November"}, errors={"f.x": "No such day."})
    assert (found.by_id("f.x").get("type"), found.by_id("f.x").get("value")) == ("text", "31 November")


def test_a_choice_that_the_kind_no_longer_has_is_kept(env: Environment) -> None:
    field = Field(type="choice", choices={"a": "First"}, **PLAIN)
    found = shown(env, field, values={"f.x": "old"})
    assert found.form(having="f.x").values["f.x"] == "old"


def test_boxes_are_ticked_for_one_value_and_for_several(env: Environment) -> None:
    field = Field(type="multi", choices={"a": "First", "b": "Second"}, **PLAIN)
    for value, expected in ((["a", "b"], ["a", "b"]), ("b", ["b"]), ([], [])):
        found = shown(env, field, values={"f.x": value})
        assert found.form(having="f.x").values.getlist("f.x") == expected


def test_text_keeps_its_first_empty_line(env: Environment) -> None:
    found = shown(env, Field(type="md", **PLAIN), values={"f.x": "\nSecond line"})
    assert found.form(having="f.x").values["f.x"] == "\r\nSecond line"


def test_rows_are_shown_in_their_order_with_buttons_that_work_alone(env: Environment) -> None:
    table = next(field for field in KINDS["meeting"].tables if field.key == "actions")
    first = table.columns[0].key
    values = {f"r.actions.{n}.{key}": text for n, text in enumerate(("One", "Two")) for key in ("id", first)}
    found = shown(env, table, values=values)
    assert f"r.actions.1.{first}" in names(found) and f"r.actions.2.{first}" not in names(found)
    does = [one.get("value") for one in found.all("button") if one.get("name") == "do"]
    buttons = ("row-up", "row-down", "copy-row", "remove-row")
    assert does[:8] == [f"{do}:actions:{n}" for n in (0, 1) for do in buttons]
    assert "add-row:actions" in does


def test_the_rest_of_a_row_opens_when_something_in_it_is_wrong(env: Environment) -> None:
    table = next(field for field in KINDS["meeting"].tables if field.key == "actions")
    hidden = next(column.key for column in table.columns if not column.first)
    values = {"r.actions.0.id": "a1"}
    closed = shown(env, table, values=values)
    opened = shown(env, table, values=values, errors={f"r.actions.0.{hidden}": "No."})
    assert [one.get("open") for one in closed.by_id("r.actions.0").iter("details")] == [None]
    assert [one.get("open") for one in opened.by_id("r.actions.0").iter("details")] == [""]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_field_of_every_kind_has_a_control(env: Environment, kind: Kind) -> None:
    for field in kind.every_field:
        values = {f"r.{field.key}.0.id": "a1"} if field.type == "rows" else {}
        found = shown(env, field, values=values)
        assert found.parse_errors == []
        assert text_of(found.all("main")[0]).startswith(" ".join(field.label.split()))


def test_problems_are_listed_with_links_to_their_fields(env: Environment) -> None:
    source = '{% from "parts/ui.html" import error_summary %}{{ error_summary(problems) }}'
    problems = [
        {"message": "No title.", "field": "title", "anchor": ""},
        {"message": "No <b>.", "field": "f.y", "anchor": "f.y.from"},
    ]
    found = page(env, source, problems=problems)
    assert found.links() == {"No title.": "#title", "No <b>.": "#f.y.from"}
    assert page(env, source, problems=[]).main == ""


def test_what_scripts_say_is_in_the_form(env: Environment) -> None:
    source = '{% from "parts/forms.html" import writing %}<div id="w" {{ writing("sea", draft="/sea/draft") }}></div>'
    element = page(env, source).by_id("w")
    assert element.get("data-draft") == "/sea/draft" and element.get("data-space") == "sea"
    assert "Draft saved {}" in html.unescape(element.get("data-words", ""))


def test_a_state_is_a_word_and_an_unknown_one_is_shown_too(env: Environment) -> None:
    source = '{% from "parts/ui.html" import state_chip %}{{ state_chip(kind, state) }}'
    kind = KINDS["lesson"]
    assert page(env, source, kind=kind, state=kind.initial.key).main == kind.initial.label
    assert page(env, source, kind=kind, state="long_gone").main == "long_gone"


def test_the_row_editor_names_a_row_by_its_type(env: Environment) -> None:
    table = Field(type="rows", rows="r", row_type=RowType(key="r", label="Promise", columns=()), **PLAIN)
    assert "Promise 1" in shown(env, table, values={"r.x.0.id": ""}).main


def test_what_a_column_is_for_is_said_once_and_each_row_points_to_it(env: Environment) -> None:
    table = next(field for field in KINDS["meeting"].tables if field.key == "actions")
    found = shown(env, table, values={"r.actions.0.id": "a1", "r.actions.1.id": "a2"})
    hint = found.by_id("f.actions.what-hint")
    assert "Start with a verb" in text_of(hint)
    assert found.main.count("Start with a verb") == 1
    for name in ("r.actions.0.what", "r.actions.1.what"):
        assert found.by_id(name).get("aria-describedby") == "f.actions.what-hint"


def test_the_currency_of_the_site_is_offered_until_another_is_chosen(env: Environment) -> None:
    field = Field(type="money", **PLAIN)
    assert shown(env, field).by_id("f.x.currency").get("value") == "CAD"
    chosen = {"f.x.amount": "5", "f.x.currency": "EUR"}
    assert shown(env, field, values=chosen).by_id("f.x.currency").get("value") == "EUR"
