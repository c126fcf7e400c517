"""What people were told, as tests ask it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import World
from wiki import clock
from wiki.chores import makers
from wiki.models import Notice, Outgoing
from wiki.notices import happenings, inbox, mailing, watching
from wiki.web.state import site
from wiki.worker import Maker, deliver


def sentences(world: World, who: str, *, unseen: bool = False) -> list[str]:
    """What stands in somebody's inbox: "Tides: Ada changed it", newest first."""
    with world.reading() as session:
        groups = inbox.look(session, world.viewer(who), unseen=unseen).groups
    return [f"{group.about.title if group.about else ''}: {one.sentence}" for group in groups for one in group.notices]


def whys(world: World, who: str) -> set[str]:
    with world.reading() as session:
        groups = inbox.look(session, world.viewer(who)).groups
    return {one.why for group in groups for one in group.notices}


def read_log(world: World) -> None:
    """Let what was logged be told."""
    happenings.read_on(world.database, world.catalogue)


def watch(world: World, who: str, page_id: int) -> None:
    world.do(lambda session: watching.watch_page(session, world.viewer(who), page_id))


def hand_over(world: World) -> int:
    return mailing.hand_over(world.database, world.settings)


def send(world: World) -> int:
    known: dict[str, Maker] = dict(makers(world.settings, site(world.app).library))
    return deliver(world.database, world.settings, makers=known)


def waiting(world: World) -> list[Outgoing]:
    with world.reading() as session:
        return list(session.scalars(select(Outgoing).where(Outgoing.sent_at.is_(None)).order_by(Outgoing.id)))


def letters(world: World) -> list[tuple[str, str, str]]:
    """(recipient, subject, text) of the mails that wait, as they would be sent now."""
    found = []
    for message in waiting(world):
        with world.reading() as session:
            letter = mailing.make(session, world.settings, world.catalogue, message)
        if letter is not None:
            found.append((message.recipient, letter.subject, letter.text))
    return found


def stored(world: World, who: str) -> list[Notice]:
    with world.reading() as session:
        return list(session.scalars(select(Notice).where(Notice.account_id == world.account(who).id)))


def later(monkeypatch: pytest.MonkeyPatch, **time: float) -> None:
    """Let time go by; it stands still then."""
    moment = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "_now", lambda: moment)
