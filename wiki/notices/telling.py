"""Telling people something, in the transaction of the change that causes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.models import Account, Notice
from wiki.notices.reasons import REASONS
from wiki.notices.topics import Reason
from wiki.text import shorten, tidy

#: Of each text that a sentence is filled with, so much is kept.
WORD_LENGTH = 160
#: Of those who caused what is folded, so many are known by name.
NAMED = 5


def tell(
    session: Session,
    to: Iterable[int],
    reason: str,
    page_id: int | None = None,
    *,
    row: str = "",
    by: int | None = None,
    by_name: str = "",
    anonymous: bool = False,
    link: str = "",
    group: str = "",
    words: Mapping[str, str] | None = None,
    pages: Mapping[str, int] | None = None,
    time: datetime | None = None,
    by_mail: bool = True,
) -> None:
    """Tell each of the accounts `to` once, for a reason of wiki.notices.reasons. When it becomes a mail is their own wish.

    `by` is the account of who caused it: never told of it, and not named if `anonymous`; `by_name` names somebody without
    an account. `link` is what stands behind the
    page's address ("#thread-12", "/history"), or a whole path when there is no page. `words` fill the sentence and must
    be for every reader of the page; other pages go in `pages`, by id, so that each reader meets only titles they may know.
    Whether the receiver may read the page is asked when they read the notice and when a mail is sent, not here. Without a
    page nothing is asked: then everything in it must be the receiver's own. Without `by_mail` it stands in the inbox
    alone: the area sends a mail of its own.
    """
    receivers = sorted(set(to) - {by})
    if not receivers:
        return
    now = time or clock.now()
    told = Notice(
        reason=reason,
        page_id=page_id,
        row=row,
        link=link,
        folding=group,
        told_by=[] if anonymous else [by] if by is not None else [by_name] if by_name else [],
        words={name: shorten(tidy(text), WORD_LENGTH) for name, text in (words or {}).items()},
        pages=dict(pages or {}),
        created_at=now,
        changed_at=now,
    )
    earlier = _open(session, told, receivers, REASONS[reason])
    for notice in earlier.values():
        _fold(notice, told)
    columns = _columns(told) if by_mail else {**_columns(told), "mail_after": None}
    new = [{**columns, "account_id": one} for one in receivers if one not in earlier]
    if new:
        session.execute(insert(Notice).values(new))
    session.flush()


def account_ids(session: Session, people: Iterable[int | None]) -> set[int]:
    """The open accounts of people, given by the ids of the pages that stand for them."""
    wanted = {person for person in people if person is not None}
    if not wanted:
        return set()
    return set(session.scalars(select(Account.id).where(Account.person_id.in_(wanted), Account.active)))


def _open(session: Session, told: Notice, receivers: list[int], reason: Reason) -> dict[int, Notice]:
    """The newest notice of each receiver into which this one is folded."""
    same_page = Notice.page_id == told.page_id if told.page_id is not None else Notice.page_id.is_(None)
    found = session.scalars(
        select(Notice)
        .where(
            Notice.account_id.in_(receivers),
            same_page,
            Notice.reason == told.reason,
            Notice.row == told.row,
            Notice.folding == told.folding,
            Notice.seen_at.is_(None),
            Notice.mailed_at.is_(None),
            Notice.changed_at > told.changed_at - reason.folds,
        )
        .order_by(Notice.id)
    )
    return {notice.account_id: notice for notice in found}


def _fold(earlier: Notice, told: Notice) -> None:
    earlier.count += 1
    earlier.told_by = [*(one for one in earlier.told_by if one not in told.told_by), *told.told_by][-NAMED:]
    earlier.words, earlier.pages = told.words, told.pages
    earlier.link, earlier.changed_at = told.link, max(earlier.changed_at, told.changed_at)


def _columns(told: Notice) -> dict[str, Any]:
    """A new notice but for its receiver; wiki.notices.mailing looks at their wishes."""
    kept = ("reason", "page_id", "row", "link", "folding", "told_by", "words", "pages", "created_at", "changed_at")
    return {**{name: getattr(told, name) for name in kept}, "count": 1, "mail_after": told.changed_at}
