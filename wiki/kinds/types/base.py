"""What every field type can do, and what it needs from outside: a form, and somebody who knows the pages."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from wiki.kinds.definition import Column
from wiki.text import shorten

INDEXED_LENGTH = 300


class BadValue(Exception):
    """What was given cannot be held. `message` says what to do; `part` is the input's suffix ("from", "2.due")."""

    def __init__(self, message: str, part: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.part = part

    def each(self) -> "list[BadValue]":
        return [self]


class BadValues(BadValue):
    """Several bad parts of one value; `readable` is the rest of it, or None."""

    def __init__(self, problems: list[BadValue], readable: Any = None) -> None:
        super().__init__(problems[0].message, problems[0].part)
        self.problems = problems
        self.readable = readable

    def each(self) -> list[BadValue]:
        return self.problems


class UnknownPage(BadValue):
    """No page has that name; where words will do instead (`or_text`) this is not a mistake."""


class Form(Protocol):
    """Texts by input name, as a browser sends them."""

    def get(self, key: str, /) -> str | None: ...
    def getlist(self, key: str, /) -> list[str]: ...
    def __iter__(self) -> Iterator[str]: ...


class Resolver(Protocol):
    """Finds the pages that people name, among those that this person may see."""

    def page(self, text: str, kinds: Sequence[str]) -> int:
        """The page that `text` names: a title, or `Title (space/slug)`. `kinds` empty = any kind.

        Raises UnknownPage, or BadValue with the candidates as `Title (space/slug)` if several fit.
        """

    def row(self, text: str, targets: Sequence[str]) -> tuple[int, str]:
        """The row that `text` names: `Row text (space/slug#row)`. `targets` like "agreement.commitments", "*.commitments".

        Raises UnknownPage or BadValue likewise.
        """

    def known(self, page_id: int, kinds: Sequence[str]) -> bool: ...
    def known_row(self, page_id: int, row_id: str, targets: Sequence[str]) -> bool: ...


class Namer(Protocol):
    """Names pages and rows so that a Resolver finds them again."""

    def page(self, page_id: int, /) -> str: ...
    def row(self, page_id: int, row_id: str, /) -> str: ...


@dataclass(frozen=True)
class Indexed:
    """One entry of a value in the index of values: what it is compared and sorted by."""

    text: str | None = None
    number: float | None = None
    date: dt.date | None = None
    date_end: dt.date | None = None
    ref: int | None = None


@dataclass(frozen=True)
class Ref:
    """A page, or a row of it, that a value points to."""

    page: int
    row: str | None = None


class FieldType:
    """Reads, writes and indexes the values of one type. Values are JSON; None is "empty" and never stored."""

    #: Keys of a definition that only some types have.
    extras: frozenset[str] = frozenset()
    #: Suffixes of the inputs; "" is the input of the field's own name.
    parts: ClassVar[tuple[str, ...]] = ("",)

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> Any | None:
        """The value that the inputs of `name` hold, None if they are empty. Raises BadValue."""
        return self.read_text(field, form.get(name) or "", resolver)

    def read_text(self, field: Column, text: str, resolver: Resolver) -> Any | None:
        raise NotImplementedError

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        """Suffix of the input -> text, such that read_form gives the value again."""
        return {"": self.plain(field, value, namer)}

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> Any | None:
        """The value as it is stored, from what a program sent. Raises BadValue."""
        raise NotImplementedError

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        """The value as people read it: for search, CSV and comparison."""
        return str(value)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=shorten(str(value), INDEXED_LENGTH))]

    def refs(self, field: Column, value: Any) -> list[Ref]:
        return []

    def wants(self, field: Column, ref: Ref) -> tuple[str, ...]:
        """What a reference may point to, as a Resolver is asked for it; empty = anything."""
        return ()

    def sent(self, form: Form, name: str) -> bool:
        """Whether the form has any input of this value, be it empty."""
        return any(joined(name, part) in form for part in self.parts)


def joined(name: str, part: str) -> str:
    """The full name of an input."""
    return f"{name}.{part}" if part else name


def form_texts(name: str, suffixes: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """What to_form gave, under the full names of the inputs."""
    return {joined(name, part): text for part, text in suffixes.items()}
