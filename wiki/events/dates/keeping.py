"""A day that is kept although it does not suit everybody. The reason holds for the days for which it was given, and for no others."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.events.capacity import clashes, concerned
from wiki.events.plan import IDEA, planned
from wiki.i18n import format_date, quoted, time_zone
from wiki.i18n import gettext as _
from wiki.kinds import Content

#: The reason, and the days for which it was given: fields of an event.
KEPT, KEPT_FOR = "dates_kept", "dates_kept_for"


def why_kept(fields: Mapping[str, Any]) -> str:
    """The reason for which the days of an event are kept; "" if nobody gave one for these days."""
    why, given = str(fields.get(KEPT, "")), _days(fields.get(KEPT_FOR))
    days = _days(fields.get("dates"))
    return why if days and given and given[0] <= days[0] and days[1] <= given[1] else ""


def earlier_reason(fields: Mapping[str, Any]) -> str:
    """A reason that was given for other days, in words, so that it can be given again; "" if there is none."""
    why = str(fields.get(KEPT, ""))
    if not why or why_kept(fields):
        return ""
    given = planned({"dates": fields.get(KEPT_FOR)}, IDEA)
    if given.first is None or given.last is None:
        return _("Earlier the reason was: %(why)s", why=quoted(why))
    days = format_date(given.first)
    if given.last != given.first:
        days = _("%(first)s to %(last)s", first=days, last=format_date(given.last))
    return _("For %(days)s the reason was: %(why)s", days=days, why=quoted(why))


def kept_now(fields: Mapping[str, Any], why: str) -> dict[str, Any]:
    """The fields with a reason for the days as they are now."""
    after = {**fields, KEPT: why}
    return {**after, KEPT_FOR: dict(fields["dates"])} if _days(fields.get("dates")) else after


def complete(session: Session, viewer: Viewer, before: Content, after: Content) -> Content:
    """Ties a reason to the days with which it was written, however it is saved.

    Who says the days too is taken at their word. A reason does not answer for an organisation that is named later and
    that the days do not suit: then it has to be given again.
    """
    old, new = before.fields, after.fields
    fields = new
    if not new.get(KEPT):
        fields = {key: value for key, value in new.items() if key != KEPT_FOR}
    elif new.get(KEPT_FOR) == old.get(KEPT_FOR):
        if new[KEPT] != old.get(KEPT):
            fields = kept_now({key: value for key, value in new.items() if key != KEPT_FOR}, new[KEPT])
        elif why_kept(old) and why_kept(new) and _suits_fewer(session, viewer, old, new):
            fields = {key: value for key, value in new.items() if key != KEPT_FOR}
    return after if fields == new else Content(after.title, after.body, fields)


def _suits_fewer(session: Session, viewer: Viewer, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether somebody is concerned by now whom the days do not suit."""
    more = concerned(new) - concerned(old)
    return bool(more) and bool(clashes(session, viewer, planned(new, IDEA), more, clock.today(time_zone())))


def _days(value: Any) -> tuple[str, str] | None:
    """The first and the last day of a range, as they are stored."""
    first = value.get("from") if isinstance(value, Mapping) else None
    return (first, value.get("until") or first) if isinstance(first, str) else None
