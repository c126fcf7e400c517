"""The stem of a word in its language, and the words that say too little to be asked for.

The stemmers are Snowball's (PyStemmer). Before them come a few rules for what they miss: plurals that change more than an
ending, and spellings that differ from one shore to the other. Whoosh knows the common words.
"""

import re
import threading
import unicodedata
from functools import cache

import Stemmer  # type: ignore[import-not-found]
from whoosh.lang import NoStopWords, stopwords_for_language

from wiki.search.letters import fold

#: Languages that have a stemmer.
ALGORITHMS = {
    **{"ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english"},
    **{"eo": "esperanto", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish"},
    **{"fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian"},
    **{"it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian"},
    **{"no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian"},
    **{"st": "sesotho", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish"},
}
_STOP_WORDS_OF = {"nb": "no", "nn": "no"}

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), instead) for pattern, instead in pairs)


#: What is put right before a word is stemmed. Both sides of a comparison go through it, so that a rule may go too far.
_BEFORE: dict[str, _Rules] = {
    "en": _rules(
        (r"(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)", "iz"),  # organisation, organization
        (r"(?<=[a-z]{3})our(?=(?:s|ed|ing|al|hood|able|ful|ite)?$)", "or"),  # harbour, harbor
        (r"(?<=[a-z]{2})tre(?=s?$)", "ter"),  # centre, center
        (r"^(travel|cancel|label|model|signal|level|total|counsel|channel|fuel)l(?=(?:ed|ing|er|ers)$)", r"\1"),
        (r"^(licen|defen|offen|preten)s(?=es?$)", r"\1c"),
        (r"^programme(?=s?$)", "program"),
        (r"(?<=[a-z]{2})ib(?:le|ly|ility|ilities)$", "ibl"),  # accessibility is not access, nor responsibility response
    ),
    "es": _rules((r"ces$", "z"), (r"dades$", "dad"), (r"(?<=\w{3})amente$", "o")),
    "fi": _rules((r"(?<=[uyoö])ks(?=[ei])", "s")),  # päätökset, päätös
    "pt": _rules(
        (r"(?:õ|ã|o)es$|ao$", "ão"), (r"(?<=\w{2})ais$", "al"), (r"[ée]is$", "el"), (r"(?<=\w{2})[óo]is$", "ol")
    ),
}
#: Beside those that Whoosh knows: it has "all", "any" and "should".
_COMMON = {
    "en": {
        *("anybody", "anyone", "anything", "could", "everybody", "everyone", "everything"),
        *("somebody", "someone", "something", "would"),
    },
    "fr": {
        *("ça", "cela", "cet", "cette", "ceux", "chez", "comme", "comment", "combien"),
        *("elles", "ici", "ils", "les", "leurs"),
        *("où", "pourquoi", "quand", "quel", "quelle", "quelles", "quels", "quoi", "sans", "si"),
    },
}
#: Words that the lists call common, and that say much: "été" is the summer more often than it is "been".
_TELLING = {"fr": {"ete"}}
_IRREGULAR = {
    "en": {"children": "child", "men": "man", "women": "woman", "feet": "foot", "teeth": "tooth", "mice": "mouse"},
    "fr": {"travaux": "travail", "yeux": "œil"},
}

_of_this_thread = threading.local()  # a stemmer of the library is for one thread


def stem(word: str, language: str) -> str:
    """The stem of a word in a base language, not yet folded; the word itself, in small letters, where none is known."""
    plain = word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()
    algorithm = ALGORITHMS.get(language)
    if algorithm is None:
        return plain
    plain = _IRREGULAR.get(language, {}).get(plain, plain)
    for pattern, instead in _BEFORE.get(language, ()):
        plain = pattern.sub(instead, plain)
    return str(_stemmer(algorithm).stemWord(plain))


def _stemmer(algorithm: str) -> Stemmer.Stemmer:
    made: dict[str, Stemmer.Stemmer] = _of_this_thread.__dict__.setdefault("made", {})
    if algorithm not in made:
        made[algorithm] = Stemmer.Stemmer(algorithm)
        made[algorithm].maxCacheSize = 0  # who asks keeps what it was told
    return made[algorithm]


@cache
def common_words(language: str) -> frozenset[str]:
    """Words of a base language, folded, without which a question says the same."""
    try:
        known = stopwords_for_language(_STOP_WORDS_OF.get(language, language))
    except NoStopWords:
        return frozenset()
    return frozenset(fold(word) for word in {*known, *_COMMON.get(language, ())}) - _TELLING.get(language, set())
