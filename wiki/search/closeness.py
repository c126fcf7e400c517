"""Words that stand side by side in a question and in a page: "statement of work" is about something else than a statement
in one chapter and work in another."""

from collections.abc import Iterable, Mapping, Sequence

from wiki.search import language
from wiki.search.language import Needle
from wiki.search.query import All, Node, Phrase, Word

#: A page in which all neighbours of the question stand side by side counts so much more; with some of them, a part of that.
SIDE_BY_SIDE = 0.3
#: Little words that may stand between two that tell something: "state of the art".
BETWEEN = 2

#: Words that are neighbours in a question, and their forms in the index.
Neighbours = Mapping[Word | Phrase, tuple[Needle, ...]]


def neighbours(tree: Node | None, said: str, languages: Sequence[str], spoken: str) -> Neighbours:
    """Of a question that is words and nothing else; `said` are its words in their order."""
    if not isinstance(tree, All) or not all(isinstance(part, Word) and not part.prefix for part in tree.parts):
        return {}
    words = said.split()
    telling = [place for place, word in enumerate(words) if not language.is_common(word, spoken)]
    runs = [
        Phrase(" ".join(words[first : last + 1]))
        for first, last in zip(telling, telling[1:], strict=False)
        if last - first <= 1 + BETWEEN
    ]
    forms: dict[Word | Phrase, tuple[Needle, ...]] = {run: language.sequence(run.text, languages) for run in runs}
    return {run: needles for run, needles in forms.items() if needles}


def raised(scores: Mapping[int, float], together: Iterable[int]) -> dict[int, float]:
    """Scores with what neighbours add; `together` are the sets of pages in which each two of them stand side by side."""
    sets = list(together)
    return {
        page_id: score * (1 + SIDE_BY_SIDE * sum(pages >> page_id & 1 for pages in sets) / len(sets))
        for page_id, score in scores.items()
    }
