"""In which language a reader is spoken to.

What somebody chose for themselves (with the account, or in a visitor's cookie) always holds. Else the browser says which
languages it likes; if it likes several of ours, or none, the language of the space decides, and then the site's.
"""

from functools import lru_cache
from urllib.parse import urlencode

from flask import Request, g, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from wiki import i18n
from wiki.access import language_of_space
from wiki.web.state import session, settings, viewer

#: The cookie of a visitor's choice.
COOKIE = "language"


def offered() -> tuple[str, ...]:
    """The languages of the site in which the program can speak."""
    return tuple(code for code in settings().languages if i18n.is_spoken(code)) or ("en",)


def set_up(asked: Request) -> None:
    """Speak the language of whoever asks, from here to the end of the request."""
    i18n.set_language(_language(asked), settings().time_zone)


def _language(asked: Request) -> str:
    chosen: str | None = g.viewer.language or asked.cookies.get(COOKIE)
    if chosen in offered():
        return chosen
    liked = _liked(asked.headers.get("Accept-Language", ""), offered())
    if len(liked) == 1:
        return liked[0]
    here = language_of_space(session(), viewer(), (asked.view_args or {}).get("space", "")) or settings().language
    possible = liked or offered()
    return next((code for code in (here, settings().language) if code in possible), possible[0])


def others() -> list[tuple[str, str, str]]:
    """Code, own name and address of each other language in which a visitor may read this page."""
    if viewer().signed_in:
        return []
    here = request.full_path.removesuffix("?") if request.method == "GET" else "/"
    return [
        (code, i18n.language_name(code), "/language?" + urlencode({"to": code, "back": here}, safe="/"))
        for code in offered()
        if code != i18n.language()
    ]


@lru_cache
def _liked(header: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the languages that a browser asks for, best first; "fr-CA" asks for "fr"."""
    wanted = parse_accept_header(header, LanguageAccept) if header else []
    found = [_spoken_as(code, languages) for code, quality in wanted if quality > 0]
    return tuple(dict.fromkeys(code for code in found if code))


def _spoken_as(code: str, languages: tuple[str, ...]) -> str | None:
    short = code.partition("-")[0].lower()
    exact = (one for one in languages if one.lower() == code.lower())
    near = (one for one in languages if one.partition("-")[0].lower() == short)
    return next(exact, None) or next(near, None)
