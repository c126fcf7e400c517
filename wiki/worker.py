"""Delivery of mails that wait in the database: claimed by one process, sent, tried again later when that fails."""

import logging
import smtplib
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import delete, exists, select, true, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from wiki import clock
from wiki.config import Settings
from wiki.db import Database
from wiki.mail_headers import sender
from wiki.mail_policy import POLICY
from wiki.mail_texts import Letter
from wiki.models import Outgoing
from wiki.outbox import PATIENCE
from wiki.people import attempts
from wiki.text import shorten, tidy

log = logging.getLogger("wiki")

EVERY_SECONDS = 3.0
HOUSEKEEPING_EVERY = 600
SERVER_SECONDS = 20
#: For so long a claimed mail belongs to the process that claimed it; after a crash another one takes it up.
LEASE = timedelta(minutes=5)
#: A process that comes so near to the end of that lets a mail be: it could still be sending it when another one begins.
MARGIN = timedelta(seconds=4 * SERVER_SECONDS)
LONGEST_WAIT = timedelta(hours=6)

#: Makes the words of a mail when it is sent, with the rights of that moment; None when there is nothing left to tell.
Maker = Callable[[Session, Outgoing], Letter | None]


class Mailer(Protocol):
    """Something that takes a mail off our hands or raises OSError or smtplib.SMTPException."""

    def send_message(self, message: EmailMessage) -> object: ...


def deliver(database: Database, settings: Settings, limit: int = 20, makers: Mapping[str, Maker] | None = None) -> int:
    """Send at most `limit` mails that are due; returns how many went out. Never raises because a server refuses.

    Mails that are made of something wait for a process that has their maker.
    """
    made_here = makers or {}
    if not _anything_due(database, bool(made_here)):
        return 0
    claimed = _claim(database, limit, bool(made_here))
    if not claimed:
        return 0
    sent = 0
    try:
        with _mailer(settings) as mailer:
            while claimed and clock.now() < claimed[0].try_after - MARGIN:
                sent += _try(database, settings, mailer, claimed[0], made_here)
                claimed.pop(0)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        for message in claimed:
            _failed(database, message, error)
    return sent


def _due(makes: bool) -> ColumnElement[bool]:
    mine = true() if makes else Outgoing.made_of.is_(None)
    return Outgoing.sent_at.is_(None) & (Outgoing.try_after <= clock.now()) & (Outgoing.tries < PATIENCE) & mine


def _anything_due(database: Database, makes: bool) -> bool:
    """Asked first, so that an idle worker never takes SQLite's write lock."""
    with database.read() as session:
        return bool(session.execute(select(exists().where(_due(makes)))).scalar())


def _claim(database: Database, limit: int, makes: bool = False) -> list[Outgoing]:
    """Due mails, marked so that nobody else takes them: the row lock on PostgreSQL, the write lock on SQLite.

    Those that waited longest come first, so that mails with which a process died do not stand before the others. To be
    claimed is no try: however often processes die, no mail is given up for it.
    """
    with database.transaction() as session:
        longest = select(Outgoing).where(_due(makes)).order_by(Outgoing.try_after, Outgoing.id)
        claimed = list(session.scalars(longest.limit(limit).with_for_update(skip_locked=True)))
        for message in claimed:
            if _is_late(message):
                message.tries, message.text, message.problem = PATIENCE, "", "too late to be sent"
            else:
                message.try_after = clock.now() + LEASE
        return [message for message in claimed if not _is_late(message)]


def _is_late(message: Outgoing) -> bool:
    """Whether what it tells was for an earlier moment."""
    return message.good_until is not None and message.good_until <= clock.now()


def _try(
    database: Database, settings: Settings, mailer: Mailer, message: Outgoing, makers: Mapping[str, Maker]
) -> bool:
    try:
        letter = _letter(database, message, makers)
        if letter is None:
            with database.transaction() as session:
                session.execute(delete(Outgoing).where(Outgoing.id == message.id))
            return False
        email = as_email(settings, message, letter)
    except Exception as error:  # one mail that cannot be made keeps the others from nothing
        log.exception("mail %s could not be made", message.id)
        _failed(database, message, error)
        return False
    try:
        mailer.send_message(email)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPSenderRefused, ValueError) as error:
        _failed(database, message, error)
        return False
    with database.transaction() as session:
        # The text is not kept: it may hold a link that signs somebody in.
        done = {"sent_at": clock.now(), "problem": None, "text": ""}
        session.execute(update(Outgoing).where(Outgoing.id == message.id).values(done))
    return True


