"""The last day passes: the person has left, cannot sign in, and whoever looks after the handover is told. Once."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cases import entered
from tests.handover.leaving import accept, change, content, explain, move, state
from tests.paper_coast import NOON, Coast
from tests.world import PASSWORD
from wiki import clock
from wiki.handover import ending
from wiki.models import Account, Event, Notice, Page
from wiki.pages.storing import current_revision


def later(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(days=days))


def let_go(coast: Coast) -> int:
    return ending.let_go(coast.database, coast.settings, coast.catalogue)


def told(coast: Coast, reason: str) -> list[str]:
    with coast.reading() as session:
        found = select(Account.name).join(Notice, Notice.account_id == Account.id).where(Notice.reason == reason)
        return sorted(session.scalars(found))


def test_it_works(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    ben, note = coast.named("U2"), coast.named("P27")
    client = entered(coast, "ben")
    later(monkeypatch, 9)
    assert (let_go(coast), state(coast, ben.id)) == (0, "leaving")
    later(monkeypatch, 10)
    assert (let_go(coast), let_go(coast)) == (1, 0)
    assert state(coast, ben.id) == "left"
    assert client.get("/account").status_code == 401
    with pytest.raises(AssertionError):
        coast.browser().sign_in(coast.email("ben"), PASSWORD)
    assert told(coast, "handover_left") == ["Hal Calibri", "Ivy Constantia"]
    with coast.reading() as session:
        verbs = list(session.scalars(select(Event.verb).where(Event.verb == "account.closed")))
        assert len(verbs) == 1
        history = current_revision(session, session.get_one(Page, note.id))
        assert history.author_name == "Ben Optima"
    page = coast.browser("hal").read(coast.url("U2"))
    assert "ben@paper-coast.example" not in page.main
    assert "Ben Optima" in page.main


def test_the_manager_completes_what_was_not_finished(lone_coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    note = lone_coast.named("P27")
    later(monkeypatch, 10)
    let_go(lone_coast)
    explain(lone_coast, note.id, "ivy")
    move(lone_coast, note.id, "ivy", "ready")
    assert state(lone_coast, note.id) == "with_successor"
    change(lone_coast, note.id, "ada", accepted_note="I call Finn first")
    move(lone_coast, note.id, "ada", "accepted")
    rows = [row["id"] for row in content(lone_coast, note.id).rows("items") if row["status"] == "passed_on"]
    taken = accept(lone_coast, note.id, "ada", rows)
    assert (taken.things, state(lone_coast, note.id)) == (12, "closed")


def test_the_last_administrator_is_not_shut_out(lone_coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hal leaves and is the only administrator: he has left, but somebody must still be able to let people in."""
    hal = lone_coast.named("U8")
    change(lone_coast, hal.id, "hal", last_day="2026-11-22")
    move(lone_coast, hal.id, "hal", "leaving")
    later(monkeypatch, 2)
    assert let_go(lone_coast) == 1
    assert state(lone_coast, hal.id) == "left"
    assert lone_coast.viewer("hal").admin
    assert "Hal Calibri" in told(lone_coast, "last_administrator")
