"""Mails, written in the transaction of the change that causes them and delivered after it by wiki.worker."""

import re
import secrets
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from wiki import clock
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Outgoing
from wiki.text import shorten

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")
ADDRESS_LENGTH = 254
SUBJECT_LENGTH = 200
#: Tries before a mail is left for an administrator to look at: about two days.
PATIENCE = 12


def is_address(text: str) -> bool:
    """Whether a mail can be sent there: one plain address, nothing that could become a second one or a header."""
    return len(text) <= ADDRESS_LENGTH and ".." not in text and _ADDRESS.fullmatch(text) is not None


def send(session: Session, to: str, subject: str, text: str, good_for: timedelta | None = None) -> Outgoing:
    """Write a mail into the transaction. Its Message-ID is made here and stays the same however often it is tried.

    `good_for`: it is dropped if it cannot be sent within that time, because what its reader may know can change.

    Raises Invalid when the address or the subject could smuggle a header in.
    """
    problems = []
    if not is_address(to):
        problems.append(Problem("email", _("No mail can be sent to that address.")))
    if _CONTROL.search(subject):
        problems.append(Problem("subject", _("A subject is one line of text.")))
    if problems:
        raise Invalid(problems)
    now = clock.now()
    message = Outgoing(
        recipient=to,
        subject=shorten(subject, SUBJECT_LENGTH),
        text=text,
        message_id=f"<{secrets.token_hex(16)}@holdfast>",
        created_at=now,
        try_after=now,
        tries=0,
        good_until=now + good_for if good_for is not None else None,
    )
    session.add(message)
    session.flush()
    return message


def send_made(session: Session, to: str, subject: str, made_of: dict[str, Any]) -> Outgoing:
    """Write a mail into the transaction whose words are made when it is sent, with the rights of that moment.

    `made_of["maker"]` names who makes them (wiki.chores.makers). `subject` is what the list of waiting mails shows until
    then: it must tell nothing.
    """
    message = send(session, to, subject, "")
    message.made_of = made_of
    session.flush()
    return message


def try_again(message: Outgoing) -> None:
    """Let a mail that was given up be tried as if it were new."""
    message.tries = 0
    message.try_after = clock.now()