def _letter(database: Database, message: Outgoing, makers: Mapping[str, Maker]) -> Letter | None:
    """The words of a mail: those that were written, or those that are made now."""
    if message.made_of is None:
        return Letter(message.subject, message.text)
    with database.read() as session:
        return makers[message.made_of["maker"]](session, message)


def _failed(database: Database, message: Outgoing, error: Exception) -> None:
    problem = shorten(tidy(str(error)) or type(error).__name__, 500)
    tries = message.tries + 1
    log.warning("mail %s was not delivered (try %s): %s", message.id, tries, type(error).__name__)
    wait = min(timedelta(minutes=2 ** (tries - 1)), LONGEST_WAIT)
    with database.transaction() as session:
        session.execute(
            update(Outgoing)
            .where(Outgoing.id == message.id)
            .values(problem=problem, try_after=clock.now() + wait, tries=tries)
        )


def as_email(settings: Settings, message: Outgoing, letter: Letter) -> EmailMessage:
    """The mail as it goes over the wire. Raises ValueError when a header holds a line end."""
    email = EmailMessage(POLICY)
    email["From"] = sender(settings)
    email["To"] = message.recipient
    email["Subject"] = letter.subject
    email["Date"] = format_datetime(message.created_at)
    email["Message-ID"] = message.message_id
    email["Auto-Submitted"] = "auto-generated"
    for name, value in letter.headers:
        email[name] = value
    email.set_content(letter.text)
    if letter.html:
        email.add_alternative(letter.html, subtype="html")
    if letter.calendar:
        email.add_alternative(letter.calendar, subtype="calendar", params={"method": letter.method})
    return email


@contextmanager
def _mailer(settings: Settings) -> Iterator[Mailer]:
    if not settings.smtp_url:
        yield _Terminal()
        return
    with _connected(urlsplit(settings.smtp_url)) as server:
        yield server


def _connected(url: SplitResult) -> smtplib.SMTP:
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, timeout=SERVER_SECONDS, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(host, url.port or 25, timeout=SERVER_SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        elif url.username and not _is_this_machine(host):
            server.close()
            raise smtplib.SMTPException("The server offers no encryption; the password was not sent to it.")
    if url.username:
        server.login(unquote(url.username), unquote(url.password or ""))
    return server


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Terminal:
    """Where mails go without a mail server: to whoever started the program."""

    def send_message(self, message: EmailMessage) -> None:
        plain = message.get_body(("plain",)) or message
        text = f"\n--- mail to {message['To']}: {message['Subject']} ---\n{plain.get_content()}--- end of mail ---\n"
        sys.stdout.write(text)
        sys.stdout.flush()


class Worker(threading.Thread):
    """Delivers every few seconds, and does the `chores`, until the process ends or `stop()` is called."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        chores: Sequence[Callable[[], object]] = (),
        makers: Mapping[str, Maker] | None = None,
    ) -> None:
        super().__init__(name="holdfast-worker", daemon=True)
        self._database = database
        self._settings = settings
        self._chores = chores
        self._makers = makers
        self._stopped = threading.Event()
        self._rounds = 0

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.work()
            except Exception:  # the worker outlives a database that is away for a while
                log.exception("the worker failed; it tries again")
            self._stopped.wait(EVERY_SECONDS)

    def work(self) -> None:
        """One round."""
        deliver(self._database, self._settings, makers=self._makers)
        for chore in self._chores:
            chore()
        if self._rounds % HOUSEKEEPING_EVERY == 0:
            with self._database.transaction() as session:
                attempts.forget_old(session)
        self._rounds += 1

    def stop(self) -> None:
        self._stopped.set()


def start(
    database: Database,
    settings: Settings,
    chores: Sequence[Callable[[], object]] = (),
    makers: Mapping[str, Maker] | None = None,
) -> Worker:
    """Begin to deliver in the background. One a process; several processes do not get in each other's way."""
    worker = Worker(database, settings, chores, makers)
    worker.start()
    return worker
