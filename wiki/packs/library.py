"""The page templates as they are now: files, and over them the versions that the site has made its own.

One library for a process. It keeps the catalogues that were asked for last, each under the mark of its versions; whoever
works takes one and keeps to it, so that nothing changes under their hands.
"""

import logging
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import i18n
from wiki.db import Database
from wiki.kinds import Catalogue, CatalogueError, Kind
from wiki.kinds.catalogue import History
from wiki.kinds.load import assemble, edition
from wiki.kinds.sources import Sources, read_folders
from wiki.models import TemplateVersion
from wiki.packs.marks import mark_of
from wiki.packs.words import THEMES, WORDS, stored_words

log = logging.getLogger("wiki")

KIND, ROWS = "kind", "rows"
#: Catalogues that are kept: the newest, and those of transactions that began before it.
KEPT = 3
#: Where the definitions that stand in the database seem to stand.
OWN = Path("own")


class Library:
    """Gives out catalogues. Raises CatalogueError when the files themselves are wrong."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.files = read_folders(folders)
        self.shipped = assemble(self.files)
        self._lock = Lock()
        self._kept: OrderedDict[str, Catalogue] = OrderedDict({"": self.shipped})
        self._editions: dict[str, Kind | None] = {}

    @property
    def latest(self) -> Catalogue:
        """The catalogue that was asked for last, for those who cannot ask the database."""
        return next(reversed(self._kept.values()))

    def catalogue(self, session: Session, mark: str | None = None) -> Catalogue:
        """The catalogue of this transaction; `mark` is that of its newest version, if the caller has read it already."""
        if mark is None:
            mark = mark_of(session)
        with self._lock:
            if mark not in self._kept:
                self._kept[mark] = self._made(session, mark)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(mark)
            found = self._kept[mark]
        i18n.use_words(found.history.words)
        return found

    def of(self, database: Database) -> Catalogue:
        """The same, for work in the background."""
        with database.read() as session:
            return self.catalogue(session)

    def sources(self, session: Session) -> Sources:
        """All definitions as they stand now."""
        return over(self.files, versions(session))

    def _made(self, session: Session, mark: str) -> Catalogue:
        stored = versions(session)
        said = stored_words(session)
        history = History(
            mark,
            {one.key: one.texts for one in said if one.part == WORDS},
            tuple(sorted(text for one in said if one.part == THEMES for text in one.texts)),
            self._past(stored),
        )
        left = stored
        while True:
            try:
                return assemble(over(self.files, left), history=history)
            except CatalogueError as error:
                bad = {problem.file.with_suffix("") for problem in error.problems}
                usable = [one for one in left if place_of(one).with_suffix("") not in bad]
                if len(usable) == len(left):
                    return self._without(left, error, history)
                for one in left:
                    if one not in usable:
                        log.error("version %s of the template %s cannot be used: %s", one.version, one.key, error)
                left = usable

    def _without(self, stored: Sequence[TemplateVersion], error: CatalogueError, history: History) -> Catalogue:
        """When a mistake shows in the files because of what the site changed, the files are right."""
        if not stored:
            raise error
        log.error("the site's own versions of templates cannot be used: %s", error)
        return assemble(self.files, history=history)

    def _past(self, stored: Sequence[TemplateVersion]) -> dict[tuple[str, int], Kind]:
        """Every version of every kind that the site has changed, each with the row types of its time."""
        changed = {one.key for one in stored if one.part == KIND}
        found = {(key, self.shipped[key].version): self.shipped[key] for key in changed if key in self.shipped}
        for n, one in enumerate(stored):
            if one.part == KIND:
                if one.mark not in self._editions:
                    self._editions[one.mark] = edition(over(self.files, stored[: n + 1]), one.key)
                if (kind := self._editions[one.mark]) is not None:
                    found[one.key, one.version] = kind
        return found


def versions(session: Session) -> list[TemplateVersion]:
    """All stored versions of kinds and row types, the oldest first."""
    wanted = TemplateVersion.part.in_((KIND, ROWS))
    return list(session.scalars(select(TemplateVersion).where(wanted).order_by(TemplateVersion.id)))


def place_of(one: Any) -> Path:
    """Where mistakes in a stored version are said to be."""
    return OWN / f"{one.key}.toml" if one.part == KIND else OWN / "rows" / f"{one.key}.toml"


def over(files: Sources, stored: Sequence[TemplateVersion]) -> Sources:
    """The files with the last of the stored versions of each part over them."""
    found = files
    for one in {(one.part, one.key): one for one in stored}.values():
        if one.part == KIND:
            found = found.with_kind(one.key, one.text, one.sections, place_of(one))
        else:
            found = found.with_rows(one.key, one.text, place_of(one))
    return found
