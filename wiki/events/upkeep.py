"""What events need from day to day: changes told, places passed on, a reminder the day before, a question afterwards, and forgetting.

Done in the background, when anything has happened or another hour has begun; each event is a transaction of its own.
"""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, or_, select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import VISITOR
from wiki.config import Settings
from wiki.db import Database
from wiki.events import letters, signing
from wiki.events.guests.actions import PATIENCE
from wiki.events.guests.opening import page_for_guest
from wiki.events.plan import CANCELLED, HELD, KIND, OPEN, PARTS, PLANNED, REPORTED, Plan, changed_parts, plan_of
from wiki.events.signing import Held
from wiki.events.turns import IN, LIVE, UNCONFIRMED, was_there
from wiki.i18n import N_
from wiki.kinds import Catalogue
from wiki.models import EventSignup, FieldValue, Page
from wiki.notices.telling import tell
from wiki.notices.wishes import Wish, wishes_of
from wiki.pages.storing import content_of, current_revision

EVERY = timedelta(minutes=1)
#: What stands in a calendar of somebody who was told that it does not take place.
OFF = "off"
#: So long after its last day needs and addresses are forgotten.
KEPT = timedelta(days=60)
#: Who signs up later than this before a reminder needs none.
FRESH = timedelta(hours=12)
#: For so many days after it people are asked how it was.
ASKED = 7
SEVERAL = N_("several things")
#: The last day of an event, as its page says.
_LAST = func.coalesce(FieldValue.date_end, FieldValue.date)


def keeper(database: Database, settings: Settings, catalogue: Catalogue) -> Callable[[], int]:
    """The chore: once a minute at most, and only when something was logged or an hour has passed."""
    return eventlog.follower(
        database,
        EVERY,
        lambda: clock.now().replace(minute=0, second=0, microsecond=0),
        lambda: keep(database, settings, catalogue),
    )


def keep(database: Database, settings: Settings, catalogue: Catalogue) -> int:
    """Do for every event what there is to do; says for how many there was something."""
    today = clock.today(settings.time_zone)
    with database.read() as session:
        due = [page_id for page_id in _events(session, today) if _work(session, settings, page_id, today)]
        stale = _stale(session, today)
    for page_id in due:
        with database.transaction() as session:
            found = page_for_guest(session, page_id)
            if found is not None:
                _look_after(session, settings, signing.take_hold(session, catalogue, found, today))
    if stale:
        with database.transaction() as session:
            forget(session, today)
    return len(due)


def _events(session: Session, today: date) -> list[int]:
    """Events with people on their lists that are to come, or were not long ago."""
    day = select(FieldValue.page_id).where(FieldValue.key == "dates", today - timedelta(days=ASKED + 1) > _LAST)
    listed = select(EventSignup.page_id).where(EventSignup.status.in_(LIVE)).distinct()
    query = select(Page.id).where(Page.id.in_(listed), Page.kind == KIND, Page.id.not_in(day))
    return list(session.scalars(query.order_by(Page.id)))


def _live(session: Session, page_id: int) -> list[EventSignup]:
    query = select(EventSignup).where(EventSignup.page_id == page_id, EventSignup.status.in_(LIVE))
    return list(session.scalars(query.order_by(EventSignup.asked_at, EventSignup.id)))


def _work(session: Session, settings: Settings, page_id: int, today: date) -> bool:
    """Whether there is anything to do for an event, asked without holding it."""
    page = session.get_one(Page, page_id)
    plan = plan_of(page, content_of(current_revision(session, page)).fields)
    people = _live(session, page_id)
    coming = sum(one.status == IN for one in people)
    waits = coming < len(people)
    free = plan.places is None or coming < plan.places
    return (
        (waits and free and plan.is_coming(today))
        or any(_news(plan, one, today) for one in people)
        or bool(_to_remind(session, settings, plan, people))
        or bool(_to_ask(settings, plan, people, today))
    )


def _look_after(session: Session, settings: Settings, held: Held) -> None:
    signing.fill(session, held)
    people = _live(session, held.found.page.id)
    _tell_news(session, held, people)
    for signup in _to_remind(session, settings, held.plan, people):
        signup.reminded_at = clock.now()
        letters.send(session, signup, "reminder")
    asked = _to_ask(settings, held.plan, people, held.today)
    for signup in asked:
        signup.reminded_at = clock.now()
        letters.send(session, signup, "feedback")
    members = [one.account_id for one in asked if one.account_id is not None]
    tell(session, members, "event_feedback", held.found.page.id, link="/feedback", by_mail=False)
    session.flush()


