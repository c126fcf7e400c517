"""How a question was understood, in the reader's language, when that was not as it was written."""

from wiki import i18n
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.search.query import MAX_LENGTH, Query


def notice(question: Query, having_all: int | None = None, mended: str | None = None) -> str | None:
    """`having_all`: so many pages have all of the words, and others were listed too; `mended`: what was looked for instead."""
    said = []
    if question.cut:
        said.append(_("Only the first %(count)s characters were read.", count=i18n.format_number(MAX_LENGTH)))
    if question.left_out:
        said.append(_("Too many words; left out: %(words)s.", words=", ".join(question.left_out)))
    if having_all:
        said.append(
            ngettext(
                "%(count)s page has all of these words. Then come pages with some of them.",
                "%(count)s pages have all of these words. Then come pages with some of them.",
                having_all,
            )
        )
    elif having_all is not None:
        said.append(_("No page has all of these words. Those with most of them come first."))
    if mended:
        said.append(_("Nothing was found for these words. Shown is what was found for “%(words)s”.", words=mended))
    return " ".join(said) or None
