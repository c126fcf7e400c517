"""What somebody typed, as a small tree: Whoosh reads the syntax, this keeps what we answer to.

Nothing that a person can type is an error. What is not syntax is words: a field that does not exist, a bracket that
stays open, a date that is none.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser
from whoosh.query import compound, positional, qcore, terms, wrappers

from wiki.search import dates, language
from wiki.text import tidy

#: A question is cut here (characters, words): more costs the server and finds nothing more.
MAX_LENGTH = 400
MAX_WORDS = 32
#: Letters of each part of a word with hyphens that says something by itself: "data-sharing", but not "e-mail".
SHORTEST_UNIT = 3

#: What may stand before a colon, and what it means.
FIELDS = {
    "kind": "kind",
    "state": "state",
    "space": "space",
    "owner": "owner",
    "by": "owner",
    "theme": "theme",
    "org": "org",
    "number": "number",
    "language": "language",
    "lang": "language",
    "has": "has",
    "stands": "stands",
    "after": "after",
    "before": "before",
}


@dataclass(frozen=True)
class Word:
    """One word; with `prefix`, the beginning of one."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words that follow each other."""

    text: str


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Any:
    parts: tuple["Node", ...]


Node = Word | Phrase | Not | All | Any


@dataclass(frozen=True)
class Filter:
    """`kind:decision`; `key` is one of the values of FIELDS, a date is ISO and complete."""

    key: str
    value: str
    negative: bool = False


@dataclass(frozen=True)
class Query:
    """A question. `tree` is None when it has no words; `words` are those that are wanted, in their order; `left_out` holds
    the words over the limit, `cut` says that the text was longer than MAX_LENGTH."""

    tree: Node | None = None
    filters: tuple[Filter, ...] = ()
    left_out: tuple[str, ...] = ()
    cut: bool = False
    words: str = ""


@dataclass
class _Reading:
    """What is gathered while one question is read."""

    filters: list[Filter] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    wanted: list[str] = field(default_factory=list)

    def takes(self, word: str) -> bool:
        if word not in self.words and len(self.words) == MAX_WORDS:
            self.left_out.append(word)
            return False
        self.words.add(word)
        return True


def parse(text: str) -> Query:
    """Read a question. Never raises."""
    plain = readable(text)
    reading = _Reading()
    tree = _node(_whoosh_tree(_days_in_one_way(_QUOTES.sub('"', plain[:MAX_LENGTH]))), reading, negative=False)
    return Query(
        tree=_tidy(tree),
        filters=tuple(reading.filters),
        left_out=tuple(reading.left_out),
        cut=len(plain) > MAX_LENGTH,
        words=" ".join(reading.wanted),
    )


def readable(text: str) -> str:
    """The text on one line, without what no database takes."""
    return tidy(text.encode("utf-8", "ignore").decode())


def leaves(node: Node | None, negative: bool = False) -> Iterator[Word | Phrase]:
    """The words and phrases that a page should have (or, with `negative`, should not)."""
    if isinstance(node, Not):
        if negative:
            yield from leaves(node.part, False)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part, negative)
    elif node is not None and not negative:
        yield node


def taken_apart(tree: Node | None) -> Node | None:
    """The question with "data-sharing" as two words, which may then stand anywhere; None if nothing in it is such a word."""
    if isinstance(tree, Word):
        units = [] if tree.prefix else tree.text.split("-")
        if len(units) < 2 or not all(unit.isalpha() and len(unit) >= SHORTEST_UNIT for unit in units):
            return None
        return All(tuple(Word(unit) for unit in units))
    if not isinstance(tree, All):
        return None
    parts = [taken_apart(part) or part for part in tree.parts]
    return _tidy(All(tuple(parts))) if parts != list(tree.parts) else None


def _days_in_one_way(text: str) -> str:
    """Days and months as the index has them, but for what stands in quotation marks."""
    return '"'.join(part if place % 2 else dates.in_one_way(part) for place, part in enumerate(text.split('"')))


_QUOTES = re.compile("[“”„«»‟＂]")
_FIELD = rf"(?i)(?:(?<=^)|(?<=[\s(-]))(?P<text>{'|'.join(FIELDS)}):(?=[^\s)])"
_BEGINNING = r"(?P<text>[^\s*\"()-][^\s*\"()]*)[*](?=\s|$|\))"
_MINUS = r"(?:(?<=^)|(?<=[\s(]))(?:-(?=[\w\"(])|NOT(?=\s))"


