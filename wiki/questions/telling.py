"""Who is told what about a question: once each, and nobody whom it has not reached yet."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from wiki.models import Question, QuestionAnswer
from wiki.notices.telling import tell


def _tell(
    session: Session, to: Iterable[int | None], reason: str, question: Question, by: int | None, text: str = ""
) -> None:
    """With the page, so that nobody reads of it who may not read the page any more when they read the notice."""
    receivers = [one for one in to if one is not None]
    link = f"/questions/{question.id}"
    words = {"text": text or question.text}
    group = str(question.id)
    others = {"other": question.partner_id} if question.partner_id is not None else {}
    tell(session, receivers, reason, question.page_id, by=by, link=link, group=group, words=words, pages=others)


def asked(session: Session, question: Question, accounts: Iterable[int]) -> None:
    _tell(session, accounts, "question_asked", question, question.asker_id)


def carried(session: Session, question: Question, contact: int, by: int | None) -> None:
    """To whoever speaks for the partner; and to the asker, if it was carried by itself."""
    _tell(session, [contact], "question_partner", question, question.asker_id)
    if by is None:
        _tell(session, [question.asker_id], "question_carried", question, None)


def answered(session: Session, question: Question, answer: QuestionAnswer) -> None:
    _tell(session, [question.asker_id], "question_answered", question, answer.author_id)


def settled(session: Session, question: Question, answer: QuestionAnswer) -> None:
    _tell(session, [answer.author_id], "question_settled", question, question.asker_id)


def suggested(session: Session, question: Question, accounts: Iterable[int], by: int | None) -> None:
    _tell(session, accounts, "question_suggested", question, by)
