"""What can be done with a question: asked, answered, settled, taken up again, taken back, carried to a partner."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.config import Settings
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Page, Question, QuestionAnswer, QuestionAsked
from wiki.questions import telling
from wiki.questions.insiders import Insider, Subject, asked_first
from wiki.questions.partners import Partner, contact_of
from wiki.questions.seeing import Seen
from wiki.questions.waiting import goes_at
from wiki.questions.words import kept, stems_of
from wiki.text import normal, tidy

LONGEST, LONGEST_MORE, LONGEST_ANSWER = 300, 5_000, 20_000
#: People to whom one question is put at most.
MOST_ASKED = 8


@dataclass(frozen=True)
class Asking:
    """What somebody typed: `to` are the accounts that they chose, empty for those who are asked first."""

    text: str
    more: str = ""
    anchor: str = ""
    place: str = ""
    to: Collection[int] = field(default_factory=tuple)
    close: bool = False
    only_they: bool = False


def read_text(text: str, more: str = "") -> tuple[str, str]:
    """A question as it can be kept. Raises Invalid."""
    text, more = tidy(text), normal(more).strip()
    problems = []
    if not text:
        problems.append(Problem("text", _("Write your question.")))
    if len(text) > LONGEST:
        said = _("Ask in at most %(count)s characters; the rest goes into “A few more words”.", count=LONGEST)
        problems.append(Problem("text", said))
    if len(more) > LONGEST_MORE:
        problems.append(Problem("more", _("Say it in at most %(count)s characters.", count=LONGEST_MORE)))
    if problems:
        raise Invalid(problems)
    return text, more


def ask(
    session: Session,
    settings: Settings,
    viewer: Viewer,
    subject: Subject,
    asking: Asking,
    people: list[Insider],
    partner: Partner | None,
) -> Question:
    """Put a question to people inside; to the partner at once only if the asker says that only they can know. Raises Invalid."""
    text, more = read_text(asking.text, asking.more)
    if asking.only_they and (partner is None or partner.contact is None):
        raise Invalid([Problem("partner", _("Choose the partner that you want to ask."))])
    now = clock.now()
    chosen = [one for one in people if one.account_id in asking.to][:MOST_ASKED] or asked_first(people)
    if partner is not None and not asking.only_they and partner.contact in {one.account_id for one in chosen}:
        partner = None  # who would get it then has it already
    question = Question(
        space_id=subject.space_id,
        page_id=subject.page.id if subject.page is not None else None,
        anchor=asking.anchor,
        place=asking.place,
        theme=subject.theme,
        text=text,
        more=more,
        language=subject.language,
        stems="",
        asker_id=viewer.account_id,
        asker_name=viewer.name,
        org_id=subject.org_id,
        close=asking.close,
        asked_at=now,
        changed_at=now,
        partner_id=partner.org_id if partner is not None else None,
        goes_at=goes_at(now, settings.time_zone, settings.holidays) if partner is not None else None,
    )
    question.stems = _stems(question)
    session.add(question)
    session.flush()
    eventlog.record(session, viewer, "question.asked", space_id=question.space_id, question=question.id)
    if asking.only_they and partner is not None and partner.contact is not None:
        _carry(session, viewer, question, partner.contact, only_they=True)
    else:
        put_to(session, question, [(one.account_id, one.why) for one in chosen])
        telling.asked(session, question, [one.account_id for one in chosen])
    return question


def put_to(session: Session, question: Question, people: Iterable[tuple[int, str]]) -> None:
    now = clock.now()
    session.add_all(QuestionAsked(question_id=question.id, account_id=one, why=why, time=now) for one, why in people)
    session.flush()


def answer(session: Session, viewer: Viewer, seen: Seen, text: str) -> QuestionAnswer:
    """What somebody answers who may read the question. An answer from inside keeps it inside. Raises Invalid."""
    question = seen.question
    outside = why_asked(session, question, viewer) == "partner"
    given = QuestionAnswer(
        question_id=question.id,
        author_id=viewer.account_id,
        author_name=viewer.name,
        outside=outside,
        text=_answer_text(text),
        written_at=clock.now(),
    )
    session.add(given)
    if question.asker_id != viewer.account_id:
        question.goes_at = None
    _changed(session, viewer, question, "question.answered")
    telling.answered(session, question, given)
    return given


def edit_answer(session: Session, viewer: Viewer, seen: Seen, answer_id: int, text: str) -> QuestionAnswer:
    """Its own author's other words. Raises NotFound, Forbidden, Invalid."""
    given = answer_of(session, seen, answer_id)
    may_edit(viewer, given)
    text = _answer_text(text)
    if text != given.text:
        given.text, given.changed_at = text, clock.now()
        _changed(session, viewer, seen.question, "question.answer_changed")
    return given


def may_edit(viewer: Viewer, given: QuestionAnswer) -> None:
    """Raises Forbidden for anybody but its author."""
    if given.author_id != viewer.account_id:
        raise Forbidden(_("Only who wrote an answer changes it. You can write another one."))


