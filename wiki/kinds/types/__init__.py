"""The registry of field types. A new type is one class and one line here; tests/kinds/test_types.py then tries it."""

from wiki.kinds.types.base import BadValue, BadValues, FieldType, Form, Indexed, Namer, Ref, Resolver, UnknownPage
from wiki.kinds.types.choices import Choice, Multi
from wiki.kinds.types.days import Day, Range
from wiki.kinds.types.numbers import Money, Number, Percent
from wiki.kinds.types.references import ListOf, Reference, RowReference
from wiki.kinds.types.tables import Rows
from wiki.kinds.types.texts import Markdown, Text

__all__ = [
    "ROWS",
    "TYPES",
    "BadValue",
    "BadValues",
    "FieldType",
    "Form",
    "Indexed",
    "Namer",
    "Ref",
    "Resolver",
    "UnknownPage",
]

_PERSON = Reference(("person",), frozenset({"or_text", "or_role"}))
_ORG = Reference(("organisation",), frozenset({"or_text"}))
_LINK = Reference(None, frozenset({"targets", "or_text"}))
_ROWLINK = RowReference()

TYPES: dict[str, FieldType] = {
    "text": Text(),
    "md": Markdown(),
    "date": Day(),
    "range": Range(),
    "choice": Choice(),
    "multi": Multi(),
    "person": _PERSON,
    "people": ListOf(_PERSON),
    "org": _ORG,
    "orgs": ListOf(_ORG),
    "link": _LINK,
    "links": ListOf(_LINK),
    "rowlink": _ROWLINK,
    "rowlinks": ListOf(_ROWLINK),
    "number": Number(),
    "percent": Percent(),
    "money": Money(),
}
ROWS = TYPES["rows"] = Rows(TYPES)
