"""The home of somebody signed in: what is theirs to do, what is new, where their partnerships stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, visible_pages
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.models import Page, Row
from wiki.registers.listing import Place
from wiki.registers.named.answering import Answer, answer
from wiki.registers.named.asking import Question
from wiki.registers.named.known import REGISTERS
from wiki.registers.named.mine import types
from wiki.registers.named.register import Status
from wiki.registers.named.showing import ShownLine, ShownRegister

#: Lines of a group that are shown at once, and with those that are folded. Lines of what changed.
SHOWN, HELD, NEWS = 6, 50, 5


@dataclass(frozen=True)
class Task:
    """One thing to do: what is asked, and how it stands."""

    shown: ShownLine
    asked: str
    icon: str
    why: str


@dataclass(frozen=True)
class Group:
    key: str
    title: str
    tasks: list[Task]
    count: int

    @property
    def first(self) -> list[Task]:
        return self.tasks[:SHOWN]

    @property
    def rest(self) -> list[Task]:
        return self.tasks[SHOWN:]


@dataclass(frozen=True)
class News:
    """One line of what changed. `group` says what it is about."""

    shown: ShownLine
    group: Status


@dataclass(frozen=True)
class Partnership:
    """A space in which the viewer has a role, with what there is to look at in it."""

    space: SpaceInfo
    signs: list[tuple[str, str, str]]


@dataclass(frozen=True)
class Mine:
    """`tasks` is the register from which the groups were taken: it knows the addresses of what can be done."""

    tasks: ShownRegister
    groups: list[Group]
    news: list[News]
    unseen: int
    partnerships: list[Partnership]


_ICONS = {
    "action": "list-checks",
    "endorsement": "handshake",
    "receiver_view": "message-square",
    "review": "clock-alert",
    "handover": "arrow-right-left",
    "reading": "book-open-check",
}


def mine(session: Session, place: Place) -> Mine:
    tasks = ShownRegister(session, place, answer(session, place, Question(REGISTERS["mine"])), whole=True)
    changes = answer(session, place, Question(REGISTERS["changes"]))
    return Mine(
        tasks,
        _groups(tasks),
        _news(session, place, changes),
        sum(line.status != "minor" for line in changes.found),
        _partnerships(session, place),
    )


def _groups(tasks: ShownRegister) -> list[Group]:
    titles = {
        "overdue": _("Late"),
        "due_in_7_days": _("In the next seven days"),
        "asked": _("Your word is asked"),
        "later": _("Later"),
    }
    asked = types()
    found: dict[str, list[Task]] = {key: [] for key in titles}
    counts = dict.fromkeys(titles, 0)
    for line in tasks.lines_shown:
        key = line.status if line.status in titles else "later"
        counts[key] += 1
        if counts[key] <= HELD:
            why = str(line.data.get("why") or "")
            found[key].append(Task(tasks.line(line), asked[line.found], _ICONS[line.found], why))
    return [Group(key, titles[key], there, counts[key]) for key, there in found.items() if there]


def _news(session: Session, place: Place, changes: Answer) -> list[News]:
    told = [line for line in changes.found if line.status != "minor"][:NEWS]
    shown = ShownRegister(session, place, Answer(changes.question, told, told))
    groups = shown.register.statuses()
    return [News(one, groups[one.line.status]) for one in shown.lines()]


def _partnerships(session: Session, place: Place) -> list[Partnership]:
    """The viewer's own spaces, with how much is late or in trouble there; one statement."""
    own = {member.space_id for member in place.viewer.memberships}
    spaces = [one for one in place.spaces.values() if one.id in own]
    counts = _counts(session, place, [one.id for one in spaces]) if spaces else {}
    return [Partnership(one, _signs(one, *counts.get(one.id, (0, 0, 0)))) for one in spaces]


def _signs(space: SpaceInfo, late: int, troubled: int, due: int) -> list[tuple[str, str, str]]:
    """(tone, words, address) of each thing to look at."""
    found = [
        (
            "bad",
            late,
            ngettext("%(count)s action overdue", "%(count)s actions overdue", late),
            "actions?status=overdue",
        ),
        (
            "bad",
            troubled,
            ngettext("%(count)s promise in trouble", "%(count)s promises in trouble", troubled),
            "commitments?status=disputed,overdue,in_trouble",
        ),
        (
            "warn",
            due,
            ngettext("%(count)s page to look at again", "%(count)s pages to look at again", due),
            "reviews?status=overdue",
        ),
    ]
    return [(tone, said, f"/registers/{where}&space={space.slug}") for tone, count, said, where in found if count]


def _counts(session: Session, place: Place, spaces: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Space -> actions overdue, promises disputed, overdue or in trouble, pages whose next look is past."""
    rows = (
        select(
            Page.space_id,
            func.sum(case((_late_action(place.today), 1), else_=0)),
            func.sum(case((_troubled(place.today), 1), else_=0)),
        )
        .join(Row, Row.page_id == Page.id)
        .where(
            Page.space_id.in_(spaces),
            Page.archived_at.is_(None),
            visible_pages(place.viewer),
            Row.row_type.in_(("action", "commitment")),
        )
        .group_by(Page.space_id)
    )
    found = {row[0]: (int(row[1]), int(row[2]), 0) for row in session.execute(rows)}
    due = (
        select(Page.space_id, func.count())
        .where(
            Page.space_id.in_(spaces),
            Page.archived_at.is_(None),
            Page.over == "",
            visible_pages(place.viewer),
            Page.review_due < place.today,
        )
        .group_by(Page.space_id)
    )
    for space, count in session.execute(due):
        late, troubled, _none = found.get(space, (0, 0, 0))
        found[space] = (late, troubled, count)
    return found


def _late_action(today: date) -> ColumnElement[bool]:
    return and_(Row.row_type == "action", Row.status.in_(("open", "doing", "waiting")), Row.due < today)


def _troubled(today: date) -> ColumnElement[bool]:
    """The same as the register of promises says, in SQL: a test holds the two to each other."""
    return and_(
        Row.row_type == "commitment",
        Page.state.not_in(("superseded", "replaced")),
        func.coalesce(Row.status, "") != "released",
        or_(
            func.coalesce(Row.data["receiver_view"].as_string(), "") == "disagrees",
            and_(
                func.coalesce(Row.status, "") != "honoured",
                or_(Row.due < today, Row.status == "delivery_issue"),
            ),
        ),
    )
