"""Notices become mails: handed to the outbox when their time has come, put into words when the outbox sends them."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from wiki import clock, i18n, outbox
from wiki.config import Settings
from wiki.db import Database
from wiki.i18n import N_
from wiki.kinds import Catalogue
from wiki.mail_headers import strand
from wiki.mail_texts import Letter
from wiki.models import Account, Notice, Outgoing
from wiki.notices import inbox
from wiki.notices.handovers import HANDOVERS
from wiki.notices.reasons import REASONS
from wiki.notices.stop import addresses
from wiki.notices.times import mail_time
from wiki.notices.wishes import Wish, stored_wishes, wishes_of
from wiki.notices.wording import Said, letter, rank, rhythm
from wiki.people import queries

MAKER = "notices"
#: What the list of waiting mails says of them: administrators may not know of the pages that they tell of.
SUBJECT = N_("Notices")
#: People whose notices are looked at in one go, each in a transaction of its own.
MOST = 100
#: Notices that one mail tells; the others are in the inbox.
TOLD = 40
#: Reasons that never wait because another mail has just gone.
URGENT = frozenset({*(reason.key for reason in HANDOVERS), "last_administrator", "event_cancelled"})
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
    viewer = queries.viewer_for_account(session, account_id)
    going = _going(session, account_id, settings, now, viewer is not None)
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


def _going(
    session: Session, account_id: int, settings: Settings, now: datetime, open_account: bool
) -> Sequence[Notice]:
    """What goes by mail now. Where anything does, all that is told "at once" goes along, however short it has waited."""
    waiting = select(Notice).where(Notice.account_id == account_id, Notice.mail_after.is_not(None))
    notices = list(session.scalars(waiting.order_by(Notice.id).with_for_update()))
    wish = wishes_of(session, [account_id])[account_id]
    mailed = session.scalar(select(func.max(Notice.mailed_at)).where(Notice.account_id == account_id))
    due = [one for one in notices if one.mail_after is not None and one.mail_after <= now]
    going = {one.id for one in due if _goes(one, wish, settings, now, open_account, mailed)}
    if not going:
        return []
    along = [one for one in notices if one.id in going or (one.mail_after is not None and _at_once(one, wish))]
    for notice in along:
        notice.mail_after = None
    return along


def _at_once(notice: Notice, wish: Wish) -> bool:
    reason = REASONS.get(notice.reason)
    return reason is not None and wish.channel(reason.topic) == "now" and notice.seen_at is None


def _take_turn(session: Session) -> None:
    """Wait until no other process hands notices over, so that what is for one person is in one mail (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _HANDING_OVER})


def _goes(
    notice: Notice, wish: Wish, settings: Settings, now: datetime, open_account: bool, mailed: datetime | None
) -> bool:
    """Whether a notice goes by mail now; if not, when it is looked at again."""
    reason = REASONS.get(notice.reason)
    wanted = None
    if open_account and reason is not None and notice.seen_at is None and notice.mailed_at is None:
        after = None if reason.key in URGENT else mailed
        wanted = mail_time(wish, wish.channel(reason.topic), notice.changed_at, settings.time_zone, after)
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
        stop = addresses.address(settings, stored_wishes(session, account.id).stop_key)
        told = sorted(found, key=lambda one: rank(one[0]))[:TOLD]
        groups = inbox.grouped(session, viewer, told)
        said = Said(account.name, groups, len(found), rhythm(wish, [notice for notice, _about in found]))
        headers = _belonging(settings, [notice for notice, _about in found])
        return letter(settings, catalogue, said, stop, headers)


def _belonging(settings: Settings, notices: Sequence[Notice]) -> tuple[tuple[str, str], ...]:
    """Mails that tell of one page stand together, and in them those of one conversation; a mail of several stands alone."""
    pages = {notice.page_id for notice in notices}
    page = pages.pop() if len(pages) == 1 else None
    if page is None:
        return ()
    groups = {notice.folding for notice in notices}
    threads = [group for group in groups if len(groups) == 1 and _CONVERSATION.fullmatch(group)]
    return strand(settings, f"page-{page}", *threads)
