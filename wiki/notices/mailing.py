"""Notices become mails: handed to the outbox when their time has come, put into words when the outbox sends them."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select, text
from sqlalchemy.orm import Session

from wiki import clock, i18n, mail_texts, outbox
from wiki.config import Settings
from wiki.db import Database
from wiki.i18n import N_, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.mail_headers import of_list, strand
from wiki.mail_texts import Letter
from wiki.models import Account, Notice, Outgoing
from wiki.notices import inbox
from wiki.notices.inbox import Group
from wiki.notices.reasons import REASONS
from wiki.notices.stop import addresses
from wiki.notices.times import mail_time
from wiki.notices.wishes import Wish, stored_wishes, wishes_of
from wiki.people import queries
from wiki.text import shorten

MAKER = "notices"
#: What the list of waiting mails says of them: administrators may not know of the pages that they tell of.
SUBJECT = N_("Notices")
#: People whose notices are looked at in one go, each in a transaction of its own.
MOST = 100
#: Notices that one mail tells; the others are in the inbox.
TOLD = 40
#: Titles that a subject names.
NAMED = 3
#: So much of a title, and of a sentence, stands in a subject: what comes behind is cut off by mail programs anyway.
SUBJECT_PART = 70
#: How a notice is marked that is one of a conversation (wiki.conversation.telling).
_CONVERSATION = re.compile(r"thread-\d+")
_HANDING_OVER = 4_736_003  # any constant


def hand_over(database: Database, settings: Settings, limit: int = MOST) -> int:
    """Give what is due to the outbox; says how many mails. Several processes may do so at once: no notice is in two mails."""
    written = 0
    for _each in range(limit):
        if not _anything_due(database):
            break
        with database.transaction() as session:
            written += _next_person(session, settings)
    return written


def _anything_due(database: Database) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        return bool(session.scalar(select(exists().where(Notice.mail_after <= clock.now()))))


def _next_person(session: Session, settings: Settings) -> bool:
    """Look at the notices of one person: some go, some wait for another time, some are for the inbox alone."""
    _take_turn(session)
    now = clock.now()
    first = select(Notice.account_id).where(Notice.mail_after <= now).order_by(Notice.mail_after, Notice.id)
    account_id = session.scalar(first.limit(1))
    if account_id is None:
        return False
    due = select(Notice).where(Notice.account_id == account_id, Notice.mail_after <= now).order_by(Notice.id)
    notices = list(session.scalars(due.with_for_update()))
    viewer = queries.viewer_for_account(session, account_id)
    wish = wishes_of(session, [account_id])[account_id]
    going = [notice for notice in notices if _goes(notice, wish, settings, now, viewer is not None)]
    readable = inbox.these(session, viewer, (one.id for one in going)) if viewer is not None and going else []
    if viewer is None or not readable:
        return False
    stored_wishes(session, account_id)  # the key of the address that stops mails
    ids = [notice.id for notice, _about in readable]
    for notice, _about in readable:
        notice.mailed_at = now
    account = session.get_one(Account, account_id)
    made_of = {"maker": MAKER, "account": account_id, "notices": ids}
    outbox.send_made(session, account.email, SUBJECT, made_of)
    return True


def _take_turn(session: Session) -> None:
    """Wait until no other process hands notices over, so that what is for one person is in one mail (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _HANDING_OVER})


def _goes(notice: Notice, wish: Wish, settings: Settings, now: datetime, open_account: bool) -> bool:
    """Whether a notice goes by mail now; if not, when it is looked at again."""
    reason = REASONS.get(notice.reason)
    wanted = None
    if open_account and reason is not None and notice.seen_at is None and notice.mailed_at is None:
        wanted = mail_time(wish, wish.channel(reason.topic), notice.changed_at, settings.time_zone)
    notice.mail_after = wanted if wanted is not None and wanted > now else None
    return wanted is not None and wanted <= now


def make(session: Session, settings: Settings, catalogue: Catalogue, message: Outgoing) -> Letter | None:
    """The mail as it stands when it is sent: what was seen meanwhile, or may no longer be read, is not in it."""
    made_of = message.made_of or {}
    viewer = queries.viewer_for_account(session, made_of["account"])
    account = session.get(Account, made_of["account"])
    if viewer is None or account is None:
        return None
    wish = wishes_of(session, [account.id])[account.id]
    with i18n.use(account.language or settings.language, wish.zone or settings.time_zone):
        found = [one for one in inbox.these(session, viewer, made_of["notices"]) if one[0].seen_at is None]
        if not found or wish.stopped:
            return None
        key = stored_wishes(session, account.id).stop_key
        groups = inbox.grouped(session, viewer, found[:TOLD])
        headers = _belonging(settings, [notice for notice, _about in found])
        stop = addresses.address(settings, key)
        return _letter(settings, catalogue, account, groups, len(found) - TOLD, stop, headers)


def _belonging(settings: Settings, notices: Sequence[Notice]) -> tuple[tuple[str, str], ...]:
    """Mails that tell of one page stand together, and in them those of one conversation; a mail of several stands alone."""
    pages = {notice.page_id for notice in notices}
    page = pages.pop() if len(pages) == 1 else None
    if page is None:
        return ()
    groups = {notice.folding for notice in notices}
    threads = [group for group in groups if len(groups) == 1 and _CONVERSATION.fullmatch(group)]
    return strand(settings, f"page-{page}", *threads)


def _letter(
    settings: Settings,
    catalogue: Catalogue,
    account: Account,
    groups: Sequence[Group],
    rest: int,
    stop: str,
    headers: tuple[tuple[str, str], ...],
) -> Letter:
    told = {
        "name": account.name,
        "groups": groups,
        "rest": max(0, rest),
        "kinds": {key: _(kind.label) for key, kind in catalogue.items()},
        "stop": stop,
    }
    written = mail_texts.write(settings, "notices", i18n.language(), i18n.time_zone(), subject=_subject(groups), **told)
    return Letter(
        written.subject,
        written.text,
        mail_texts.in_html(settings, "notices", subject=written.subject, language=i18n.language(), **told),
        (*headers, of_list(settings, "notices"), *addresses.headers(stop)),
    )


def _subject(groups: Sequence[Group]) -> str:
    notices = [one for group in groups for one in group.notices]
    titles = list(dict.fromkeys(group.about.title for group in groups if group.about is not None))
    if len(notices) == 1:
        sentence = shorten(notices[0].sentence, SUBJECT_PART)
        return f"{shorten(titles[0], SUBJECT_PART)}: {sentence}" if titles else sentence
    if not titles:
        return ngettext("%(count)s notice", "%(count)s notices", len(notices))
    named = ", ".join(shorten(title, SUBJECT_PART) for title in titles[:NAMED])
    if len(titles) > NAMED:
        rest = len(titles) - NAMED
        return ngettext(
            "News of %(pages)s and %(count)s more", "News of %(pages)s and %(count)s more", rest, pages=named
        )
    return _("News of %(pages)s", pages=named)
