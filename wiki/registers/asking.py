"""What somebody asks of a register: its query string, read and written again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeAlias
from urllib.parse import urlencode

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.kinds import BadValue, Catalogue, Kind
from wiki.kinds.types.base import Ref
from wiki.kinds.types.days import read_day
from wiki.kinds.types.numbers import read_number
from wiki.registers.columns import column
from wiki.registers.controls import UNSET, Control, control
from wiki.text import shorten

PAGE_SIZE = 50
MOST_ON_A_PAGE = 200
MOST_WORDS = 50

#: Parameters that are not filters. A field of such a name is filtered by "f.<key>".
OWN = ("sort", "page", "limit", "archived", "show")
ARCHIVED = ("yes", "only")


Bound: TypeAlias = date | float


class Query(Protocol):
    """Parameters by name, as a browser sends them."""

    def get(self, key: str, /) -> str | None: ...
    def getlist(self, key: str, /) -> list[str]: ...
    def __iter__(self) -> Iterator[str]: ...


class Finder(Protocol):
    """Finds the page (or row) that a parameter names, among those that the reader may see. Raises BadValue."""

    def find(self, text: str, kinds: tuple[str, ...]) -> Ref: ...


@dataclass(frozen=True, eq=False)
class Filter:
    """One filter in use. `words` are the choices or the text; `low` and `high` bounds that belong to it; `unset` asks for nothing there."""

    control: Control
    words: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    low: Bound | None = None
    high: Bound | None = None
    unset: bool = False

    @property
    def key(self) -> str:
        return self.control.key


@dataclass(frozen=True, eq=False)
class Asked:
    """A question to a register. `params` are the filters as they were given, `sort` known keys ("-" before: downwards)."""

    kind: Kind
    params: tuple[tuple[str, str], ...]
    filters: tuple[Filter, ...]
    sort: tuple[str, ...]
    sort_given: tuple[str, ...]
    page: int = 1
    limit: int = PAGE_SIZE
    archived: str = ""
    show_all: bool = False
    opened: bool = False
    notices: tuple[str, ...] = ()

    def filter(self, key: str) -> Filter | None:
        return next((one for one in self.filters if one.key == key), None)

    def spaces(self) -> tuple[str, ...]:
        """Slugs of the spaces that it is limited to; none = all."""
        chosen = self.filter("space")
        return chosen.words if chosen else ()

    def address(self, *, without: Iterable[str] = (), csv: bool = False, **changes: object) -> str:
        """The same question with something changed: `sort`, `page`, a filter's values, or parameters left out."""
        dropped = {*without, *changes}
        pairs = [pair for pair in self._pairs() if not any(_is_part(pair[0], name) for name in dropped)]
        for name, value in changes.items():
            values = value if isinstance(value, list | tuple) else [value]
            pairs += [(name, str(one)) for one in values if one not in (None, "")]
        if "page" not in changes:
            pairs = [pair for pair in pairs if pair[0] != "page"]
        path = f"/registers/kind/{self.kind.key}{'.csv' if csv else ''}"
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def all_href(self) -> str:
        """Every page of the kind, in the same spaces."""
        kept = {"space", "sort", "limit"}
        names = {name for name, _value in self._pairs()}
        return self.address(without=names - kept, show="all")

    def _pairs(self) -> list[tuple[str, str]]:
        given = {
            "sort": ",".join(self.sort_given),
            "page": str(self.page) if self.page > 1 else "",
            "limit": str(self.limit) if self.limit != PAGE_SIZE else "",
            "archived": self.archived,
            "show": "all" if self.show_all else "",
        }
        return [*self.params, *((name, value) for name, value in given.items() if value)]


def _is_part(name: str, whole: str) -> bool:
    return name == whole or name.startswith(f"{whole}.")


def parameter(key: str) -> str:
    """The name that the filter of a key has in the query string."""
    return f"f.{key}" if key in OWN else key


def base_of(name: str) -> str:
    """The key that a parameter belongs to: "term.from" and "f.page" without what stands around it."""
    return name.removeprefix("f.").removesuffix(".from").removesuffix(".until")