def _parser() -> QueryParser:
    operators = plugins.OperatorsPlugin(
        And=r"(?<=\s)AND(?=\s)",
        Or=r"(?<=\s)(?:or|OR)(?=\s)",
        Not=_MINUS,
        AndNot=None,
        AndMaybe=None,
        Require=None,
    )
    known = [
        plugins.FieldsPlugin(_FIELD, remove_unknown=False),
        plugins.PrefixPlugin(_BEGINNING),
        plugins.PhrasePlugin(),
        plugins.GroupPlugin(),
        operators,
    ]
    # Whoosh's own plugins are not all of the type that its parser names.
    return QueryParser("text", schema=None, plugins=known, group=syntax.AndGroup)  # type: ignore[arg-type]


_PARSER = _parser()


def _whoosh_tree(text: str) -> qcore.Query:
    try:
        found: qcore.Query = _PARSER.parse(text, normalize=False)
        return found
    except Exception:  # whatever the parser trips over is words to us
        return compound.And([terms.Term("text", word) for word in language.words(text)])


def _node(found: qcore.Query, reading: _Reading, negative: bool) -> Node | None:
    if isinstance(found, wrappers.Not):
        part = _node(found.query, reading, not negative)
        return Not(part) if part else None
    if isinstance(found, compound.And | compound.Or):
        parts = tuple(node for part in found if (node := _node(part, reading, negative)))
        return Any(parts) if isinstance(found, compound.Or) else All(parts)
    if isinstance(found, positional.Phrase):
        return _leaf(found.fieldname, " ".join(found.words), Phrase, reading, negative)
    if isinstance(found, terms.Prefix):
        return _leaf(found.fieldname, found.text, lambda word: Word(word, prefix=True), reading, negative)
    if isinstance(found, terms.Term):
        return _leaf(found.fieldname, found.text, Word, reading, negative)
    return None


def _leaf(name: str, text: str, make: Callable[[str], Word | Phrase], reading: _Reading, negative: bool) -> Node | None:
    key = FIELDS.get(name.lower())
    if key:
        value = _value(key, text)
        if value:
            reading.filters.append(Filter(key, value, negative))
            return None
        text = f"{name} {text}"
    spoken = [word for word in language.words(text) if reading.takes(word)]
    if not negative:
        reading.wanted += spoken
    if make is Phrase and len(spoken) > 1:
        return Phrase(" ".join(spoken))
    if not spoken:
        return None
    *before, last = spoken
    parts = (*(Word(word) for word in before), Word(last) if make is Phrase else make(last))
    return parts[0] if len(parts) == 1 else All(parts)


def _value(key: str, text: str) -> str | None:
    """The value as it is compared; None for a date that is none."""
    text = " ".join(text.split())
    return _first_day(text) if key in ("after", "before") else text


def _first_day(text: str) -> str | None:
    """ "2024-01-01" of "2024", "2024-1" or the day itself."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text)
    if not match:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _tidy(node: Node | None) -> Node | None:
    """The same question without empty and needless groups; a `-word` beside an `or` is a word (what else could it mean?)."""
    if isinstance(node, Not):
        part = _tidy(node.part)
        return _opposite(part) if part else None
    if not isinstance(node, All | Any):
        return node
    parts = [tidied for part in node.parts if (tidied := _tidy(part))]
    if isinstance(node, Any):
        parts = [_opposite(part) if _is_negative(part) else part for part in parts]
    flat: dict[Node, None] = {}
    for part in parts:
        for inner in part.parts if type(part) is type(node) else (part,):
            flat[inner] = None
    if len(flat) < 2:
        return next(iter(flat), None)
    return type(node)(tuple(flat))


def _is_negative(node: Node) -> bool:
    return isinstance(node, Not) or (isinstance(node, All) and all(isinstance(part, Not) for part in node.parts))


def _opposite(node: Node) -> Node:
    """Not the node, without a `Not` of nothing but `Not`s."""
    if isinstance(node, Not):
        return node.part
    if isinstance(node, All) and _is_negative(node):
        return Any(tuple(_opposite(part) for part in node.parts))
    return Not(node)
