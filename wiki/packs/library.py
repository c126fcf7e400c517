"""The page templates as they are now: files, and over them the versions that the site has made its own.

One library for a process. It keeps the catalogues that were asked for last, each under the mark of its versions; whoever
works takes one and keeps to it, so that nothing changes under their hands.
"""

import logging
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session

from wiki import i18n
from wiki.db import Database
from wiki.kinds import Catalogue, CatalogueError, Kind
from wiki.kinds.catalogue import History
from wiki.kinds.load import assemble, edition
from wiki.kinds.sources import Sources, read_folders
from wiki.packs.marks import mark_of
from wiki.packs.shelf import FOUND, KIND, Shelf, place_of, stored_versions
from wiki.packs.words import THEMES, WORDS, stored_words

log = logging.getLogger("wiki")

#: Catalogues that are kept: the newest, and those of transactions that began before it.
KEPT = 3


class Library:
    """Gives out catalogues. Raises CatalogueError when the files themselves are wrong."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.files = read_folders(folders).taken()
        self.shipped = assemble(self.files)
        self._lock = Lock()
        self._kept: OrderedDict[str, Catalogue] = OrderedDict({"": self.shipped})
        self._editions: dict[str, Kind | None] = {}
        self._known: dict[tuple[str, ...], Sources] = {}

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
        return self.shelf(session).now

    def shelf(self, session: Session) -> Shelf:
        """The files beside all versions that are stored."""
        if len(self._known) > 2 * KEPT:
            self._known = {}
        return Shelf(self.files, self.shipped, stored_versions(session), self._known)

    def _made(self, session: Session, mark: str) -> Catalogue:
        shelf = self.shelf(session)
        said = stored_words(session)
        history = History(
            mark,
            {one.key: one.texts for one in said if one.part == WORDS},
            tuple(sorted(text for one in said if one.part == THEMES for text in one.texts)),
            self._past(shelf),
            shelf.dropped,
        )
        left = shelf.own
        while True:
            sources = shelf.with_own(left)
            if sources is self.files:
                return Catalogue(self.shipped, self.shipped.envelope, self.shipped.rows, history)
            try:
                return assemble(sources, history=history)
            except CatalogueError as error:
                bad = {problem.file.with_suffix("") for problem in error.problems}
                usable = [one for one in left if place_of(one).with_suffix("") not in bad]
                if len(usable) == len(left):
                    return self._without(shelf, error, history)
                for one in left:
                    if one not in usable:
                        log.error("version %s of the template %s cannot be used: %s", one.version, one.key, error)
                left = usable

    def _without(self, shelf: Shelf, error: CatalogueError, history: History) -> Catalogue:
        """When a mistake shows in the files because of what the site has besides, the files are right."""
        log.error("what this site has besides the files of templates cannot be used: %s", error)
        return assemble(shelf.barely, history=history)

    def _past(self, shelf: Shelf) -> dict[tuple[str, int], Kind]:
        """Every version of every kind that has more than one, or less of it now, each with the row types of its time."""
        found = {
            (key, shelf.numbers[key]): replace(kind, version=shelf.numbers[key]) for key, kind in self.shipped.items()
        }
        for n, one in enumerate(shelf.stored, start=1):
            if one.part in (KIND, FOUND) and not shelf.is_file(one):
                if one.mark not in self._editions:
                    then = shelf.at(n).with_kind(one.key, one.text, one.sections, place_of(one))
                    self._editions[one.mark] = edition(then, one.key)
                if (kind := self._editions[one.mark]) is not None:
                    found[one.key, one.version] = kind
        several = Counter(key for key, _version in found)
        less = {one.key for one in shelf.remaining if not one.rows}
        return {place: kind for place, kind in found.items() if several[place[0]] > 1 or place[0] in less}
