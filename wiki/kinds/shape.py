"""Which keys a definition may have and what they must hold: the grammar of docs/kinds.md, one table for each part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wiki.kinds.problems import Place, Problems


@dataclass(frozen=True)
class Shape:
    """What a key holds. `read` turns the TOML value into ours, or raises ValueError."""

    expected: str
    read: Callable[[Any], Any]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError
    return value.strip()


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_text(word) for word in value)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError
    return value


def _choices(value: Any) -> Mapping[str, str]:
    return {key: _text(label) for key, label in _mapping(value).items()}


def _condition(value: Any) -> Mapping[str, tuple[str, ...]]:
    return {key: _words(values) for key, values in _mapping(value).items()}


def _carried(value: Any) -> Mapping[str, Mapping[str, str]]:
    return {kind: _choices(keys) for kind, keys in _mapping(value).items()}


def _tables(value: Any) -> tuple[Mapping[str, Any], ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_mapping(one) for one in value)


def _table_or_tables(value: Any) -> tuple[Mapping[str, Any], ...]:
    return _tables(value) if isinstance(value, list) else (_mapping(value),)


def _default(value: Any) -> Any:
    if isinstance(value, bool | dict):
        raise ValueError
    return value


def _flag_or_words(value: Any) -> tuple[str, ...] | bool:
    return value if isinstance(value, bool) else _words(value)


TEXT = Shape('text in quotes, such as "Lesson"', _text)
FLAG = Shape("true or false", _flag)
WHOLE = Shape("a whole number, such as 1", _whole)
NUMBER = Shape("a number, such as 2.5", _number)
WORDS = Shape('a list of texts, such as ["one", "two"]', _words)
CHOICES = Shape('keys with labels, such as {yes = "Yes", no = "No"}', _choices)
CONDITION = Shape('keys with lists of values, such as {status = ["open"]}', _condition)
CARRIED = Shape(
    'kinds with the fields that are filled from theirs, such as {meeting = {decided_on = "date"}}', _carried
)
TABLE = Shape("a table", _mapping)
TABLES = Shape("a list of tables", _tables)
HOLDS = Shape('a table, such as {what = "action"}, or a list of them', _table_or_tables)
FLAG_OR_WORDS = Shape('true, or a list of states, such as ["monitor"]', _flag_or_words)
DEFAULT = Shape("a text, a number or a list of texts", _default)

KIND = {
    "key": TEXT,
    "version": WHOLE,
    "label": TEXT,
    "plural": TEXT,
    "known_as": TEXT,
    "icon": TEXT,
    "group": TEXT,
    "intent": TEXT,
    "purpose": TEXT,
    "review_every": TEXT,
    "joint": FLAG,
    "retired": FLAG,
    "agreed_state": TEXT,
    "guarded": WORDS,
    "locked": CONDITION,
    "title_field": TEXT,
    "body_label": TEXT,
    "body_required_to_enter": WORDS,
    "starts_from": WORDS,
    "starts_link": TEXT,
    "carries": CARRIED,
    "replaces": TABLE,
    "watches": TABLE,
    "states": TABLES,
    "fields": TABLES,
    "computed": TABLES,
    "questions": TABLES,
    "register": TABLE,
}
KIND_NEEDS = ("key", "version", "label", "plural", "icon", "group", "intent", "purpose", "states")

ENVELOPE = {"fields": TABLES}

_WRITTEN = {
    "key": TEXT,
    "label": TEXT,
    "type": TEXT,
    "help": TEXT,
    "was": WORDS,
    "default": DEFAULT,
    "inverse_label": TEXT,
    "visible_to": WORDS,
    "visible_if": CONDITION,
    "own_words": TEXT,
    "show_if": CONDITION,
    "holds": HOLDS,
    # what only some types have
    "choices": CHOICES,
    "choices_were": CHOICES,
    "choices_from": TEXT,
    "free": FLAG,
    "targets": WORDS,
    "or_text": FLAG,
    "or_role": FLAG,
    "or_page": FLAG,
    "pattern": TEXT,
    "min_value": NUMBER,
    "max_value": NUMBER,
    "whole": FLAG,
    "unit": TEXT,
}
COLUMN = {**_WRITTEN, "first": FLAG, "needed": FLAG, "needed_unless": CONDITION}
_ROW_PARTS = {"columns": TABLES, "computed": TABLES, "title": TEXT, "status": TEXT, "due": TEXT, "person": TEXT}
FIELD = {
    **_WRITTEN,
    "form": TEXT,
    "required_to_leave": FLAG_OR_WORDS,
    "required_to_enter": WORDS,
    "required_if": CONDITION,
    "or_filled": WORDS,
    "min": WHOLE,
    "max": WHOLE,
    "min_where": CONDITION,
    "min_orgs": WHOLE,
    "complete_to_enter": WORDS,
    "rows": TEXT,
    "default_rows": TABLES,
    "numbered": TEXT,
    "synonyms": WORDS,
    "twin": TEXT,
    "makes": TEXT,
    "makes_link": TEXT,
    "apart": FLAG,
    **_ROW_PARTS,
}
WRITTEN_NEEDS = ("key", "label", "type")
#: Keys that only a field of type `rows` may have.
ROWS_ONLY = frozenset(
    {"rows", "default_rows", "min_where", "complete_to_enter", "makes", "makes_link", "synonyms", *_ROW_PARTS}
)
#: Keys that only some types have; each type says which in its `extras`.
TYPE_KEYS = frozenset(
    {
        "choices",
        "choices_from",
        "choices_were",
        "free",
        "targets",
        "or_text",
        "or_role",
        "or_page",
        "pattern",
        "min_value",
        "max_value",
    }
    | {"whole", "unit"}
)

ROW_TYPE = {"key": TEXT, "label": TEXT, **_ROW_PARTS}
ROW_TYPE_NEEDS = ("key", "label", "columns")

STATE = {"key": TEXT, "label": TEXT, "tone": TEXT, "help": TEXT, "over": TEXT, "next": TABLES}
STATE_NEEDS = ("key", "label")
TRANSITION = {"to": TEXT, "who": WORDS, "label": TEXT, "reason": FLAG, "waive": FLAG, "guard": TEXT}
TRANSITION_NEEDS = ("to", "who")

COMPUTED = {
    "key": TEXT,
    "label": TEXT,
    "help": TEXT,
    "count": TEXT,
    "where": CONDITION,
    "of": FLAG,
    "linked": TEXT,
    "latest": TEXT,
    "function": TEXT,
    "values": TEXT,
    "via": TEXT,
    "entered": TEXT,
}
COMPUTED_NEEDS = ("key", "label")
REPLACES = {"named_in": TEXT, "on_entering": WORDS, "becomes": TEXT, "dated": TEXT, "because": TEXT, "affects": TEXT}
REPLACES_NEEDS = ("named_in", "on_entering", "becomes")
WATCHES = {"when": TEXT, "met": TEXT, "note": TEXT}
WATCHES_NEEDS = ("when", "met", "note")
HOLDING = {"what": TEXT, "unless": CONDITION, "since": TEXT, "until": TEXT, "states": WORDS, "by": TEXT}
HOLDING_NEEDS = ("what",)
QUESTION = {"key": TEXT, "stage": TEXT, "theme": TEXT, "text": TEXT}
QUESTION_NEEDS = ("key", "text")
REGISTER = {"columns": WORDS, "sort": WORDS, "filters": WORDS, "open_on": CONDITION}


def shaped(
    data: Mapping[str, Any], shapes: Mapping[str, Shape], needs: tuple[str, ...], place: Place, problems: Problems
) -> dict[str, Any]:
    """The values of the keys that are right; what is unknown, wrong or lacking is noted."""
    read: dict[str, Any] = {}
    for key, value in data.items():
        if key not in shapes:
            known = ", ".join(sorted(shapes))
            problems.add(place, key, f"“{key}” is not a key of this part", f"remove it, or use one of {known}")
            continue
        try:
            read[key] = shapes[key].read(value)
        except ValueError:
            problems.add(place, key, f"“{key}” cannot be {value!r:.60}", f"give {shapes[key].expected}")
    for key in needs:
        if key not in data:
            problems.add(place, (), f"“{key}” is missing", f"add {key} = … with {shapes[key].expected}")
        elif read.get(key) == "":
            problems.add(place, key, f"“{key}” is empty", f"give {shapes[key].expected}")
    return read
