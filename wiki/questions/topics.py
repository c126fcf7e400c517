"""Topics on which a partner was asked twice or more: can we write this down once?"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Question
from wiki.questions.seeing import Seen, questions_of, seen_of

#: For so many days questions to a partner are remembered together, and so many are too many.
DAYS, TWICE = 90, 2


@dataclass(frozen=True)
class Repeated:
    """A page, or a theme, about which one partner was asked more than once: the questions, newest first."""

    space_id: int
    partner_id: int
    page_id: int | None
    theme: str
    asked: tuple[Seen, ...]

    @property
    def count(self) -> int:
        return len(self.asked)

    @property
    def question_ids(self) -> list[int]:
        return [one.question.id for one in self.asked]


def repeated(session: Session, viewer: Viewer, today: date, time_zone: str = "UTC") -> list[Repeated]:
    """Topics that came to a partner twice or more in the last 90 days, as far as the viewer may read the questions; written down ones are done."""
    since = datetime.combine(today - timedelta(days=DAYS), time(), ZoneInfo(time_zone))
    rows = session.execute(
        questions_of(viewer)
        .where(Question.partner_at >= since, Question.partner_id.is_not(None))
        .order_by(Question.partner_at.desc(), Question.id.desc())
    )
    together: dict[tuple[int, int, int | None, str], list[Seen]] = {}
    for row in rows:
        seen = seen_of(row)
        for page_id, theme in topics_of(seen.question):
            key = (seen.question.space_id, seen.question.partner_id or 0, page_id, theme)
            together.setdefault(key, []).append(seen)
    found: dict[tuple[int, ...], Repeated] = {}
    for key, asked in together.items():
        one = Repeated(*key, tuple(asked))
        if one.count >= TWICE and not _written(one):
            found.setdefault(tuple(one.question_ids), one)
    return list(found.values())


def topics_of(question: Question) -> list[tuple[int | None, str]]:
    """(page, theme) under which a question counts: its page, and the theme that was chosen."""
    page: list[tuple[int | None, str]] = [(question.page_id, "")] if question.page_id is not None else []
    return [*page, *([(None, question.theme)] if question.theme else [])]


def repeated_with(session: Session, viewer: Viewer, question: Question, today: date, time_zone: str) -> Repeated | None:
    """The topic that this question shares with others that went to the same partner; None if it is the only one."""
    if question.partner_at is None:
        return None
    return next((one for one in repeated(session, viewer, today, time_zone) if question.id in one.question_ids), None)


def _written(one: Repeated) -> bool:
    """Whether the newest of them was written down already."""
    return one.asked[0].question.written_at is not None
