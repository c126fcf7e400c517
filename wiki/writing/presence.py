"""Who else has the form of a page open. No locks: it only tells, and is forgotten soon after the last sign of life."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer, titles_of
from wiki.i18n import format_datetime, format_time
from wiki.i18n import gettext as _
from wiki.kinds import Kind
from wiki.models import Account, Page, Presence
from wiki.pages.storing import ANONYMOUS, current_revision

#: How long somebody counts as writing after their form was last heard of. It says so every 25 seconds.
ALIVE = timedelta(seconds=75)
PLACE_LENGTH, HEADING_LENGTH = 60, 120

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_MARKS = re.compile(r"[*_`~\[\]]")


@dataclass(frozen=True)
class Writer:
    """Somebody who has the form open; `place` is the label or heading that they are at, or ""."""

    name: str
    since: datetime
    place: str = ""

    @property
    def told(self) -> str:
        if not self.place:
            return _("%(name)s is editing this page, since %(time)s", name=self.name, time=format_time(self.since))
        return _(
            "%(name)s is editing “%(place)s”, since %(time)s",
            name=self.name,
            place=self.place,
            time=format_time(self.since),
        )


def tells(kind: Kind) -> bool:
    """Whether a page of this kind says who writes on it: not where people may leave their name off."""
    return kind.field(ANONYMOUS) is None


def note(session: Session, viewer: Viewer, kind: Kind, page: Page, place: str, heading: str) -> None:
    """This viewer writes on the page now. Whoever was not heard of for a while is forgotten, on all pages."""
    now = clock.now()
    session.execute(delete(Presence).where(Presence.seen_at < now - ALIVE))
    if not tells(kind):
        return
    told = {"seen_at": now, "place": place[:PLACE_LENGTH], "heading": heading[:HEADING_LENGTH]}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = insert(Presence).values(page_id=page.id, account_id=viewer.account_id, since=now, **told)
    session.execute(values.on_conflict_do_update(index_elements=["page_id", "account_id"], set_=told))


def leave(session: Session, viewer: Viewer, page: Page) -> None:
    session.execute(delete(Presence).where(Presence.page_id == page.id, Presence.account_id == viewer.account_id))


def others(session: Session, viewer: Viewer, kind: Kind, page: Page) -> list[Writer]:
    """Everybody else who writes on this page and whose own page the viewer may see."""
    if not tells(kind):
        return []
    rows = session.execute(
        select(Account.person_id, Presence.since, Presence.place, Presence.heading)
        .join(Account, Account.id == Presence.account_id)
        .where(
            Presence.page_id == page.id,
            Presence.account_id != viewer.account_id,
            Presence.seen_at >= clock.now() - ALIVE,
            Account.active,
        )
        .order_by(Presence.since)
    ).all()
    named = titles_of(session, viewer, {row.person_id for row in rows if row.person_id is not None})
    known = _headings(current_revision(session, page).body) if any(row.heading for row in rows) else set()
    return [
        Writer(named[row.person_id][0], row.since, _place(kind, row.place, row.heading, known))
        for row in rows
        if row.person_id in named
    ]


def _place(kind: Kind, place: str, heading: str, known: Collection[str]) -> str:
    """The label of a field that everybody sees, or a heading of the saved text: never a word that is not saved yet."""
    if place == "title":
        return _("Title")
    if place == "body":
        return heading if heading in known else _(kind.body_label) if kind.body_label else _("Text")
    field = kind.field(place)
    return _(field.label) if field is not None and not field.visible_to else ""


def _headings(body: str) -> set[str]:
    return {_MARKS.sub("", words) for words in _HEADING.findall(body)}


def newer(session: Session, viewer: Viewer, page: Page, base: int) -> str:
    """What was saved since the form was opened at revision `base`, in a sentence; "" if nothing was."""
    if not 0 < base < page.number:
        return ""
    last = current_revision(session, page)
    when = format_datetime(last.time)
    if last.author_id is not None and last.author_id == viewer.person_id:
        return _("You saved this page on %(moment)s somewhere else. What you write here is joined to it.", moment=when)
    return _(
        "%(name)s saved this page on %(moment)s. What you write here is joined to it when you save.",
        name=last.author_name,
        moment=when,
    )
