"""My work: what is mine to do?"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.facts.roles import roles_of
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.kinds.workings.standings import SOON, action_status, promise_status
from wiki.models import FieldValue, Link, Page, ReadingAsked, Row
from wiki.receipts.progress import known_to
from wiki.receipts.standing import OPEN
from wiki.registers.listing import Place
from wiki.registers.named.actions import FAR
from wiki.registers.named.candidates import candidates
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status
from wiki.registers.named.reviews import lines_of
from wiki.registers.named.rows import PAGE_FACTS, PageFacts, facts_of_pages, page_facts, within

#: Handovers in these states still ask something of somebody.
_OPEN_HANDOVERS = ("draft", "ready", "with_successor", "accepted")
#: What is asked -> what can be done to it at once.
_ACTS = {
    "action": ("done", "redate", "hand-on"),
    "receiver_view": ("view",),
    "review": ("still-right", "next-look", "hand-page"),
}
_PLACES = {"overdue": 0, "due_in_7_days": 1, "asked": 2, "due_soon": 4}


class Mine(Register):
    key = "mine"
    icon = "layout-dashboard"
    personal = True

    def label(self) -> str:
        return _("My work")

    def question(self) -> str:
        return _("What is mine to do?")

    def empty(self) -> Empty:
        return Empty(
            _("Nothing is waiting for you"),
            _("Actions with your name, questions to your organisation and pages that you keep right will stand here."),
        )

    def statuses(self) -> dict[str, Status]:
        return {
            "overdue": Status(_("Overdue"), "bad"),
            "due_in_7_days": Status(_("Due in 7 days"), "warn"),
            "asked": Status(_("Asked of you"), "note"),
            "due_soon": Status(_("Due soon"), "note"),
            "waiting": Status(_("Waiting"), "note"),
            "doing": Status(_("Doing"), "note"),
            "open": Status(_("Open")),
        }

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("what", _("What"), "title", lambda line: line.text),
            Column("type", _("What is asked"), "choice", lambda line: line.found, types()),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("due", _("By when"), "day", lambda line: line.due),
            Column("why", _("Why"), "words", lambda line: line.data.get("why")),
            Column("source", _("From"), "source", lambda line: line.page.page_id if line.row_id else None),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [Filter("type", _("What is asked"), "choice", lambda line: (line.found,), types())]

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        if line.found == "review" and line.row_id:
            return ()
        return _ACTS.get(line.found, ())

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        if place.viewer.person_id is None:
            return Found([])
        handovers = list(_handovers(session, place, spaces))
        known = {line.page.page_id for line in handovers}
        reviews = [
            _review(line)
            for one in candidates(session, place, spaces, owner=place.viewer.person_id)
            for line in lines_of(one, place.today)
            if one.page.page_id not in known
        ]
        return Found([*_of_rows(session, place, spaces), *reviews, *handovers, *_readings(session, place, spaces)])

    def summary(self, lines: Sequence[Line]) -> str:
        late = sum(line.status == "overdue" for line in lines)
        total = ngettext("%(count)s thing for you", "%(count)s things for you", len(lines))
        return _("%(total)s, %(late)s of them late.", total=total, late=late) if late else _("%(told)s.", told=total)


def types() -> dict[str, str]:
    """What can be asked of somebody."""
    return {
        "action": _("Action"),
        "endorsement": _("Agreement of your organisation"),
        "receiver_view": _("Your view of a promise"),
        "review": _("Look at it again"),
        "handover": _("Handover"),
        "reading": _("Read and confirm"),
    }


def speaks_for(viewer: Viewer) -> dict[int, set[int]]:
    """Space -> the organisations for which the viewer speaks there."""
    found: dict[int, set[int]] = {}
    for member in viewer.memberships:
        if member.role == "rep" and member.org_id is not None:
            found.setdefault(member.space_id, set()).add(member.org_id)
    return found


def _of_rows(session: Session, place: Place, spaces: Sequence[int]) -> Iterator[Line]:
    """Actions with the viewer's name, and rows that wait for the word of an organisation for which the viewer speaks."""
    query = (
        facts_of_pages()
        .add_columns(Row.row_id, Row.row_type, Row.text, Row.data)
        .join(Row, Row.page_id == Page.id)
        .where(
            visible_pages(place.viewer),
            within(spaces),
            Page.archived_at.is_(None),
            or_(
                and_(Row.row_type == "action", _is_mine(place)),
                *(_asked_in(space, orgs) for space, orgs in speaks_for(place.viewer).items()),
            ),
        )
    )
    for row in session.connection().execute(query):
        line = _ROWS[row.row_type](row, place)
        if line is not None:
            yield line


def _is_mine(place: Place) -> ColumnElement[bool]:
    """Rows that name the viewer, or a role that they hold now."""
    me = place.viewer.person_id
    return or_(Row.person_id == me, Row.person_id.in_(roles_of(me, place.today)))


