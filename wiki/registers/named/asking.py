"""What somebody asks of a named register: its query string, or the lines of a block in a page, read and written again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from wiki.access import SpaceInfo
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.kinds import BadValue, Catalogue
from wiki.kinds.types.base import Ref
from wiki.kinds.types.days import read_day
from wiki.registers.asking import Finder, Query
from wiki.registers.controls import UNSET
from wiki.registers.named.looking import speaks_of
from wiki.registers.named.register import Filter, Register, Since
from wiki.text import shorten

PAGE_SIZE, MOST_ON_A_PAGE, MOST_WORDS = 50, 200, 50
SCOPES = ("organisation", "mine")
#: Parameters that mean the same in every register.
OWN = ("scope", "space", "since", "partnership", "status", "live", "flag", "sort", "page", "limit", "view")


@dataclass(frozen=True)
class Chosen:
    """One filter in use: its `words` as they were given, what they mean, or the days between which it is."""

    filter: Filter
    words: tuple[str, ...] = ()
    refs: tuple[Ref, ...] = ()
    low: date | None = None
    high: date | None = None

    @property
    def key(self) -> str:
        return self.filter.key


@dataclass(frozen=True)
class Question:
    """`spaces` are slugs; `partnership` the page of one; `params` the filters as they were given."""

    register: Register
    scope: str = ""
    spaces: tuple[str, ...] = ()
    partnership: int | None = None
    statuses: tuple[str, ...] = ()
    live: bool = False
    flags: tuple[str, ...] = ()
    chosen: tuple[Chosen, ...] = ()
    params: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    page: int = 1
    limit: int = PAGE_SIZE
    view: str = ""
    since: date | None = None
    notices: tuple[str, ...] = ()

    def address(self, *, without: Iterable[str] = (), form: str = "", **changes: object) -> str:
        """The same question with something changed; `form` is "csv", "atom" or "ics"."""
        dropped = {*without, *changes, *(() if "page" in changes else ("page",))}
        pairs = [pair for pair in self.pairs() if pair[0].partition(".")[0] not in dropped and pair[0] not in dropped]
        for name, value in changes.items():
            pairs += [(name, str(one)) for one in (value if isinstance(value, list | tuple) else [value]) if one]
        path = f"/registers/{self.register.key}" + (f".{form}" if form else "")
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def pairs(self) -> list[tuple[str, str]]:
        given: list[tuple[str, str]] = [("scope", self.scope), *(("space", slug) for slug in self.spaces)]
        given += [("status", one) for one in self.statuses]
        given += [("flag", one) for one in self.flags]
        given += [("live", self._live()), *self.params, ("sort", self.sort), ("view", self.view)]
        given.append(("since", self.since.isoformat() if self.since else ""))
        given.append(("limit", str(self.limit) if self.limit != PAGE_SIZE else ""))
        given.append(("page", str(self.page) if self.page > 1 else ""))
        return [pair for pair in given if pair[1]]

    def _live(self) -> str:
        """What has to be said of it: nothing, where the register opens so."""
        if self.register.opens_live:
            return "" if self.live or self.statuses else "no"
        return "yes" if self.live else ""

    @property
    def asks_since(self) -> bool:
        """Whether it is about what happened since a day."""
        return isinstance(self.register, Since)

    def one(self, key: str) -> Chosen | None:
        return next((one for one in self.chosen if one.key == key), None)


def read(
    catalogue: Catalogue, register: Register, query: Query, spaces: Mapping[str, SpaceInfo], finder: Finder
) -> Question:
    """The question in a query string; `spaces` are those that the reader may know of.

    What has no meaning here is left out with a notice. Raises Invalid for values that cannot be understood, with the question
    as far as it could be read.
    """
    notices: list[str] = []
    problems: list[Problem] = []
    question = Question(
        register,
        scope=_among(query.get("scope"), SCOPES, notices),
        spaces=tuple(dict.fromkeys(slug for slug in query.getlist("space") if slug in spaces)),
        statuses=_keys(query.getlist("status"), register.statuses(), notices),
        live=_live(register, query),
        flags=_keys(query.getlist("flag"), register.flags(), notices),
        sort=_sort(catalogue, register, query.get("sort") or "", notices),
        page=_number(query.get("page"), 1, 1_000_000, notices),
        limit=_number(query.get("limit"), PAGE_SIZE, MOST_ON_A_PAGE, notices),
        view=_among(query.get("view"), register.views, notices),
    )
    question = _since(question, query, problems)
    question = _partnership(question, query, spaces, finder, problems)
    known = {one.key: one for one in register.filters(catalogue)}
    chosen = [found for one in known.values() if (found := _chosen(one, query, finder, problems))]
    names = [name for name in query if name not in OWN]
    unknown = [name for name in names if _base(name) not in known]
    if unknown:
        said = ", ".join(quoted(shorten(name, 40)) for name in unknown[:5])
        notices.append(_("There is nothing to filter by called %(names)s here; that part was left out.", names=said))
    params = [(name, text) for name in names if name not in unknown for text in query.getlist(name) if text.strip()]
    question = replace(
        question, chosen=tuple(chosen), params=(*question.params, *params), notices=(*question.notices, *notices)
    )
    if problems:
        raise Invalid(problems, question)
    return question


def _live(register: Register, query: Query) -> bool:
    given = query.get("live") or ""
    opens = register.opens_live and not any(text.strip() for text in query.getlist("status"))
    return given == "yes" or (opens and given != "no")


def _since(question: Question, query: Query, problems: list[Problem]) -> Question:
    text = (query.get("since") or "").strip()
    if not text or not isinstance(question.register, Since):
        return question
    try:
        return replace(question, since=read_day(text))
    except BadValue as problem:
        problems.append(Problem("since", problem.message))
        return question


def _partnership(
    question: Question, query: Query, spaces: Mapping[str, SpaceInfo], finder: Finder, problems: list[Problem]
) -> Question:
    """`partnership=` is the space of one, or its page."""
    text = (query.get("partnership") or "").strip()
    if not text:
        return question
    if text in spaces:
        return replace(question, spaces=tuple(dict.fromkeys((*question.spaces, text))))
    try:
        page = finder.find(text, ("partnership",)).page
    except BadValue as problem:
        problems.append(Problem("partnership", problem.message))
        return replace(question, params=(("partnership", text),))
    return replace(question, partnership=page, params=(("partnership", text),))


def _base(name: str) -> str:
    return name.removesuffix(".from").removesuffix(".until")


def _among(text: str | None, known: Iterable[str], notices: list[str]) -> str:
    if text and text not in known:
        notices.append(_("“%(text)s” is not a choice here; it was left out.", text=shorten(text, 40)))
        return ""
    return text or ""


def _keys(texts: list[str], known: Iterable[str], notices: list[str]) -> tuple[str, ...]:
    keys = [key.strip() for text in texts[:MOST_WORDS] for key in text.split(",") if key.strip()]
    return tuple(key for key in dict.fromkeys(keys) if _among(key, known, notices))


def _sort(catalogue: Catalogue, register: Register, text: str, notices: list[str]) -> str:
    if text and text.removeprefix("-") not in {one.key for one in register.columns(catalogue)}:
        notices.append(_("“%(key)s” is not a column to sort by; it was left out.", key=shorten(text, 40)))
        return ""
    return text


def _number(text: str | None, default: int, most: int, notices: list[str]) -> int:
    if not text:
        return default
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= most:
        notices.append(_("“%(text)s” is not a number that fits here; it was left out.", text=shorten(text, 20)))
        return default
    return int(text[:9])


def _chosen(one: Filter, query: Query, finder: Finder, problems: list[Problem]) -> Chosen | None:
    """The filter if any of its parameters is filled and can be understood."""
    words = tuple(dict.fromkeys(word.strip() for word in query.getlist(one.key) if word.strip()))[:MOST_WORDS]
    try:
        if one.type == "days":
            low, high = (_day(query, f"{one.key}.{part}") for part in ("from", "until"))
            return Chosen(one, low=low, high=high) if low or high else None
        if not words:
            return None
        if one.type == "page":
            return Chosen(one, words, tuple(finder.find(word, one.kinds) for word in words if word != UNSET))
    except BadValue as problem:
        name = f"{one.key}.{problem.part}" if problem.part else one.key
        problems.append(Problem(name, problem.message))
        return None
    unknown = next((word for word in words if word not in one.choices), None) if one.type == "choice" else None
    if unknown is not None:
        said = _("“%(word)s” is not a choice here. Choose from the list.", word=shorten(unknown, 60))
        problems.append(Problem(one.key, said))
        return None
    return Chosen(one, words)


def _day(query: Query, name: str) -> date | None:
    text = query.get(name) or ""
    if not text.strip():
        return None
    try:
        return read_day(text)
    except BadValue as problem:
        raise BadValue(problem.message, name.rpartition(".")[2]) from None


def fits(one: Chosen) -> Callable[[Iterable[object]], bool]:
    """Whether the values of a line pass a filter."""
    if one.filter.type == "text":
        return speaks_of(one.words)
    if one.filter.type == "days":
        low, high = (one.low or date.min).isoformat(), (one.high or date.max).isoformat()
        return lambda values: any(low <= str(value) <= high for value in values)
    chosen = (
        (ref.page for ref in one.refs) if one.filter.type == "page" else (word for word in one.words if word != UNSET)
    )
    wanted: set[object] = {*chosen}
    unset = UNSET in one.words

    def passes(values: Iterable[object]) -> bool:
        there = set(values)
        return bool(there & wanted) or (unset and not there)

    return passes
