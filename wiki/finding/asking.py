"""What is asked of the search page: words, chosen filters, order and page, all of it in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from wiki.errors import Problem
from wiki.kinds.types.base import BadValue
from wiki.text import tidy

#: The filters, in the order in which they stand in an address.
FILTERS = ("kind", "state", "space", "theme", "org", "owner", "year", "language", "has")
#: Filters whose values are ids of pages; a title that was typed instead is looked up.
OF_PAGES = {"org": ("organisation",), "owner": ("person", "role")}
SORTS = ("best", "newest", "oldest", "title")
#: Values of one filter that are read, and characters of words and values.
MOST_VALUES, VALUE_LENGTH, WORDS_LENGTH = 40, 200, 1000
LAST_PAGE = 500
_LARGEST = 2**31 - 1

Finder = Callable[[str, tuple[str, ...]], int]


@dataclass(frozen=True)
class Asked:
    """One question to the search page. `replaced`: what was replaced by something better is listed too."""

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    replaced: bool = False
    sort: str = "best"
    page: int = 1

    @property
    def anything(self) -> bool:
        return bool(self.words or self.chosen)

    def values(self, name: str) -> tuple[str, ...]:
        return self.chosen.get(name, ())

    @property
    def order(self) -> str:
        """How results are sorted; without words there is no best."""
        return "newest" if self.sort == "best" and not self.words else self.sort

    @property
    def question(self) -> str:
        """The query string: the same for the same question, whatever page of it is shown."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for name in FILTERS for value in self.values(name)]
        pairs += [("replaced", "yes")] if self.replaced else []
        pairs += [("sort", self.sort)] if self.sort != "best" else []
        return urlencode(pairs)

    def address(self, path: str = "/search") -> str:
        parts = [self.question, f"p={self.page}" if self.page > 1 else ""]
        asked = "&".join(part for part in parts if part)
        return f"{path}?{asked}" if asked else path

    def on_page(self, page: int) -> "Asked":
        return replace(self, page=page)

    def sorted(self, sort: str) -> "Asked":
        return replace(self, sort=sort, page=1)

    def saying(self, words: str) -> "Asked":
        return replace(self, words=words, page=1)

    def with_replaced(self, replaced: bool = True) -> "Asked":
        return replace(self, replaced=replaced, page=1)

    def without(self, name: str = "", value: str = "") -> "Asked":
        """Without one value of a filter, without one filter, or without any."""
        left = {key: values for key, values in self.chosen.items() if name and key != name}
        others = tuple(one for one in self.values(name) if value and one != value)
        return replace(self, chosen={**left, name: others} if others else left, page=1)

    def adding(self, name: str, value: str) -> "Asked":
        """With one more value of a filter."""
        values = (*(one for one in self.values(name) if one != value), value)
        return replace(self, chosen={**self.chosen, name: values}, page=1)


def read(arguments: Iterable[tuple[str, str]], find: Finder) -> tuple[Asked, list[Problem]]:
    """What an address asks, and what of it cannot be understood: names of pages that nobody knows."""
    given: dict[str, list[str]] = {}
    for name, value in arguments:
        given.setdefault(name, []).append(tidy(value)[: WORDS_LENGTH if name == "q" else VALUE_LENGTH])
    problems: list[Problem] = []
    chosen = {}
    for name in FILTERS:
        values = dict.fromkeys(value for value in given.get(name, [])[:MOST_VALUES] if value)
        known = [known for value in values if (known := _known(name, value, find, problems))]
        if known:
            chosen[name] = tuple(dict.fromkeys(known))
    sort = given.get("sort", ["best"])[0]
    return Asked(
        words=next((words for words in given.get("q", []) if words), ""),
        chosen=chosen,
        replaced="yes" in given.get("replaced", ()),
        sort=sort if sort in SORTS else "best",
        page=_page(given.get("p", ["1"])[0]),
    ), problems


def read_question(question: str) -> Asked:
    """A question as it was kept: its pages are named by their ids."""

    def nobody(_title: str, _kinds: tuple[str, ...]) -> int:
        raise BadValue("")

    return read(parse_qsl(question), nobody)[0]


def _known(name: str, value: str, find: Finder, problems: list[Problem]) -> str | None:
    if name not in OF_PAGES:
        return value
    if value.isascii() and value.isdecimal():
        return str(int(value)) if len(value) < 11 and int(value) <= _LARGEST else None
    try:
        return str(find(value, OF_PAGES[name]))
    except BadValue as error:
        problems.append(Problem(name, error.message))
        return None


def _page(text: str) -> int:
    return min(max(1, int(text)), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
