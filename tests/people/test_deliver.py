"""Mails are written with the change that causes them, and delivered after it: once, and in spite of bad days."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.moments import Moments
from tests.people.mail_server import MailServer, mail_server
from wiki import config, outbox, worker
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import Invalid
from wiki.models import Outgoing
from wiki.outbox import PATIENCE


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture
def settings(server: MailServer) -> Settings:
    return config.load({}, smtp_url=server.url, mail_from="wiki@keel.example")


def write(database: Database, to: str = "ada@paper-coast.example", **more: str) -> None:
    with database.transaction() as session:
        outbox.send(session, to, more.get("subject", "Tide tables"), more.get("text", "They changed.\n"))


def only_mail(database: Database) -> Outgoing:
    with database.read() as session:
        return session.scalars(select(Outgoing)).one()


def test_it_works(database: Database, settings: Settings, server: MailServer) -> None:
    write(database)
    assert worker.deliver(database, settings) == 1
    mail = server.received[0]
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "Holdfast <wiki@keel.example>",
        "ada@paper-coast.example",
        "Tide tables",
    )
    assert mail.get_content().split() == ["They", "changed."]
    assert mail["Message-ID"] == only_mail(database).message_id
    assert mail["Auto-Submitted"] == "auto-generated"


def test_a_sender_may_have_a_name_of_its_own(database: Database, server: MailServer) -> None:
    write(database)
    worker.deliver(database, config.load({}, smtp_url=server.url, mail_from="Tide desk <wiki@keel.example>"))
    assert server.received[0]["From"] == "Tide desk <wiki@keel.example>"


def test_a_mail_goes_out_once(database: Database, settings: Settings, server: MailServer) -> None:
    write(database)
    worker.deliver(database, settings)
    assert worker.deliver(database, settings) == 0
    assert len(server.received) == 1


def test_its_text_is_not_kept_after_delivery(database: Database, settings: Settings) -> None:
    write(database, text="https://wiki.example/reset/secret")
    worker.deliver(database, settings)
    assert only_mail(database).text == ""
    assert only_mail(database).sent_at is not None


def test_a_change_that_was_undone_sends_nothing(database: Database, settings: Settings, server: MailServer) -> None:
    with pytest.raises(RuntimeError), database.transaction() as session:
        outbox.send(session, "ada@paper-coast.example", "Tide tables", "They changed.")
        raise RuntimeError
    assert worker.deliver(database, settings) == 0
    assert server.received == []


def test_letters_of_any_script_arrive(database: Database, settings: Settings, server: MailServer) -> None:
    write(database, subject="Marées à 潮汐", text="Café, 潮汐, Ελλάδα\n")
    worker.deliver(database, settings)
    assert server.received[0]["Subject"] == "Marées à 潮汐"
    assert server.received[0].get_content().strip() == "Café, 潮汐, Ελλάδα"


def test_a_refused_address_keeps_the_others_from_nothing(
    database: Database, settings: Settings, server: MailServer
) -> None:
    server.refusals["gone@paper-coast.example"] = "550 nobody of that name"
    write(database, "gone@paper-coast.example")
    write(database, "ada@paper-coast.example")
    assert worker.deliver(database, settings) == 1
    assert [mail["To"] for mail in server.received] == ["ada@paper-coast.example"]
    with database.read() as session:
        refused = session.scalars(select(Outgoing).where(Outgoing.sent_at.is_(None))).one()
    assert "nobody of that name" in (refused.problem or "")


def test_a_failed_mail_is_tried_again_later_under_the_same_message_id(
    database: Database, settings: Settings, server: MailServer, moments: Moments
) -> None:
    server.refusals["ada@paper-coast.example"] = "451 busy"
    write(database)
    before = only_mail(database).message_id
    assert worker.deliver(database, settings) == 0
    server.refusals.clear()
    assert worker.deliver(database, settings) == 0, "it is not yet time to try again"
    moments.pass_by(minutes=1)
    assert worker.deliver(database, settings) == 1
    assert server.received[0]["Message-ID"] == before
    assert only_mail(database).problem is None


def test_the_waits_grow_and_end(database: Database, settings: Settings, server: MailServer, moments: Moments) -> None:
    server.refusals["ada@paper-coast.example"] = "451 busy"
    write(database)
    waits = []
    for _ in range(PATIENCE):
        worker.deliver(database, settings)
        waits.append((only_mail(database).try_after - moments.now).total_seconds() / 60)
        moments.now = only_mail(database).try_after
    assert waits[:4] == [1, 2, 4, 8]
    assert max(waits) == 360
    server.refusals.clear()
    moments.pass_by(days=10)
    assert worker.deliver(database, settings) == 0, "it waits for an administrator"
    with database.transaction() as session:
        outbox.try_again(session.scalars(select(Outgoing)).one())
    assert worker.deliver(database, settings) == 1


def test_a_server_that_is_away_costs_nothing(database: Database, moments: Moments, server: MailServer) -> None:
    write(database)
    nobody = config.load({}, smtp_url="smtp://127.0.0.1:1")
    assert worker.deliver(database, nobody) == 0
    assert "refused" in (only_mail(database).problem or "").lower()
    moments.pass_by(minutes=1)
    assert worker.deliver(database, config.load({}, smtp_url=server.url)) == 1


def test_a_process_that_died_leaves_its_mails_to_another(
    database: Database, settings: Settings, server: MailServer, moments: Moments
) -> None:
    write(database)
    worker._claim(database, 20)
    assert worker.deliver(database, settings) == 0
    moments.pass_by(minutes=6)
    assert worker.deliver(database, settings) == 1


def test_two_processes_send_no_mail_twice(database: Database, settings: Settings, server: MailServer) -> None:
    for number in range(20):
        write(database, subject=f"Mail {number}")
    begin = threading.Barrier(2)

    def work() -> None:
        begin.wait()
        while worker.deliver(database, settings, limit=3):
            pass

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail["Subject"] for mail in server.received) == sorted(f"Mail {number}" for number in range(20))


def test_without_a_server_mails_are_shown_in_the_terminal(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    write(sqlite_database, text="Open http://127.0.0.1:8000/invitation/abc\n")
    assert worker.deliver(sqlite_database, config.load({})) == 1
    shown = capsys.readouterr().out
    assert "mail to ada@paper-coast.example: Tide tables" in shown
    assert "http://127.0.0.1:8000/invitation/abc" in shown


@pytest.mark.parametrize(
    "change",
    [
        {"to": "ada@paper-coast.example\r\nBcc: all@paper-coast.example"},
        {"to": "ada@paper-coast.example, ben@paper-coast.example"},
        {"to": "ada@paper-coast.example\n"},
        {"to": "Ada <ada@paper-coast.example>"},
        {"to": "ada"},
        {"to": ""},
        {"to": "a@" + "b" * 260},
        {"subject": "Tide\r\nBcc: all@paper-coast.example"},
        {"subject": "Tide\nX: y"},
        {"subject": "Tide\u2028X: y"},
    ],
)
def test_nothing_can_be_smuggled_into_the_headers(sqlite_database: Database, change: dict[str, Any]) -> None:
    with pytest.raises(Invalid), sqlite_database.transaction() as session:
        outbox.send(session, **({"to": "ada@paper-coast.example", "subject": "Tide", "text": ""} | change))


def test_the_worker_delivers_by_itself_and_stops(
    sqlite_database: Database, settings: Settings, server: MailServer
) -> None:
    write(sqlite_database)
    running = worker.Worker(sqlite_database, settings)
    running.work()
    assert len(server.received) == 1
    running.start()
    running.stop()
    running.join(timeout=10)
    assert not running.is_alive()
