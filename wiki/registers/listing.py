"""What a register shows to one reader: its columns, its filters, the pages that were found and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wiki.access import SpaceInfo, Viewer
from wiki.i18n import sort_key
from wiki.kinds import Catalogue, Kind
from wiki.registers.asking import Asked, base_of
from wiki.registers.columns import RegisterColumn, columns
from wiki.registers.controls import Control, control
from wiki.registers.entries import Entry


@dataclass(frozen=True)
class Place:
    """Where and when somebody asks."""

    catalogue: Catalogue
    viewer: Viewer
    spaces: Mapping[str, SpaceInfo]
    today: date
    time_zone: str = "UTC"

    @property
    def space_names(self) -> dict[str, str]:
        """Slug -> name of the spaces that the viewer may know of, by name."""
        return {one.slug: one.name for one in sorted(self.spaces.values(), key=lambda one: sort_key(one.name))}


@dataclass
class Listing:
    """`entries` are those of the asked page, `total` counts all that were found, `states` how many there would be in each state.

    `words` are those that the pages use, by key of their filter. `hidden` is how many pages of the kind there are in the
    viewer's own spaces that they may not see, whatever the filters. `ids` are all that were found, if a file is made of them.
    """

    asked: Asked
    columns: list[RegisterColumn]
    controls: list[Control]
    entries: list[Entry] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    total: int = 0
    states: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    hidden: int = 0
    page: int = 1
    notices: list[str] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.asked.kind

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.asked.limit))


def shown_columns(place: Place, asked: Asked) -> list[RegisterColumn]:
    return columns(asked.kind, with_space=len(asked.spaces()) != 1 and len(place.spaces) > 1)


def controls(place: Place, asked: Asked) -> list[Control]:
    """The filters that the kind offers, and those in use; the state has its own place."""
    keys = [
        *asked.kind.register.filters,
        *(one.key for one in asked.filters),
        *(base_of(name) for name, _ in asked.params),
    ]
    if len(place.spaces) > 1:
        keys.insert(0, "space")
    found = (control(place.catalogue, asked.kind, key, place.space_names) for key in dict.fromkeys(keys))
    return [one for one in found if one is not None]


def begin(place: Place, asked: Asked) -> Listing:
    """The register without any page yet."""
    return Listing(asked, shown_columns(place, asked), controls(place, asked))
