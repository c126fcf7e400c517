"""`holds` in definitions: a new kind takes part without code, and what cannot be told is refused where it stands."""

from pathlib import Path

import pytest

from tests.kinds.definitions import ACTION, ENVELOPE, NOTE, write
from wiki.holdings.places import places_of
from wiki.kinds import CatalogueError, load

HELD = 'type = "person"\n'
FIELD = '[[fields]]\nkey = "ward"\nlabel = "Warden"\ntype = "person"\nholds = {}\ninverse_label = "Wards"\n\n'


def note_with(said: str, type_: str = "person") -> str:
    field = FIELD.replace("{}", said).replace('type = "person"', f'type = "{type_}"')
    return NOTE.replace("[[computed]]", f"{field}[[computed]]", 1)


def action_with(said: str) -> str:
    return ACTION.replace(HELD, f"{HELD}holds = {said}\n", 1)


def test_it_works(tmp_path: Path) -> None:
    """Fields, shared columns and the envelope; said once, or twice for two sets of states."""
    said = '[{what = "other", states = ["draft"]}, {what = "page", states = ["shared"]}]'
    files = {
        "rows__action": action_with('{what = "action", unless = {status = ["done", "dropped"]}}'),
        "envelope": ENVELOPE.replace(HELD, f'{HELD}holds = {{what = "page"}}\n', 1),
    }
    catalogue = load([write(tmp_path, note_with(said), **files)])
    places = places_of(catalogue)
    assert set(places.named) == {("note", "ward"), ("note", "owner"), ("note", "actions.responsible")}
    ward = places.named["note", "ward"]
    assert [one.what for one in ward.holds] == ["other", "page"] and ward.says == "Wards"
    assert list(places.open_rows) == ["action"]


MISTAKES = [
    ("unknown thing", note_with('{what = "crown"}'), ACTION, "Nobody can hold a “crown”"),
    ("nothing said", note_with('{states = ["draft"]}'), ACTION, "“what” is missing"),
    ("no people", note_with('{what = "other"}', "text"), ACTION, "“ward” does not name people"),
    ("unknown state", note_with('{what = "other", states = ["lost"]}'), ACTION, "There is no state “lost”"),
    ("days of a field", note_with('{what = "other", until = "to"}'), ACTION, "has no row that could say it"),
    (
        "by on a field",
        note_with('{what = "other", by = "owner"}'),
        ACTION,
        "Only a table is held by what stands elsewhere",
    ),
    (
        "unknown column",
        NOTE,
        action_with('{what = "action", unless = {mood = ["done"]}}'),
        "There is no “mood” to go by",
    ),
    (
        "unknown choice",
        NOTE,
        action_with('{what = "action", unless = {status = ["lost"]}}'),
        "There is no “lost” to go by",
    ),
    ("no day", NOTE, action_with('{what = "action", until = "what"}'), "“what” is not a column with a day"),
    (
        "table held by nobody",
        NOTE.replace('rows = "action"', 'rows = "action"\nholds = {what = "relationship", by = "source"}'),
        ACTION,
        "“source” does not name people",
    ),
    (
        "hidden field",
        note_with('{what = "other"}\nvisible_to = ["owner"]'),
        ACTION,
        "Not every reader sees “ward”",
    ),
]


@pytest.mark.parametrize(("note", "action", "message"), [one[1:] for one in MISTAKES], ids=[one[0] for one in MISTAKES])
def test_what_cannot_be_told_is_refused(tmp_path: Path, note: str, action: str, message: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load([write(tmp_path, note, rows__action=action)])
    found = [one for one in caught.value.problems if message in one.message]
    assert found, str(caught.value)
    text = (
        tmp_path / found[0].file.name if found[0].file.name == "note.toml" else tmp_path / "rows/action.toml"
    ).read_text()
    near = text.split("\n")[found[0].line - 1]
    assert "holds" in near or "what" in near or "label" in near
    assert found[0].mend
