"""The parts of the one statement that finds facts, each with the same columns, so that they are asked together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Date,
    Double,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from wiki.kinds import Catalogue, Computed, Kind
from wiki.models import EventSignup, FieldValue, Link, Page, Revision, Row, Space, Thanks
from wiki.models.base import Moment

#: Functions that ask when the page came into a state.
ASK_FOR_STATES = frozenset({"late", "meeting_cycle"})
#: Functions that ask who comes to an event.
ASK_FOR_SIGNUPS = frozenset({"signed_up", "places_left"})

#: The condition that a column is one of the pages asked about, and the one that the reader may know of a `Page`.
Among: TypeAlias = Callable[[Any], ColumnElement[bool]]
Seen: TypeAlias = Callable[[], ColumnElement[bool]]

_TYPES: dict[str, Any] = {
    "text": String,
    "number": Double,
    "day": Date,
    "ref": BigInteger,
    "moment": Moment,
    "data": JSON,
    "address": String,
    "word": String,
    "name": String,
    "kind": String,
}


def part(what: str, page: Any, **columns: Any) -> Select[Any]:
    """One part of the union: every part has the same columns, empty where it says nothing.

    Only what is empty is cast: SQLite would make numbers of days and of JSON.
    """
    values = [columns.get(name, cast(null(), type_)).label(name) for name, type_ in _TYPES.items()]
    return select(literal(what).label("what"), cast(page, BigInteger).label("page"), *values)


def address() -> ColumnElement[str]:
    """ "space/slug" of `Page`, whose `Space` is joined."""
    return Space.slug + "/" + Page.slug


def entered(among: Among) -> Select[Any]:
    """The last time that a revision of each state followed one of another."""
    before = func.lag(Revision.state).over(partition_by=Revision.page_id, order_by=Revision.number)
    steps = (
        select(Revision.page_id, Revision.state, Revision.time, before.label("before"))
        .where(among(Revision.page_id))
        .subquery()
    )
    new = or_(steps.c.before.is_(None), steps.c.before != steps.c.state)
    query = part("entered", steps.c.page_id, text=steps.c.state, moment=func.max(steps.c.time, type_=Moment))
    return query.where(new).group_by(steps.c.page_id, steps.c.state)


def named(among: Among, seen: Seen) -> Select[Any]:
    """Title and address of pages that the reader may know of."""
    query = part("named", Page.id, text=Page.title, address=address()).join(Space, Space.id == Page.space_id)
    return query.where(among(Page.id), seen())


def incoming(page: Any, seen: Seen, most: int) -> Select[Any]:
    """Links from other pages to this one, those of the pages that changed last first."""
    found = (
        part("incoming", Page.id, text=Page.title, address=address(), word=Page.state, name=Link.name, kind=Page.kind)
        .join(Link, Link.page_id == Page.id)
        .join(Space, Space.id == Page.space_id)
        .where(Link.target_id == page, Link.page_id != page, seen())
        .order_by(Page.changed_at.desc())
        .limit(most)
        .subquery()
    )
    return select(*found.c)


def hidden(among: Among, seen: Seen) -> Select[Any]:
    """Those of the pages that the reader may not know of."""
    return part("hidden", Page.id).where(among(Page.id), not_(seen()))


@dataclass(frozen=True)
class Parts:
    """What the computed values of pages of one kind ask. Only pages that the reader may see are counted or named."""

    catalogue: Catalogue
    kind: Kind
    computed: Sequence[Computed]
    among: Among
    seen: Seen

    def all(self) -> Iterator[Select[Any]]:
        functions = {one.function for one in self.computed}
        if any(one.entered for one in self.computed) or functions & ASK_FOR_STATES:
            yield entered(self.among)
        if "maturity" in functions:
            yield self._organisation()
            yield self._thanked()
        if functions & ASK_FOR_SIGNUPS:
            yield self._signups()
            yield self._attended()
        for one in self.computed:
            if one.linked:
                yield self._linked(one)
            elif one.via:
                yield self._via(one)

    def _links(self, wanted: ColumnElement[bool], *, rows: bool = False) -> Subquery:
        """The links of that name to the pages asked about, each page (or row) that points there once.

        A subquery with its own end, because SQLite would rather begin with all pages of the linking kind.
        """
        row = Link.row_id if rows else null().label("row_id")
        found = select(Link.target_id, Link.page_id, row).where(self.among(Link.target_id), wanted)
        return found.distinct().offset(0).subquery()

    def _organisation(self) -> Select[Any]:
        """Whose practice it is: the organisation of the person who keeps it right."""
        return (
            part("org", Page.id, ref=FieldValue.ref_id)
            .select_from(Page)
            .join(FieldValue, and_(FieldValue.page_id == Page.owner_id, _is_key(FieldValue.key, "org")))
            .where(self.among(Page.id))
        )

    def _thanked(self) -> Select[Any]:
        """By which organisation and which person each page was thanked."""
        query = part("thanked", Thanks.page_id, ref=Thanks.org_id, number=cast(Thanks.by_id, Double))
        return query.where(self.among(Thanks.page_id))

    def _signups(self) -> Select[Any]:
        """How many come to each event, and how many wait."""
        counted = cast(func.count(EventSignup.id), Double)
        query = part("signups", EventSignup.page_id, text=EventSignup.status, number=counted)
        live = or_(EventSignup.status == "in", EventSignup.status == "waiting")
        return query.where(self.among(EventSignup.page_id), live).group_by(EventSignup.page_id, EventSignup.status)

    def _attended(self) -> Select[Any]:
        """How many came and how many did not, once those who hold the event have ticked it."""
        said = case((EventSignup.came.is_(True), "came"), else_="missed")
        counted = cast(func.count(EventSignup.id), Double)
        query = part("signups", EventSignup.page_id, text=said, number=counted)
        ticked = EventSignup.came.is_not(None)
        return query.where(self.among(EventSignup.page_id), ticked).group_by(EventSignup.page_id, EventSignup.came)

    def _linked(self, one: Computed) -> Select[Any]:
        kind, _dot, name = one.linked.partition(".")
        table = self.catalogue[kind].field(name)
        whole_table = table is not None and table.row_type is not None
        wanted = Link.name.startswith(f"{name}.", autoescape=True) if whole_table else Link.name == name
        links = self._links(wanted, rows="." in name)
        there = and_(Page.id == links.c.page_id, Page.kind == kind, Page.archived_at.is_(None), self.seen())
        if one.count:
            rows = part(f"={one.key}", links.c.target_id, data=Row.data).select_from(links).join(Page, there)
            return rows.outerjoin(Row, and_(Row.page_id == Page.id, Row.table == one.count))
        if one.latest:
            columns = {"text": FieldValue.text, "number": FieldValue.number, "day": FieldValue.date}
            latest = {name: func.max(column, type_=column.type) for name, column in columns.items()}
            query = part(f"={one.key}", links.c.target_id, **latest).select_from(links).join(Page, there)
            value = and_(FieldValue.page_id == Page.id, FieldValue.key == one.latest)
            return query.join(FieldValue, value).group_by(links.c.target_id)
        counted = cast(func.count(links.c.page_id), Double)
        query = part(f"={one.key}", links.c.target_id, number=counted).select_from(links).join(Page, there)
        return query.group_by(links.c.target_id)

    def _via(self, one: Computed) -> Select[Any]:
        source, _dot, wanted = one.via.partition(".")
        there = aliased(FieldValue)
        return (
            part(
                f"={one.key}",
                FieldValue.page_id,
                text=func.coalesce(self._of_seen(Page.title, there.ref_id), there.text),
                number=there.number,
                day=there.date,
                ref=there.ref_id,
                address=self._of_seen(address(), there.ref_id),
            )
            .select_from(FieldValue)
            .join(Page, Page.id == FieldValue.ref_id)
            .join(there, and_(there.page_id == Page.id, _is_key(there.key, wanted)))
            .where(self.among(FieldValue.page_id), _is_key(FieldValue.key, source), self.seen())
        )

    def _of_seen(self, column: Any, page_id: Any) -> Any:
        """Something of the page with that id, for those who may know of it."""
        found = select(Page.id, column.label("said")).join(Space, Space.id == Page.space_id).where(self.seen())
        known = found.correlate(None).subquery()
        return select(known.c.said).where(known.c.id == page_id).scalar_subquery()


def _is_key(column: Any, key: str) -> ColumnElement[bool]:
    """SQLite plans a statement anew, which costs more than running it, each time a parameter is given that is compared
    with the very column of a partial index's condition, as field_value.key is; with an expression it has no such doubt.
    """
    found: ColumnElement[bool] = column.concat("") == key
    return found


def editors(page: Any) -> Select[Any]:
    """Who has edited the page, each with the last time; who left the name off is nobody."""
    query = part("editor", Revision.page_id, ref=Revision.author_id, moment=func.max(Revision.time, type_=Moment))
    return query.where(Revision.page_id == page).group_by(Revision.page_id, Revision.author_id)


def role_held(page: Any, seen: Seen) -> Select[Any]:
    """If a role keeps the page right: the people whom the role names as its holders, with their days, as far as the reader may know of them."""
    keeper = aliased(Page)
    role = select(keeper.owner_id).where(keeper.id == page).correlate(None).scalar_subquery()
    query = part("role_held", Row.page_id, ref=Row.person_id, text=Page.title, data=Row.data, address=address())
    query = query.select_from(Row).join(Page, Page.id == Row.person_id).join(Space, Space.id == Page.space_id)
    return query.where(Row.page_id == role, Row.row_type == "role.holders", seen())
