"""Telling people of a letter in their inbox, each in the language in which they read."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.access import SpaceInfo
from wiki.letters.months import Month
from wiki.letters.reading import address
from wiki.models import Account, SpaceLetter
from wiki.notices.telling import tell


def announce(
    session: Session,
    space: SpaceInfo,
    month: Month,
    letter: SpaceLetter,
    reason: str,
    to: Iterable[int],
    *,
    language: str,
    zone: str,
    time: datetime | None = None,
) -> None:
    """One notice for each account. The month is a word of the sentence, so it is said once for each language.

    `language` is for those who chose none.
    """
    by_language: dict[str, list[int]] = {}
    for account, chosen in session.execute(select(Account.id, Account.language).where(Account.id.in_(list(to)))):
        by_language.setdefault(chosen or language, []).append(account)
    for spoken, accounts in by_language.items():
        with i18n.use(spoken, zone):
            words = {"space": space.name, "month": month.label}
            link = address(space.slug, month)
            tell(session, accounts, reason, link=link, group=group_of(letter), words=words, time=time)


def group_of(letter: SpaceLetter) -> str:
    """What the notices of a letter have in common."""
    return f"letter-{letter.id}"
