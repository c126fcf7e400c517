"""The answers to questions, as far as somebody may read them.

Whoever is asked as a partner reads what was answered since the question reached them: what people inside wrote to each
other before was not for them.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Question, QuestionAnswer, QuestionAsked
from wiki.rendering.plain import excerpt


def readable_answers(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on answers joined to a question that the viewer may know of."""
    coordinated = sorted({one.space_id for one in viewer.memberships if one.role == "coordinator"})
    outside = exists().where(
        QuestionAsked.question_id == Question.id,
        QuestionAsked.account_id == viewer.account_id,
        QuestionAsked.why == "partner",
    )
    return or_(
        Question.partner_at.is_(None),
        QuestionAnswer.written_at >= Question.partner_at,
        QuestionAnswer.author_id == viewer.account_id,
        Question.asker_id == viewer.account_id,
        Question.space_id.in_(coordinated),
        ~outside,
    )


def said(answer: QuestionAnswer | None, length: int = 260) -> str:
    """The first words of an answer, without its markup."""
    return excerpt(answer.text, length) if answer is not None else ""


def answers_of(session: Session, viewer: Viewer, question_ids: Collection[int]) -> dict[int, list[QuestionAnswer]]:
    """The answers of questions that the viewer may know of, as they came."""
    if not question_ids:
        return {}
    rows = session.scalars(
        select(QuestionAnswer)
        .join(Question, Question.id == QuestionAnswer.question_id)
        .where(and_(QuestionAnswer.question_id.in_(sorted(question_ids)), readable_answers(viewer)))
        .order_by(QuestionAnswer.written_at, QuestionAnswer.id)
    )
    found: dict[int, list[QuestionAnswer]] = {}
    for one in rows:
        found.setdefault(one.question_id, []).append(one)
    return found
