"""How many questions people have asked: answered inside, or carried to partners."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from wiki.models import Account, Question


@dataclass(frozen=True)
class Counts:
    """`inside` never went to a partner, `partners` did; what was withdrawn before it did is not counted."""

    inside: int = 0
    partners: int = 0


def counts_of(session: Session, person_ids: Iterable[int], since: datetime | None = None) -> dict[int, Counts]:
    """By the pages that stand for people, all of them; one statement. Numbers only: what was asked is for those who may read it."""
    wanted = sorted(set(person_ids))
    inside = and_(Question.partner_at.is_(None), Question.state != "withdrawn")
    rows = session.execute(
        select(
            Account.person_id,
            func.sum(case((inside, 1), else_=0)),
            func.sum(case((Question.partner_at.is_not(None), 1), else_=0)),
        )
        .join(Question, Question.asker_id == Account.id)
        .where(Account.person_id.in_(wanted), *([Question.asked_at >= since] if since is not None else []))
        .group_by(Account.person_id)
    )
    found = {row[0]: Counts(int(row[1]), int(row[2])) for row in rows}
    return {one: found.get(one, Counts()) for one in wanted}
