"""What to look for: a question with the forms that its words may have in the index, and how to ask for less."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.search import language
from wiki.search.language import Needle
from wiki.search.query import All, Any, Node, Not, Phrase, Word, leaves

Leaf = Word | Phrase

#: In a question of more words than these, a page that lacks one of them is as likely to answer as one that lacks two.
FEW = 5


@dataclass(frozen=True)
class Plan:
    """`wanted` is what a page must have, `unwanted` what it must not have; `needles` knows every leaf of both."""

    wanted: Node | None
    unwanted: Node | None
    needles: dict[Leaf, tuple[Needle, ...]]

    @property
    def words(self) -> list[Leaf]:
        return list(dict.fromkeys(leaves(self.wanted)))

    @property
    def asks(self) -> bool:
        return self.wanted is not None or self.unwanted is not None

    def instead(self, wanted: Node) -> "Plan":
        return Plan(wanted, self.unwanted, self.needles)


def plan(tree: Node | None, languages: Sequence[str], spoken: str) -> Plan:
    """Plan a question of somebody who speaks `spoken` over pages in `languages`."""
    forms = {leaf: _forms(leaf, languages) for leaf in (*leaves(tree), *leaves(tree, negative=True))}
    kept = _without_common(_without(tree, {leaf for leaf, found in forms.items() if not found}), spoken)
    parts = kept.parts if isinstance(kept, All) else (kept,) if kept else ()
    unwanted = tuple(part.part for part in parts if isinstance(part, Not))
    wanted = tuple(part for part in parts if not isinstance(part, Not))
    return Plan(_group(All, wanted), _group(Any, unwanted), forms)


def most(whole: Plan) -> Plan | None:
    """The same question for pages that have most of its words; None where it says itself what it wants, or has too few."""
    words = whole.words
    if not isinstance(whole.wanted, All) or set(whole.wanted.parts) != set(words) or len(words) < 3:
        return None
    return whole.instead(_grouped(Any, _but_one(words) if len(words) <= FEW else words))


def looser(whole: Plan, known: Sequence[Leaf]) -> Iterator[Plan]:
    """The same question asking for less and less: the words that there are at all, all of them but one, any of them.

    Any of them still puts those pages first that have most of them.
    """
    if 0 < len(known) < len(whole.words) <= FEW:
        yield whole.instead(_grouped(All, known))
    if 2 < len(known) <= FEW:
        yield whole.instead(Any(tuple(_but_one(known))))
    if known:
        yield whole.instead(_grouped(Any, known))


def _but_one(words: Sequence[Leaf]) -> list[All]:
    return [All(tuple(word for word in words if word != missing)) for missing in words]


def _forms(leaf: Leaf, languages: Sequence[str]) -> tuple[Needle, ...]:
    if isinstance(leaf, Phrase):
        return language.sequence(leaf.text, languages)
    if leaf.prefix and len(leaf.text) > 1:
        return language.beginnings(leaf.text)
    return language.needles(leaf.text, languages)


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