# --- what has changed


def _news(plan: Plan, signup: EventSignup, today: date) -> bool:
    """Whether somebody's calendar says something else than the page."""
    if _is_off(plan):
        return signup.entry != OFF
    return plan.is_coming(today) and signup.entry != plan.entry()


def _is_off(plan: Plan) -> bool:
    return plan.state == CANCELLED or (plan.archived and plan.state not in (HELD, REPORTED))


def _tell_news(session: Session, held: Held, people: list[EventSignup]) -> None:
    plan, page = held.plan, held.found.page
    news = [one for one in people if _news(plan, one, held.today)]
    if not news:
        return
    off, parts = _is_off(plan), set()
    for signup in news:
        changed = changed_parts(signup.entry, plan.entry()) if signup.entry not in ("", OFF) else list(PARTS)
        parts |= set(changed)
        signup.sequence += 1
        signup.entry = OFF if off else plan.entry()
        letters.send(session, signup, "cancelled" if off else "changed", parts=tuple(changed))
    members = [one.account_id for one in news if one.account_id is not None]
    if off:
        tell(session, members, "event_cancelled", page.id, by_mail=False)
    else:
        label = PARTS[min(parts)] if len(parts) == 1 else SEVERAL
        tell(session, members, "event_changed", page.id, words={"now": label}, by_mail=False)
    eventlog.record(session, VISITOR, "event.told", page=page, count=len(news))


# --- the day before, and the days after


def _to_remind(session: Session, settings: Settings, plan: Plan, people: list[EventSignup]) -> list[EventSignup]:
    """Those for whom it is the morning of the day before, by their own clock."""
    if plan.state not in (OPEN, PLANNED) or plan.first is None or plan.archived:
        return []
    waiting = [one for one in people if one.status == IN and one.reminded_at is None]
    wishes = wishes_of(session, [one.account_id for one in waiting if one.account_id is not None])
    return [one for one in waiting if _is_eve(settings, plan, one, wishes.get(one.account_id or 0, Wish()))]


def _is_eve(settings: Settings, plan: Plan, signup: EventSignup, wish: Wish) -> bool:
    zone = ZoneInfo(wish.zone or settings.time_zone)
    now = clock.now()
    starts = plan.starts(settings.time_zone)
    first = starts.astimezone(zone).date() if starts is not None else plan.first
    here = now.astimezone(zone)
    eve = first is not None and here.date() == first - timedelta(days=1) and here.hour >= wish.hour
    return eve and now - signup.asked_at > FRESH


def _to_ask(settings: Settings, plan: Plan, people: list[EventSignup], today: date) -> list[EventSignup]:
    """Those who came and were not asked yet how it was."""
    last = plan.last
    if last is None or plan.state not in (HELD, REPORTED) or not last < today <= last + timedelta(days=ASKED):
        return []
    zone = ZoneInfo(settings.time_zone)
    return [
        one
        for one in people
        if was_there(one) and (one.reminded_at is None or one.reminded_at.astimezone(zone).date() <= last)
    ]


# --- forgetting


def _stale(session: Session, today: date) -> bool:
    return session.scalar(select(EventSignup.id).where(or_(_unanswered(), _long_ago(today))).limit(1)) is not None


def _unanswered() -> ColumnElement[bool]:
    return and_(EventSignup.status == UNCONFIRMED, EventSignup.changed_at < clock.now() - PATIENCE)


def _long_ago(today: date) -> ColumnElement[bool]:
    """Sign-ups that still hold an address or needs, long after the last day of their event."""
    ended = select(FieldValue.page_id).where(FieldValue.key == "dates", today - KEPT > _LAST)
    needs = cast(EventSignup.needs, String)
    return and_(EventSignup.page_id.in_(ended), or_(EventSignup.email != "", needs.not_in(("{}", ""))))


def forget(session: Session, today: date) -> None:
    """Remove what nobody confirmed, and what is kept of needs and addresses long after an event."""
    session.execute(delete(EventSignup).where(_unanswered()))
    session.execute(update(EventSignup).where(_long_ago(today)).values(email="", needs={}))
