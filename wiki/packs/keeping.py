"""What the files say of templates is kept in the database as soon as a site sees it, so that a newer program takes nothing away."""

import secrets
from collections.abc import Callable

from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.db import Database
from wiki.models import TemplateVersion
from wiki.packs.library import Library
from wiki.packs.numbering import numbered
from wiki.packs.remaining import rows_named
from wiki.packs.shelf import FOUND, FOUND_ROWS, KIND, ROWS, Shelf, Unkept
from wiki.text import tidy

#: Who brings new files.
PROGRAM = Viewer(account_id=None, person_id=None, name="wiki", admin=True)


def keep_found(session: Session, library: Library) -> list[TemplateVersion]:
    """Store what the files say and is not stored yet; several processes may do so at once.

    Where a row type of the files says something else now, a template that stands in no file, or that the site has made its
    own, and that uses it gets a new version too, so that the version of a page says how all of it was.
    """
    if not library.shelf(session).unkept():
        return []
    eventlog.take_turn(session)
    shelf = library.shelf(session)
    if not (unkept := shelf.unkept()):
        return []
    others = _with_other_rows(shelf, unkept)
    made = [stored(session, PROGRAM, one.part, one.key, one.version, one.text, one.sections) for one in unkept]
    made += [
        stored(session, PROGRAM, one.part, one.key, n, numbered(one.text, n), one.sections)
        for one in others
        for n in [shelf.next_number(one.part, one.key)]
    ]
    if any(one.follows for one in unkept):
        eventlog.record(session, PROGRAM, "template.found", keys=[one.key for one in made])
    return made


def _with_other_rows(shelf: Shelf, unkept: list[Unkept]) -> list[TemplateVersion]:
    """The versions that hold beside the files and use a row type of the files that has changed."""
    own_rows = {one.key for one in shelf.own if one.part == ROWS}
    changed = {one.key for one in unkept if one.part == FOUND_ROWS and one.follows} - own_rows
    dropped = {one.key: one for one in shelf.stored if one.part == FOUND and one.key in shelf.dropped}
    holding = {**dropped, **{one.key: one for one in shelf.own if one.part == KIND}}
    return [one for one in holding.values() if changed & rows_named(one.text)]


def found_keeper(database: Database, library: Library) -> Callable[[], None]:
    """The chore that does so, once in the life of a process: its files stay what they were when it began."""
    done = False

    def keep() -> None:
        nonlocal done
        if not done:
            keep_in(database, library)
            done = True

    return keep


def keep_in(database: Database, library: Library) -> None:
    """The same in a transaction of its own, which only writes if there is something to be kept."""
    with database.read() as session:
        waiting = library.shelf(session).unkept()
    if waiting:
        with database.transaction() as session:
            keep_found(session, library)


def stored(
    session: Session, viewer: Viewer, part: str, key: str, version: int, text: str, sections: str, note: str = ""
) -> TemplateVersion:
    """One more version."""
    made = TemplateVersion(
        part=part,
        key=key,
        version=version,
        text=text,
        sections=sections,
        note=tidy(note)[:500],
        author_id=viewer.account_id,
        author_name=viewer.name,
        made_at=clock.now(),
        mark=secrets.token_hex(12),
    )
    session.add(made)
    session.flush()
    return made
