"""What is stored of people on paths, read in two statements for any number of them, as far as one reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    not_,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer
from wiki.models import Account, Enrolment, FieldValue, Link, Page, Question, Receipt, Revision, Row, Space, StepTaken
from wiki.models.base import Moment
from wiki.paths.seeing import enrolments_for
from wiki.quick_access import readable_pages

#: The table of a path with its steps, and the link from a step to its page.
STEPS, STEP_PAGE = "steps", "steps.page"
_Person, _For = aliased(Page), aliased(FieldValue)


@dataclass(frozen=True)
class Taken:
    """What somebody has done of a step: "done" or "skipped", when, and which revision of its page they had before them."""

    row_id: str
    status: str
    time: datetime
    page_id: int | None
    revision: int | None
    by_id: int | None
    by_itself: bool
    note: str
    what: str


@dataclass
class Recorded:
    """One enrolment: `row` has its columns, its path's and the names; `steps` are the rows of the path as they are now.

    `hidden` are the steps whose pages the newcomer may not open: for them these steps are not there. `changed` says for
    steps that were read up to which revision their page has changed materially since. `asked` is how many questions the
    newcomer has asked since they began: inside, and carried to partners.
    """

    row: Any
    steps: list[dict[str, Any]] = field(default_factory=list)
    taken: dict[str, Taken] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    changed: dict[str, int] = field(default_factory=dict)
    asked: tuple[int, int] = (0, 0)


def enrolments(session: Session, viewer: Viewer, *where: ColumnElement[bool]) -> list[Recorded]:
    """The enrolments that the viewer may know of, the newest first; conditions on `Enrolment`, and on its path as `Page`."""
    if not viewer.signed_in:
        return []
    return recorded(session, enrolments_for(viewer), *where)


def recorded(session: Session, *where: ColumnElement[bool]) -> list[Recorded]:
    """The same whoever asks: for the machine's own use."""
    rows = session.execute(_enrolments().where(*where).order_by(Enrolment.id.desc())).all()
    found = {row.enrolment: Recorded(row) for row in rows}
    if not found:
        return []
    paths: dict[int, list[Recorded]] = {}
    for one in found.values():
        paths.setdefault(one.row.id, []).append(one)
    for part in session.execute(union_all(*_parts(list(found), list(paths)))):
        if part.what == "step":
            for one in paths[part.owner]:
                one.steps.append({**part.data, "id": part.row, "position": part.a})
        else:
            _READ[part.what](found[part.owner], part)
    for one in found.values():
        one.steps.sort(key=lambda step: step["position"])
    return list(found.values())


_SHOWN: tuple[Any, ...] = (
    *(Page.id, Page.slug, Page.title, Page.kind, Page.state, Page.space_id, Page.owner_id, Page.partnership_id),
    *(Page.changed_at, Page.created_at, Page.archived_at),
    Space.slug.label("space"),
    Enrolment.id.label("enrolment"),
    *(Enrolment.person_id, Enrolment.org_id, Enrolment.role_id, Enrolment.assigned_by, Enrolment.buddy_id),
    *(Enrolment.started, Enrolment.due, Enrolment.finished_at, Enrolment.ended_at, Enrolment.ended_why),
    Enrolment.created_at.label("enrolled_at"),
    _Person.title.label("person"),
    _For.text.label("for_partners"),
)


def _enrolments() -> Select[Any]:
    return (
        select(*_SHOWN)
        .select_from(Enrolment)
        .join(Page, and_(Page.id == Enrolment.path_id, Page.deleted_at.is_(None)))
        .join(Space, Space.id == Page.space_id)
        .join(_Person, _Person.id == Enrolment.person_id)
        .outerjoin(_For, and_(_For.page_id == Page.id, _For.key == "for_partner_orgs", _For.position == 0))
    )


_COLUMNS: dict[str, Any] = {
    "row": String,
    "a": Integer,
    "b": Integer,
    "c": Integer,
    "moment": Moment,
    "word": String,
    "note": String,
    "text": String,
    "data": JSON,
}


