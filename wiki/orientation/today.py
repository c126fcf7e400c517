"""What an orientation page shows beside its own text: how the partnership stands today, for its reader.

Nothing of it is stored in the page: agreements, promises, decisions, people, quiet periods and open questions are read when
the page is read, as far as the reader may see them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.i18n import sort_key
from wiki.kinds import Content
from wiki.kinds.record import Record, Value
from wiki.kinds.redact import redact
from wiki.kinds.workings.people import quiet_now
from wiki.models import FieldValue, Link, Page, Question, Revision, Row, Space
from wiki.questions.seeing import Seen, questions_of, seen_of
from wiki.registers.listing import Place
from wiki.registers.named.asking import Question as Asked
from wiki.registers.named.known import REGISTERS
from wiki.registers.named.parts import Part, part_of
from wiki.text import url_part

#: Lines that each part shows; the register behind it has them all.
LINES, EVENTS = 8, 6
#: How decisions stand that stand.
STAND = ("condition_met", "review_overdue", "stands")
#: Agreements in these states are not yet, or no longer, agreed upon.
_NOT_YET = ("draft", "in_negotiation", "out_for_endorsement")
_Org = aliased(FieldValue)


@dataclass(frozen=True)
class Agreed:
    """An agreement that holds; `until` is the ISO day on which it ends, if one is set."""

    title: str
    href: str
    state: str
    summary: str
    until: str


@dataclass(frozen=True)
class Somebody:
    name: str
    href: str
    state: str


@dataclass
class Partner:
    """An organisation of the partnership, its people, and when not to plan anything with it."""

    name: str
    href: str
    quiet: Value | None
    people: list[Somebody] = field(default_factory=list)


@dataclass(frozen=True)
class Today:
    day: date
    agreements: list[Agreed]
    promises: Part
    decisions: Part
    partners: list[Partner]
    history: list[tuple[str, str]]
    questions: list[Seen]


def _asked(key: str, partnership: int | None, space: str, place: Place, statuses: tuple[str, ...] = ()) -> Asked:
    """What is live in a register, or stands so, of the partnership; of the space, where there is none."""
    return Asked(
        REGISTERS[key],
        spaces=(space,) if partnership is None and space in place.spaces else (),
        partnership=partnership,
        statuses=statuses,
        live=not statuses,
        params=(("partnership", str(partnership)),) if partnership is not None else (),
        limit=LINES,
    )


def today(session: Session, place: Place, page: Any, fields: Mapping[str, Any], space: str) -> Today:
    """Everything about the partnership of an orientation page; of its space, where it names no partnership."""
    partnership: int | None = page.partnership_id
    agreements, partners = _pages(session, place, page, fields)
    return Today(
        place.today,
        agreements,
        part_of(session, place, _asked("commitments", partnership, space, place), ("made_by", "made_to", "due")),
        part_of(session, place, _asked("decisions", partnership, space, place, STAND), ("outcome", "decided_on")),
        partners,
        _history(session, place, partnership) if partnership is not None else [],
        _open_questions(session, place, page, partnership),
    )


def _pages(session: Session, place: Place, page: Any, fields: Mapping[str, Any]) -> tuple[list[Agreed], list[Partner]]:
    """Agreements, organisations and their people, in one statement."""
    orgs = _organisations(page, fields)
    agreement = and_(Page.kind == "agreement", Page.over == "", Page.state.not_in(_NOT_YET), _here(page))
    person = and_(Page.kind == "person", Page.state != "left", _Org.ref_id.in_(orgs))
    told = Page.kind.in_(("agreement", "organisation"))
    rows = session.execute(
        select(
            *(Page.id, Page.title, Page.slug, Page.kind, Page.state, Page.summary, _Org.ref_id.label("org")),
            Space.slug.label("space"),
            case((told, Revision.fields), else_=null()).label("fields"),
        )
        .select_from(Page)
        .join(Space, Space.id == Page.space_id)
        .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
        .outerjoin(_Org, and_(_Org.page_id == Page.id, _Org.key == "org", _Org.position == 0, Page.kind == "person"))
        .where(
            visible_pages(place.viewer),
            Page.archived_at.is_(None),
            or_(agreement, and_(Page.kind == "organisation", Page.id.in_(orgs)), person),
        )
    ).all()
    agreements = [_agreed(row) for row in rows if row.kind == "agreement"]
    partners = {row.id: _partner(row, place) for row in rows if row.kind == "organisation"}
    for row in sorted(rows, key=lambda row: sort_key(row.title)):
        if row.kind == "person" and row.org in partners:
            partners[row.org].people.append(Somebody(row.title, _href(row), row.state))
    agreements.sort(key=lambda one: (one.until or "9999", sort_key(one.title)))
    return agreements, sorted(partners.values(), key=lambda one: sort_key(one.name))


def _organisations(page: Any, fields: Mapping[str, Any]) -> Any:
    """Those that the page says how they work, and the partners of the partnership."""
    named = [one for one in fields.get("how_partners_work") or () if isinstance(one, int)]
    partners = select(Link.target_id).where(Link.page_id == page.partnership_id, Link.name == "partners.org")
    listed = select(Page.id).where(Page.id.in_(named)).correlate(None)
    return partners.union(listed).subquery().select()


def _here(page: Any) -> ColumnElement[bool]:
    partnership: int | None = page.partnership_id
    space: int = page.space_id
    return Page.partnership_id == partnership if partnership is not None else Page.space_id == space


def _href(row: Any) -> str:
    return f"/{url_part(row.space)}/{url_part(row.slug)}"


def _agreed(row: Any) -> Agreed:
    term = (row.fields or {}).get("term") or {}
    return Agreed(row.title, _href(row), row.state, row.summary, str(term.get("until") or ""))


def _partner(row: Any, place: Place) -> Partner:
    kind = place.catalogue[row.kind]
    content = redact(kind, Content(row.title, "", dict(row.fields or {})), place.viewer.person_id, row.state)
    return Partner(row.title, _href(row), quiet_now(Record(row.kind, row.state, content.fields), place.today))


def _history(session: Session, place: Place, partnership: int) -> list[tuple[str, str]]:
    """The last lines of how the partnership got here: (ISO day, words), the oldest first."""
    rows: Iterable[Any] = session.execute(
        select(Row.due, Row.text)
        .join(Page, Page.id == Row.page_id)
        .where(Row.page_id == partnership, Row.table == "history", visible_pages(place.viewer))
        .order_by(Row.due.desc().nulls_last(), Row.position.desc())
        .limit(EVENTS)
    )
    return [(row[0].isoformat() if row[0] else "", row[1]) for row in rows][::-1]


def _open_questions(session: Session, place: Place, page: Any, partnership: int | None) -> list[Seen]:
    """Questions that wait for an answer and that the reader may know of."""
    if not place.viewer.signed_in:
        return []
    about = or_(Page.partnership_id == partnership, Page.id == partnership) if partnership is not None else None
    in_space = Question.space_id == page.space_id
    where = or_(about, and_(Question.page_id.is_(None), in_space)) if about is not None else in_space
    query = questions_of(place.viewer).where(Question.state == "open", where)
    rows = session.execute(query.order_by(func.coalesce(Question.changed_at, Question.asked_at).desc()).limit(LINES))
    return [seen_of(row) for row in rows]
