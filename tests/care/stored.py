"""What is stored, to compare before and after; and a wiki in which something of everything has happened."""

import io
from typing import Any

from sqlalchemy import select, text

from tests.world import World
from wiki import outbox
from wiki.access import page_for
from wiki.attachments import actions as attachments
from wiki.attachments.store import Store
from wiki.care import tables
from wiki.care.tables import DERIVED
from wiki.db import Database
from wiki.kinds import Content
from wiki.models import Base, Imported, Page, Revision
from wiki.pages import actions, past
from wiki.people import actions as people

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
NOTE = b"A note on the tides.\n"

#: Derived tables that are the same on both databases.
SHARED = ("field_value", "link", "page_reader", "row", "search_spelling", "search_text")

Dump = dict[str, list[Any]]


def live_in(world: World) -> None:
    """Pages of several kinds with rows, links, files, changes, a tombstone; a draft, a token, a mail."""
    howto = world.page(
        "ada", "paper-coast", "howto", "Send a notice", {"summary": "Twenty days ahead."}, "Ça va: 潮 😀"
    )
    lesson = world.page(
        "ada",
        "paper-coast",
        "lesson",
        "Tides",
        {"lesson": "Ask first.", "applied_in": [howto.id], "themes": ["data", "own word"]},
        "See [[Send a notice]], [[Not written yet]] and [[paper-coast/spring]].",
    )
    rows = [
        {"id": "a1", "what": "Ask the council", "responsible": world.account("dan").person_id, "due": "2026-12-01"},
        {"id": "a2", "what": "Write it down", "status": "done"},
    ]
    meeting = world.page("hal", "paper-coast", "meeting", "Spring", {"date": "2026-11-20", "actions": rows})
    gone = world.page("ada", "commons", "article", "Mistake", {}, "Nobody needs this page about walruses.")
    plan = {"steward_org": world.org("council"), "access": "named_orgs", "access_orgs": [world.org("ministry")]}
    world.page("ada", "paper-coast", "article", "Between two", plan)
    with world.writing() as session:
        save(world, session, meeting, rows[:1], "One is done")
        actions.delete_page(session, world.viewer("ada"), session.get_one(Page, gone.id), "It was a mistake")
        actions.archive_page(session, world.viewer("ada"), session.get_one(Page, howto.id))
        actions.keep_draft(
            session, world.viewer("ada"), f"page:{lesson.id}", lesson.id, 1, {"body": ["Half a thought"]}
        )
        between = page_for(session, world.viewer("ada"), "paper-coast", "between-two", "edit")
        actions.rename_page(session, world.catalogue, world.viewer("ada"), between, "between")
        outbox.send(session, "dan@paper-coast.example", "Hello", "A mail that waits.")
        people.make_token(session, world.account("ada"), "a script")
        session.add(Imported(space_id=howto.space_id, path="a.md", page_id=howto.id, revision=1, digest="0" * 64))
        store, page = Store(world.settings.folder / "files"), session.get_one(Page, lesson.id)
        for name, content in (("tide.png", PICTURE), ("note.txt", NOTE), ("same.txt", NOTE)):
            attachments.attach(session, store, world.viewer("ada"), page, name, io.BytesIO(content), 1 << 20)
    while past.index_waiting(world.database, world.catalogue):
        pass


def save(world: World, session: Any, page: Page, rows: list[dict[str, Any]], note: str) -> Revision:
    page = session.get_one(Page, page.id)
    content = Content(page.title, fields={"date": "2026-11-20", "actions": rows})
    saved = actions.save_page(session, world.catalogue, world.viewer("hal"), page, content, page.number, note)
    assert saved.revision is not None
    return saved.revision


def kept(database: Database) -> Dump:
    """Every row of every table that a backup holds."""
    with database.read() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key.columns))]
            for table in tables.kept()
        }


def derived(database: Database) -> Dump:
    """Every row of every derived table but the kept HTML, without the ids that nobody refers to, in one order."""
    found = {}
    with database.read() as session:
        for table in (Base.metadata.tables[name] for name in sorted(DERIVED - {"rendering"})):
            columns = [column for column in table.columns if column.name != "id"]
            found[table.name] = sorted((tuple(row) for row in session.execute(select(*columns))), key=repr)
        for name in ("search_index", "search_index_lead", "search_title") if database.is_sqlite else ("search_index",):
            columns_of = "rowid AS page, *" if database.is_sqlite else "*"
            every = session.execute(text(f"SELECT {columns_of} FROM {name}"))  # noqa: S608  # two names of our own
            found[name] = sorted((tuple(row) for row in every), key=repr)
    return found
