"""How paths and their steps are spoken of."""

from wiki.i18n import gettext as _
from wiki.i18n import ngettext

#: An icon for each kind of step.
ICONS = {
    "read": "book-open",
    "meet": "users-round",
    "try": "pencil",
    "watch": "play",
    "answer": "message-circle-question-mark",
}


def duration(minutes: int) -> str:
    """Minutes as people say them: "25 minutes", "1 h 45 min"."""
    if minutes < 60:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes)
    hours, rest = divmod(minutes, 60)
    if not rest:
        return ngettext("%(count)s hour", "%(count)s hours", hours)
    return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def time_left(minutes: int, without: int, *, estimated: bool = False) -> str:
    """How long what is left will take, as far as anybody can say."""
    unknown = ngettext("%(count)s step without a time", "%(count)s steps without a time", without) if without else ""
    if not minutes:
        return unknown
    known = _("about %(time)s", time=duration(_rounded(minutes))) if estimated else duration(minutes)
    return _("%(known)s, and %(unknown)s", known=known, unknown=unknown) if unknown else known


def _rounded(minutes: int) -> int:
    """An estimate is not told to the minute."""
    return minutes if minutes < 10 else 5 * round(minutes / 5)


def step_kind(kind: str) -> str:
    """What is done in a step of this kind."""
    names = {"read": _("Read"), "meet": _("Meet"), "try": _("Try"), "watch": _("See it done"), "answer": _("Answer")}
    return names.get(kind, kind)
