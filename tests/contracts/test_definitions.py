"""The shipped kinds hold what the domain lists. Read as plain TOML, so that it says something even when the loader does not."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "page_templates"
EXPECTED = tomllib.loads((Path(__file__).parent / "expected_kinds.toml").read_text(encoding="utf-8"))
KINDS: dict[str, dict[str, Any]] = EXPECTED["kinds"]
ROWS: dict[str, dict[str, Any]] = EXPECTED["rows"]


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


DEFINED = {path.stem: read(path.stem) for path in sorted(FOLDER.glob("*.toml"))}
ENVELOPE = DEFINED.pop("envelope")
ROW_TYPES = {path.stem: read(f"rows/{path.stem}") for path in sorted((FOLDER / "rows").glob("*.toml"))}


def by_key(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {part["key"]: part for part in parts}


def fields_of(kind: str) -> dict[str, dict[str, Any]]:
    return by_key(DEFINED[kind].get("fields", []))


def columns_of(field: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return by_key(ROW_TYPES[field["rows"]]["columns"] if "rows" in field else field["columns"])


def part(kind: str, name: str) -> dict[str, Any]:
    """A field, or a column named "table.column"."""
    key, _, column = name.partition(".")
    field = fields_of(kind)[key]
    return columns_of(field)[column] if column else field


def marked(columns: dict[str, dict[str, Any]]) -> set[str]:
    return {
        f"{'*' * column.get('first', False)}{'!' * column.get('needed', False)}{key}" for key, column in columns.items()
    }


def needed_for(kind: str, state: str) -> set[str]:
    return {key for key, field in fields_of(kind).items() if state in field.get("required_to_enter", [])}


def written_parts() -> list[tuple[str, dict[str, Any]]]:
    """Every field and column, with a name that says where it is."""
    found = []
    for owner, fields in [
        ("envelope", ENVELOPE["fields"]),
        *((key, one.get("fields", [])) for key, one in DEFINED.items()),
    ]:
        for field in fields:
            found.append((f"{owner}.{field['key']}", field))
            found += [(f"{owner}.{field['key']}.{column['key']}", column) for column in field.get("columns", [])]
    for key, row_type in ROW_TYPES.items():
        found += [(f"{key}.{column['key']}", column) for column in row_type["columns"]]
    return found


PARTS = dict(written_parts())


def test_it_works() -> None:
    assert set(DEFINED) == set(KINDS)
    assert len(DEFINED) == 25


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_described(kind: str) -> None:
    defined, expected = DEFINED[kind], KINDS[kind]
    assert defined["key"] == kind
    assert defined["label"] == expected["name"]
    assert defined.get("joint", False) == expected.get("joint", False)
    assert defined["review_every"] == expected["review"]
    assert defined["group"] in ("agree", "decide", "plan", "learn", "hand_over", "know", "write")
    for text in ("plural", "icon", "intent", "purpose"):
        assert defined[text].strip()


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_states_in_order_and_the_ways_between_them(kind: str) -> None:
    states = by_key(DEFINED[kind]["states"])
    assert list(states) == KINDS[kind]["states"].split()
    for state, ways in KINDS[kind].get("ways", {}).items():
        assert set(ways.split()) <= {way["to"] for way in states[state]["next"]}, state
    assert all(way["label"] for state in states.values() for way in state.get("next", []))
    assert all(state["help"] for state in states.values())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].get("joint")])
def test_a_joint_kind_opens_its_agreed_state_by_endorsements(kind: str) -> None:
    defined = DEFINED[kind]
    into = [way for state in defined["states"] for way in state.get("next", []) if way["to"] == defined["agreed_state"]]
    asked = [way for way in into if way.get("guard") == "endorsed"]
    assert asked
    # From monitoring a partnership goes on by a decision, not by asking everybody again.
    assert len(asked) == len(into) - (kind == "partnership")
    assert set(KINDS[kind].get("guarded", "").split()) <= set(defined.get("guarded", []))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_fields_in_their_forms(kind: str) -> None:
    fields = fields_of(kind)
    short = {key for key, field in fields.items() if field["form"] == "short"}
    assert short == set(KINDS[kind].get("short", "").split())
    assert len(short) <= 7
    assert set(KINDS[kind].get("more", "").split()) <= set(fields) - short


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_asks_for_what_a_state_needs(kind: str) -> None:
    expected, fields = KINDS[kind], fields_of(kind)
    leave = {key for key, field in fields.items() if field.get("required_to_leave") is True}
    assert leave == set(expected.get("leave", "").split())
    for state, keys in expected.get("enter", {}).items():
        assert set(keys.split()) <= needed_for(kind, state), state
    for state, keys in expected.get("leaving", {}).items():
        assert all(state in fields[key]["required_to_leave"] for key in keys.split()), state
    assert DEFINED[kind].get("body_required_to_enter", []) == expected.get("body_to_enter", "").split()
    for state, keys in expected.get("locked", {}).items():
        assert set(keys.split()) == set(DEFINED[kind]["locked"][state])


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_tables_choices_and_targets(kind: str) -> None:
    expected, fields = KINDS[kind], fields_of(kind)
    for pair in expected.get("tables", "").split():
        table, row_type = pair.split(":")
        assert fields[table]["rows"] == row_type
    for table, columns in expected.get("columns", {}).items():
        found = columns_of(fields[table])
        for mark in columns.split():
            column = found[mark.lstrip("*!")]
            assert column.get("first", False) == ("*" in mark), f"{table}.{mark}"
            assert column.get("needed", False) >= ("!" in mark), f"{table}.{mark}"
    for name, keys in expected.get("choices", {}).items():
        assert list(part(kind, name)["choices"]) == keys.split(), name
    for name, targets in expected.get("targets", {}).items():
        assert set(part(kind, name)["targets"]) == set(targets.split()), name


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_computed_values_and_register(kind: str) -> None:
    expected, defined = KINDS[kind], DEFINED[kind]
    assert set(expected.get("computed", "").split()) <= set(by_key(defined.get("computed", [])))
    assert set(expected.get("register", "").split()) <= set(defined["register"]["columns"])
    assert set(expected.get("filters", "").split()) <= set(defined["register"]["filters"])
    assert defined["register"]["sort"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_body_of_a_kind_has_its_headings_with_a_prompt_each(kind: str) -> None:
    path = FOLDER / f"{kind}.md"
    sections = path.read_text(encoding="utf-8").split("## ")[1:] if path.exists() else []
    assert [section.splitlines()[0] for section in sections] == KINDS[kind]["headings"]
    assert all(section.partition("\n")[2].strip() for section in sections)


def test_a_new_partnership_begins_with_all_steps_and_every_question() -> None:
    steps = fields_of("partnership")["steps"]["default_rows"]
    assert [step["step_key"] for step in steps] == KINDS["partnership"]["steps"].split()
    assert all(step["step"] and step["status"] == "not_started" for step in steps)
    assert {step["step_key"][0]: step["stage"] for step in steps} == {
        "c": "connect",
        "b": "begin",
        "i": "implement",
        "m": "monitor",
    }
    questions = DEFINED["partnership"]["questions"]
    assert [question["key"] for question in questions] == KINDS["partnership"]["questions"].split()
    connect = [question for question in questions if question["stage"] == "connect"]
    assert (len(connect), len({question["theme"] for question in connect})) == (15, 6)


def test_every_page_has_the_fields_of_the_envelope() -> None:
    fields, expected = by_key(ENVELOPE["fields"]), EXPECTED["envelope"]
    assert set(fields) == set(expected["fields"].split())
    for key, choices in expected["choices"].items():
        assert list(fields[key]["choices"]) == choices.split()
    assert set(fields["community_labels"]["own_words"].split()) == {"steward_org"}
    assert list(columns_of(fields["community_labels"])) == expected["columns"]["community_labels"].split()
    assert fields["owner"]["or_role"] and fields["owner"]["default"] == "creator"


@pytest.mark.parametrize("row_type", ROWS)
def test_a_shared_row_type_has_its_columns_and_is_used(row_type: str) -> None:
    expected, columns = ROWS[row_type], by_key(ROW_TYPES[row_type]["columns"])
    assert marked(columns) == set(expected["columns"].split())
    for key, choices in expected.get("choices", {}).items():
        assert list(columns[key]["choices"]) == choices.split()
    assert set(expected.get("computed", "").split()) <= set(by_key(ROW_TYPES[row_type].get("computed", [])))
    for kind in expected["used_in"].split():
        assert row_type in {field.get("rows") for field in fields_of(kind).values()}, kind


def test_there_are_no_other_row_types() -> None:
    assert set(ROW_TYPES) == set(ROWS)


@pytest.mark.parametrize(("name", "label"), EXPECTED["inverse"].items())
def test_the_other_end_of_a_relation_has_its_name(name: str, label: str) -> None:
    assert PARTS[name]["inverse_label"] == label


def test_own_words_are_written_by_their_own_people_only() -> None:
    for kind, key in [
        ("action_plan", "motives"),
        ("action_plan", "help_needed"),
        ("strategic_plan", "success_defined_by"),
        ("progress_report", "relationship_check"),
        ("evaluation", "reflection"),
    ]:
        assert fields_of(kind)[key]["own_words"] == "org"
    for column in ("motive", "strengths", "limits", "help_needed"):
        assert part("partnership", f"partners.{column}")["own_words"] == "org"
    assert by_key(ROW_TYPES["commitment"]["columns"])["receiver_view"]["own_words"] == "made_to"
    assert {field["own_words"] for field in fields_of("organisation").values()} == {"self"}


def test_what_is_delicate_in_a_handover_is_for_three_people() -> None:
    assert set(fields_of("handover")["sensitive"]["visible_to"]) == {"successor", "manager", "person"}


def test_words_for_people_are_short_and_plain() -> None:
    for name, one in PARTS.items():
        assert 0 < len(one["label"].split()) <= 6, name
        assert one.get("help", "").count(". ") <= 1, name
        assert all(label.strip() and "_" not in label for label in one.get("choices", {}).values()), name


def test_a_field_has_a_help_unless_its_label_says_it_all() -> None:
    silent = {name for name, one in PARTS.items() if "form" in one and not one.get("help")}
    assert len(silent) < len([one for one in PARTS.values() if "form" in one]) / 6
    assert not {name for name in silent if PARTS[name]["type"] in ("md", "rows")} - {
        "orientation.five_lines",
        "practice.idea",
    }


def test_every_relation_says_what_it_is_called_at_the_other_end_or_is_a_mere_mention() -> None:
    links = {name for name, one in PARTS.items() if one["type"] in ("link", "links", "rowlink", "rowlinks")}
    unnamed = {name for name in links if not PARTS[name].get("inverse_label")}
    assert unnamed == {"agenda_item.needed_people"}
