"""Loading a catalogue: what comes out, what replaces what, how mistakes are told."""

from pathlib import Path

import pytest

from tests.kinds.definitions import NOTE, write
from wiki.kinds import Catalogue, CatalogueError, load


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load([write(tmp_path)])


def test_it_works(catalogue: Catalogue) -> None:
    note = catalogue["note"]
    assert [field.key for field in note.short] == ["question", "actions"]
    assert [field.key for field in note.more] == ["source"]
    assert [table.key for table in note.tables] == ["actions"]
    assert note.version == 3
    assert note.initial.key == "draft"
    assert [way.to for way in note.state("draft").next] == ["shared", "dropped"]
    assert note.register.sort == ("-changed",)
    assert list(catalogue.rows) == ["action", "endorsement"]


def test_a_kind_s_own_fields_come_before_those_of_the_envelope(catalogue: Catalogue) -> None:
    note = catalogue["note"]
    owner, question = note.field("owner"), note.field("question")
    assert owner is not None and owner.or_role
    assert question is not None and question.label == "The question"
    assert note.field("nothing") is None
    assert [field.key for field in note.every_field][-3:] == [field.key for field in catalogue.envelope]


def test_the_body_begins_with_headings_and_never_with_prompts(catalogue: Catalogue) -> None:
    note = catalogue["note"]
    assert note.body_skeleton == "## What happened\n\n## What follows\n"
    assert note.prompts[1].text == "Who does what now?"


def test_a_state_of_an_earlier_version_can_still_be_shown(catalogue: Catalogue) -> None:
    assert catalogue["note"].state("gone").label == "gone"
    assert catalogue["note"].state("gone").next == ()


def test_links_know_what_their_target_calls_them(catalogue: Catalogue) -> None:
    assert catalogue.inverse_label("note.source") == "Notes from here"
    assert catalogue.inverse_label("action.responsible") == "Actions"
    assert catalogue.link_label("note", "actions.responsible") == "Actions"
    assert catalogue.link_label("note", "owner") == "Pages to keep right"
    assert catalogue.link_label("note", "body") == ""


def test_groups_hold_their_kinds_in_the_order_of_the_chooser(catalogue: Catalogue) -> None:
    assert {group: [kind.key for kind in kinds] for group, kinds in catalogue.by_group().items()} == {"learn": ["note"]}


def test_an_installation_s_own_file_replaces_the_shipped_one(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped")
    own = tmp_path / "own"
    own.mkdir()
    (own / "note.toml").write_text(NOTE.replace('label = "Note"', 'label = "Jotting"'), encoding="utf-8")
    catalogue = load([shipped, own, tmp_path / "missing"])
    assert catalogue["note"].label == "Jotting"
    assert catalogue["note"].prompts, "the sections of the shipped kind stay"


def test_choices_of_a_setting_are_filled_in(tmp_path: Path) -> None:
    catalogue = load([write(tmp_path)], {"themes": ["money", "youth"]})
    themes = catalogue["note"].field("themes")
    assert themes is not None and dict(themes.choices) == {"money": "money", "youth": "youth"}


def test_a_joint_kind_has_the_fields_of_agreeing_together(tmp_path: Path) -> None:
    joint = NOTE.replace('review_every = "yearly"', 'joint = true\nagreed_state = "shared"')
    note = load([write(tmp_path, joint)])["note"]
    assert [field.key for field in note.fields][-3:] == ["endorsements", "override_reason", "bring_in_by"]
    assert [field.key for field in note.short][-1] == "endorsements"


def test_a_joint_kind_that_lists_endorsements_keeps_its_own_label_and_place(tmp_path: Path) -> None:
    own = (
        '[[fields]]\nkey = "endorsements"\nlabel = "Who said yes"\ntype = "rows"\nrows = "endorsement"\n\n[[computed]]'
    )
    joint = NOTE.replace('review_every = "yearly"', 'joint = true\nagreed_state = "shared"').replace(
        "[[computed]]", own, 1
    )
    note = load([write(tmp_path, joint)])["note"]
    field = note.field("endorsements")
    assert field is not None and field.label == "Who said yes"
    assert [one.key for one in note.fields].count("endorsements") == 1


def test_a_table_with_its_own_columns_is_named_by_kind_and_field(tmp_path: Path) -> None:
    own = (
        '[[fields]]\nkey = "words"\nlabel = "Words"\ntype = "rows"\n[[fields.columns]]\nkey = "word"\nlabel = "Word"\n'
    )
    own += 'type = "text"\n\n[[computed]]'
    words = load([write(tmp_path, NOTE.replace("[[computed]]", own, 1))])["note"].field("words")
    assert words is not None and words.row_type is not None
    assert words.row_type.key == "note.words"
    assert words.row_type.title == "word"


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path, NOTE.replace('type = "link"', 'type = "lnk"').replace('tone = "good"', 'tone = "green"'))
    (folder / "broken.toml").write_text('key = "broken"\nlabel = "no end\n', encoding="utf-8")
    (folder / "latin.toml").write_bytes(b'key = "\xe9"\n')
    with pytest.raises(CatalogueError) as caught:
        load([folder])
    told = {(problem.file.name, problem.line) for problem in caught.value.problems}
    assert {("broken.toml", 2), ("latin.toml", 1), ("note.toml", 22), ("note.toml", 48)} <= told


def test_a_mistake_is_told_with_file_line_and_mend(tmp_path: Path) -> None:
    folder = write(tmp_path, NOTE.replace('icon = "notebook"', 'icn = "notebook"'))
    with pytest.raises(CatalogueError) as caught:
        load([folder])
    lines = str(caught.value).splitlines()
    assert (
        lines[0]
        == f'{folder / "note.toml"}:1: “icon” is missing. Mend: add icon = … with text in quotes, such as "Lesson".'
    )
    assert lines[1].startswith(
        f"{folder / 'note.toml'}:5: “icn” is not a key of this part. Mend: remove it, or use one of "
    )


def test_a_folder_without_an_envelope_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "envelope.toml").unlink()
    with pytest.raises(CatalogueError, match="There is no envelope"):
        load([folder])


def test_sections_without_a_kind_are_refused_but_a_readme_is_welcome(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "README.md").write_text("How to write a kind", encoding="utf-8")
    load([folder])
    (folder / "notes.md").write_text("## Story\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="belong to no kind"):
        load([folder])
