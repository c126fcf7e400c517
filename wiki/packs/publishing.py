"""A version of a kind or of a row type is stored: checked together with all others, numbered, and in force from then on."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError, DefinitionProblem, Kind
from wiki.kinds.load import assemble
from wiki.kinds.sources import Sources
from wiki.models import Page, TemplateVersion, Thread
from wiki.packs.beginning import RESERVED
from wiki.packs.keeping import keep_found, stored
from wiki.packs.library import Library
from wiki.packs.numbering import numbered, same_text
from wiki.packs.remaining import taken_up
from wiki.packs.shelf import KIND, OWN, ROWS, Shelf, rows_of
from wiki.text import normal

#: The longest definition; the longest that comes with the program has a third of it.
LONGEST = 200_000


@dataclass(frozen=True)
class Definition:
    """What is to hold of one kind ("kind") or row type ("rows")."""

    part: str
    key: str
    text: str
    sections: str = ""


def problems_of(shelf: Shelf, new: list[Definition]) -> list[DefinitionProblem]:
    """What is wrong with the definitions, together with all that hold."""
    try:
        looked_at(shelf, new)
    except CatalogueError as error:
        return error.problems
    return []


def looked_at(shelf: Shelf, new: list[Definition]) -> Catalogue:
    """The catalogue as it would be with these definitions. Raises CatalogueError."""
    return assemble(_with(shelf.now, new))


def _with(sources: Sources, new: list[Definition]) -> Sources:
    for one in new:
        if one.part == KIND:
            sources = sources.with_kind(one.key, one.text, one.sections, OWN / f"{one.key}.toml")
        else:
            sources = sources.with_rows(one.key, one.text, OWN / "rows" / f"{one.key}.toml")
    return sources


def publish(
    session: Session, library: Library, viewer: Viewer, new: list[Definition], note: str
) -> list[TemplateVersion]:
    """Store the definitions as versions that hold from now on. What is the same as before is not a version.

    A row type that changes gives a new version to every kind that uses it, so that a page's version always says how all of
    it was. Raises Forbidden for who is no administrator, Invalid with what is wrong.
    """
    if not viewer.admin:
        raise Forbidden(_("Only administrators change page templates."))
    eventlog.take_turn(session)
    keep_found(session, library)
    shelf = library.shelf(session)
    new = [_tidy(one) for one in new]
    if any(one.part == KIND and one.key in RESERVED for one in new):
        raise Invalid([Problem("k.key", _("This word means something else here. Take another key."))])
    if found := problems_of(shelf, new):
        raise Invalid([Problem("text", str(one)) for one in found])
    before = shelf.now
    changed = [one for one in new if differs(before, one)]
    if not changed:
        return []
    catalogue = looked_at(shelf, changed)
    rows = [one for one in changed if one.part == ROWS]
    kinds = [one for one in changed if one.part == KIND]
    kinds += [_as_it_is(before, key) for key in _using(catalogue, rows) if key not in {one.key for one in kinds}]
    made = [_store(session, shelf, viewer, one, note) for one in (*rows, *kinds)]
    for one in kinds:
        _follow(session, catalogue[one.key])
    for version_made in made:
        part, key, version = version_made.part, version_made.key, version_made.version
        eventlog.record(session, viewer, "template.published", part=part, key=key, version=version)
    return made


def take_over(session: Session, library: Library, viewer: Viewer, key: str, note: str) -> list[TemplateVersion]:
    """A kind that the program ships no longer becomes the site's own, and is offered for new pages again."""
    text, sections = library.sources(session).texts(key)
    return publish(session, library, viewer, [Definition(KIND, key, taken_up(text), sections)], note)


def _follow(session: Session, kind: Kind) -> None:
    """Conversations about a field that has another key now are about that one."""
    pages = select(Page.id).where(Page.kind == kind.key)
    for field in kind.fields:
        for was in field.was:
            if kind.field(was) is None:
                threads = update(Thread).where(Thread.field == was, Thread.page_id.in_(pages))
                session.execute(threads.values(field=field.key))


def _tidy(one: Definition) -> Definition:
    text, sections = normal(one.text).strip() + "\n", normal(one.sections).strip()
    if len(text) > LONGEST or len(sections) > LONGEST:
        raise Invalid([Problem("text", _("This is too long for one template."))])
    return Definition(one.part, one.key, text, f"{sections}\n" if sections else "")


def differs(before: Sources, one: Definition) -> bool:
    """Whether a definition says something else than what holds, but for the number of its version."""
    try:
        held = before.texts(one.key) if one.part == KIND else (before.row_text(one.key), "")
    except KeyError:
        return True
    return not same_text(held[0], one.text) or held[1].strip() != one.sections.strip()


def _using(catalogue: Catalogue, rows: list[Definition]) -> list[str]:
    """The kinds with a table of one of these row types."""
    keys = {one.key for one in rows}
    return [kind.key for kind in catalogue.values() if keys & set(rows_of(kind))]


def _as_it_is(sources: Sources, key: str) -> Definition:
    return Definition(KIND, key, *sources.texts(key))


def _store(session: Session, shelf: Shelf, viewer: Viewer, one: Definition, note: str) -> TemplateVersion:
    version = shelf.next_number(one.part, one.key)
    text = numbered(one.text, version) if one.part == KIND else one.text
    return stored(session, viewer, one.part, one.key, version, text, one.sections, note)
