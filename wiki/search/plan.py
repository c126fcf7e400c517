"""What to look for: a question with the forms that its words may have in the index, and how to ask for less."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wiki.search import language
from wiki.search.closeness import Neighbours, neighbours
from wiki.search.language import Needle
from wiki.search.query import All, Any, Node, Not, Phrase, Word, leaves

Leaf = Word | Phrase


#: The whole question as the name of a page: one word, and its form in the index.
Named = tuple[Word, dict[Leaf, tuple[Needle, ...]]]


#: In a question of more words than these, a page that lacks one of them is as likely to answer as one that lacks two.
FEW = 3
#: In a question of more words than these, that no page has one of them says little about the others.
SOME = 5
#: A word that so many pages have does not make a page an answer, where there are rarer ones.
COMMON = 500


@dataclass(frozen=True)
class Plan:
    """`wanted` is what a page must have, `unwanted` what it must not have; `needles` knows every leaf of both.

    With `needed` a page must have that, and `wanted` is only what it is ranked by. Pages in which `neighbours` stand side by
    side are likelier.
    """

    wanted: Node | None
    unwanted: Node | None
    needles: dict[Leaf, tuple[Needle, ...]]
    needed: Node | None = None
    neighbours: Neighbours = field(default_factory=dict)

    @property
    def words(self) -> list[Leaf]:
        return list(dict.fromkeys(leaves(self.wanted)))

    @property
    def asks(self) -> bool:
        return self.wanted is not None or self.unwanted is not None

    def instead(self, wanted: Node, needed: Node | None = None) -> "Plan":
        return replace(self, wanted=wanted, needed=needed)


def plan(
    tree: Node | None,
    languages: Sequence[str],
    spoken: str,
    meant: Mapping[tuple[str, ...], Sequence[str]] | None = None,
    said: str = "",
) -> Plan:
    """Plan a question of somebody who speaks `spoken` over pages in `languages`; `meant` are other words for runs of its words,
    `said` are all of these in their order."""
    alike = meant or {}
    side_by_side = neighbours(tree, said, languages, spoken)
    tree = _with_names(tree, alike)
    forms = {leaf: _forms(leaf, languages, spoken) for leaf in (*leaves(tree), *leaves(tree, negative=True))}
    for (word, *others), texts in alike.items():
        if not others and (leaf := Word(word)) in forms:
            more = (needle for text in texts for needle in language.sequence(text, languages))
            forms[leaf] = tuple(dict.fromkeys((*forms[leaf], *more)))
    kept = _without_common(_without(tree, {leaf for leaf, found in forms.items() if not found}), spoken)
    parts = kept.parts if isinstance(kept, All) else (kept,) if kept else ()
    unwanted = tuple(part.part for part in parts if isinstance(part, Not))
    wanted = tuple(part for part in parts if not isinstance(part, Not))
    return Plan(_group(All, wanted), _group(Any, unwanted), forms, neighbours=side_by_side)


def most(whole: Plan, counts: Callable[[], Mapping[Leaf, int]]) -> Plan | None:
    """The same question for pages that have most of its words; None where it says itself what it wants, or has too few.

    `counts` says how many pages have each word, which is asked of a long question alone.
    """
    words = whole.words
    if not isinstance(whole.wanted, All) or set(whole.wanted.parts) != set(words) or len(words) < FEW:
        return None
    return whole.instead(Any(tuple(_but_one(words)))) if len(words) == FEW else _any(whole, counts())


def looser(whole: Plan, counts: Mapping[Leaf, int]) -> Iterator[Plan]:
    """The same question asking for less and less: the words that there are at all, all of them but one, any of them.

    Any of them still puts those pages first that have most of them. `counts` says how many pages have each word.
    """
    known = [leaf for leaf in whole.words if counts.get(leaf)]
    if 0 < len(known) < len(whole.words) <= SOME:
        yield whole.instead(_grouped(All, known))
    if len(known) == FEW:
        yield whole.instead(Any(tuple(_but_one(known))))
    if known:
        yield _any(whole, counts)


def _any(whole: Plan, counts: Mapping[Leaf, int]) -> Plan:
    """Pages with any of the words; where there are rare ones, a page needs one of those."""
    known = [leaf for leaf in whole.words if counts.get(leaf)]
    rare = [leaf for leaf in known if counts[leaf] < COMMON]
    needed = _grouped(Any, rare) if 0 < len(rare) < len(known) else None
    return whole.instead(_grouped(Any, known), needed)


def _but_one(words: Sequence[Leaf]) -> list[All]:
    return [All(tuple(word for word in words if word != missing)) for missing in words]


def _with_names(tree: Node | None, alike: Mapping[tuple[str, ...], Sequence[str]]) -> Node | None:
    """The question with names of several words as they are, or as one of their other names."""
    if not isinstance(tree, All):
        return tree
    parts = list(tree.parts)
    for run in sorted((run for run in alike if len(run) > 1), key=len, reverse=True):
        wanted = [Word(word) for word in run]
        for start in range(len(parts) - len(run) + 1):
            if parts[start : start + len(run)] == wanted:
                others = [Phrase(text) for text in alike[run]]
                parts[start : start + len(run)] = [Any((All(tuple(wanted)), *others))]
                break
    return All(tuple(parts)) if len(parts) > 1 else parts[0]


def _forms(leaf: Leaf, languages: Sequence[str], spoken: str) -> tuple[Needle, ...]:
    if isinstance(leaf, Phrase):
        return language.sequence(leaf.text, languages)
    if leaf.prefix and len(leaf.text) > 1:
        return language.beginnings(leaf.text)
    return language.needles(leaf.text, languages, spoken)


def _without(node: Node | None, empty: set[Leaf]) -> Node | None:
    if isinstance(node, Not):
        part = _without(node.part, empty)
        return Not(part) if part else None
    if isinstance(node, All | Any):
        return _group(type(node), tuple(kept for part in node.parts if (kept := _without(part, empty))))
    return None if node in empty else node


def _without_common(node: Node | None, spoken: str) -> Node | None:
    """Leave out "the" and "is", but never the whole question: "who is to" stays as it is."""
    if not isinstance(node, All):
        return node
    telling = tuple(part for part in node.parts if not _is_common(part, spoken))
    said = any(not isinstance(part, Not) for part in telling)
    return _group(All, telling) if said else node


def _is_common(node: Node, spoken: str) -> bool:
    return isinstance(node, Word) and not node.prefix and language.is_common(node.text, spoken)


def _group(kind: type[All] | type[Any], parts: tuple[Node, ...]) -> Node | None:
    return kind(parts) if len(parts) > 1 else parts[0] if parts else None


def _grouped(kind: type[All] | type[Any], parts: Sequence[Node]) -> Node:
    return kind(tuple(parts)) if len(parts) > 1 else parts[0]
