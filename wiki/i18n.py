"""The language of the person who reads: translations, dates, numbers, sorting. No Flask: a context variable."""

import gettext as gettext_module
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent / "translations"

_language: ContextVar[str] = ContextVar("language", default="en")
_time_zone: ContextVar[str] = ContextVar("time_zone", default="UTC")
_NONE: Mapping[str, Mapping[str, str]] = {}
_own: ContextVar[Mapping[str, Mapping[str, str]]] = ContextVar("own", default=_NONE)


@contextmanager
def use(language: str, time_zone: str = "UTC") -> Iterator[None]:
    """Speak `language` (a code such as "en" or "fr") inside the block."""
    tokens = _language.set(language), _time_zone.set(time_zone)
    try:
        yield
    finally:
        _language.reset(tokens[0])
        _time_zone.reset(tokens[1])


def set_language(language: str, time_zone: str = "UTC") -> None:
    """Speak `language` from here to the end of the request."""
    _language.set(language)
    _time_zone.set(time_zone)


def language() -> str:
    return _language.get()


def time_zone() -> str:
    """Where the site is: its days begin there."""
    return _time_zone.get()


@lru_cache
def _catalogue(code: str) -> gettext_module.NullTranslations:
    """The translations of a language, or of the language without its region; read from the text file itself, so that
    nothing has to be compiled and nothing can be out of date."""
    for name in (code, code.partition("-")[0]):
        file = TRANSLATIONS / name / "LC_MESSAGES" / "messages.po"
        if file.exists():
            compiled = BytesIO()
            with file.open("rb") as text:
                write_mo(compiled, read_po(text, locale=name))
            compiled.seek(0)
            return gettext_module.GNUTranslations(compiled)
    return gettext_module.NullTranslations()


@lru_cache
def is_spoken(code: str) -> bool:
    """Whether the program itself speaks the language: English, and those with translations."""
    name = code.partition("-")[0]
    return name == "en" or any((TRANSLATIONS / one / "LC_MESSAGES" / "messages.po").exists() for one in (code, name))


@lru_cache
def _locale(code: str) -> Locale:
    return Locale.parse(code, sep="-" if "-" in code else "_")


def locale() -> Locale:
    """How the reader writes dates and numbers, for those who have to read what was typed."""
    return _locale(_language.get())


def is_language(code: str) -> bool:
    """Whether there is a language of that code ("en", "fr-CA") whose dates and numbers are known here."""
    try:
        _locale(code)
    except (TypeError, UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache
def language_name(code: str) -> str:
    """What a language calls itself: "français" for "fr"."""
    return _locale(code).get_display_name() or code


def N_(message: str) -> str:
    """A text that is translated later, where it is shown: marked here so that those who translate find it."""
    return message


def use_words(words: Mapping[str, Mapping[str, str]]) -> None:
    """Say what the program has no words for in these, by language: a site's own page templates have texts of their own."""
    _own.set(words)


def translated(language: str, message: str) -> str:
    """What the program says for a text in a language; "" if it has no words for it."""
    said = _catalogue(language).gettext(message)
    return said if said != message else ""


def in_every_language(message: str) -> list[str]:
    """The text as it is written, and what the program and the site's own page templates say for it in any language."""
    own = (words.get(message, "") for words in _own.get().values())
    said = (message, *(translated(code, message) for code in translated_languages()), *own)
    return list(dict.fromkeys(filter(None, said)))


@lru_cache
def translated_languages() -> tuple[str, ...]:
    """The languages that the program has translations of."""
    return tuple(sorted(file.parts[-3] for file in TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")))


def gettext(message: str, **values: Any) -> str:
    """The message in the reader's language, with its %(name)s filled."""
    if not message:
        return ""
    said = _catalogue(_language.get()).gettext(message)
    if said is message and (own := _own.get()):
        code = _language.get()
        said = (own.get(code) or own.get(code.partition("-")[0], {})).get(message, message)
    return said % values if values else said


def quoted(text: str) -> str:
    """The text in the quotation marks of the reader's language."""
    return gettext("“%(text)s”", text=text)


def ngettext(one: str, many: str, count: int, **values: Any) -> str:
    """The form of the message that suits `count`, which also fills %(count)s."""
    said = _catalogue(_language.get()).ngettext(one, many, count)
    return said % {"count": format_number(count), **values}


def format_date(day: date | str | None, style: str = "medium") -> str:
    """A day as the reader writes it; ISO text is understood; nothing for nothing."""
    if not day:
        return ""
    return _formatted_date(date.fromisoformat(day) if isinstance(day, str) else day, style, _language.get())


@lru_cache(maxsize=4096)
def _formatted_date(day: date, style: str, code: str) -> str:
    return dates.format_date(day, style, _locale(code))


def format_weekday(day: date) -> str:
    """A day with the name that it has in the week: "Thu, Nov 26, 2026"."""
    return dates.format_skeleton("yMMMEd", day, locale=_locale(_language.get()))


def format_month(day: str) -> str:
    """The month of a day (ISO) with its year: "December 2026"."""
    return dates.format_skeleton("yMMMM", date.fromisoformat(day), locale=_locale(_language.get()))


def format_datetime(moment: datetime | None, style: str = "medium") -> str:
    """A moment in the site's time zone, to the minute."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(_time_zone.get()))
    clock = dates.format_time(local, "short", locale=_locale(_language.get()))
    return f"{format_date(local.date(), style)} {clock}"


def format_time(moment: datetime) -> str:
    """The time of day of a moment in the site's time zone, to the minute."""
    local = moment.astimezone(ZoneInfo(_time_zone.get()))
    return dates.format_time(local, "short", locale=_locale(_language.get()))


def format_number(number: int | float | Decimal) -> str:
    if isinstance(number, int) and -1000 < number < 1000:
        return str(number)
    return _formatted_number(number, _language.get())


@lru_cache(maxsize=4096, typed=True)
def _formatted_number(number: int | float | Decimal, code: str) -> str:
    return numbers.format_decimal(number, locale=_locale(code))


def sort_key(text: str) -> tuple[str, str]:
    """Order without regard to accents and case first, then with them."""
    if text.isascii():
        return text.casefold(), text
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
    return plain, text
