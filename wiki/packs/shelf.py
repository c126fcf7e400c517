"""The stored versions of definitions in their order: those that the site made, and those that it found in its files.

A newer program brings other files, and an operator may lay some beside them. So that pages of before are read as they were,
a site keeps each text that it has found; the number of a version is the site's own, whoever made it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.kinds import Catalogue, Kind
from wiki.kinds.sources import Sources
from wiki.models import TemplateVersion
from wiki.packs.numbering import numbered, same_text

#: Versions that hold over the files, and texts of the files.
KIND, ROWS = "kind", "rows"
FOUND, FOUND_ROWS = "found", "found_rows"
#: Where the definitions that stand in the database seem to stand.
OWN = Path("own")


@dataclass(frozen=True)
class Unkept:
    """A text of the files that is not stored yet, and the number that it will have. `follows`: an earlier one is."""

    part: str
    key: str
    version: int
    text: str
    sections: str
    follows: bool


class Shelf:
    """The files beside all stored versions, the oldest first."""

    def __init__(self, files: Sources, shipped: Catalogue, stored: Sequence[TemplateVersion]) -> None:
        self.files = files
        self.shipped = shipped
        self.stored = stored

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of the version that the file of a kind is, by kind."""
        return {
            key: self._known(kind) or self._numbered(FOUND, key, kind.version) for key, kind in self.shipped.items()
        }

    @cached_property
    def base(self) -> Sources:
        """The files, with the numbers that this site has given to what they say."""
        found = self.files
        for key, number in self.numbers.items():
            if number != self.shipped[key].version:
                text, sections = self.files.texts(key)
                found = found.with_kind(key, numbered(text, number), sections, self.files.kinds[key].file)
        return found

    @cached_property
    def own(self) -> list[TemplateVersion]:
        """The versions that the site made, which hold over the files."""
        return [one for one in self.stored if one.part in (KIND, ROWS)]

    def found(self, key: str) -> list[TemplateVersion]:
        """The texts of a kind that were found in the files."""
        return [one for one in self.stored if (one.part, one.key) == (FOUND, key)]

    def is_file(self, one: TemplateVersion) -> bool:
        """Whether a version is what stands in the files now."""
        return one.part == FOUND and self.numbers.get(one.key) == one.version

    def at(self, n: int) -> Sources:
        """The definitions as they were when the first `n` versions were stored."""
        found = [one for one in self.stored[:n] if one.part in (FOUND, FOUND_ROWS)]
        return over(over(self.files, found), [one for one in self.stored[:n] if one.part in (KIND, ROWS)])

    def unkept(self) -> list[Unkept]:
        """What the files say and is not stored: row types first, with those that belong to a kind that is not."""
        kinds = [kind for kind in self.shipped.values() if self._known(kind) is None]
        rows = {one.key: one.text for one in self.stored if one.part == FOUND_ROWS}
        used = {key for kind in kinds for key in rows_of(kind)} | (self.files.rows.keys() - rows.keys())
        changed = [key for key in self.files.rows if key in used and rows.get(key) != self.files.row_text(key)]
        new_rows = [
            Unkept(FOUND_ROWS, key, self._numbered(FOUND_ROWS, key, 1), self.files.row_text(key), "", key in rows)
            for key in changed
        ]
        return new_rows + [self._unkept(kind.key) for kind in kinds]

    def _unkept(self, key: str) -> Unkept:
        number, (text, sections) = self.numbers[key], self.files.texts(key)
        return Unkept(FOUND, key, number, numbered(text, number), sections, bool(self.found(key)))

    def _known(self, kind: Kind) -> int | None:
        """The number under which just this is stored: text, sections, and the row types that it uses."""
        text, sections = self.files.texts(kind.key)
        used = {key: self.files.row_text(key) for key in rows_of(kind)}
        return next(
            (
                one.version
                for one, rows in reversed(list(self._kept(kind.key)))
                if same_text(one.text, text)
                and one.sections.strip() == sections.strip()
                and all(rows.get(key) == said for key, said in used.items())
            ),
            None,
        )

    def _kept(self, key: str) -> Iterator[tuple[TemplateVersion, Mapping[str, str]]]:
        """The stored texts of a kind's files, each with the row types of its time."""
        rows: dict[str, str] = {}
        for one in self.stored:
            if one.part == FOUND_ROWS:
                rows = {**rows, one.key: one.text}
            elif (one.part, one.key) == (FOUND, key):
                yield one, rows

    def next_number(self, part: str, key: str) -> int:
        """The number of the next version of a kind or a row type, whoever makes it."""
        return max(self._taken(part, key), default=0) + 1

    def _numbered(self, part: str, key: str, said: int) -> int:
        """The number that a file says, if it is free and no file before it had a higher one; else the next."""
        before = max((one.version for one in self.stored if (one.part, one.key) == (part, key)), default=0)
        return said if said > before and said not in self._taken(part, key) else self.next_number(part, key)

    def _taken(self, part: str, key: str) -> set[int]:
        parts = (KIND, FOUND) if part in (KIND, FOUND) else (ROWS, FOUND_ROWS)
        return {one.version for one in self.stored if one.part in parts and one.key == key}


def rows_of(kind: Kind) -> list[str]:
    """The shared row types that a kind uses."""
    return list(dict.fromkeys(one.rows for one in kind.tables if one.rows))


def stored_versions(session: Session) -> list[TemplateVersion]:
    """All stored versions of kinds and row types, the oldest first."""
    wanted = TemplateVersion.part.in_((KIND, ROWS, FOUND, FOUND_ROWS))
    return list(session.scalars(select(TemplateVersion).where(wanted).order_by(TemplateVersion.id)))


def over(sources: Sources, stored: Sequence[TemplateVersion]) -> Sources:
    """The definitions with the last of the stored versions of each over them."""
    found = sources
    for one in {(one.part, one.key): one for one in stored}.values():
        if one.part in (KIND, FOUND):
            found = found.with_kind(one.key, one.text, one.sections, place_of(one))
        else:
            found = found.with_rows(one.key, one.text, place_of(one))
    return found


def place_of(one: TemplateVersion) -> Path:
    """Where mistakes in a stored version are said to be."""
    return OWN / f"{one.key}.toml" if one.part in (KIND, FOUND) else OWN / "rows" / f"{one.key}.toml"
