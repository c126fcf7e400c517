"""Front matter as fields of a page; what has no place is named in the report."""

from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import BadValue, Resolver
from wiki.text import shorten, tidy

#: What other systems call our fields.
OTHER_NAMES = {
    "description": "summary",
    "excerpt": "summary",
    "tags": "themes",
    "tag": "themes",
    "categories": "themes",
    "category": "themes",
    "keywords": "themes",
    "lang": "language",
    "locale": "language",
}
#: Keys of our own export, or that say where a page was: read elsewhere, nothing to report.
READ_ELSEWHERE = {"title", "kind", "state", "permalink", "redirect_from", "aliases"}
TEXT_LENGTH = 300


def kind_of(catalogue: Catalogue, matter: dict[str, Any]) -> Kind:
    wished = matter.get("kind")
    return catalogue.get(wished if isinstance(wished, str) else "") or catalogue["article"]


#: Types of fields whose values are pages, by their titles.
_PAGES = {"person", "org", "link", "people", "orgs", "links", "rowlink", "rowlinks"}


def names_pages(kind: Kind, matter: dict[str, Any]) -> bool:
    """Whether the front matter names other pages, which then have to be there."""
    found = (kind.field(OTHER_NAMES.get(key, key)) for key in matter)
    return any(field is not None and field.type in _PAGES for field in found)


def apply(kind: Kind, matter: dict[str, Any], content: Content, resolver: Resolver) -> list[str]:
    """Fill the content's fields from front matter; returns what was not understood, one line each."""
    notes = []
    for key, value in matter.items():
        if key in READ_ELSEWHERE or value is None or value == "":
            continue
        field = kind.field(OTHER_NAMES.get(key, key))
        if field is None or field.type == "rows":
            notes.append(_("Front matter without a field: %(key)s: %(value)s", key=key, value=_shown(value)))
            continue
        try:
            stored = TYPES[field.type].from_json(field, _suited(field.type, value), resolver)
        except BadValue as error:
            notes.append(
                _(
                    "Front matter %(key)s: %(value)s was left out. %(why)s",
                    key=key,
                    value=_shown(value),
                    why=error.message,
                )
            )
            continue
        if stored is not None:
            content.fields[field.key] = stored
    return notes


def _suited(type_: str, value: Any) -> Any:
    """The value in the shape that the field's type reads: texts as lists and the other way round, dates as text."""
    if type_ in ("multi", "people", "orgs", "links"):
        listed = value if isinstance(value, list) else str(value).split(",")
        return [tidy(str(one)) for one in listed if tidy(str(one))]
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    if type_ == "text":
        return shorten(tidy(str(value)), TEXT_LENGTH)
    return value


def _shown(value: Any) -> str:
    return shorten(str(value), 80)
