"""Every mistake that docs/kinds.md says is refused: the message names it, and the line is the right one."""

from pathlib import Path

import pytest

from tests.kinds.definitions import ACTION, ENVELOPE, NOTE, write
from wiki.kinds import CatalogueError, load

#: What is wrong, (text in note.toml, its replacement), part of the message.
MISTAKES = [
    ("unknown key", ('group = "learn"', 'group = "learn"\ncolour = "red"'), "“colour” is not a key"),
    ("wrong value", ("version = 3", 'version = "3"'), "“version” cannot be '3'"),
    ("empty label", ('label = "Note"', 'label = ""'), "“label” is empty"),
    ("unknown group", ('group = "learn"', 'group = "lern"'), "There is no group “lern”"),
    ("unknown rhythm", ('review_every = "yearly"', 'review_every = "often"'), "There is no rhythm “often”"),
    ("key that is not the file's", ('key = "note"', 'key = "notes"'), "The key “notes” is not the file's name"),
    ("key in capitals", ('key = "question"', 'key = "Question"'), "“Question” cannot be a key"),
    ("unknown type", ('type = "link"', 'type = "linc"'), "There is no type “linc”"),
    ("duplicate field", ('key = "source"', 'key = "question"'), "There is another field “question”"),
    ("field of the envelope", ('key = "source"', 'key = "owner"'), "Every page has “owner” already"),
    ("field that every page has", ('key = "source"', 'key = "title"'), "Every page has “title” already"),
    ("duplicate state", ('key = "dropped"', 'key = "shared"'), "There is another state “shared”"),
    ("state that leads nowhere", ('{to = "draft", who', '{to = "drft", who'), "There is no state “drft”"),
    (
        "state nobody reaches",
        ('  {to = "dropped"', '  {to = "shared"'),
        "No way leads from “draft” to the state “dropped”",
    ),
    ("unknown who", ('who = ["owner"], label = "Drop"', 'who = ["boss"], label = "Drop"'), "There is no “boss”"),
    (
        "who without a field",
        ('who = ["owner"], label = "Drop"', 'who = ["manager"]'),
        "the field “manager”, which this kind lacks",
    ),
    ("nobody may", ('{to = "draft", who = ["system"]}', '{to = "draft", who = []}'), "Nobody may go"),
    ("unknown guard", ("reason = true, waive = true", 'guard = "locked"'), "There is no guard “locked”"),
    ("guard of a kind that is not joint", ("reason = true, waive = true", 'guard = "endorsed"'), "Only joint kinds"),
    ("unknown ending", ('tone = "good"', 'tone = "good"\nover = "forgotten"'), "Nothing ends as “forgotten”"),
    (
        "replacing without a list",
        (
            'review_every = "yearly"',
            'replaces = {named_in = "question", on_entering = ["shared"], becomes = "dropped"}',
        ),
        "“question” does not list pages of this kind",
    ),
    (
        "replacing without a way",
        ('review_every = "yearly"', 'replaces = {named_in = "source", on_entering = ["shared"], becomes = "dropped"}'),
        "The system cannot take a page from “shared” to “dropped”",
    ),
    (
        "watching nothing",
        ('review_every = "yearly"', 'watches = {when = "weather", met = "question", note = "question"}'),
        "“weather” is no field for this",
    ),
    ("half a relation", ('targets = ["note"]', 'targets = ["note"]\ntwin = "note.other"'), "is not the other end of"),
    (
        "row that becomes nothing",
        ('rows = "action"', 'rows = "action"\nmakes = "lesson"'),
        "cannot start from this kind",
    ),
    ("unknown tone", ('tone = "good"', 'tone = "green"'), "There is no tone “green”"),
    (
        "required for an unknown state",
        ('required_to_enter = ["shared"]', 'required_to_enter = ["sent"]'),
        "There is no state “sent”",
    ),
    (
        "required and in no form",
        ('form = "short"\nrequired_to_leave', 'form = "long"\nrequired_to_leave'),
        "“question” is required and in no form",
    ),
    ("unknown target", ('targets = ["note"]', 'targets = ["lesson"]'), "There is no kind “lesson”"),
    (
        "unknown table",
        ('type = "link"\ntargets = ["note"]', 'type = "rowlink"\ntargets = ["note.promises"]'),
        "There is no table “note.promises”",
    ),
    ("unknown row type", ('rows = "action"', 'rows = "acton"'), "There is no row type “acton”"),
    (
        "key of another type",
        ('help = "What had', 'choices = {a = "A"}\nhelp = "What had'),
        "“choices” means nothing for the type text",
    ),
    (
        "columns of a field that is no table",
        ('type = "text"\nform', 'type = "text"\ntitle = "what"\nform'),
        "“title” is for tables",
    ),
    (
        "too many words",
        ('label = "The question"', 'label = "The question that we had to settle"'),
        "has more than 6 words",
    ),
    (
        "condition on an unknown field",
        ("required_to_leave = true", 'required_to_leave = true\nrequired_if = {sort = ["a"]}'),
        "There is no “sort” beside “question”",
    ),
    (
        "condition without a requirement",
        ('type = "link"', 'type = "link"\nrequired_if = {question = ["a"]}'),
        "“source” is not required",
    ),
    ("bad pattern", ('help = "What had', 'pattern = "("\nhelp = "What had'), "not a regular expression"),
    ("impossible default", ('type = "link"', 'type = "link"\ndefault = "today"'), "“source” cannot begin as “today”"),
    (
        "seen by no person",
        ('type = "link"', 'type = "link"\nvisible_to = ["question"]'),
        "“question” is not a person field",
    ),
    (
        "own words of no organisation",
        ('type = "link"', 'type = "link"\nown_words = "question"'),
        "is not an organisation",
    ),
    ("count of nothing", ('count = "actions"', 'count = "steps"'), "There is nothing to count in “steps”"),
    (
        "count by an unknown column",
        ('where = {status = ["done"]}', 'where = {state = ["done"]}'),
        "has no column “state”",
    ),
    (
        "count by an unknown choice",
        ('where = {status = ["done"]}', 'where = {status = ["finished"]}'),
        "“finished” is not a choice",
    ),
    (
        "unknown function",
        ('count = "actions"\nwhere = {status = ["done"]}\nof = true', 'function = "magic"'),
        "There is no function “magic”",
    ),
    (
        "no way to be worked out",
        ('count = "actions"\nwhere = {status = ["done"]}\nof = true', ""),
        "needs one way to be worked out",
    ),
    (
        "unknown link",
        ('count = "actions"\nwhere = {status = ["done"]}\nof = true', 'linked = "note.sorce"'),
        "There is no field “note.sorce”",
    ),
    (
        "unknown column of the register",
        ('columns = ["question",', 'columns = ["queston",'),
        "There is no “queston” to show",
    ),
    ("unknown order of the register", ('sort = ["-changed"]', 'sort = ["-when"]'), "There is no “-when” to sort by"),
    ("unknown filter of the register", ('filters = ["state",', 'filters = ["stage",'), "There is no “stage” to show"),
    (
        "unknown state in the register",
        ("[register]", '[register]\nopen_on = {state = ["sent"]}'),
        "There is no state “sent”",
    ),
    (
        "agreed without being joint",
        ('review_every = "yearly"', 'agreed_state = "shared"'),
        "“agreed_state” is for joint kinds",
    ),
    (
        "joint without an agreed state",
        ('review_every = "yearly"', "joint = true"),
        "needs the state that the endorsements open",
    ),
    (
        "locked field that is not there",
        ('review_every = "yearly"', 'locked = {shared = ["outcome"]}'),
        "There is no field “outcome” to lock",
    ),
    ("title of no text", ('review_every = "yearly"', 'title_field = "source"'), "“source” is not a field with text"),
    (
        "begins from an unknown kind",
        ('review_every = "yearly"', 'starts_from = ["meeting"]'),
        "There is no kind “meeting”",
    ),
    (
        "begins by no link",
        ('review_every = "yearly"', 'starts_link = "question"'),
        "“question” does not point to a page",
    ),
    (
        "body for an unknown state",
        ('review_every = "yearly"', 'body_required_to_enter = ["sent"]'),
        "There is no state “sent”",
    ),
]


