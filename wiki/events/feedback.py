"""How it was: two minutes of those who came, with a name or without.

Without a name nothing is kept that tells who it was: no account, no time, no order, no event in the log, and no mark at
the sign-up. So nobody is stopped from answering twice but by their own browser, which remembers, and by the number of those who came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.errors import Forbidden, Invalid, Problem
from wiki.events.addresses import new_seed
from wiki.events.attendance import how_many_came
from wiki.events.plan import CANCELLED, HELD, REPORTED, Plan
from wiki.events.turns import IN, were_there
from wiki.i18n import gettext as _
from wiki.i18n import sort_key
from wiki.models import EventFeedback, EventSignup, Page
from wiki.text import tidy

#: Nothing is shown before so many have answered, and nothing without a name before so many have left theirs off.
ENOUGH = 3
LONGEST = 500
#: So long after its last day people can still say how it was.
ASKED_FOR = timedelta(days=60)
SCALE = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Said:
    """One sentence; `by` is "" for those without a name."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class Summary:
    """What is shown: words apart from each other, in the order of the alphabet, so that no answer stands there whole."""

    answers: int = 0
    useful: Mapping[int, int] = field(default_factory=dict)
    will_try: tuple[Said, ...] = ()
    worries: tuple[Said, ...] = ()

    @property
    def average(self) -> float | None:
        given = sum(self.useful.values())
        return round(sum(mark * count for mark, count in self.useful.items()) / given, 1) if given else None


def why_not(session: Session, page: Page, plan: Plan, fields: Mapping[str, Any], came: bool, today: date) -> str:
    """Why somebody cannot say how it was, in their language; "" if they can."""
    ended = plan.last is not None and plan.last < today
    if plan.state == CANCELLED or not (plan.state in (HELD, REPORTED) or ended):
        return _("People are asked how it was when it has taken place.")
    if plan.last is not None and today > plan.last + ASKED_FOR:
        return _("The time to say how it was is over.")
    if not came:
        return _("Those who came are asked how it was.")
    return ""


def came(session: Session, page: Page, fields: Mapping[str, Any], account: int | None, person: int | None) -> bool:
    """Whether somebody with an account took part: ticked as there (or with a place, until it is), or named on the page."""
    rows = fields.get("attendance", [])
    if person is not None and any(row.get("person") == person for row in rows):
        return True
    query = select(EventSignup.id).where(
        EventSignup.page_id == page.id, EventSignup.account_id == account, were_there()
    )
    return account is not None and session.scalar(query) is not None


def give(
    session: Session,
    page: Page,
    fields: Mapping[str, Any],
    form: Mapping[str, str],
    account: int | None = None,
    name: str = "",
) -> EventFeedback:
    """Keep an answer. With `name` (and an account, if there is one) it replaces their earlier one. Raises Invalid, Forbidden."""
    said = _read(form)
    answer = _earlier(session, page.id, account, name) if name else None
    if answer is None:
        if _count(session, page.id) >= _who_came(session, page.id, fields):
            raise Forbidden(_("As many people as came have answered already."))
        answer = EventFeedback(id=new_seed(), page_id=page.id, account_id=account if name else None, name=name)
        session.add(answer)
    answer.useful, answer.will_try, answer.worry = said
    session.flush()
    return answer


def earlier(session: Session, page_id: int, account: int | None) -> EventFeedback | None:
    """What somebody said with their name."""
    return _earlier(session, page_id, account, "") if account is not None else None


def summary(session: Session, page_id: int) -> Summary | None:
    """What may be shown; None as long as too few have answered."""
    answers = list(session.scalars(select(EventFeedback).where(EventFeedback.page_id == page_id)))
    nameless = [one for one in answers if not one.name]
    if len(nameless) < ENOUGH:
        answers = [one for one in answers if one.name]
    if len(answers) < ENOUGH:
        return None
    marks = [one.useful for one in answers if one.useful]
    return Summary(
        answers=len(answers),
        useful={mark: marks.count(mark) for mark in SCALE},
        will_try=_sentences((one.will_try, one.name) for one in answers),
        worries=_sentences((one.worry, one.name) for one in answers),
    )


def _sentences(said: Any) -> tuple[Said, ...]:
    return tuple(sorted((Said(text, by) for text, by in said if text), key=lambda one: sort_key(one.text)))


def _read(form: Mapping[str, str]) -> tuple[int | None, str, str]:
    useful = form.get("useful", "")
    will_try, worry = tidy(form.get("will_try", "")), tidy(form.get("worry", ""))
    problems = [
        Problem(key, _("Say it in %(most)s characters at most.", most=LONGEST))
        for key, text in (("will_try", will_try), ("worry", worry))
        if len(text) > LONGEST
    ]
    if not (useful or will_try or worry):
        problems.append(Problem("useful", _("Answer at least one of the questions.")))
    if useful and useful not in {str(mark) for mark in SCALE}:
        problems.append(Problem("useful", _("Choose one of the marks.")))
    if problems:
        raise Invalid(problems)
    return int(useful) if useful else None, will_try, worry


def _earlier(session: Session, page_id: int, account: int | None, name: str) -> EventFeedback | None:
    whose = EventFeedback.account_id == account if account is not None else EventFeedback.name == name
    query = select(EventFeedback).where(EventFeedback.page_id == page_id, whose)
    return session.scalars(query).first()


def _count(session: Session, page_id: int) -> int:
    return session.scalar(select(func.count()).select_from(EventFeedback).where(EventFeedback.page_id == page_id)) or 0


def _who_came(session: Session, page_id: int, fields: Mapping[str, Any]) -> int:
    came = how_many_came(session, page_id)
    if came is not None:
        return came
    query = select(func.count()).where(EventSignup.page_id == page_id, EventSignup.status == IN)
    return (session.scalar(query) or 0) + len(fields.get("attendance", []))
