"""An answer becomes page text: a section "Questions and answers" of the page that was asked about, or a page of its own."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog, i18n
from wiki.access import Found, Viewer, page_by_id, space_for
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.content import Content
from wiki.models import Account, Membership, Page, Question, QuestionAnswer, QuestionAsked
from wiki.pages.actions import create_page, save_page
from wiki.pages.storing import content_of, current_revision
from wiki.questions import telling
from wiki.questions.holders import holders_of
from wiki.questions.partners import page_of
from wiki.questions.readers import who_may_read
from wiki.questions.seeing import Seen
from wiki.questions.showing import day_of

#: Kinds that an answer can become where it is about no page.
NEW_KINDS = ("article", "howto")

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)[ \t]*(.*?)[ \t]*#*$")


def may_write(session: Session, viewer: Viewer, seen: Seen) -> bool:
    """Whether the viewer can put the answer into the page, or make a page of it."""
    question = seen.question
    if question.close and question.asker_id != viewer.account_id:
        return False
    try:
        if question.page_id is not None:
            page_by_id(session, viewer, question.page_id, "edit")
        else:
            space_for(session, viewer, seen.space, "create")
    except Forbidden:
        return False
    return True


def write_into_page(
    session: Session, catalogue: Catalogue, viewer: Viewer, seen: Seen, answer: QuestionAnswer, kind: str = "article"
) -> Found:
    """Put question and answer where everybody finds them, in one revision by who asks for it. Raises Forbidden, Invalid."""
    question = seen.question
    if question.close and question.asker_id != viewer.account_id:
        raise Forbidden(_("This question is between the asker and those asked. Only the asker can make it page text."))
    if question.page_id is not None:
        found = page_by_id(session, viewer, question.page_id, "edit")
        _into(session, catalogue, viewer, found.page, question, answer)
    else:
        found = _made(session, catalogue, viewer, seen, answer, kind)
    question.written_id, question.written_at = found.page.id, clock.now()
    question.changed_at = question.written_at
    session.flush()
    eventlog.record(session, viewer, "question.written", space_id=question.space_id, question=question.id)
    return found


def _into(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, question: Question, answer: QuestionAnswer
) -> None:
    content = content_of(current_revision(session, page))
    with i18n.use(page.language, i18n.time_zone()):
        names = {_("Questions and answers"), "Questions and answers"}
        part = _part(question, answer)
        content.body = with_part(content.body, _("Questions and answers"), names, part)
    note = _("A question of %(name)s and its answer", name=question.asker_name)
    if question.close:
        note = _("A question and its answer")
    save_page(session, catalogue, viewer, page, content, page.number, note)


def _made(
    session: Session, catalogue: Catalogue, viewer: Viewer, seen: Seen, answer: QuestionAnswer, kind: str
) -> Found:
    space = space_for(session, viewer, seen.space, "create")
    if kind not in NEW_KINDS or not catalogue.offers(kind):
        raise Invalid([Problem("kind", _("Choose what kind of page it is to be."))])
    question = seen.question
    fields = {"themes": [question.theme]} if question.theme else {}
    body = "\n\n".join(part for part in (question.more, answer.text) if part)
    content = Content(title=question.text, body=body, fields=fields)
    note = _("Made from a question and its answer")
    page = create_page(session, catalogue, viewer, space, catalogue[kind], content, note=note)
    return Found(page, space)


def _part(question: Question, answer: QuestionAnswer) -> str:
    said = _(
        "Answered by %(name)s, %(date)s",
        name=answer.author_name,
        date=i18n.format_date(day_of(answer.written_at), "long"),
    )
    return f"### {question.text}\n\n{lowered(answer.text)}\n\n*{said}*"


def with_part(body: str, heading: str, names: set[str], part: str) -> str:
    """The text with one more part at the end of its section of that heading; the section is made at the end if it is not there."""
    lines = body.rstrip("\n").split("\n") if body.strip() else []
    headings = list(_headings(lines))
    known = {name.casefold() for name in names}
    for place, (_line, level, title) in enumerate(headings):
        if title.casefold() in known:
            after = next((at for at, deep, _title in headings[place + 1 :] if deep <= level), len(lines))
            before = "\n".join(lines[:after]).rstrip("\n")
            rest = "\n".join(lines[after:])
            return f"{before}\n\n{part}\n" + (f"\n{rest}\n" if rest else "")
    whole = "\n".join(lines)
    return f"{whole}\n\n## {heading}\n\n{part}\n" if whole else f"## {heading}\n\n{part}\n"


def lowered(text: str) -> str:
    """An answer's own headings, if it has any, below that of the question."""
    lines = text.split("\n")
    for line, level, title in _headings(lines):
        lines[line] = f"{'#' * min(6, level + 3)} {title}"
    return "\n".join(lines)


def _headings(lines: list[str]) -> list[tuple[int, int, str]]:
    """(line, level, title) of the headings outside code."""
    found, fence = [], ""
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if opened and not fence:
            fence = opened[1]
        elif opened and opened[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence and (heading := _HEADING.match(line)):
            found.append((number, len(heading[1]), heading[2]))
    return found


def suggest(session: Session, viewer: Viewer, seen: Seen) -> int:
    """Somebody who may not edit the page suggests it to who keeps it, or to the coordinators; says how many were told.

    Nobody is told of a question that they may not read.
    """
    question = seen.question
    page = page_of(session, question)
    receivers = _keepers(session, question, page) or _coordinators(session, question)
    receivers = who_may_read(session, question.space_id, page, receivers - {viewer.account_id or 0})
    telling.suggested(session, question, receivers, viewer.account_id)
    eventlog.record(session, viewer, "question.suggested", space_id=question.space_id, question=question.id)
    return len(receivers)


def _keepers(session: Session, question: Question, page: Page | None) -> set[int]:
    """The accounts that keep the page and may read the question: those of the asker's organisation, and those asked."""
    owners = holders_of(session, page)
    asked = select(QuestionAsked.account_id).where(QuestionAsked.question_id == question.id)
    inside = select(Membership.account_id).where(
        Membership.space_id == question.space_id, Membership.org_id == question.org_id
    )
    known = {question.asker_id, *session.scalars(asked), *(() if question.close else session.scalars(inside))}
    accounts = session.scalars(select(Account.id).where(Account.person_id.in_(owners), Account.active))
    return {one for one in accounts if one in known}


def _coordinators(session: Session, question: Question) -> set[int]:
    if question.close:
        return set()
    found = select(Membership.account_id).where(
        Membership.space_id == question.space_id, Membership.role == "coordinator"
    )
    return set(session.scalars(found))
