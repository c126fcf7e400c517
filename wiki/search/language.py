"""What words are to the search index: one rule for what is written and for what is asked.

Whoosh finds the tokens and folds Latin letters, Snowball stems (`stems.py`). Around them: codes and numbers as one word
and in parts (`D-0009`), days in one form (`dates.py`), apostrophes, joined scripts in pairs of characters, marks folded.

Every word is indexed by its stem in the page's own language, accents folded after stemming (`decis`). A word that is
no stem in its page is indexed as it stands as well, only folded, behind an underscore (`_decision`): that serves
beginnings of words, spelling, and people who type without accents in a language whose stemmer needs them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from whoosh.analysis.tokenizers import RegexTokenizer

from wiki.search import dates
from wiki.search.letters import JOINED, MARKS, fold
from wiki.search.stems import common_words, stem

#: Stands before a word as it is written, to keep it apart from stems. No term contains it otherwise.
AS_WRITTEN = "_"
#: Stands before what all words of a name give together (`identity`).
CALLED = "."
#: What no stem begins with.
APART = (AS_WRITTEN, CALLED)
#: Longer terms are cut: an index holds words, not embedded files.
TERM_LENGTH = 64
#: The part of a word that must be left of it in a language that the asker does not speak.
MOST_OF = 0.6

_UNIT = rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*"
_APOSTROPHES = "'’ʼ＇"
_JOIN = rf"(?:[{_APOSTROPHES}‐‑&-]|(?<=\d)(?:[.,:/](?=\d)|[\u00a0\u202f](?=\d{{3}}(?!\d))))"
_TOKENS = RegexTokenizer(rf"{_UNIT}(?:{_JOIN}{_UNIT})*")
_UNITS = re.compile(_UNIT)
_JOINED_RUN = re.compile(f"([{JOINED}]+)")
_GROUPED_NUMBER = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?")
_ZEROS = re.compile(r"\.0+$|(?<=\.\d)0$")
_APART_CODE = re.compile(r"(?<!\w)([^\W\d_]{1,5}) 0*(\d{1,12})(?!\w)")
#: What people say before a number, as it is folded: "decision no. 9", "décision n° 9".
_NUMBER_SAID = re.compile(r"(?<=\w) (?:n|no|n o|nr|num|number|numero|nummer|numer|номер) (?=\d)")
_CODE = re.compile(r"([^\W\d_]{1,5})0*(\d{1,12})")
_DECIMAL_NUMBER = re.compile(r"\d+[.,]\d+")

#: Little words that lean on the next one, as in "l'eau" and "dell'acqua".
_LEANING = {
    "fr": frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]),
    "it": frozenset(
        ["c", "d", "l", "m", "n", "s", "t", "v", "un", "all", "dall", "dell", "nell", "sull", "coll", "quest", "quell"]
    ),
}


class Term(NamedTuple):
    """A word as the index knows it, and where it stands in the text: `word` is the folded word, `text` its stem."""

    text: str
    position: int
    start: int
    end: int
    word: str


class Needle(NamedTuple):
    """What to look for: terms that stand one after the other; the last may be only the beginning of a term."""

    terms: tuple[str, ...]
    prefix: bool = False


class _Part(NamedTuple):
    text: str
    word: str
    start: int
    end: int


def terms(text: str, language: str) -> list[Term]:
    """All words of a text in order. Nothing is left out: stop words are dropped from questions, not from pages."""
    speech = base_language(language)
    found: list[Term] = []
    position = 0
    for token in _TOKENS(text, chars=True):
        start = token.startchar
        for part in _parts(token.text, speech):
            found.append(Term(part.text, position, start + part.start, start + part.end, part.word))
            position += 1
    for one in dates.found(text):
        for term in one.terms:
            found.append(Term(term, position, one.start, one.end, term))
            position += 1
    return found


def pairs(text: str, language: str) -> list[tuple[str, str]]:
    """(`text`, `word`) of all terms: what an index keeps, in half the time."""
    speech = base_language(language)
    found: list[tuple[str, str]] = []
    for token in _TOKENS.expression.findall(text):
        found.extend(forms(token, speech))
    found.extend((term, term) for one in dates.found(text) for term in one.terms)
    return found


def words(text: str) -> list[str]:
    """The words of a question as they were typed: `["D-0009", "l'eau"]`."""
    found: list[str] = _TOKENS.expression.findall(text)
    return found


def spans(text: str) -> Iterable[tuple[str, int, int]]:
    """The same words with where they stand."""
    return ((match.group(), match.start(), match.end()) for match in _TOKENS.expression.finditer(text))


@lru_cache(maxsize=20_000)
def forms(word: str, speech: str) -> tuple[tuple[str, str], ...]:
    """(`text`, `word`) of the terms in one word as it was typed; `speech` is a base language."""
    return tuple((part.text, part.word) for part in _parts(word, speech))


def needles(word: str, languages: Iterable[str], spoken: str = "") -> tuple[Needle, ...]:
    """The ways in which pages in these languages may hold the word, without repetition. Any of them is a match.

    The asker speaks `spoken`. Stems of other languages count only if they leave most of the word: to a Spanish stemmer
    "communication" begins like "comunidad".
    """
    mine = base_language(spoken)
    found: dict[Needle, None] = {}
    for language in map(base_language, languages):
        for needle in _needles(word, language):
            short = word.isalpha() and len(needle.terms) == 1 and len(needle.terms[0]) < MOST_OF * len(word)
            if not short or language == mine or not mine:
                found[needle] = None
    return tuple(found)


def sequence(text: str, languages: Iterable[str]) -> tuple[Needle, ...]:
    """The ways in which pages in these languages may hold the words of the text, one after the other."""
    found: dict[Needle, None] = {}
    for language in languages:
        run = tuple(
            part.text for token in _TOKENS(text) for part in _without_tail(_parts(token.text, base_language(language)))
        )
        if run:
            found[Needle(run)] = None
    return tuple(found)


def beginnings(word: str) -> tuple[Needle, ...]:
    """What finds words that begin so. The stem is asked as well because it carries the weight of its place."""
    plain = fold(word)[:TERM_LENGTH]
    return (Needle((AS_WRITTEN + plain,), prefix=True), Needle((plain,), prefix=True))


def beginnings_of_titles(text: str) -> list[str]:
    """The beginnings of words that were typed: `["pap", "coa"]`, `["d00"]` for "D-00"."""
    found: list[str] = []
    for token in _TOKENS(text):
        parts = _parts(token.text, "")
        whole = _whole(parts)
        found.extend([_raw(token.text)] if len(whole) == 1 else [part.word for part in _without_tail(parts)])
    return list(dict.fromkeys(found))


def identity(name: str) -> str:
    """One term for a whole name, whatever its case, accents and signs: `D-0009` and `d 0009` give the same; "" for no word."""
    tokens = _TOKENS(dates.in_one_way(name))
    words = [part.word for token in tokens for part in _whole(_parts(token.text, ""))]
    called = _APART_CODE.sub(r"\1\2", _NUMBER_SAID.sub(" ", " ".join(words)))
    return CALLED + blake2b(called.encode(), digest_size=8).hexdigest() if words else ""


def identities(question: str, languages: Iterable[str]) -> tuple[str, ...]:
    """The names that a question may be: all of its words, or all but those that are common in one of the languages
    ("what is decision 9")."""
    said = question.split()
    telling = (" ".join(word for word in said if not is_common(word, each)) for each in languages)
    return tuple(filter(None, dict.fromkeys(map(identity, (question, *telling)))))


def _whole(parts: tuple["_Part", ...]) -> tuple["_Part", ...]:
    """A compound as one word; else all the parts."""
    return parts[:1] if len(parts) > 1 and _is_compound(parts) else parts


def words_of_title(title: str, language: str) -> list[str]:
    """The words by whose beginnings a title is found: whoever types it may not know its language, or that zeros do not count."""
    raw = [_raw(word) for word in words(title)]
    found = [word for speech in (language, "") for _stem, word in pairs(title, speech)]
    return list(dict.fromkeys([*found, *raw]))


def _raw(token: str) -> str:
    """A word as it was typed, in one piece: `d0009`, `leau`."""
    return fold("".join(unit.group() for unit in _UNITS.finditer(token)))[:TERM_LENGTH]


def base_language(code: str) -> str:
    """ "en" for "en-CA" and "EN_ca"."""
    return code.replace("_", "-").partition("-")[0].lower()


def is_common(word: str, language: str) -> bool:
    """Whether a question may go without the word, because it says too little: "the", "is", "c'est"."""
    speech = base_language(language)
    common = common_words(speech)
    if fold(word) in common:
        return True
    said = [part for _stem, part in forms(word, speech)] if any(sign in word for sign in _APOSTROPHES) else []
    return bool(said) and common.issuperset(said[1:] or said)  # of several parts the first is all of them in one


@lru_cache(maxsize=4_000)
def _parts(token: str, language: str) -> tuple[_Part, ...]:
    if len(token) > TERM_LENGTH * 4:
        return ()
    units = [(unit.group(), unit.start(), unit.end()) for unit in _UNITS.finditer(token)]
    units = _without_clitics(token, units, language)
    if len(units) > 1:
        whole = _joined(token, units)
        compound = _Part(_term(whole, language), _word(whole), units[0][1], units[-1][2])
        return (compound, *(part for unit in units for part in _unit_parts(*unit, language)))
    return tuple(_unit_parts(*units[0], language))


def _without_clitics(token: str, units: list[tuple[str, int, int]], language: str) -> list[tuple[str, int, int]]:
    """ "eau" of "l'eau", "partner" of "partner's"."""
    if len(units) < 2:
        return units
    if token[units[0][2]] in _APOSTROPHES and units[0][0].lower() in _LEANING.get(language, ()):
        units = units[1:]
    if len(units) > 1 and token[units[-1][1] - 1] in _APOSTROPHES and units[-1][0].lower() == "s":
        units = units[:-1]
    return units


def _joined(token: str, units: list[tuple[str, int, int]]) -> str:
    """One word of several: `D0009`, `20240115`, `18000.50`; a decimal point and a decimal comma are the same."""
    text = token[units[0][1] : units[-1][2]]
    if _GROUPED_NUMBER.fullmatch(text):
        whole, cents = (text[:-3], text[-3:]) if text[-3] in ".," else (text, "")
        whole, cents = (text[:-2], text[-2:]) if text[-2] in ".," else (whole, cents)
        return _ZEROS.sub("", re.sub("[.,\u00a0\u202f]", "", whole) + cents.replace(",", "."))
    if _DECIMAL_NUMBER.fullmatch(text):
        return _ZEROS.sub("", text.replace(",", "."))
    return "".join(unit for unit, _, _ in units)


def _unit_parts(unit: str, start: int, end: int, language: str) -> Iterable[_Part]:
    if unit.isascii() or not _JOINED_RUN.search(unit):
        yield _Part(_term(unit, language), _word(unit), start, end)
        return
    for run in _JOINED_RUN.split(unit):
        if run and _JOINED_RUN.fullmatch(run):
            for i in range(len(run)):
                pair = fold(run[i : i + 2])
                yield _Part(pair, pair, start + i, start + min(i + 2, len(run)))
        elif run:
            yield _Part(_term(run, language), _word(run), start, start + len(run))
        start += len(run)


def _word(word: str) -> str:
    return _code(fold(word))


def _code(folded: str) -> str:
    """A number, or letters and a number, without the zeros that fill it up: `d9` for `d0009`."""
    if folded.isdecimal() and folded.isascii():
        return (folded.lstrip("0") or "0")[:TERM_LENGTH]
    match = _CODE.fullmatch(folded)
    return (match[1] + match[2] if match else folded)[:TERM_LENGTH]


def _term(word: str, language: str) -> str:
    if any(char.isdigit() for char in word):
        return _code(fold(word))
    return fold(stem(word, language))[:TERM_LENGTH]


@lru_cache(maxsize=2_000)
def _needles(word: str, language: str) -> tuple[Needle, ...]:
    parts = _parts(word, language)
    if not parts:
        return ()
    if len(parts) == 1:
        part = parts[0]
        if _JOINED_RUN.fullmatch(part.text):
            return (Needle((part.text,), prefix=True),)
        return (Needle((part.text,)), Needle((part.word,)), Needle((AS_WRITTEN + part.word,)))
    if _is_compound(parts):
        return (Needle((parts[0].text,)), Needle(tuple(part.text for part in _without_tail(parts[1:]))))
    return (Needle(tuple(part.text for part in _without_tail(parts))),)


def _is_compound(parts: tuple[_Part, ...]) -> bool:
    return (
        parts[0].start == parts[1].start and parts[0].end >= parts[1].end and not _JOINED_RUN.fullmatch(parts[0].text)
    )


def _without_tail(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    """Joined script ends with a single character, which a question leaves out: the run may go on in the page."""
    last = parts[-1].text if parts else ""
    return parts[:-1] if len(parts) > 1 and len(last) == 1 and _JOINED_RUN.fullmatch(last) else parts
