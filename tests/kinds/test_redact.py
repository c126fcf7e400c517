"""Values that only some people may see, and that nobody else may lose by saving."""

from pathlib import Path

import pytest

from tests.kinds.definitions import NOTE, write
from wiki.kinds import Content, Kind, load
from wiki.kinds.redact import hidden_keys, keep_hidden, redact

ADA, BEN, CLEO = 1, 2, 3

FIELDS = """[[fields]]
key = "manager"
label = "Manager"
type = "person"

[[fields]]
key = "secret"
label = "Handle with care"
type = "md"
visible_to = ["manager", "actions.responsible"]

[[fields]]
key = "listed"
label = "Listed?"
type = "choice"
choices = {yes = "Yes", no = "No"}

[[fields]]
key = "contact"
label = "Contact"
type = "text"
visible_if = {listed = ["yes"], state = ["draft"]}

[[fields]]
key = "talks"
label = "Talks"
type = "rows"
[[fields.columns]]
key = "said"
label = "Said"
type = "text"
[[fields.columns]]
key = "aside"
label = "Aside"
type = "text"
visible_to = ["manager"]

[[computed]]"""


@pytest.fixture
def note(tmp_path: Path) -> Kind:
    return load([write(tmp_path, NOTE.replace("[[computed]]", FIELDS, 1))])["note"]


def content(listed: str = "yes") -> Content:
    return Content(
        "T",
        "Body",
        {
            "owner": CLEO,
            "manager": ADA,
            "secret": "Do not tell",
            "listed": listed,
            "contact": "604 555 0100",
            "actions": [{"id": "a1", "what": "x", "responsible": BEN}],
            "talks": [{"id": "t1", "said": "Yes", "aside": "No"}],
        },
    )


def test_it_works(note: Kind) -> None:
    assert redact(note, content(), ADA, "draft") == content()
    assert "secret" not in redact(note, content(), CLEO, "draft").fields


def test_nobody_and_strangers_see_nothing_restricted(note: Kind) -> None:
    for person in (None, 99):
        assert hidden_keys(note, content("no"), person, "draft") == {"secret", "contact", "talks.aside"}


def test_a_person_in_a_row_may_see_what_is_for_the_people_of_that_column(note: Kind) -> None:
    assert hidden_keys(note, content(), BEN, "draft") == {"talks.aside"}


def test_a_condition_opens_a_value_to_everybody(note: Kind) -> None:
    assert "contact" not in hidden_keys(note, content("yes"), None, "draft")
    assert "contact" in hidden_keys(note, content("yes"), None, "shared")
    assert "contact" in hidden_keys(note, content("no"), None, "draft")


def test_an_owner_sees_what_others_see_only_on_a_condition(note: Kind) -> None:
    assert "contact" not in hidden_keys(note, content("no"), CLEO, "shared")


def test_redacting_does_not_touch_what_is_stored(note: Kind) -> None:
    stored = content()
    shown = redact(note, stored, None, "draft")
    assert stored == content()
    assert shown.fields["talks"] == [{"id": "t1", "said": "Yes"}]


def test_a_value_that_the_writer_could_not_see_stays(note: Kind) -> None:
    written = Content(
        "New", "", {"owner": CLEO, "talks": [{"id": "t1", "said": "Perhaps"}, {"id": "t2", "said": "No"}]}
    )
    kept = keep_hidden(note, content(), written, 99, "shared")
    assert kept.fields["secret"] == "Do not tell"
    assert kept.fields["contact"] == "604 555 0100"
    assert kept.fields["talks"] == [{"id": "t1", "said": "Perhaps", "aside": "No"}, {"id": "t2", "said": "No"}]
    assert "manager" not in kept.fields, "what the writer could see and took away is gone"


def test_a_writer_cannot_put_words_into_a_value_that_they_cannot_see(note: Kind) -> None:
    old = Content("T", "", {"manager": ADA})
    kept = keep_hidden(note, old, Content("T", "", {"manager": ADA, "secret": "Mine"}), BEN, "draft")
    assert "secret" not in kept.fields
