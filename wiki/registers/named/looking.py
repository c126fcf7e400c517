"""What somebody looks for in a list, in words of their own: every word, in any form of it, or begun."""

from collections.abc import Callable, Iterable

from wiki.i18n import language as spoken
from wiki.search import language


def speaks_of(asked: Iterable[str]) -> Callable[[Iterable[object]], bool]:
    """Whether texts have all the words asked for; little words ("the") are left out unless there are no others."""
    speech = spoken()
    words = [word for text in asked for word in language.words(text)]
    telling = [word for word in words if not language.is_common(word, speech)] or words
    wanted = [form for word in telling for form in language.forms(word, language.base_language(speech))]

    def passes(texts: Iterable[object]) -> bool:
        there = [form for text in texts for form in language.pairs(str(text), speech)]
        stems = {stem for stem, _word in there}
        return all(stem in stems or any(known.startswith(word) for _stem, known in there) for stem, word in wanted)

    return passes
