"""A path as the reader of its page sees it, and the bar above the page of a step: each with one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    not_,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Account, Enrolment, Link, Page, Receipt, Revision, Row, Space, StepTaken
from wiki.models.base import Moment
from wiki.paths.pages import StepPage
from wiki.paths.records import STEP_PAGE, STEPS
from wiki.paths.walks import DONE, Step, step_title
from wiki.prepared import Prepared
from wiki.quick_access import readable_pages
from wiki.text import url_part


@dataclass(frozen=True)
class Marked:
    """What the reader has done of a step, in short."""

    status: str
    time: datetime
    revision: int | None


@dataclass
class Beside:
    """A path and its reader: `enrolment` is 0 for who is not on it."""

    title: str = ""
    href: str = ""
    enrolment: int = 0
    started: date | None = None
    due: date | None = None
    finished: bool = False
    steps: list[Step] = field(default_factory=list)
    marked: dict[str, Marked] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)

    @property
    def walk_href(self) -> str:
        return f"{self.href}/path/{self.enrolment}"

    @property
    def needed(self) -> list[Step]:
        return [one for one in self.steps if one.needed]

    @property
    def done(self) -> int:
        return sum(self.status(one) == DONE for one in self.needed)

    @property
    def minutes(self) -> int:
        return sum(one.minutes or 0 for one in self.needed)

    def status(self, step: Step) -> str:
        return self.marked[step.row_id].status if step.row_id in self.marked else "to_do"

    def place(self, step: Step) -> int:
        return self.steps.index(step) + 1

    def on_page(self, page_id: int) -> Step | None:
        """The step that is about a page: the first that is to do, else the last that was done."""
        here = [one for one in self.steps if one.page is not None and one.page.id == page_id]
        return next((one for one in here if one.row_id not in self.marked), here[-1] if here else None)

    def after(self, step: Step) -> Step | None:
        """What is to do when this one is done: the next of the path, or one before that was left out."""
        at = self.steps.index(step)
        ahead = [*self.steps[at + 1 :], *self.steps[:at]]
        to_do = [one for one in ahead if one.row_id not in self.marked]
        return next((one for one in to_do if one.needed), next(iter(to_do), None))

    def compare(self, step: Step) -> str:
        """Where it is seen what changed since the reader has read it; "" if nothing did."""
        marked = self.marked.get(step.row_id)
        if step.row_id not in self.changed or step.page is None or marked is None:
            return ""
        return f"{step.page.href}/compare/{marked.revision}/{step.page.number}"


def beside(session: Session, viewer: Viewer, path_id: int) -> Beside | None:
    """The path with its steps that the viewer may see; None if they may not see the path."""
    rows = _ASK(session, account_id=viewer.account_id, path=path_id)
    found = Beside()
    steps = []
    pages: dict[str, StepPage] = {}
    named: set[str] = set()
    for row in rows:
        if row.what == "path":
            found.title, found.href = row.text, _href(row.word)
        elif row.what == "me":
            found.enrolment, found.finished = row.a, bool(row.b)
            found.started, found.due = _day(row.word), _day(row.text)
        elif row.what == "step":
            steps.append((row.a, row.row, row.data))
        elif row.what == "named":
            named.add(row.row)
        elif row.what == "page":
            kind, _slash, state = row.other.partition("/")
            pages[row.row] = StepPage(row.a, row.text, _href(row.word), kind, state, row.b, False)
        elif row.what == "taken":
            found.marked[row.row] = Marked(row.word, row.moment, row.a)
        else:
            found.changed.add(row.row)
    if not found.href:
        return None
    ordered = sorted(steps, key=lambda step: step[0])
    found.steps = [_step(key, data, pages.get(key)) for _n, key, data in ordered if key not in named or key in pages]
    return found


def _step(row_id: str, data: Mapping[str, Any], page: StepPage | None) -> Step:
    minutes = data.get("minutes")
    return Step(
        row_id=row_id,
        kind=str(data.get("kind", "read")),
        title=step_title(data, page),
        why=str(data.get("why", "")),
        question=str(data.get("check_question", "")),
        needed=data.get("needed", "yes") != "optional",
        minutes=int(minutes) if minutes is not None else None,
        estimated=False,
        page=page,
        taken=None,
        changed=False,
        names_page=page is not None,
    )


def _href(address: str) -> str:
    return "/" + "/".join(url_part(one) for one in address.split("/", 1))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


_COLUMNS: dict[str, Any] = {
    "row": String,
    "a": Integer,
    "b": Integer,
    "moment": Moment,
    "word": String,
    "text": String,
    "other": String,
    "data": JSON,
}


def _part(what: str, **columns: Any) -> Select[Any]:
    values = [columns.get(name, cast(null(), type_)).label(name) for name, type_ in _COLUMNS.items()]
    return select(literal(what).label("what"), *values)


def _statement() -> Prepared:
    path = bindparam("path", type_=Integer)
    me = select(Account.person_id).where(Account.id == bindparam("account_id", type_=Integer)).scalar_subquery()
    mine = and_(Enrolment.path_id == path, Enrolment.person_id == me, Enrolment.ended_at.is_(None))
    address = Space.slug + "/" + Page.slug
    readable = _part("path", text=Page.title, word=address).join(Space, Space.id == Page.space_id)
    enrolled = _part(
        "me",
        a=Enrolment.id,
        b=Enrolment.finished_at.is_not(None).cast(Integer),
        word=cast(Enrolment.started, String),
        text=cast(Enrolment.due, String),
    )
    step = _part("step", row=Row.row_id, a=Row.position, data=Row.data).where(Row.page_id == path, Row.table == STEPS)
    to_page = and_(Link.page_id == path, Link.name == STEP_PAGE, Link.target_id.is_not(None))
    page = _part(
        "page",
        row=Link.row_id,
        a=Page.id,
        b=Page.number,
        word=address,
        text=Page.title,
        other=Page.kind + "/" + Page.state,
    )
    taken = _part("taken", row=StepTaken.row_id, a=StepTaken.revision, moment=StepTaken.time, word=StepTaken.status)
    later = and_(Revision.page_id == StepTaken.page_id, Revision.number > StepTaken.revision, Revision.material)
    again = exists().where(
        Receipt.account_id == bindparam("account_id", type_=Integer),
        Receipt.page_id == StepTaken.page_id,
        Receipt.number >= Revision.number,
    )
    changed = _part("changed", row=StepTaken.row_id, a=func.max(Revision.number))
    return Prepared(
        union_all(
            readable.where(Page.id == path, readable_pages()),
            enrolled.where(mine),
            step,
            _part("named", row=Link.row_id).where(to_page),
            page.select_from(Link)
            .join(Page, Page.id == Link.target_id)
            .join(Space, Space.id == Page.space_id)
            .where(to_page, readable_pages()),
            taken.join(Enrolment, Enrolment.id == StepTaken.enrolment_id).where(mine),
            changed.select_from(StepTaken)
            .join(Enrolment, Enrolment.id == StepTaken.enrolment_id)
            .join(Revision, later)
            .where(mine, not_(again))
            .group_by(StepTaken.row_id),
        )
    )


_ASK = _statement()


def path_of_reader() -> Any:
    """For the statement that reads `Page`: a path on which its reader still is and on which the page is a step, or nothing."""
    on_it = and_(
        Account.id == bindparam("account_id", type_=Integer),
        Enrolment.person_id == Account.person_id,
        Enrolment.path_id == Link.page_id,
        Enrolment.ended_at.is_(None),
        Enrolment.finished_at.is_(None),
    )
    found = select(func.min(Link.page_id)).where(Link.target_id == Page.id, Link.name == STEP_PAGE, on_it)
    return found.correlate(Page).scalar_subquery()
