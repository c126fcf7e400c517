"""What somebody gains or gets done while their note is open stands in it; nothing typed is lost."""

from tests.handover.leaving import change, content
from tests.paper_coast import Coast
from wiki.handover import keeping
from wiki.models import Page


def keep(coast: Coast) -> int:
    return keeping.keep(coast.database, coast.settings, coast.catalogue)


def with_row(coast: Coast, name: str, table: str, row_id: str, **cells: object) -> None:
    """Hal changes a row of a page of the demo."""
    page = coast.named(name)
    rows = [{**row, **cells} if row["id"] == row_id else row for row in content(coast, page.id).rows(table)]
    change(coast, page.id, "hal", **{table: rows})


def test_it_works(coast: Coast) -> None:
    """Ben gets an action and a page, finishes one thing, hands another away; in the end all of it comes back."""
    note, ben, hal = coast.named("P27"), coast.named("U2"), coast.named("U8")
    typed = content(coast, note.id).rows("items")
    assert keep(coast) == 0
    with_row(coast, "P20", "actions", "a5", responsible=ben.id)
    change(coast, coast.named("P39").id, "hal", owner=ben.id)
    with_row(coast, "P24", "actions", "a7", status="done")
    with_row(coast, "P13", "risks", "r4", owner=hal.id)
    assert (keep(coast), keep(coast)) == (1, 0)
    rows = content(coast, note.id).rows("items")
    new = [(row["kind"], row["status"], "what_to_know" in row) for row in rows[len(typed) :]]
    assert sorted(new) == [("action", "to_pass_on", False), ("page", "to_pass_on", False)]
    now = {row["id"]: row["status"] for row in rows}
    assert (now["i4"], now["i8"], now["i3"]) == ("closed", "closed", "to_pass_on")
    assert [row.get("what_to_know") for row in rows[: len(typed)]] == [row.get("what_to_know") for row in typed]
    with_row(coast, "P24", "actions", "a7", status="open")
    assert keep(coast) == 1
    assert {row["id"]: row["status"] for row in content(coast, note.id).rows("items")}["i4"] == "to_pass_on"


def test_what_was_gained_is_shown_before_it_is_written_down(lone_coast: Coast) -> None:
    """Whoever opens the working view sees it at once, and may say what to know about it."""
    note, ben = lone_coast.named("P27"), lone_coast.named("U2")
    change(lone_coast, lone_coast.named("P39").id, "hal", owner=ben.id)
    client = lone_coast.browser("ben")
    url = lone_coast.url("P27", "/items")
    page = client.read(url)
    assert "Words we use" in page.text("main")
    assert len(content(lone_coast, note.id).rows("items")) == 12
    client.send(page.form(url), {"r.items.12.what_to_know": "Twelve words, and everybody may add one"})
    rows = content(lone_coast, note.id).rows("items")
    assert (len(rows), rows[12]["what_to_know"]) == (13, "Twelve words, and everybody may add one")
    assert keep(lone_coast) == 0


def test_after_it_is_given_nothing_is_added(lone_coast: Coast) -> None:
    note, ben = lone_coast.named("P26"), lone_coast.named("U3")
    change(lone_coast, lone_coast.named("P39").id, "hal", owner=ben.id)
    assert keep(lone_coast) == 0
    with lone_coast.reading() as session:
        assert session.get_one(Page, note.id).state == "closed"


def test_a_note_that_nobody_prepared_tells_nothing(lone_coast: Coast) -> None:
    """Somebody who may not know what Eva holds writes a note about her: it stays as they wrote it."""
    eva = lone_coast.named("U5")
    note = lone_coast.page("ada", "paper-coast", "handover", "Eva goes?", {"person": eva.id, "kind": "leaving"})
    assert keep(lone_coast) == 0
    page = lone_coast.browser("ada").read(f"/paper-coast/{note.slug}/items")
    assert "Permits decided jointly" not in page.text("main")
    assert content(lone_coast, note.id).rows("items") == []
