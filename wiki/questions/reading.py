"""One question made ready for one reader: its texts as HTML, why each was asked, what they may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import QuestionAnswer
from wiki.pages.links import PageLinks
from wiki.pages.reading import for_viewer
from wiki.questions.page_text import may_write
from wiki.questions.seeing import Seen
from wiki.questions.showing import Shown, reasons, show
from wiki.questions.topics import Repeated, repeated_with
from wiki.rendering.markdown import render


@dataclass(frozen=True)
class AnswerShown:
    answer: QuestionAnswer
    html: Markup
    mine: bool
    settles: bool


@dataclass(frozen=True)
class Reading:
    """`asked` are (name, why); `again` is the topic, if a partner was asked about it before."""

    shown: Shown
    more: Markup
    answers: Sequence[AnswerShown]
    asked: Sequence[tuple[str, str]]
    again: Repeated | None
    may_write: bool


def read(session: Session, viewer: Viewer, seen: Seen, today: date, time_zone: str) -> Reading:
    shown = show(session, viewer, [seen])[0]
    question = seen.question
    answers = [
        AnswerShown(
            one,
            html_of(session, viewer, seen, one.text),
            one.author_id == viewer.account_id,
            one.id == question.answer_id,
        )
        for one in shown.answers
    ]
    return Reading(
        shown,
        html_of(session, viewer, seen, question.more) if question.more else Markup(""),
        sorted(answers, key=lambda one: not one.settles),
        [(one.name, reasons(seen.space_name, "", shown.partner)[one.why]) for one in shown.asked],
        repeated_with(session, viewer, question, today, time_zone),
        may_write(session, viewer, seen) if answers else False,
    )


def html_of(session: Session, viewer: Viewer, seen: Seen, text: str) -> Markup:
    """Markdown that somebody wrote, without the pages that this reader may not know of."""
    space = seen.page_space or seen.space
    links = PageLinks(session, space, seen.question.page_id, seen.slug or None)
    return for_viewer(session, viewer, render(text, links).html, space)
