"""A page as search sees it, before and after its words are taken apart."""

from dataclasses import dataclass, field

from wiki.search import language
from wiki.search.language import AS_WRITTEN, CALLED

#: Parts of a page, and what a word in each of them weighs. The order is that of the index's columns. `words` are all
#: words of the page that are no stems in it, once each. A change of a weight changes PostgreSQL's stored counts: `wiki reindex`.
WEIGHTS = {"title": 6.0, "lead": 5.0, "fields": 1.0, "rows": 1.0, "body": 1.0, "words": 0.1}
#: A term of every page, for questions in which words rank that need not be there.
EVERY = CALLED + AS_WRITTEN
#: Scores are compared as whole numbers of this part of one, so that both databases see the same ties.
SCALE = 1e9

#: Characters of one part that are indexed; the limits on pages stand well below.
PART_LENGTH = 300_000


@dataclass(frozen=True)
class Entry:
    """The text of a page, plain or Markdown, by the weight of its place.

    `lead` is what says most in few words: the question and outcome of a decision, a promise, a lesson, the summary.
    `rows` are pairs of row id and text. `names` are what the page is called besides its title: its number. `kind` says what it is:
    "Lesson learned". `synonyms` are groups of words that mean the same. What only some readers of the page may see (person fields with a narrower
    circle) must be in none of them.
    """

    language: str
    title: str
    lead: str = ""
    fields: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)
    body: str = ""
    names: tuple[str, ...] = ()
    kind: str = ""
    synonyms: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Analysed:
    """The terms of a page in their order, by part; `words` are its words as written, folded."""

    parts: dict[str, list[str]]
    words: frozenset[str]
    title_words: list[str]

    @property
    def length(self) -> int:
        return sum(len(terms) for terms in self.parts.values())


def analysed(entry: Entry) -> Analysed:
    """Take an entry's words apart."""
    texts = {
        "title": entry.title,
        "lead": entry.lead,
        "fields": entry.fields,
        "rows": "\n".join(text for _, text in entry.rows),
        "body": entry.body,
    }
    found = {part: language.pairs(text[:PART_LENGTH], entry.language) for part, text in texts.items()}
    parts = {part: [stem for stem, _ in pairs] for part, pairs in found.items()}
    kind = language.pairs(entry.kind, entry.language)
    words = frozenset(word for pairs in (*found.values(), kind) for _, word in pairs)
    stems = frozenset(stem for terms in parts.values() for stem in terms)
    names = {language.identity(name) for name in (entry.title, *entry.names)} - {""}
    parts["words"] = [
        *sorted({stem for stem, _word in kind} - stems),
        *(AS_WRITTEN + word for word in sorted(words - stems)),
        *sorted(names),
        EVERY,
    ]
    return Analysed(parts, words, language.words_of_title(entry.title, entry.language))
