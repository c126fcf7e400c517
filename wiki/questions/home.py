"""Questions in "My work": what waits for the reader's answer, and what they asked themselves."""

from dataclasses import dataclass

from sqlalchemy import and_, exists, or_
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Question, QuestionAnswer, QuestionAsked
from wiki.questions.seeing import questions_of, seen_of
from wiki.questions.showing import Shown, show

#: Questions that the home shows.
SHOWN = 12


@dataclass(frozen=True)
class Waiting:
    """`to_answer` were put to the reader and have no answer of theirs, oldest first; `mine` are their own open ones, newest first."""

    to_answer: list[Shown]
    mine: list[Shown]

    def __bool__(self) -> bool:
        return bool(self.to_answer or self.mine)


def for_home(session: Session, viewer: Viewer) -> Waiting:
    """At most four statements, one if there is nothing."""
    asked = exists().where(QuestionAsked.question_id == Question.id, QuestionAsked.account_id == viewer.account_id)
    answered = exists().where(QuestionAnswer.question_id == Question.id, QuestionAnswer.author_id != Question.asker_id)
    mine = Question.asker_id == viewer.account_id
    rows = session.execute(
        questions_of(viewer)
        .where(Question.state == "open", or_(mine, and_(asked, ~answered)))
        .order_by(Question.asked_at, Question.id)
        .limit(SHOWN * 2)
    ).all()
    if not rows:
        return Waiting([], [])
    shown = show(session, viewer, [seen_of(row) for row in rows])
    return Waiting([one for one in shown if not one.mine][:SHOWN], [one for one in reversed(shown) if one.mine][:SHOWN])
