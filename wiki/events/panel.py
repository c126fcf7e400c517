"""What the page of an event shows of who comes, the programme and the day, for one reader: one statement for all of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, case, cast, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.types import Double

from wiki.access import Found, Viewer, visible_pages
from wiki.events.attendance import why_not_yet
from wiki.events.capacity import Clash, capacity_parts, concerned, read_clashes
from wiki.events.dates.keeping import earlier_reason, why_kept
from wiki.events.feedback import ASKED_FOR
from wiki.events.plan import CANCELLED, HELD, IDEA, PLANNED, REPORTED, Plan, plan_of, why_closed
from wiki.events.turns import IN, WAITING, free_places, were_there
from wiki.facts.look import href
from wiki.facts.parts import address, part
from wiki.facts.roles import current
from wiki.i18n import gettext as _
from wiki.i18n import sort_key
from wiki.models import EventSignup, Page, Row, Space

#: Names of people who come that a page shows.
NAMES_SHOWN = 60
TRAINING = "training"


@dataclass(frozen=True)
class Ref:
    """A page that the reader may open; without an address a name that has no page, or a page that they may not see."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class Item:
    """A line of the programme. `at` is when it begins, where that can be worked out."""

    topic: str
    purpose: str
    minutes: int
    at: str
    lead: Ref | None
    before: tuple[Ref, ...]
    id: str = ""


@dataclass(frozen=True)
class Exercise:
    task: str
    minutes: int
    page: Ref | None
    id: str = ""


