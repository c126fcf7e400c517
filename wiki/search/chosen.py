"""What a form or an address chose beside the words of a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Chosen:
    """Values of filters: any of the values of each, all of the filters. `org` and `owner` are ids of pages.

    `replaced`: pages that were replaced, retired or ended are listed as well; without it they are counted and left out.
    """

    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    space: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    org: tuple[int, ...] = ()
    owner: tuple[int, ...] = ()
    year: tuple[int, ...] = ()
    language: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    replaced: bool = False

    @classmethod
    def of(cls, values: Mapping[str, Sequence[str]], *, replaced: bool = False) -> "Chosen":
        """Out of the texts of an address. What cannot be a value of its filter is one that no page has."""
        known = {one.name for one in fields(cls)} - {"replaced"}
        read: dict[str, Any] = {
            name: tuple(_number(value) for value in given) if name in NUMBERS else tuple(given)
            for name, given in values.items()
            if name in known and given
        }
        return cls(replaced=replaced, **read)

    def without(self, name: str) -> "Chosen":
        """Without that filter: what its facet is counted over."""
        return replace(self, **{name: ()})  # type: ignore[arg-type]

    @property
    def anything(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self) if one.name != "replaced")


NUMBERS = ("org", "owner", "year")
_LARGEST = 2**31 - 1


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 11 else 0
    return number if number <= _LARGEST else 0
