"""Processes that are killed while they send mails lose none, and send none as if it were another one.

By hand, with as many kills as one likes: HOLDFAST_KILLS=100 pytest tests/notices/test_kill.py
"""

import os
import queue
import random
import select as select_of_files
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from sqlalchemy import select

from tests.contracts.sources import ROOT
from tests.world import World
from wiki import outbox
from wiki.models import Notice, Outgoing
from wiki.notices.mailing import MAKER, SUBJECT
from wiki.notices.telling import tell
from wiki.worker import LEASE

KILLS = int(os.environ.get("HOLDFAST_KILLS", "8"))
#: As many as ten for each kill: about that many are sent before the next one.
MAILS = 10 * KILLS


class Arrivals(MessageHandler):
    """Mails as the server took them, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []
        self.came: queue.Queue[int] = queue.Queue()

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)
        self.came.put(len(self.mails))


@pytest.fixture
def arrivals() -> Arrivals:
    return Arrivals()


@pytest.fixture
def server(arrivals: Arrivals) -> Iterator[str]:
    """The address of a mail server on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(arrivals, hostname="127.0.0.1", port=port)
    controller.start()
    yield f"smtp://127.0.0.1:{port}"
    controller.stop()


@pytest.fixture
def sender(lone_world: World, server: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.notices.sender", str(lone_world.settings.folder), server]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def write_mails(world: World) -> set[str]:
    """Half of them ready, half made of notices when they are sent; their Message-IDs."""
    with world.writing() as session:
        for number in range(MAILS // 2):
            outbox.send(session, f"reader-{number}@paper-coast.example", f"Mail {number}", f"This is mail {number}.\n")
            tell(
                session,
                [world.account("ada").id],
                "letter",
                group=str(number),
                link="/",
                words={"text": f"No. {number}"},
            )
        for notice in session.scalars(select(Notice)):
            made_of = {"maker": MAKER, "account": notice.account_id, "notices": [notice.id]}
            outbox.send_made(session, world.email("ada"), SUBJECT, made_of)
        return set(session.scalars(select(Outgoing.message_id)))


def run(sender: subprocess.Popen[str], child: int) -> int:
    """Begin a child whose clock is so many leases ahead."""
    assert sender.stdin and sender.stdout
    sender.stdin.write(f"{child * (LEASE.total_seconds() + 1)}\n")
    sender.stdin.flush()
    return int(sender.stdout.readline())


def wait_for(arrivals: Arrivals, mails: int) -> None:
    """Until so many more have come, or none comes any more."""
    for _mail in range(mails):
        try:
            arrivals.came.get(timeout=2)
        except queue.Empty:
            return


def test_it_works(lone_world: World, sender: subprocess.Popen[str], arrivals: Arrivals) -> None:
    chance = random.Random(26)
    written = write_mails(lone_world)
    assert sender.stdout
    for kill in range(KILLS):
        child = run(sender, kill)
        wait_for(arrivals, chance.randrange(1, 16))
        select_of_files.select([], [], [], chance.random() * 0.008)  # some point in the midst of its work
        os.kill(child, signal.SIGKILL)
        assert sender.stdout.readline() == "ended\n"
    run(sender, KILLS)
    assert sender.stdout.readline() == "ended\n"
    came = Counter(mail["Message-ID"] for mail in arrivals.mails)
    assert set(came) == written, "every mail arrived, and no other"
    assert came.total() - len(came) <= KILLS, (
        "only the one that was on its way can come again, under the same Message-ID"
    )
    same: dict[str, set[str]] = {}
    for mail in arrivals.mails:
        same.setdefault(mail["Message-ID"], set()).add(f"{mail['To']} {mail['Subject']}")
    assert all(len(one) == 1 for one in same.values())
    with lone_world.reading() as session:
        assert session.scalars(select(Outgoing.id).where(Outgoing.sent_at.is_(None))).all() == []
    print(f"{MAILS} mails, {KILLS} kills, {came.total() - len(came)} came twice under the same Message-ID")