#: Mistakes that show in another line than the one that was changed.
ELSEWHERE = {
    "No way leads from “draft” to the state “dropped”": 26,
    "There is no table “note.promises”": 49,
    "needs one way to be worked out": 53,
}


def first_difference(one: str, other: str) -> int:
    """The number of the first line in which two texts differ."""
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    return next(n for n, (left, right) in enumerate(pairs, start=1) if left != right)


@pytest.mark.parametrize(("change", "message"), [mistake[1:] for mistake in MISTAKES], ids=[one[0] for one in MISTAKES])
def test_a_mistake_is_refused_where_it_stands(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    old, new = change
    assert NOTE.count(old) == 1, "the change must be in one place"
    written = NOTE.replace(old, new)
    with pytest.raises(CatalogueError) as caught:
        load([write(tmp_path, written)])
    found = [problem for problem in caught.value.problems if message in problem.message]
    assert found, str(caught.value)
    assert ELSEWHERE.get(message, first_difference(NOTE, written)) == found[0].line
    assert found[0].mend


def test_it_works(tmp_path: Path) -> None:
    load([write(tmp_path)])


def test_an_eighth_short_field_is_refused_at_its_own_place(tmp_path: Path) -> None:
    fields = "".join(f'[[fields]]\nkey = "f{n}"\nlabel = "Field"\ntype = "text"\nform = "short"\n' for n in range(6))
    with pytest.raises(CatalogueError, match="“f5” is one too many"):
        load([write(tmp_path, NOTE.replace("[[computed]]", f"{fields}[[computed]]", 1))])


def test_a_mistake_in_a_shared_row_type_is_told_once_in_its_own_file(tmp_path: Path) -> None:
    wrong = ACTION.replace('due = "due"', 'due = "until"')
    with pytest.raises(CatalogueError) as caught:
        load([write(tmp_path, rows__action=wrong)])
    assert [(one.file.name, one.line) for one in caught.value.problems] == [("action.toml", 5)]


def test_the_envelope_cannot_ask_for_states(tmp_path: Path) -> None:
    wrong = ENVELOPE.replace('type = "text"', 'type = "text"\nrequired_to_enter = ["shared"]')
    with pytest.raises(CatalogueError, match="the envelope has no states"):
        load([write(tmp_path, envelope=wrong)])


def test_text_before_the_first_heading_of_the_sections_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path)
    (folder / "note.md").write_text("\nLoose words\n## Story\n## Story\n", encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load([folder])
    assert [(one.line, one.message) for one in caught.value.problems] == [
        (2, "Text before the first heading"),
        (4, "There is another section “Story”"),
    ]