def settle(session: Session, viewer: Viewer, seen: Seen, answer_id: int) -> None:
    """The asker says that this answers it."""
    question = _own(viewer, seen)
    given = answer_of(session, seen, answer_id)
    question.state, question.answer_id, question.answered_at = "answered", given.id, clock.now()
    question.goes_at = None
    if question.partner_at is None or given.written_at >= question.partner_at:
        question.stems = _stems(question, given.text)
    _changed(session, viewer, question, "question.settled")
    telling.settled(session, question, given)


def reopen(session: Session, settings: Settings, viewer: Viewer, seen: Seen) -> None:
    """It is not answered after all: people inside have as long again before it goes to the partner."""
    question = _own(viewer, seen)
    question.state, question.answer_id, question.answered_at = "open", None, None
    question.stems = _stems(question)
    if question.partner_id is not None and question.partner_at is None:
        question.goes_at = goes_at(clock.now(), settings.time_zone, settings.holidays)
    _changed(session, viewer, question, "question.reopened")


def withdraw(session: Session, viewer: Viewer, seen: Seen) -> None:
    """The asker takes it back: nobody else sees it any more, and it goes nowhere."""
    question = _own(viewer, seen)
    question.state, question.goes_at = "withdrawn", None
    _changed(session, viewer, question, "question.withdrawn")


def open_to_all(session: Session, viewer: Viewer, seen: Seen) -> None:
    """The asker lets the people of their organisation read it too."""
    question = _own(viewer, seen)
    question.close = False
    _changed(session, viewer, question, "question.opened")


def ask_partner(session: Session, settings: Settings, viewer: Viewer, seen: Seen, page: Page | None) -> Partner:
    """The asker says that only the partner can know: it goes there now. Raises Invalid when nobody there can answer."""
    question = _own(viewer, seen)
    today = clock.today(settings.time_zone)
    partner = contact_of(session, question, page, today) if question.partner_at is None else None
    if partner is None or partner.contact is None or question.state != "open":
        raise Invalid([Problem("partner", _("There is nobody whom this question can be carried to."))])
    _carry(session, viewer, question, partner.contact, only_they=True)
    return partner


def _carry(session: Session, viewer: Viewer, question: Question, contact: int, *, only_they: bool) -> None:
    reach(session, question, contact, only_they=only_they)
    eventlog.record(session, viewer, "question.carried", space_id=question.space_id, question=question.id)
    telling.carried(session, question, contact, viewer.account_id)


def reach(session: Session, question: Question, contact: int, *, only_they: bool = False) -> None:
    """The question is with the partner's contact from now on; they may have been asked in another part before."""
    session.execute(
        delete(QuestionAsked).where(QuestionAsked.question_id == question.id, QuestionAsked.account_id == contact)
    )
    put_to(session, question, [(contact, "partner")])
    question.partner_at = question.changed_at = clock.now()
    question.goes_at, question.only_they = None, only_they


def spare(session: Session, viewer: Viewer, seen: Seen) -> None:
    """Somebody was about to ask the same, and found their answer here."""
    seen.question.spared += 1
    eventlog.record(session, viewer, "question.spared", space_id=seen.question.space_id, question=seen.question.id)


def why_asked(session: Session, question: Question, viewer: Viewer) -> str:
    """Why the viewer was asked, one of REASONS; "" if they were not."""
    found = select(QuestionAsked.why).where(
        QuestionAsked.question_id == question.id, QuestionAsked.account_id == viewer.account_id
    )
    return session.scalar(found) or ""


def answer_of(session: Session, seen: Seen, answer_id: int) -> QuestionAnswer:
    """An answer of this question. Raises NotFound."""
    found = session.get(QuestionAnswer, answer_id)
    if found is None or found.question_id != seen.question.id:
        raise NotFound(_("There is no such answer."))
    return found


def _own(viewer: Viewer, seen: Seen) -> Question:
    if seen.question.asker_id != viewer.account_id:
        raise Forbidden(_("Only who asked can do that."))
    return seen.question


def _stems(question: Question, answer: str = "") -> str:
    """The words that find it; those of an answer only if everybody who may read the question may read the answer."""
    return kept(stems_of("\n".join((question.text, question.more, answer)), question.language))


def _answer_text(text: str) -> str:
    text = normal(text).strip()
    if not text:
        raise Invalid([Problem("answer", _("Write the answer."))])
    if len(text) > LONGEST_ANSWER:
        said = _("An answer has at most %(count)s characters. A page holds more.", count=LONGEST_ANSWER)
        raise Invalid([Problem("answer", said)])
    return text


def _changed(session: Session, viewer: Viewer, question: Question, verb: str) -> None:
    question.changed_at = clock.now()
    session.flush()
    eventlog.record(session, viewer, verb, space_id=question.space_id, question=question.id)