def _part(what: str, owner: Any, **columns: Any) -> Select[Any]:
    """One part of the union; only what is empty is cast, as in `wiki.facts.parts`."""
    values = [columns.get(name, cast(null(), type_)).label(name) for name, type_ in _COLUMNS.items()]
    return select(literal(what).label("what"), owner.label("owner"), *values)


def _parts(ids: Sequence[int], paths: Sequence[int]) -> list[Any]:
    steps = _part("step", Row.page_id, row=Row.row_id, a=Row.position, data=Row.data)
    taken = _part(
        "taken",
        StepTaken.enrolment_id,
        row=StepTaken.row_id,
        a=StepTaken.revision,
        b=StepTaken.page_id,
        c=StepTaken.by_id,
        moment=StepTaken.time,
        word=case((StepTaken.by_itself, StepTaken.status + "!"), else_=StepTaken.status),
        note=StepTaken.note,
        text=StepTaken.what,
    )
    return [
        steps.where(Row.page_id.in_(paths), Row.table == STEPS),
        taken.where(StepTaken.enrolment_id.in_(ids)),
        _hidden().where(Enrolment.id.in_(ids)),
        _changed().where(StepTaken.enrolment_id.in_(ids)),
        _asked().where(Enrolment.id.in_(ids)),
    ]


def _hidden() -> Select[Any]:
    """Steps to pages that the newcomer may not open; for who has no account yet, those that were deleted."""
    reads = case((Account.id.is_(None), Page.deleted_at.is_(None)), else_=readable_pages(Account.id))
    return (
        _part("hidden", Enrolment.id, row=Link.row_id)
        .select_from(Enrolment)
        .join(Link, and_(Link.page_id == Enrolment.path_id, Link.name == STEP_PAGE))
        .join(Page, Page.id == Link.target_id)
        .outerjoin(Account, Account.person_id == Enrolment.person_id)
        .where(not_(reads))
    )


def _changed() -> Select[Any]:
    """Steps whose page has changed materially since, unless the newcomer has confirmed a later revision for another reason."""
    later = and_(Revision.page_id == StepTaken.page_id, Revision.number > StepTaken.revision, Revision.material)
    again = exists().where(
        Account.person_id == Enrolment.person_id,
        Receipt.account_id == Account.id,
        Receipt.page_id == StepTaken.page_id,
        Receipt.number >= Revision.number,
    )
    return (
        _part("changed", StepTaken.enrolment_id, row=StepTaken.row_id, a=func.max(Revision.number))
        .select_from(StepTaken)
        .join(Enrolment, Enrolment.id == StepTaken.enrolment_id)
        .join(Revision, later)
        .where(not_(again))
        .group_by(StepTaken.enrolment_id, StepTaken.row_id)
    )


def _asked() -> Select[Any]:
    """Questions of the newcomer since the first day, as `wiki.questions.counting` counts them."""
    inside = and_(Question.partner_at.is_(None), Question.state != "withdrawn")
    return (
        _part(
            "asked",
            Enrolment.id,
            a=func.sum(case((inside, 1), else_=0), type_=Integer),
            b=func.sum(case((Question.partner_at.is_not(None), 1), else_=0), type_=Integer),
        )
        .select_from(Enrolment)
        .join(Account, Account.person_id == Enrolment.person_id)
        .join(Question, and_(Question.asker_id == Account.id, Question.asked_at >= Enrolment.started))
        .group_by(Enrolment.id)
    )


def _read_taken(one: Recorded, part: Any) -> None:
    status = part.word.removesuffix("!")
    one.taken[part.row] = Taken(
        part.row, status, part.moment, part.b, part.a, part.c, part.word.endswith("!"), part.note, part.text
    )


def _read_hidden(one: Recorded, part: Any) -> None:
    one.hidden.add(part.row)


def _read_changed(one: Recorded, part: Any) -> None:
    one.changed[part.row] = part.a


def _read_asked(one: Recorded, part: Any) -> None:
    one.asked = (part.a, part.b)


_READ = {"taken": _read_taken, "hidden": _read_hidden, "changed": _read_changed, "asked": _read_asked}
