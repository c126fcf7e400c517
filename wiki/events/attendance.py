"""Who came, as those who hold an event tick it afterwards: who had a place, who waited, and who came without having asked.

It is kept with the sign-ups and has their rights: hosts read the names, everybody else a number, and those who agreed to be named.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer, titles_of
from wiki.errors import Forbidden, Invalid, Problem
from wiki.events.listing import Coming
from wiki.events.plan import CANCELLED, HELD, REPORTED, Plan
from wiki.events.signing import NAME_LENGTH, new_signup, take_hold
from wiki.events.turns import IN, WAITING, WALKED_IN
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.models import EventSignup
from wiki.text import number_in, tidy

#: Those who can be ticked.
LISTED = (IN, WAITING, WALKED_IN)
#: So many can be written down at once who came without having asked.
MOST_OTHERS = 100
#: Rows of "Who came" on the page whose people were not there.
AWAY = ("apologies", "not_needed")


def ids_in(texts: Iterable[str]) -> frozenset[int]:
    """The numbers that a form sent."""
    return frozenset(map(number_in, texts)) - {0}


def why_not_yet(plan: Plan, today: date) -> str:
    """Why nobody can be ticked, in the reader's language; "" if they can."""
    if plan.state == CANCELLED:
        return _("It was cancelled.")
    begun = plan.first is not None and plan.first <= today
    if begun or plan.state in (HELD, REPORTED):
        return ""
    return _("People are ticked on the day itself, or afterwards.")


def how_many_came(session: Session, page_id: int) -> int | None:
    """How many came; None as long as nobody has ticked it."""
    query = select(func.count(), func.count().filter(EventSignup.came.is_(True)))
    ticked, came = session.execute(query.where(EventSignup.page_id == page_id, EventSignup.came.is_not(None))).one()
    return came if ticked else None


def note(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    *,
    shown: Collection[int] | None,
    came: Collection[int],
    others: Sequence[str],
    today: date,
) -> int:
    """Keep who came of those who were `shown`; `others` ("Name, Organisation") came without having asked. Says how many came.

    Whoever is not among those shown stays as they are; None: everybody was. Raises Forbidden before its day, Invalid.
    """
    held = take_hold(session, catalogue, found, today)
    why = why_not_yet(held.plan, today)
    if why:
        raise Forbidden(why)
    names = _read(others)
    known = _listed(session, found.page.id)
    for signup in known:
        if shown is None or signup.id in shown:
            _tick(session, signup, signup.id in came)
    by_name = {signup.name.casefold(): signup for signup in known}
    for name, org in names:
        _write_down(session, found.page.id, name, org, by_name)
    session.flush()
    number = how_many_came(session, found.page.id) or 0
    eventlog.record(session, viewer, "event.came", page=found.page, count=number)
    return number


def named_on_page(session: Session, viewer: Viewer, fields: Mapping[str, Any], known: Iterable[Coming]) -> list[str]:
    """Those whom the page itself names under "Who came", and who are not on the list: proposed, so that nobody counts twice."""
    rows = [row for row in fields.get("attendance", []) if row.get("presence") not in AWAY]
    titles = titles_of(session, viewer, {row["person"] for row in rows if isinstance(row.get("person"), int)})
    said = [titles[who][0] if who in titles else who for row in rows if (who := row.get("person"))]
    there = {signup.name.casefold() for signup in known}
    return [name for name in said if isinstance(name, str) and name.casefold() not in there]


def _listed(session: Session, page_id: int) -> list[EventSignup]:
    """Everybody who can be ticked."""
    query = select(EventSignup).where(EventSignup.page_id == page_id, EventSignup.status.in_(LISTED))
    return list(session.scalars(query.order_by(EventSignup.asked_at, EventSignup.id)))


def _tick(session: Session, signup: EventSignup, came: bool) -> None:
    if signup.status == WALKED_IN and not came:
        session.delete(signup)  # they are on the list for no other reason
    elif signup.came is not came:
        signup.came, signup.changed_at = came, clock.now()


def _write_down(session: Session, page_id: int, name: str, org: str, known: dict[str, EventSignup]) -> None:
    signup = known.get(name.casefold())
    if signup is None:
        signup = known[name.casefold()] = new_signup(page_id, name)
        signup.org, signup.status = org, WALKED_IN
        session.add(signup)
    signup.came, signup.changed_at = True, clock.now()


def _read(others: Sequence[str]) -> list[tuple[str, str]]:
    lines = [tidy(line) for line in others if tidy(line)]
    if len(lines) > MOST_OTHERS:
        message = ngettext("Write down one person at a time.", "Write down %(count)s people at a time.", MOST_OTHERS)
        raise Invalid([Problem("others", message)])
    pairs = [(tidy(name), tidy(org)) for name, _comma, org in (line.partition(",") for line in lines)]
    if any(not name or max(len(name), len(org)) > NAME_LENGTH for name, org in pairs):
        raise Invalid([Problem("others", _("Write a name on each line, and after a comma the organisation."))])
    return pairs