def _asked_in(space: int, orgs: set[int]) -> ColumnElement[bool]:
    """Rows of a space that ask one of these organisations."""

    def names(column: str) -> ColumnElement[bool]:
        here = and_(Link.page_id == Row.page_id, Link.row_id == Row.row_id, Link.name.like(f"%.{column}"))
        return exists().where(here, Link.target_id.in_(sorted(orgs)))

    return and_(
        Page.space_id == space,
        or_(
            and_(
                Row.row_type == "endorsement",
                Row.status.in_(("asked", "not_yet")),
                Page.state == "out_for_endorsement",
                names("org"),
            ),
            and_(Row.row_type == "commitment", names("made_to")),
        ),
    )


def _action(row: Any, place: Place) -> Line | None:
    page = page_facts(row, place)
    status = action_status(row.data, place.today, page.touched)
    if status in ("done", "done_late", "dropped"):
        return None
    status = {"waiting_14_days": "waiting"}.get(status, status)
    return _line(row, place, "action", status, row.text)


def _endorsement(row: Any, place: Place) -> Line | None:
    return _line(row, place, "endorsement", "asked", row.title, why=_("Does your organisation agree?"))


def _promise(row: Any, place: Place) -> Line | None:
    """A promise that somebody could say something about: made to the viewer's organisation, begun, and never answered."""
    status = promise_status(row.state, row.data, place.today)
    if row.data.get("receiver_view", "not_asked") != "not_asked":
        return None
    if status in ("replaced", "released", "not_yet_triggered") or row.state in ("draft", "in_negotiation", "planned"):
        return None
    return _line(row, place, "receiver_view", "asked", row.text, why=_("Was it kept, in your eyes?"), due=None)


_ROWS = {"action": _action, "endorsement": _endorsement, "commitment": _promise}


def _line(row: Any, place: Place, type_: str, status: str, text: str, **facts: Any) -> Line:
    due = facts["due"] if "due" in facts else row.data.get("due")
    return Line(
        page_facts(row, place),
        status,
        text,
        row.row_id,
        {**row.data, **facts},
        due,
        place.viewer.person_id,
        order=(_PLACES.get(status, 3), due or FAR, text),
        found=type_,
    )


def _review(line: Line) -> Line:
    """A line of the reviews, among what somebody has to do."""
    line.status = {"orphan": "overdue"}.get(line.status, line.status)
    line.order = (_PLACES.get(line.status, 3), line.due or FAR, line.text)
    line.found = "review"
    return line


def _handovers(session: Session, place: Place, spaces: Sequence[int]) -> Iterator[Line]:
    """Handovers in which the viewer has a part: leaves, comes after, or looks after both."""
    me, last = aliased(FieldValue), aliased(FieldValue)
    part = exists().where(
        me.page_id == Page.id, me.key.in_(("person", "successor", "manager")), me.ref_id == place.viewer.person_id
    )
    query = (
        facts_of_pages()
        .add_columns(last.date.label("last_day"))
        .outerjoin(last, and_(last.page_id == Page.id, last.key == "last_day"))
        .where(
            Page.kind == "handover",
            Page.state.in_(_OPEN_HANDOVERS),
            Page.archived_at.is_(None),
            visible_pages(place.viewer),
            within(spaces),
            part if place.viewer.person_id is not None else false(),
        )
    )
    for row in session.connection().execute(query):
        status = _by_day(row.last_day, place.today)
        due = row.last_day.isoformat() if row.last_day else None
        why = _("The last day of somebody is near; what they know has to pass on.")
        order = (_PLACES.get(status, 3), due or FAR, row.title)
        person = place.viewer.person_id
        yield Line(
            page_facts(row, place), status, row.title, "", {"why": why}, due, person, order=order, found="handover"
        )


def _readings(session: Session, place: Place, spaces: Sequence[int]) -> Iterator[Line]:
    """Pages that the viewer is asked to read and confirm: each once, as the request asks that is due first."""
    own = ReadingAsked.account_id == place.viewer.account_id, within(spaces)
    found = known_to(session, place.viewer, place.today, place.time_zone, *own, more=PAGE_FACTS)
    told: set[int] = set()
    for one in sorted((one for one in found if one.status in OPEN), key=lambda one: one.due):
        if one.page in told:
            continue
        told.add(one.page)
        status, due = _by_day(one.due, place.today), one.due.isoformat()
        why = _("It has changed since you read it.") if one.read else one.row.why
        page, order = PageFacts.read(one.row, place), (_PLACES.get(status, 3), due, one.row.title)
        me = place.viewer.person_id
        yield Line(page, status, page.title, "", {"why": why}, due, me, order=order, found="reading")


def _by_day(due: date | None, today: date) -> str:
    if due is None or due > today + timedelta(days=SOON):
        return "open"
    return "overdue" if due < today else "due_in_7_days"
