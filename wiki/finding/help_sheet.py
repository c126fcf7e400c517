"""How to ask: every sign and filter of the query language, each with an example that can be tried."""

from dataclasses import dataclass

from wiki.i18n import gettext as _


@dataclass(frozen=True)
class Example:
    """Something to type, and what it finds."""

    text: str
    meaning: str


@dataclass(frozen=True)
class Chapter:
    key: str
    title: str
    examples: list[Example]


def examples() -> list[Chapter]:
    """The help sheet, in the reader's language."""
    return [Chapter("words", _("Words"), _words()), Chapter("filters", _("Filters"), _filters())]


def _words() -> list[Example]:
    return [
        Example(
            _("permit notice"), _("both words, in whatever form, anywhere in a page; then pages with most of them")
        ),
        Example(_('"thirty working days"'), _("these words in this order")),
        Example(_("permit -draft"), _("not with the word after the hyphen")),
        Example(_("boat or vessel"), _("either word")),
        Example(_("(boat or vessel) permit"), _("brackets keep together what belongs together")),
        Example(_("perm*"), _("words that begin so")),
        Example("D-0009", _("a number of a decision: that decision first")),
    ]


def _filters() -> list[Example]:
    return [
        Example("kind:decision", _("only pages of that kind; write it twice for either of two")),
        Example("state:accepted", _("only in that state")),
        Example("space:paper-coast", _("only in that space, by its address")),
        Example("by:me", _("only pages that you keep right; or by:name")),
        Example('org:"keel office"', _("only pages that name that organisation")),
        Example("theme:money", _("only on that theme")),
        Example("after:2025-01 before:2026", _("only changed from then, and before then: a year, a month or a day")),
        Example(
            "has:file", _("only with a file; has:actions with actions, has:owner with somebody who keeps it right")
        ),
        Example("language:fr", _("only written in that language")),
        Example("number:D-0009", _("only with that number")),
        Example("stands:no", _("what no longer counts: replaced, rejected, ended; stands:all for both")),
        Example("permit -kind:meeting", _("a hyphen before a filter leaves those pages out")),
    ]
