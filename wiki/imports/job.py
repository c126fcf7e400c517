"""What one import works with, and what it tells afterwards."""

from dataclasses import dataclass, field

from wiki.access import SpaceInfo, Viewer
from wiki.attachments.store import Store
from wiki.imports.sources import Source
from wiki.kinds import Catalogue


@dataclass
class Outcome:
    """What became of one file: `status` is created, updated, unchanged, kept (edited here meanwhile) or failed."""

    path: str
    status: str
    slug: str = ""
    title: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass
class Report:
    outcomes: list[Outcome] = field(default_factory=list)
    files: int = 0

    def count(self, status: str) -> int:
        return sum(outcome.status == status for outcome in self.outcomes)


@dataclass(frozen=True)
class Import:
    """What one run works with."""

    catalogue: Catalogue
    viewer: Viewer
    space: SpaceInfo
    source: Source
    store: Store
    most_bytes: int
