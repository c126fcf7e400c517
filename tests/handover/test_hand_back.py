"""After cover the same things come back, the same way."""

from tests.cases import entered, send
from tests.handover.leaving import accept, content, note_of
from tests.paper_coast import DAY0, Coast
from wiki.handover.notes import content_now, write
from wiki.handover.preparing import Wish, prepare
from wiki.kinds import Content
from wiki.models import Page


def test_it_works(lone_coast: Coast) -> None:
    """Hal covers for Gia; afterwards what he took on, and nothing else of his, is on the note that leads back."""
    gia, hal, viewer = lone_coast.named("U7"), lone_coast.named("U8"), lone_coast.viewer("hal")
    with lone_coast.writing() as session:
        wish = Wish("temporary_cover", DAY0, hal.id)
        note = prepare(session, lone_coast.catalogue, viewer, session.get_one(Page, gia.id), wish, DAY0)
        new = content_now(session, note)
        fields = {**new.fields, "items": [{**row, "status": "passed_on"} for row in new.rows("items")]}
        write(session, lone_coast.catalogue, viewer, note, Content(new.title, "", fields), "offered", "accepted")
    taken = accept(lone_coast, note.id, "hal", [row["id"] for row in content(lone_coast, note.id).rows("items")])
    assert taken.closed
    client, url = entered(lone_coast, "hal"), f"/paper-coast/{note.slug}/items"
    assert "Prepare to hand it back" in client.get(url).text
    assert send(client, f"{url}/return").status_code == 303
    back = note_of(lone_coast, hal.id)
    there = content(lone_coast, back.id)
    assert (there.fields["successor"], there.fields["kind"]) == (gia.id, "temporary_cover")
    before = {row["item"]["page"] for row in content(lone_coast, note.id).rows("items")}
    assert there.rows("items") and {row["item"]["page"] for row in there.rows("items")} <= before
