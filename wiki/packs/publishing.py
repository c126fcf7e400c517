"""A version of a kind or of a row type is stored: checked together with all others, numbered, and in force from then on."""

import re
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError, DefinitionProblem, Kind
from wiki.kinds.load import assemble
from wiki.kinds.sources import Sources
from wiki.models import Page, TemplateVersion, Thread
from wiki.packs.library import KIND, OWN, ROWS, Library, over, versions
from wiki.text import normal, tidy

#: The longest definition; the longest that comes with the program has a third of it.
LONGEST = 200_000
_VERSION = re.compile(r"^version[ \t]*=[^\n]*", re.MULTILINE)
_FIRST_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_KEY = re.compile(r"^key[ \t]*=[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True)
class Definition:
    """What is to hold of one kind ("kind") or row type ("rows")."""

    part: str
    key: str
    text: str
    sections: str = ""


def problems_of(library: Library, stored: list[TemplateVersion], new: list[Definition]) -> list[DefinitionProblem]:
    """What is wrong with the definitions, together with all that hold."""
    try:
        looked_at(library, stored, new)
    except CatalogueError as error:
        return error.problems
    return []


def looked_at(library: Library, stored: list[TemplateVersion], new: list[Definition]) -> Catalogue:
    """The catalogue as it would be with these definitions. Raises CatalogueError."""
    return assemble(_with(over(library.files, stored), new))


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
    stored = versions(session)
    new = [_tidy(one) for one in new]
    if found := problems_of(library, stored, new):
        raise Invalid([Problem("text", str(one)) for one in found])
    before = over(library.files, stored)
    changed = [one for one in new if differs(before, one)]
    if not changed:
        return []
    catalogue = looked_at(library, stored, changed)
    rows = [one for one in changed if one.part == ROWS]
    kinds = [one for one in changed if one.part == KIND]
    kinds += [_as_it_is(before, key) for key in _using(catalogue, rows) if key not in {one.key for one in kinds}]
    made = [_store(session, viewer, one, _next_version(library, stored, one), note) for one in (*rows, *kinds)]
    for one in kinds:
        _follow(session, catalogue[one.key])
    for stored_one in made:
        part, key, version = stored_one.part, stored_one.key, stored_one.version
        eventlog.record(session, viewer, "template.published", part=part, key=key, version=version)
    return made


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
    return _unnumbered(held[0]) != _unnumbered(one.text) or held[1].strip() != one.sections.strip()


def _unnumbered(text: str) -> str:
    head, tail = _split(text)
    return (_VERSION.sub("", head) + tail).replace("\n\n", "\n").strip()


def numbered(text: str, version: int) -> str:
    """The definition with that number of its version in it."""
    line = f"version = {version}"
    head, tail = _split(text)
    if _VERSION.search(head):
        return _VERSION.sub(line, head, count=1) + tail
    if key := _KEY.search(head):
        return head[: key.end()] + line + "\n" + head[key.end() :] + tail
    return f"{line}\n{text}"


def _split(text: str) -> tuple[str, str]:
    """What stands before the first table, and the rest."""
    table = _FIRST_TABLE.search(text)
    at = table.start() if table else len(text)
    return text[:at], text[at:]


def _using(catalogue: Catalogue, rows: list[Definition]) -> list[str]:
    """The kinds with a table of one of these row types."""
    keys = {one.key for one in rows}
    return [kind.key for kind in catalogue.values() if any(field.rows in keys for field in kind.tables)]


def _as_it_is(sources: Sources, key: str) -> Definition:
    return Definition(KIND, key, *sources.texts(key))


def _next_version(library: Library, stored: list[TemplateVersion], one: Definition) -> int:
    shipped: Kind | None = library.shipped.get(one.key) if one.part == KIND else None
    known = [each.version for each in stored if (each.part, each.key) == (one.part, one.key)]
    first = shipped.version if shipped is not None else int(one.part == ROWS and one.key in library.shipped.rows)
    return max([first, *known]) + 1


def _store(session: Session, viewer: Viewer, one: Definition, version: int, note: str) -> TemplateVersion:
    made = TemplateVersion(
        part=one.part,
        key=one.key,
        version=version,
        text=numbered(one.text, version) if one.part == KIND else one.text,
        sections=one.sections,
        note=tidy(note)[:500],
        author_id=viewer.account_id,
        author_name=viewer.name,
        made_at=clock.now(),
        mark=secrets.token_hex(12),
    )
    session.add(made)
    session.flush()
    return made
