"""Every language that the program speaks says everything, and says it with the same names in it."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from scripts import translations
from wiki import i18n

CODES = sorted(file.parent.parent.name for file in i18n.TRANSLATIONS.glob("*/*/messages.po"))
PLACES = re.compile(r"%\(\w+\)s|%%|\{\w*\}|\[\[|\[\^1\]")

every_language = pytest.mark.parametrize("code", CODES)


def said(message: Message) -> Iterator[tuple[str, str]]:
    """(English, translation) of each form of a text."""
    if isinstance(message.id, str):
        yield message.id, str(message.string or "")
    else:
        one, many = message.id
        forms = message.string if isinstance(message.string, tuple) else (str(message.string or ""),)
        yield from ((one if number == 0 else many, form) for number, form in enumerate(forms))


def texts(code: str) -> list[tuple[str, str]]:
    return [pair for message in translations.read(code) if message.id for pair in said(message)]


@every_language
def test_it_works(code: str) -> None:
    """Nothing is missing, and nothing is kept that is said no more: `python -m scripts.translations` mends the file."""
    wanted = {str(message.id) for message in translations.template() if message.id}
    there = {str(message.id) for message in translations.read(code) if message.id}
    assert sorted(wanted - there)[:20] == [], "not in the file yet"
    assert sorted(there - wanted)[:20] == [], "said no more"


@every_language
def test_no_text_is_left_untranslated(code: str) -> None:
    assert [english for english, other in texts(code) if not other.strip()][:20] == []


@every_language
def test_names_and_marks_are_the_same(code: str) -> None:
    for english, other in texts(code):
        wanted, found = sorted(set(PLACES.findall(english))), sorted(set(PLACES.findall(other)))
        assert found == [place for place in wanted if place in found], other
        assert set(wanted) - set(found) <= {"%(count)s"} or "ngettext" in other, (english, other)


@every_language
def test_no_text_is_marked_as_a_guess(code: str) -> None:
    assert [message.id for message in translations.read(code) if message.id and message.fuzzy] == []
