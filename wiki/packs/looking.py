"""What the pages about templates show: which there are, what they are made of, how they became so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError, DefinitionProblem, Kind
from wiki.models import Page, TemplateVersion
from wiki.packs.library import Library
from wiki.packs.proposing import open_counts
from wiki.packs.publishing import Definition, looked_at
from wiki.packs.shelf import FOUND, KIND
from wiki.packs.simple import is_toml, shown_or_none
from wiki.packs.wording import Difference, differences


@dataclass(frozen=True)
class Listed:
    """A template in the list: `pages` are those that the viewer may read."""

    kind: Kind
    pages: int
    changed_here: bool
    proposals: int


def listed(session: Session, catalogue: Catalogue, viewer: Viewer) -> dict[str, list[Listed]]:
    """All templates by group, in the order in which they are chosen."""
    counted = select(Page.kind, func.count()).where(visible_pages(viewer)).group_by(Page.kind)
    pages = {row[0]: row[1] for row in session.execute(counted)}
    changed = set(session.scalars(select(TemplateVersion.key).where(TemplateVersion.part == KIND)))
    waiting = open_counts(session)
    return {
        group: [Listed(kind, pages.get(kind.key, 0), kind.key in changed, waiting.get(kind.key, 0)) for kind in kinds]
        for group, kinds in catalogue.by_group().items()
    }


def template(catalogue: Catalogue, key: str) -> Kind:
    if key not in catalogue:
        raise NotFound(_("There is no such template."))
    return catalogue[key]


def icons(catalogue: Catalogue, drawn: Iterable[str]) -> list[str]:
    """The icons that a template can have: those that templates have, and all others that the program draws."""
    return sorted({one.icon for one in catalogue.values()} | set(drawn))


def left_out(catalogue: Catalogue, kind: Kind) -> list[Difference]:
    """What a kind without a file said when it was stored and cannot say any more, in words."""
    stored = catalogue.history.editions.get((kind.key, kind.version))
    if stored is None or not kind.dropped:
        return []
    return list(differences(stored, replace(kind, retired=stored.retired)))


@dataclass(frozen=True)
class Told:
    """A version of a template: made on this site, or found in the files (`found`), then since `made_at` if that is known."""

    number: int
    text: str
    sections: str
    found: bool
    note: str = ""
    author_name: str = ""
    made_at: datetime | None = None


def versions_of(session: Session, library: Library, key: str) -> list[Told]:
    """All versions of a template that are known, the newest first."""
    shelf = library.shelf(session)
    told = [
        Told(one.version, one.text, one.sections, one.part == FOUND, one.note, one.author_name, one.made_at)
        for one in shelf.stored
        if one.key == key and one.part in (KIND, FOUND)
    ]
    told += [
        Told(one.version, one.text, one.sections, True) for one in shelf.unkept() if (one.part, one.key) == (FOUND, key)
    ]
    return sorted(told, key=lambda one: -one.number)


@dataclass(frozen=True)
class Trial:
    """A definition as it is being written: what it would be, what is wrong with it, what a form shows of it."""

    definition: Definition
    kind: Kind | None
    problems: list[DefinitionProblem]
    elsewhere: list[DefinitionProblem]
    shown: Mapping[str, Any] | None

    @property
    def lines(self) -> list[tuple[int, str, list[DefinitionProblem]]]:
        """The lines of the text, each with what is wrong in it."""
        wrong: dict[int, list[DefinitionProblem]] = {}
        for one in self.problems:
            wrong.setdefault(one.line, []).append(one)
        return [(n, line, wrong.get(n, [])) for n, line in enumerate(self.definition.text.split("\n"), start=1)]


def tried(session: Session, library: Library, definition: Definition) -> Trial:
    """Look at a definition without storing it."""
    kind, found = None, []
    try:
        catalogue = looked_at(library.shelf(session), [definition])
        kind = catalogue.get(definition.key) if definition.part == KIND else None
    except CatalogueError as error:
        found = error.problems
    here = [one for one in found if one.file.name == f"{definition.key}.toml"]
    if not is_toml(definition.text):  # to the others it is as if it were not there at all
        found = here
    form = shown_or_none(definition.text) if definition.part == KIND else None
    return Trial(definition, kind, here, [one for one in found if one not in here], form)
