"""Words: one line, or Markdown."""

import re
from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds.definition import Column
from wiki.kinds.types.base import BadValue, FieldType, Resolver
from wiki.text import normal, tidy

LINE_LENGTH = 300
TEXT_LENGTH = 100_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANK_START = re.compile(r"\A(?:[^\S\n]*\n)+")


class Text(FieldType):
    """One line of at most 300 characters."""

    extras: frozenset[str] = frozenset({"pattern"})

    def read_text(self, field: Column, text: str, resolver: Resolver) -> str | None:
        line = tidy(storable(text))
        if len(line) > LINE_LENGTH:
            raise BadValue(_("Keep it to %(most)s characters; this is %(count)s.", most=LINE_LENGTH, count=len(line)))
        if line and field.pattern and not re.fullmatch(field.pattern, line):
            raise BadValue(_("Write it as asked: %(help)s", help=_(field.help) or field.pattern))
        return line or None

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> str | None:
        return self.read_text(field, a_string(value), resolver)


class Markdown(FieldType):
    """Text of many lines. Blank lines before it and blanks behind it are not kept."""

    def read_text(self, field: Column, text: str, resolver: Resolver) -> str | None:
        written = _BLANK_START.sub("", normal(storable(text)).rstrip())
        if len(written) > TEXT_LENGTH:
            raise BadValue(_("Keep it to %(most)s characters; move the rest to a page of its own.", most=TEXT_LENGTH))
        return written or None

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> str | None:
        return self.read_text(field, a_string(value), resolver)


def storable(text: str) -> str:
    """Without halves of characters, which no database takes."""
    return _SURROGATE.sub("\ufffd", text)


def a_string(value: Any) -> str:
    """The value, if it is text or nothing; raises BadValue."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadValue(_("Give text here."))
    return value
