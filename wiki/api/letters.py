"""`/api/v1/letters`: the letters of a space that were sent, each as far as the caller may read it."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import SpaceInfo
from wiki.api.blueprint import api, caller
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.letters import reading
from wiki.letters.words import Section
from wiki.models import SpaceLetter
from wiki.text import tidy
from wiki.web.state import catalogue, session, settings


@api.get("/letters")
def list_letters() -> ResponseReturnValue:
    """The letters of a space, the newest first; `space` is its slug."""
    who, slug = caller(), tidy(request.args.get("space", ""))
    if not slug:
        raise Invalid([Problem("space", _("Say of which space: “space”."))])
    space = reading.letters_space(session(), who, slug)
    found = reading.letters(session(), space.id, sent=True)
    return jsonify(letters=[_head(space, one) for one in found])


@api.get("/letters/<space>/<month>")
def read_letter(space: str, month: str) -> ResponseReturnValue:
    """One letter with what the caller may read of it; `month` is like 2026-10."""
    who, zone = caller(), settings().time_zone
    info = reading.letters_space(session(), who, space)
    today = clock.today(zone)
    about = reading.past_month(month, today)
    letter = reading.letter_of(session(), info.id, about)
    if letter is None or letter.sent_at is None:
        raise reading.no_letter()
    span = reading.span_of(catalogue(), who, info, about, letter, zone, today)
    found = reading.read(session(), info, span, about, letter)
    parts = [_part(section) for section in found.sections]
    return jsonify({**_head(info, letter), "greeting": letter.greeting, "parts": parts})


def _head(space: SpaceInfo, letter: SpaceLetter) -> dict[str, Any]:
    return {
        "space": space.slug,
        "month": letter.month,
        "sent_at": letter.sent_at.isoformat() if letter.sent_at is not None else None,
        "sent_by": letter.sent_by_name,
        "url": f"{settings().base_url}{reading.address(space.slug, letter.month)}",
    }


def _part(section: Section) -> dict[str, Any]:
    items = [
        {
            "title": item.title,
            "said": item.said,
            "text": item.text,
            "time": item.time.isoformat(),
            "url": f"{settings().base_url}{item.href}" if item.href else None,
        }
        for item in section.items
    ]
    return {"key": section.key, "label": section.label, "items": items}
