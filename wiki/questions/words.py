"""The words of a question that tell what it is about, kept with it so that others who ask the same find it."""

from wiki.search import language


def stems_of(text: str, spoken: str) -> set[str]:
    """Stems of the words that are not common."""
    return {
        stem
        for stem, word in language.pairs(text, spoken)
        if len(word) > 2 and stem[0] not in language.APART and not language.is_common(word, spoken)
    }


def kept(stems: set[str]) -> str:
    """As they stand in the table: each between blanks."""
    return f" {' '.join(sorted(stems))} " if stems else ""
