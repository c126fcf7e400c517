"""Who may know of a question. Every list, count, suggestion, feed and page of questions joins `visible_questions`.

A question is seen by those who may read the page that it is about, and of them by whoever asked it, those whom it was put
to, the people of the asker's organisation in that space, and its coordinators; with `close`, by the first two alone. What
was withdrawn is seen by who asked it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.errors import NotFound, SignInNeeded
from wiki.i18n import gettext as _
from wiki.models import Page, Question, QuestionAsked, Space
from wiki.text import url_part

#: Where a page is now: a question stays in the space in which it was asked.
_PageSpace = aliased(Space)


@dataclass(frozen=True)
class Seen:
    """A question that somebody may read, with the names of where it was asked. `title` and `slug` are "" if it is about no page."""

    question: Question
    space: str
    space_name: str
    title: str = ""
    slug: str = ""
    page_space: str = ""
    owner_id: int | None = None

    @property
    def url(self) -> str:
        return f"/questions/{self.question.id}"

    @property
    def page_url(self) -> str:
        """The page it is about, at the row or section that was meant; "" without one."""
        if not self.slug:
            return ""
        anchor = f"#{url_part(self.question.anchor)}" if self.question.anchor else ""
        return f"/{url_part(self.page_space)}/{url_part(self.slug)}{anchor}"


def visible_questions(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on `question`, outer joined to the page it is about, that a viewer may know of it."""
    if not viewer.signed_in:
        return false()
    about = or_(
        and_(Question.page_id.is_(None), Question.space_id.in_(_spaces(viewer))),
        and_(Page.id.is_not(None), visible_pages(viewer)),
    )
    mine = Question.asker_id == viewer.account_id
    asked = exists().where(QuestionAsked.question_id == Question.id, QuestionAsked.account_id == viewer.account_id)
    inside = and_(Question.close.is_(False), or_(*_inside(viewer)))
    return and_(about, or_(mine, and_(Question.state != "withdrawn", or_(asked, inside))))


def _spaces(viewer: Viewer) -> Any:
    """Spaces in which the viewer has a role, be it that of everybody."""
    own = {member.space_id for member in viewer.memberships}
    return select(Space.id).where(or_(Space.id.in_(own), Space.default_role != "none"))


def _inside(viewer: Viewer) -> list[ColumnElement[bool]]:
    """Questions of people who act for the same organisation, and of the spaces that the viewer coordinates."""
    rules: list[ColumnElement[bool]] = []
    acting = {}
    for space_id in sorted({member.space_id for member in viewer.memberships}):
        if "coordinator" in viewer.roles(space_id):
            rules.append(Question.space_id == space_id)
        elif orgs := viewer.orgs(space_id):
            acting[space_id] = orgs
    rules += [and_(Question.space_id == space, Question.org_id.in_(sorted(orgs))) for space, orgs in acting.items()]
    nobody = and_(Question.org_id.is_(None), Question.space_id.in_(_spaces(viewer)))
    return [*rules, and_(nobody, Question.space_id.not_in(sorted(acting)))]


def questions_of(viewer: Viewer, *more: Any) -> Select[Any]:
    """The questions that the viewer may know of, with what `Seen` holds; `more` columns after it."""
    columns: tuple[Any, ...] = (
        Question,
        Space.slug.label("space"),
        Space.name.label("space_name"),
        Page.title,
        Page.slug,
        select(_PageSpace.slug).where(_PageSpace.id == Page.space_id).correlate(Page).scalar_subquery().label("at"),
        Page.owner_id,
        *more,
    )
    return (
        select(*columns)
        .select_from(Question)
        .join(Space, Space.id == Question.space_id)
        .outerjoin(Page, Page.id == Question.page_id)
        .where(visible_questions(viewer))
    )


def seen_of(row: Any) -> Seen:
    return Seen(row[0], row.space, row.space_name, row.title or "", row.slug or "", row.at or "", row.owner_id)


def question_for(session: Session, viewer: Viewer, question_id: int) -> Seen:
    """One question. Raises NotFound for one that the viewer may not know of as for none, SignInNeeded for visitors."""
    if not viewer.signed_in:
        raise SignInNeeded(_("Sign in first."))
    row = session.execute(questions_of(viewer).where(Question.id == question_id)).one_or_none()
    if row is None:
        raise NotFound(_("There is no such question, or you may not see it."))
    return seen_of(row)
