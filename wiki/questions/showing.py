"""How questions stand, in words: who has them, and where they go next."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of
from wiki.i18n import format_date, format_weekday, time_zone
from wiki.i18n import gettext as _
from wiki.models import Account, QuestionAnswer, QuestionAsked
from wiki.questions.answers import answers_of, said
from wiki.questions.seeing import Seen


@dataclass(frozen=True)
class Status:
    """`tone` as in parts/ui.html; `more` is what comes next, "" if nothing does."""

    key: str
    tone: str
    label: str
    more: str = ""


@dataclass(frozen=True)
class AskedPerson:
    account_id: int
    name: str
    why: str


@dataclass(frozen=True)
class Shown:
    """A question as one reader is shown it. `partner` and `org` are named only to those who may read their pages."""

    seen: Seen
    status: Status
    asked: Sequence[AskedPerson] = ()
    answers: Sequence[QuestionAnswer] = ()
    partner: str = ""
    org: str = ""
    written: tuple[str, str, str] | None = None
    mine: bool = False
    asks_me: bool = False

    @property
    def best(self) -> QuestionAnswer | None:
        """The answer that settled it, else the last one."""
        return self.settled or (self.answers[-1] if self.answers else None)

    @property
    def said(self) -> str:
        """What settled it, in its first words."""
        return said(self.settled)

    @property
    def settled(self) -> QuestionAnswer | None:
        return next((one for one in self.answers if one.id == self.seen.question.answer_id), None)


@dataclass
class _Around:
    asked: dict[int, list[AskedPerson]] = field(default_factory=dict)
    answers: Mapping[int, list[QuestionAnswer]] = field(default_factory=dict)
    names: Mapping[int, tuple[str, str, str]] = field(default_factory=dict)


def show(session: Session, viewer: Viewer, questions: Sequence[Seen]) -> list[Shown]:
    """Questions that the viewer may know of, with who was asked and what was answered; three statements for all."""
    ids = [one.question.id for one in questions]
    around = _Around(
        _asked(session, ids), answers_of(session, viewer, ids), titles_of(session, viewer, _pages(questions))
    )
    return [_shown(viewer, one, around) for one in questions]


def _pages(questions: Iterable[Seen]) -> set[int]:
    named = ((one.question.partner_id, one.question.written_id, one.question.org_id) for one in questions)
    return {page for pages in named for page in pages if page is not None}


def _asked(session: Session, ids: Collection[int]) -> dict[int, list[AskedPerson]]:
    if not ids:
        return {}
    rows = session.execute(
        select(QuestionAsked.question_id, QuestionAsked.account_id, Account.name, QuestionAsked.why)
        .join(Account, Account.id == QuestionAsked.account_id)
        .where(QuestionAsked.question_id.in_(sorted(ids)))
        .order_by(QuestionAsked.time, Account.name)
    )
    found: dict[int, list[AskedPerson]] = {}
    for question, account, name, why in rows:
        found.setdefault(question, []).append(AskedPerson(account, name, why))
    return found


def _shown(viewer: Viewer, seen: Seen, around: _Around) -> Shown:
    question = seen.question
    asked, answers = around.asked.get(question.id, []), around.answers.get(question.id, [])
    partner = around.names.get(question.partner_id or 0, ("",))[0]
    return Shown(
        seen,
        status_of(seen, _from(viewer, asked), answers, partner),
        asked,
        answers,
        partner,
        around.names.get(question.org_id or 0, ("",))[0],
        around.names.get(question.written_id or 0),
        question.asker_id == viewer.account_id,
        any(one.account_id == viewer.account_id for one in asked),
    )


def _from(viewer: Viewer, asked: Sequence[AskedPerson]) -> list[str]:
    """The names of those asked, as the viewer would say them: themselves first."""
    others = [one.name for one in asked if one.account_id != viewer.account_id]
    return [_("you"), *others] if len(others) < len(asked) else others


def status_of(seen: Seen, inside: Sequence[str], answers: Sequence[QuestionAnswer], partner: str) -> Status:
    question = seen.question
    if question.state == "withdrawn":
        return Status("withdrawn", "quiet", _("Taken back"))
    if question.state == "answered":
        return Status("answered", "good", _("Answered"))
    if any(one.author_id != question.asker_id for one in answers):
        return Status(
            "has_answer", "note", _("Has an answer"), _("The asker has not said yet whether this answers it.")
        )
    if question.partner_at is not None:
        who = partner or _("a partner")
        since = format_date(day_of(question.partner_at))
        return Status(
            "with_partner", "warn", _("With %(partner)s", partner=who), _("It went to them on %(date)s.", date=since)
        )
    label = _("Waiting for %(names)s", names=", ".join(inside[:2])) if inside else _("Waiting for an answer")
    if len(inside) > 2:
        label = _("Waiting for %(names)s and others", names=", ".join(inside[:2]))
    return Status("waiting", "note", label, goes_on(question.goes_at, partner))


def goes_on(moment: datetime | None, partner: str) -> str:
    """ "Goes to the Council on Thu, Nov 26, 2026 if nobody inside answers"; "" if it goes nowhere."""
    if moment is None:
        return ""
    day = weekday(moment)
    if not partner:
        return _("Goes to a partner on %(day)s if nobody inside answers", day=day)
    return _("Goes to %(partner)s on %(day)s if nobody inside answers", partner=partner, day=day)


def weekday(moment: datetime) -> str:
    """The day of a moment where the site is, with its name: "Thu, Nov 26, 2026"."""
    return format_weekday(day_of(moment))


def day_of(moment: datetime) -> date:
    """The day of a moment where the site is."""
    return moment.astimezone(ZoneInfo(time_zone())).date()


def reasons(space: str, about: str = "", partner: str = "") -> dict[str, str]:
    """Why somebody is asked, by the keys of REASONS."""
    return {
        "owner": _("keeps this page right"),
        "buddy": _("is your buddy"),
        "holds": _("has a part in this page"),
        "theme": _("can be asked about “%(theme)s”", theme=about) if about else _("can be asked about this"),
        "coordinator": _("coordinates %(space)s", space=space),
        "partner": _("speaks for %(partner)s", partner=partner) if partner else _("speaks for a partner"),
    }
