"""A note begins in the request in which somebody is set to leaving, with all that they hold."""

import pytest
from sqlalchemy import select

from tests.handover.leaving import change, content, leave, move, note_of, state
from tests.paper_coast import DAY0, Coast
from wiki.errors import Invalid
from wiki.holdings import footprint
from wiki.models import Account, Notice, Outgoing


def told(coast: Coast) -> set[tuple[str, str]]:
    with coast.reading() as session:
        found = session.execute(select(Account.name, Notice.reason).join(Account, Account.id == Notice.account_id))
        return {(row[0].split()[0], row[1]) for row in found if row[1].startswith("handover")}


def test_it_works(coast: Coast) -> None:
    """Finn leaves: everything that he holds, once; his successor and manager are told, partners are not."""
    finn, eva = coast.named("U6"), coast.named("U5")
    note = leave(coast, "U6", "hal", successor=eva.id)
    assert (note.state, state(coast, finn.id)) == ("draft", "leaving")
    with coast.reading() as session:
        held = [one for one in footprint(session, coast.catalogue, None, finn.id, DAY0) if one.through is None]
    rows = content(coast, note.id).rows("items")
    places = [(row["item"]["page"], row["item"].get("row", ""), row["kind"]) for row in rows]
    assert len(rows) >= 8
    assert sorted(places) == sorted((one.page_id, one.row_id, one.what) for one in held)
    assert {row["status"] for row in rows} == {"to_pass_on"}
    assert {row["next_owner"] for row in rows} == {eva.id}
    fields = content(coast, note.id).fields
    assert (fields["person"], fields["successor"], fields["kind"]) == (finn.id, eva.id, "leaving")
    assert fields["last_day"] == "2026-12-04"
    assert told(coast) == {("Finn", "handover_yours"), ("Eva", "handover_successor")}
    with coast.reading() as session:
        assert session.scalars(select(Outgoing)).all() == []


def test_only_the_leavers_organisation_and_coordinators_read_the_note(lone_coast: Coast) -> None:
    note = leave(lone_coast, "U6", "hal")
    url = f"/paper-coast/{note.slug}"
    status = {who: lone_coast.browser(who).get(url).status_code for who in ("finn", "hal", "dan", "ada")}
    assert status == {"finn": 200, "hal": 200, "dan": 404, "ada": 404}


def test_a_note_that_is_there_already_is_taken_up(lone_coast: Coast) -> None:
    """Ben is leaving already; going back and leaving again makes no second note, and loses nothing."""
    ben, before = lone_coast.named("U2"), lone_coast.named("P27")
    typed = content(lone_coast, before.id).rows("items")
    move(lone_coast, ben.id, "hal", "active", "He stays for the season")
    assert state(lone_coast, before.id) == "cancelled"
    move(lone_coast, ben.id, "hal", "leaving")
    again = note_of(lone_coast, ben.id)
    assert (again.state, again.id != before.id) == ("draft", True)
    assert len(content(lone_coast, again.id).rows("items")) == 12
    assert content(lone_coast, before.id).rows("items") == typed


def test_the_last_day_is_the_same_on_both_pages(lone_coast: Coast) -> None:
    ben, note = lone_coast.named("U2"), lone_coast.named("P27")
    change(lone_coast, note.id, "ben", last_day="2026-12-24")
    assert content(lone_coast, ben.id).fields["last_day"] == "2026-12-24"
    change(lone_coast, ben.id, "hal", last_day="2026-12-25")
    assert content(lone_coast, note.id).fields["last_day"] == "2026-12-25"


def test_nobody_leaves_without_a_last_day(lone_coast: Coast) -> None:
    with pytest.raises(Invalid):
        move(lone_coast, lone_coast.named("U6").id, "hal", "leaving")
    assert state(lone_coast, lone_coast.named("U6").id) == "active"
