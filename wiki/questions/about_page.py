"""How many questions about a page its reader may read: counted in the statement that reads the page, so that a page view asks no more than before."""

from typing import Any

from sqlalchemy import Integer, ScalarSelect, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from wiki.models import Membership, Page, Question, QuestionAsked, Space


def questions_about() -> ScalarSelect[Any]:
    """For a statement that reads `page` as `account_id`: the same as `visible_questions` of a page that may be read. A test holds the two to each other."""
    account = bindparam("account_id", type_=Integer)
    mine, acting, here = aliased(Membership), aliased(Membership), aliased(Space)
    asked = exists().where(QuestionAsked.question_id == Question.id, QuestionAsked.account_id == account)
    member = exists().where(
        mine.account_id == account,
        mine.space_id == Question.space_id,
        or_(mine.role == "coordinator", mine.org_id == Question.org_id),
    )
    for_nobody = and_(
        Question.org_id.is_(None),
        ~exists().where(acting.account_id == account, acting.space_id == Question.space_id, acting.org_id.is_not(None)),
        or_(
            exists().where(here.id == Question.space_id, here.default_role != "none"),
            exists().where(acting.account_id == account, acting.space_id == Question.space_id),
        ),
    )
    inside = and_(Question.close.is_(False), or_(member, for_nobody))
    return (
        select(func.count())
        .select_from(Question)
        .where(
            or_(Question.page_id == Page.id, Question.written_id == Page.id),
            Question.state != "withdrawn",
            account.is_not(None),
            or_(Question.asker_id == account, asked, inside),
        )
        .correlate(Page)
        .scalar_subquery()
    )
