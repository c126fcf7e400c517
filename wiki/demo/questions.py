"""The questions that the demo's people have asked: under `later` of their own pages."""

from collections.abc import Iterable, Mapping
from datetime import time
from typing import Any

from sqlalchemy.orm import Session

from wiki.demo.days import moment
from wiki.demo.people import PARTS
from wiki.demo.read import DemoPage
from wiki.demo.stored import Place
from wiki.models import Account, Page, Question, QuestionAnswer, QuestionAsked, Space
from wiki.questions.words import kept, stems_of

#: When people ask, answer, and say that this answers it.
ASKED, ANSWERED, SETTLED = time(10, 12), time(9, 40), time(11, 5)


def add_questions(
    session: Session,
    pages: Iterable[DemoPage],
    made: Mapping[str, Page],
    accounts: Mapping[str, Account],
    space: Space,
    place: Place,
    time_zone: str,
) -> int:
    """Store them as if they had been asked and answered on their days; says how many."""
    asked = [(page, page.later["question"]) for page in pages if "question" in page.later]
    for page, said in asked:
        question = _question(page, said, made, accounts, space, place, time_zone)
        session.add(question)
        session.flush()
        session.add(
            QuestionAsked(
                question_id=question.id,
                account_id=accounts[said["asked_of"]].id,
                why=said["why"],
                time=question.asked_at,
            )
        )
        if "answer" in said:
            _answer(session, question, said, accounts, place, time_zone)
    session.flush()
    return len(asked)


def _question(
    page: DemoPage,
    said: Mapping[str, Any],
    made: Mapping[str, Page],
    accounts: Mapping[str, Account],
    space: Space,
    place: Place,
    time_zone: str,
) -> Question:
    when, text = moment(said["asked_on"], ASKED, place.day0, time_zone), place.text(said["question"])
    return Question(
        space_id=space.id,
        page_id=made[said["page"]].id,
        theme=said.get("theme", ""),
        text=text,
        more=place.text(said.get("more", "")),
        stems=kept(stems_of("\n".join((text, said.get("more", ""), said.get("answer", ""))), "en")),
        asker_id=accounts[page.id].id,
        asker_name=page.title,
        org_id=made[PARTS[page.id].org].id,
        asked_at=when,
        changed_at=when,
    )


def _answer(
    session: Session,
    question: Question,
    said: Mapping[str, Any],
    accounts: Mapping[str, Account],
    place: Place,
    time_zone: str,
) -> None:
    author = accounts[said["answered_by"]]
    answer = QuestionAnswer(
        question_id=question.id,
        author_id=author.id,
        author_name=author.name,
        outside=not said["inside"],
        text=place.text(said["answer"]),
        written_at=moment(said["answered_on"], ANSWERED, place.day0, time_zone),
    )
    session.add(answer)
    session.flush()
    question.state, question.answer_id = "answered", answer.id
    question.answered_at = question.changed_at = moment(said["answered_on"], SETTLED, place.day0, time_zone)
