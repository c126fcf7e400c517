"""Notices in words, for one reader, in their language: names and titles are looked up as they are when it is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.i18n import format_date, format_number, ngettext, quoted
from wiki.i18n import gettext as _
from wiki.models import Account, Notice, Page
from wiki.notices.reasons import REASONS
from wiki.notices.topics import Reason
from wiki.text import url_part

#: Words that are translated when they are read: states as page templates name them, what became of a suggestion.
LABELS = ("was", "now", "said")
#: Words that are days: written as they are in the reader's language.
DAYS = ("day",)
#: Kinds whose title is a name: it stands without quotation marks.
NAMES = ("person", "organisation")
_UNKNOWN_REASON = Reason("", "watched", "%(text)s", "", icon="bell")


@dataclass(frozen=True)
class About:
    """The page that a notice is about, as its reader may know it."""

    page_id: int
    title: str
    kind: str
    state: str
    space: str
    space_slug: str
    slug: str

    @property
    def url(self) -> str:
        return f"/{url_part(self.space_slug)}/{url_part(self.slug)}"


@dataclass(frozen=True)
class Said:
    """One notice in words. `href` is where it is to be seen."""

    id: int
    sentence: str
    why: str
    icon: str
    topic: str
    reason: str
    href: str
    time: datetime
    seen: bool
    count: int


def say(session: Session, viewer: Viewer, found: Sequence[tuple[Notice, About | None]]) -> list[Said]:
    """Notices that the viewer may read, in words; at most two statements."""
    notices = [notice for notice, _about in found]
    names = _names(session, notices)
    others = _titles(session, viewer, {page for notice in notices for page in notice.pages.values()})
    return [_said(notice, about, names, others) for notice, about in found]


def in_a_row(titles: Sequence[str]) -> str:
    """Several titles after each other, told apart by quotes where they hold commas themselves."""
    return ", ".join(quoted(title) if "," in title and len(titles) > 1 else title for title in titles)


def _said(notice: Notice, about: About | None, names: Mapping[int, str], others: Mapping[int, str]) -> Said:
    reason = REASONS.get(notice.reason, _UNKNOWN_REASON)
    return Said(
        id=notice.id,
        sentence=_sentence(reason, notice, names, others),
        why=_(reason.why),
        icon=reason.icon,
        topic=reason.topic,
        reason=notice.reason,
        href=href_of(notice, about),
        time=notice.changed_at,
        seen=notice.seen_at is not None,
        count=notice.count,
    )


def _sentence(reason: Reason, notice: Notice, names: Mapping[int, str], others: Mapping[int, str]) -> str:
    words = {**dict.fromkeys(_placeholders(reason), ""), "text": "", **notice.words}
    words |= {label: _(words[label]) for label in LABELS if label in words}
    words |= {name: _day(words[name]) for name in DAYS if name in words}
    for name, page_id in notice.pages.items():
        words[name] = others.get(page_id) or _("a page that you may not see")
    words |= {"who": _who(notice, names), "count": format_number(notice.count)}
    if notice.count > 1 and reason.many and (words["text"] or not reason.plain):
        return _(reason.many, **words)
    return _(reason.plain if reason.plain and not words["text"] else reason.one, **words)


def _day(text: str) -> str:
    """A day that was stored as it is, for this reader; what an earlier version put into words stays."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text


@lru_cache
def _placeholders(reason: Reason) -> frozenset[str]:
    """All that its sentences are filled with: a word that was not given must not cost its reader the whole inbox."""
    return frozenset(re.findall(r"%\((\w+)\)s", f"{reason.one} {reason.many} {reason.plain}"))


def _who(notice: Notice, names: Mapping[int, str]) -> str:
    """Those who caused it, the last one first."""
    known = [name for one in reversed(notice.told_by) if (name := names.get(one, "") if isinstance(one, int) else one)]
    if not known:
        return _("Somebody")
    if len(known) == 1:
        return known[0]
    if len(known) == 2:
        return _("%(name)s and %(other)s", name=known[0], other=known[1])
    rest = len(known) - 1
    return ngettext("%(name)s and %(count)s other", "%(name)s and %(count)s others", rest, name=known[0])


def _titles(session: Session, viewer: Viewer, ids: set[int]) -> dict[int, str]:
    """How a sentence names other pages: those that the viewer may see."""
    if not ids:
        return {}
    found = session.execute(select(Page.id, Page.title, Page.kind).where(Page.id.in_(ids), visible_pages(viewer)))
    return {row[0]: row[1] if row[2] in NAMES else quoted(row[1]) for row in found}


def _names(session: Session, notices: Sequence[Notice]) -> dict[int, str]:
    ids = {one for notice in notices for one in notice.told_by if isinstance(one, int)}
    if not ids:
        return {}
    return {row[0]: row[1] for row in session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))}


def href_of(notice: Notice, about: About | None) -> str:
    """Where what it tells of is to be seen."""
    if about is None:
        return notice.link
    return about.url + (notice.link or (f"#r-{notice.row}" if notice.row else ""))
