"""A new template: begun with nothing but states, or as a copy of one that is there."""

from typing import Any

import tomlkit

from wiki.errors import Problem
from wiki.i18n import gettext as _
from wiki.kinds.build import KEY
from wiki.kinds.sources import Sources
from wiki.packs.simple import key_of

#: Addresses and files that already are something else.
RESERVED = ("new", "rows", "export", "import", "proposals", "envelope")
#: What is asked of a new template before it is looked at by itself.
NEEDED = ("label", "plural", "intent", "purpose")
#: The key of a template that has none yet, while it is looked at.
STAND_IN = "template_without_a_key"
#: What a copy does not take over: it belongs to the one that is copied.
_NOT_COPIED = ("known_as", "retired")

#: Of its fields: what another kind has to know of too.
_OF_TWO = ("twin", "makes", "makes_link")

BLANK = """key = ""
version = 1
label = ""
plural = ""
icon = "file-text"
group = "write"
intent = ""
purpose = ""
review_every = "yearly"

[[states]]
key = "draft"
label = "Draft"
tone = "quiet"
help = "Being written, where all can see it."
next = [{to = "current", who = ["member"], label = "Mark as current"}]

[[states]]
key = "current"
label = "Current"
tone = "good"
help = "Readers can rely on it."
next = [{to = "archived", who = ["owner", "member"], label = "Archive"}]

[[states]]
key = "archived"
label = "Archived"
tone = "quiet"
over = "retired"
help = "Kept for the record."
next = [{to = "current", who = ["owner", "member"], label = "Use it again"}]

[register]
columns = ["title", "owner", "themes", "changed", "review_due", "state"]
sort = ["-changed"]
filters = ["themes", "partnership", "state"]
"""


def begun(sources: Sources, like: str, label: str) -> tuple[str, str]:
    """Definition and sections to begin with: those of the kind `like` under another name, or nearly none."""
    text, sections = sources.texts(like) if like in sources.kinds else (BLANK, "")
    document: Any = tomlkit.parse(text)
    for name in _NOT_COPIED:
        document.pop(name, None)
    document["version"] = 1
    document["key"] = key_of(label, sources.kinds) if label else ""
    document["label"], document["plural"], document["intent"] = label, "", ""
    if like in sources.kinds:
        _leave_the_other(document, like, str(document["key"]) or "new")
    return tomlkit.dumps(document), sections


def keyed(text: str, key: str) -> str:
    """The definition under that key; where it spoke of itself it still does."""
    document: Any = tomlkit.parse(text)
    before = str(document.get("key", ""))
    if key == before:
        return text
    document["key"] = key
    _leave_the_other(document, before or "new", key or "new")
    return tomlkit.dumps(document)


def with_stand_ins(text: str) -> str:
    """The definition with something wherever nothing is said yet, so that one sees how it will look. Its lines are the same."""
    document: Any = tomlkit.parse(text)
    for name in NEEDED:
        if not document.get(name):
            document[name] = "…"
    if not KEY.fullmatch(str(document.get("key", ""))):
        document["key"] = STAND_IN
    return tomlkit.dumps(document)


def _leave_the_other(document: Any, before: str, key: str) -> None:
    """References to the kind itself mean the new one; what another kind has to know of too stays with the one that was copied."""
    if "starts_from" in document:
        document["starts_from"] = [_renamed(str(one), before, key) for one in document["starts_from"]]
    if before in document.get("carries", {}):
        document["carries"][key] = document["carries"].pop(before)
    for field in document.get("fields", []):
        for name in _OF_TWO:
            field.pop(name, None)
        for column in (field, *field.get("columns", [])):
            if "targets" in column:
                column["targets"] = [_renamed(str(one), before, key) for one in column["targets"]]
    for one in document.get("computed", []):
        if "linked" in one:
            one["linked"] = _renamed(str(one["linked"]), before, key)


def _renamed(name: str, before: str, key: str) -> str:
    kind, dot, rest = name.partition(".")
    return f"{key}{dot}{rest}" if kind == before else name


def problems(sources: Sources, key: str, about: dict[str, str] | None) -> list[Problem]:
    """What is missing before a new template can be looked at as one. `about` is what its form shows, if it can."""
    said = {
        "label": _("Give it a name."),
        "plural": _("Say what several of them are called."),
        "intent": _("Say what a person wants to do with it."),
        "purpose": _("Say what it is for."),
    }
    found = [Problem(f"k.{name}", said[name]) for name in NEEDED if about is not None and not about.get(name)]
    if not KEY.fullmatch(key):
        message = _("Write the key with small letters, digits and underscores, a letter first, such as “site_visit”.")
        found.append(Problem("k.key", message))
    elif key in RESERVED:
        found.append(Problem("k.key", _("This word means something else here. Take another key.")))
    elif key in sources.kinds:
        found.append(Problem("k.key", _("There is a template with this key already. Take another one.")))
    return found