def read(catalogue: Catalogue, kind: Kind, query: Query, spaces: Mapping[str, str], finder: Finder) -> Asked:
    """The question in a query string; `spaces` are those the reader may know of, by slug.

    What has no meaning here is left out with a notice. Raises Invalid for values that cannot be understood, with the
    question as far as it could be read.
    """
    notices: list[str] = []
    sort_given = _sort(kind, query, notices)
    archived = query.get("archived") or ""
    asked = Asked(
        kind=kind,
        params=(),
        filters=(),
        sort=sort_given or kind.register.sort,
        sort_given=sort_given,
        page=_number(query, "page", 1, 1_000_000, notices),
        limit=_number(query, "limit", PAGE_SIZE, MOST_ON_A_PAGE, notices),
        archived=archived if archived in ARCHIVED else "",
        show_all=query.get("show") == "all",
    )
    names = [name for name in query if name not in OWN]
    controls = {key: control(catalogue, kind, key, spaces) for key in dict.fromkeys(base_of(name) for name in names)}
    unknown = [name for name in names if controls[base_of(name)] is None]
    if unknown:
        said = ", ".join(quoted(shorten(name, 40)) for name in unknown[:5])
        notices.append(_("There is nothing to filter by called %(names)s here; that part was left out.", names=said))
    problems: list[Problem] = []
    filters: list[Filter] = []
    for found in filter(None, controls.values()):
        try:
            filters += _filter(found, query, finder)
        except BadValue as problem:
            problems.append(Problem(_input(found, problem.part), problem.message))
    known = [name for name in names if controls[base_of(name)] is not None]
    params = tuple((name, value) for name in known for value in query.getlist(name) if value.strip())
    asked = replace(asked, params=params, filters=tuple(filters), notices=tuple(notices))
    if problems:
        raise Invalid(problems, asked)
    return asked if asked.show_all else _opened(catalogue, asked, spaces)


def _opened(catalogue: Catalogue, asked: Asked, spaces: Mapping[str, str]) -> Asked:
    """With the filters that the register opens with, where nothing was said about them."""
    default = [
        Filter(found, words=tuple(values))
        for key, values in asked.kind.register.open_on.items()
        if asked.filter(key) is None and (found := control(catalogue, asked.kind, key, spaces))
    ]
    return replace(asked, filters=(*asked.filters, *default), opened=bool(default))


def _sort(kind: Kind, query: Query, notices: list[str]) -> tuple[str, ...]:
    given = [key for text in query.getlist("sort") for key in text.split(",") if key][:5]
    known = [key for key in given if column(kind, key.removeprefix("-")) is not None]
    for key in given:
        if key not in known:
            notices.append(_("“%(key)s” is not a column to sort by; it was left out.", key=shorten(key, 40)))
    return tuple(known)


def _number(query: Query, name: str, default: int, most: int, notices: list[str]) -> int:
    text = query.get(name) or ""
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        notices.append(_("“%(text)s” is not a number that fits here; it was left out.", text=shorten(text, 20)))
        return default
    return int(text[:9])


def _input(found: Control, part: str) -> str:
    name = parameter(found.key)
    return f"{name}.{part or 'from'}" if found.type in ("days", "amount") else name


def _filter(found: Control, query: Query, finder: Finder) -> Iterator[Filter]:
    """The filter that the parameters of a control make, if any of them is filled. Raises BadValue."""
    name = parameter(found.key)
    words = tuple(dict.fromkeys(word.strip() for word in query.getlist(name) if word.strip()))[:MOST_WORDS]
    unset = UNSET in words and found.knows_unset
    words = tuple(word for word in words if not (unset and word == UNSET))
    if found.type in ("days", "amount"):
        read_bound: Callable[[str], Bound] = read_day if found.type == "days" else _amount
        bounds = [_bound(query.get(f"{name}.{part}") or "", part, read_bound) for part in ("from", "until")]
        if any(bound is not None for bound in bounds) or unset:
            yield Filter(found, low=bounds[0], high=bounds[1], unset=unset)
    elif words or unset:
        if found.type == "choice":
            _refuse_unknown(found, words)
        refs = tuple(finder.find(word, found.kinds) for word in words) if found.type == "page" else ()
        yield Filter(found, words=words, refs=refs, unset=unset)


def _refuse_unknown(found: Control, words: tuple[str, ...]) -> None:
    unknown = next((word for word in words if word not in found.choices), None)
    if unknown is not None and not found.words:
        raise BadValue(_("“%(word)s” is not a choice here. Choose from the list.", word=shorten(unknown, 60)))


def _amount(text: str) -> float:
    return float(read_number(text))


def _bound(text: str, part: str, read_bound: Callable[[str], Bound]) -> Bound | None:
    if not text.strip():
        return None
    try:
        return read_bound(text)
    except BadValue as problem:
        raise BadValue(problem.message, part) from None
