"""Small definitions for tests: one kind that uses every type, written to a folder."""

from pathlib import Path

ENVELOPE = """[[fields]]
key = "summary"
label = "In one or two lines"
type = "text"
form = "short"

[[fields]]
key = "themes"
label = "Themes"
type = "multi"
choices_from = "themes"
free = true

[[fields]]
key = "owner"
label = "Kept right by"
type = "person"
or_role = true
default = "creator"
inverse_label = "Pages to keep right"
"""

ENDORSEMENT = """key = "endorsement"
label = "Agreement of an organisation"
title = "org"
status = "answer"

[[columns]]
key = "org"
label = "Organisation"
type = "org"
needed = true

[[columns]]
key = "answer"
label = "Answer"
type = "choice"
choices = {asked = "Asked", agreed = "Agreed", agreed_with_conditions = "With conditions", not_needed = "Not needed"}
default = "asked"
"""

ACTION = """key = "action"
label = "Action"
title = "what"
status = "status"
due = "due"
person = "responsible"

[[columns]]
key = "what"
label = "What"
type = "text"
first = true
needed = true

[[columns]]
key = "responsible"
label = "Responsible"
type = "person"
needed_unless = {status = ["dropped"]}
inverse_label = "Actions"

[[columns]]
key = "due"
label = "Due"
type = "date"

[[columns]]
key = "status"
label = "Status"
type = "choice"
choices = {open = "Open", done = "Done", dropped = "Dropped"}
default = "open"

[[computed]]
key = "standing"
label = "How it stands"
function = "action_standing"
"""

NOTE = """key = "note"
version = 3
label = "Note"
plural = "Notes"
icon = "notebook"
group = "learn"
intent = "Note something"
purpose = "A note that a test can read."
review_every = "yearly"

[[states]]
key = "draft"
label = "Draft"
next = [
  {to = "shared", who = ["owner", "member"], label = "Share"},
  {to = "dropped", who = ["owner"], label = "Drop", reason = true, waive = true},
]

[[states]]
key = "shared"
label = "Shared"
tone = "good"
next = [{to = "draft", who = ["system"]}]

[[states]]
key = "dropped"
label = "Dropped"

[[fields]]
key = "question"
label = "The question"
type = "text"
form = "short"
required_to_leave = true
help = "What had to be settled?"

[[fields]]
key = "actions"
label = "Next steps"
type = "rows"
rows = "action"
form = "short"
required_to_enter = ["shared"]

[[fields]]
key = "source"
label = "Where it came from"
type = "link"
targets = ["note"]
inverse_label = "Notes from here"

[[computed]]
key = "done"
label = "Done"
count = "actions"
where = {status = ["done"]}
of = true

[register]
columns = ["question", "state", "done"]
sort = ["-changed"]
filters = ["state", "themes"]
"""

NOTE_BODY = """## What happened

Tell it as it was.

## What follows

Who does what now?
"""


def write(folder: Path, note: str = NOTE, **files: str) -> Path:
    """A folder with a sound catalogue of one kind; `files` are more of them, `rows__x` for rows/x.toml."""
    whole = {
        "envelope": ENVELOPE,
        "rows__action": ACTION,
        "rows__endorsement": ENDORSEMENT,
        "note": note,
        **files,
    }
    for name, text in whole.items():
        path = folder / f"{name.replace('__', '/')}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if "note_md" not in files:
        (folder / "note.md").write_text(NOTE_BODY, encoding="utf-8")
    return folder