@dataclass(frozen=True)
class Panel:
    """What stands on the page. `mine` is "in", "waiting" or ""; `turn` the reader's place on the waiting list."""

    plan: Plan
    url: str
    coming: int
    waiting: int
    mine: str = ""
    turn: int = 0
    names: tuple[str, ...] = ()
    closed: str = ""
    host: bool = False
    may_sign_up: bool = False
    may_leave: bool = False
    asks: bool = False
    reported: bool = False
    agenda: tuple[Item, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    clashes: tuple[Clash, ...] = ()
    kept_because: str = ""
    earlier_reason: str = ""
    edits: bool = False
    needs_a_need: bool = False
    came: int | None = None
    was_there: bool = False
    may_tick: bool = False

    @property
    def free(self) -> int | None:
        return free_places(self.plan.places, self.coming)

    @property
    def others(self) -> int:
        """How many come (or came) besides those who agreed to be named."""
        return max(0, (self.coming if self.came is None else self.came) - len(self.names))

    @property
    def full(self) -> bool:
        return self.free == 0 or bool(self.waiting)

    @property
    def shows_signup(self) -> bool:
        return self.plan.state not in (IDEA, PLANNED, CANCELLED) or bool(self.coming)


@dataclass
class _Looked:
    mine: str = ""
    was_there: bool = False
    waits: list[tuple[datetime, int | None]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    pages: dict[int, Ref] = field(default_factory=dict)
    roles: set[int] = field(default_factory=set)
    rows: list[Any] = field(default_factory=list)


def panel(
    session: Session, viewer: Viewer, found: Found, fields: Mapping[str, Any], signups: Mapping[str, int], today: date
) -> Panel:
    """Everything for one reader. `signups` are the counts that the page knows already."""
    page, plan = found.page, plan_of(found.page, fields)
    edits = viewer.signed_in and found.may("edit")
    hosts = {one for one in (page.owner_id, fields.get("contact"), *fields.get("facilitators", [])) if one is not None}
    orgs = sorted(concerned(fields)) if edits and plan.state in (IDEA, PLANNED, "open") else []
    looked = _look(session, viewer, page.id, sorted(_named(fields)), sorted(hosts), orgs, today)
    turn = next((place for place, (_at, who) in enumerate(looked.waits, 1) if who == viewer.account_id), 0)
    closed = why_closed(plan, today)
    is_over = plan.state in (HELD, REPORTED) or (plan.last is not None and plan.last < today)
    asked = is_over and plan.state != CANCELLED and plan.last is not None and today <= plan.last + ASKED_FOR
    host = viewer.signed_in and (viewer.person_id in hosts or bool(looked.roles) or (not hosts and found.may("manage")))
    ticked = "came" in signups or "missed" in signups
    return Panel(
        plan=plan,
        url=found.url,
        coming=signups.get(IN, 0),
        waiting=signups.get(WAITING, 0),
        mine=looked.mine,
        turn=turn if looked.mine == WAITING else 0,
        names=tuple(sorted(looked.names, key=sort_key)),
        closed=closed,
        host=host,
        may_sign_up=not closed and (viewer.signed_in or page.access == "public"),
        may_leave=plan.is_coming(today),
        asks=asked and looked.was_there,
        reported=is_over and plan.state != CANCELLED,
        agenda=tuple(_agenda(fields.get("agenda", []), plan.begins, looked.pages)),
        exercises=tuple(_exercises(fields.get("exercises", []), looked.pages)),
        clashes=tuple(read_clashes(looked.rows, plan, today)),
        kept_because=why_kept(fields),
        earlier_reason=earlier_reason(fields) if edits else "",
        edits=edits,
        needs_a_need=edits and plan.state == IDEA and fields.get("kind") == TRAINING and "based_on" not in fields,
        came=signups.get("came", 0) if ticked else None,
        was_there=looked.was_there,
        may_tick=host and not why_not_yet(plan, today),
    )


def _named(fields: Mapping[str, Any]) -> set[int]:
    """Pages that programme and exercises name."""
    named: set[int] = set()
    for row in fields.get("agenda", []):
        named |= {row["lead"]} if isinstance(row.get("lead"), int) else set()
        named |= set(row.get("pre_read", []))
    return named | {row["page"] for row in fields.get("exercises", []) if isinstance(row.get("page"), int)}


def _look(
    session: Session,
    viewer: Viewer,
    page_id: int,
    named: Sequence[int],
    hosts: Sequence[int],
    orgs: Sequence[int],
    today: date,
) -> _Looked:
    here = EventSignup.page_id == page_id
    own = and_(here, EventSignup.account_id == viewer.account_id, EventSignup.status.in_((IN, WAITING)))
    parts: list[Select[Any]] = [_names(here)]
    if viewer.signed_in:
        there = case((were_there(), "yes"), else_="")
        parts.append(part("mine", EventSignup.page_id, text=EventSignup.status, word=there).where(own))
        queue = part(
            "waits",
            EventSignup.page_id,
            ref=EventSignup.account_id,
            moment=EventSignup.asked_at,
            number=cast(EventSignup.id, Double),
        )
        parts.append(queue.where(here, EventSignup.status == WAITING))
    if named:
        titles = part("page", Page.id, text=Page.title, address=address()).join(Space, Space.id == Page.space_id)
        parts.append(titles.where(Page.id.in_(named), visible_pages(viewer)))
    if viewer.person_id is not None and hosts:
        held = part("role", Row.page_id).where(
            Row.page_id.in_(hosts), Row.person_id == viewer.person_id, current(today)
        )
        parts.append(held)
    if orgs:
        parts += capacity_parts(orgs, lambda: visible_pages(viewer))
    return _read(session.execute(union_all(*parts)))


def _names(here: Any) -> Select[Any]:
    found = part("named", EventSignup.page_id, name=EventSignup.name)
    found = found.where(here, were_there(), EventSignup.named)
    limited = found.order_by(EventSignup.asked_at, EventSignup.id).limit(NAMES_SHOWN).subquery()
    return select(*limited.c)


def _read(rows: Iterable[Any]) -> _Looked:
    looked = _Looked()
    waits: list[tuple[datetime, float, int | None]] = []
    for row in rows:
        if row.what == "mine":
            looked.mine, looked.was_there = row.text, bool(row.word)
        elif row.what == "named":
            looked.names.append(row.name)
        elif row.what == "waits":
            waits.append((row.moment, row.number, row.ref))
        elif row.what == "page":
            looked.pages[row.page] = Ref(row.text, href(row.address))
        elif row.what == "role":
            looked.roles.add(row.page)
        else:
            looked.rows.append(row)
    looked.waits = [(at, who) for at, _number, who in sorted(waits, key=lambda one: one[:2])]
    return looked


def _agenda(rows: Iterable[Mapping[str, Any]], begins: time | None, pages: Mapping[int, Ref]) -> Iterable[Item]:
    """The programme; the hour of each line as long as all lines before it say how long they take."""
    clock = datetime.combine(date.min, begins) if begins is not None else None
    for row in rows:
        minutes = int(row.get("minutes", 0))
        yield Item(
            topic=str(row.get("topic", "")),
            purpose=str(row.get("purpose", "")),
            minutes=minutes,
            at=f"{clock:%H:%M}" if clock is not None else "",
            lead=_ref(row.get("lead"), pages),
            before=tuple(ref for one in row.get("pre_read", []) if (ref := _ref(one, pages)) is not None),
            id=str(row.get("id", "")),
        )
        clock = clock + timedelta(minutes=minutes) if clock is not None and minutes else None


def _exercises(rows: Iterable[Mapping[str, Any]], pages: Mapping[int, Ref]) -> Iterable[Exercise]:
    for row in rows:
        ref = _ref(row.get("page"), pages)
        yield Exercise(str(row.get("task", "")), int(row.get("minutes", 0)), ref, str(row.get("id", "")))


def _ref(value: Any, pages: Mapping[int, Ref]) -> Ref | None:
    if isinstance(value, str) and value:
        return Ref(value)
    if not isinstance(value, int):
        return None
    return pages.get(value, Ref(_("not visible to you")))
