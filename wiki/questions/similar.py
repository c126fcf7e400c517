"""Questions that were asked before: the second one on a topic meets the answer to the first before it is sent."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Integer, Select, String, bindparam, or_, select
from sqlalchemy.orm import Session

from wiki.access import Choices, Viewer
from wiki.models import Page, Question, QuestionAnswer
from wiki.prepared import PreparedFor
from wiki.questions.answers import answers_of, said
from wiki.questions.insiders import Subject
from wiki.questions.seeing import Seen, questions_of, seen_of, visible_questions
from wiki.questions.words import stems_of

#: Words that are looked for, questions that are weighed, questions that are shown.
ASKED, WEIGHED, SHOWN = 16, 400, 5
#: What a question gains by its page, its theme, and by being answered; how much it needs.
SAME_PAGE, SAME_THEME, ANSWERED, ENOUGH = 0.3, 0.15, 0.05, 0.3


@dataclass(frozen=True)
class Before:
    """A question that was asked before, and the answer to show with it: the one that settled it, else the last one."""

    seen: Seen
    answer: QuestionAnswer | None
    likeness: float

    @property
    def said(self) -> str:
        """The answer in its first words."""
        return said(self.answer, 400)


def asked_before(
    session: Session, viewer: Viewer, subject: Subject, *, limit: int = SHOWN, enough: float = ENOUGH
) -> list[Before]:
    """The questions most like this one, among those that the viewer may read: about the same page, theme or words."""
    stems = sorted(stems_of(subject.text, subject.language))[: ASKED * 4]
    page_id = subject.page.id if subject.page is not None else None
    found = _candidates(session, viewer, stems, page_id)
    weights = _weights(stems, found)
    likeness = {one.question.id: _likeness(one.question, weights, page_id, subject.theme) for one in found}
    near = [one for one in found if likeness[one.question.id] >= enough]
    near.sort(key=lambda one: (-likeness[one.question.id], -one.question.id))
    answers = answers_of(session, viewer, [one.question.id for one in near[:limit]])
    return [
        Before(one, _to_show(one.question, answers.get(one.question.id, [])), likeness[one.question.id])
        for one in near[:limit]
    ]


def _candidates(session: Session, viewer: Viewer, stems: Sequence[str], page_id: int | None) -> list[Seen]:
    if not stems and page_id is None:
        return []
    nobody = replace(viewer, name="", language=None, choices=Choices())
    asked = {f"stem_{place}": f" {stem} " for place, stem in enumerate(stems)}
    near = [row.id for row in _NEAR(session, (nobody, len(stems)), page_id=page_id, **asked)]
    if not near:  # by far the most that is searched for
        return []
    found = questions_of(viewer).where(Question.id.in_(near))
    rows = session.execute(found.order_by(Question.changed_at.desc(), Question.id.desc()))
    return [seen_of(row) for row in rows]


def _near(key: tuple[Viewer, int]) -> Select[Any]:
    """The questions that a viewer may know of with any of so many stems, or about a page."""
    viewer, count = key
    words = [Question.stems.contains(bindparam(f"stem_{place}", type_=String)) for place in range(count)]
    here = Question.page_id == bindparam("page_id", type_=Integer)
    return (
        select(Question.id)
        .outerjoin(Page, Page.id == Question.page_id)
        .where(visible_questions(viewer), Question.state != "withdrawn", or_(here, *words))
        .order_by(Question.changed_at.desc(), Question.id.desc())
        .limit(WEIGHED)
    )


_NEAR = PreparedFor(_near)


def _weights(stems: Sequence[str], found: Sequence[Seen]) -> dict[str, float]:
    """What each word tells, from 0 to 1 altogether: a word of few questions more than one of many. A word of none tells as much as the rarest."""
    counts = Counter(stem for one in found for stem in set(one.question.stems.split()).intersection(stems))
    raw = {stem: math.log(1 + (1 + len(found)) / max(counts[stem], 1)) for stem in stems}
    whole = sum(raw.values())
    return {stem: weight / whole for stem, weight in raw.items()} if whole else {}


def _likeness(question: Question, weights: dict[str, float], page_id: int | None, theme: str) -> float:
    shared = sum(weights.get(stem, 0.0) for stem in set(question.stems.split()))
    here = SAME_PAGE if page_id is not None and question.page_id == page_id else 0.0
    topic = SAME_THEME if theme and question.theme == theme else 0.0
    return shared + here + topic + (ANSWERED if question.state == "answered" else 0.0)


def _to_show(question: Question, answers: Sequence[QuestionAnswer]) -> QuestionAnswer | None:
    settled = [one for one in answers if one.id == question.answer_id]
    return (settled or [*answers])[-1] if answers else None
