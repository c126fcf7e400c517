"""What a register has to ask other pages and earlier revisions: links, fields of referred pages, days of states."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

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
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.i18n import format_date, format_number
from wiki.kinds import Catalogue, Computed, Kind, Value
from wiki.kinds.computed import matching
from wiki.kinds.types.base import Ref
from wiki.kinds.types.choices import choice_label
from wiki.models import FieldValue, Link, Page, Revision, Row
from wiki.models.base import Moment
from wiki.registers.columns import RegisterColumn
from wiki.registers.controls import via_column

#: Functions that ask when the page came into a state.
ASK_FOR_STATES = frozenset({"late", "meeting_cycle"})
#: States in which a page does not replace another yet.
NOT_YET = ("draft", "proposed")

_TYPES: dict[str, Any] = {
    "text": String,
    "number": Double,
    "day": Date,
    "ref": BigInteger,
    "moment": Moment,
    "data": JSON,
}


@dataclass
class Elsewhere:
    """By page id: the days of states, facts; by page id and column: values."""

    entered: dict[int, dict[str, date]] = field(default_factory=dict)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    values: dict[tuple[int, str], Value] = field(default_factory=dict)


def look(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    ids: Sequence[int],
    columns: Sequence[RegisterColumn],
    time_zone: str,
) -> Elsewhere:
    """Everything that the columns need of others, in one statement; nothing is asked if they need nothing."""
    there = Elsewhere()
    asking = _Asking(catalogue, viewer, kind, ids, [one.computed for one in columns if one.computed])
    parts = list(asking.parts())
    if not parts:
        return there
    rows = session.execute(union_all(*parts)).all()
    for row in rows:
        if row.what == "entered":
            days = there.entered.setdefault(row.page, {})
            days[row.text] = _day(row.moment, time_zone)
        elif row.what == "replaced_by":
            there.facts.setdefault(row.page, {}).setdefault("replaced_by", []).append(row.text)
        elif row.what == "org":
            there.facts.setdefault(row.page, {})["org"] = row.ref
    for one in asking.computed:
        own = [row for row in rows if row.what == f"={one.key}"]
        there.values |= {(page, one.key): value for page, value in asking.values(one, own)}
    return there


def _day(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()


@dataclass
class _Asking:
    """The parts of the one statement, and what their rows mean. Only pages that the viewer may see are counted or named."""

    catalogue: Catalogue
    viewer: Viewer
    kind: Kind
    ids: Sequence[int]
    computed: list[Computed]

    def parts(self) -> Iterator[Select[Any]]:
        functions = {one.function for one in self.computed}
        if any(one.entered for one in self.computed) or functions & ASK_FOR_STATES:
            yield self._entered()
        if "still_stands" in functions:
            yield self._replacing()
        if "maturity" in functions:
            yield self._organisation()
        for one in self.computed:
            if one.linked:
                yield self._linked(one)
            elif one.via:
                yield self._via(one)

    def values(self, one: Computed, rows: Sequence[Any]) -> Iterator[tuple[int, Value]]:
        """(page id, value) of a `linked` or `via` value."""
        by_page: dict[int, list[Any]] = {}
        for row in rows:
            by_page.setdefault(row.page, []).append(row)
        if one.linked and not one.latest:  # a count is a value even where it is nothing
            counted = {page: self._count(one, by_page[page]) if page in by_page else 0 for page in self.ids}
            yield from ((page, Value("count", format_number(count), sort=count)) for page, count in counted.items())
            return
        said = self._latest_said(one) if one.linked else self._via_said(one)
        yield from ((page, value) for page, own in by_page.items() if (value := said(own)) is not None)

    def _count(self, one: Computed, rows: Sequence[Any]) -> int:
        if one.count:
            return len(matching([row.data for row in rows if row.data], one.where))
        return int(rows[0].number)

    def _entered(self) -> Select[Any]:
        """The last time that a revision of each state followed one of another."""
        before = func.lag(Revision.state).over(partition_by=Revision.page_id, order_by=Revision.number)
        steps = (
            select(Revision.page_id, Revision.state, Revision.time, before.label("before"))
            .where(Revision.page_id.in_(self.ids))
            .subquery()
        )
        new = or_(steps.c.before.is_(None), steps.c.before != steps.c.state)
        query = _part("entered", steps.c.page_id, text=steps.c.state, moment=func.max(steps.c.time, type_=Moment))
        return query.where(new).group_by(steps.c.page_id, steps.c.state)

    def _replacing(self) -> Select[Any]:
        links = self._links(Link.name == "supersedes")
        return (
            _part("replaced_by", links.c.target_id, text=Page.title)
            .select_from(links)
            .join(Page, Page.id == links.c.page_id)
            .where(Page.kind == self.kind.key, not_(Page.state.in_(NOT_YET)), visible_pages(self.viewer))
        )

    def _links(self, named: ColumnElement[bool], *, rows: bool = False) -> Subquery:
        """The links of that name to the pages asked about, each page (or row) that points there once.

        A subquery with its own end, because SQLite would rather begin with all pages of the linking kind.
        """
        row = Link.row_id if rows else null().label("row_id")
        found = select(Link.target_id, Link.page_id, row).where(Link.target_id.in_(self.ids), named)
        return found.distinct().offset(0).subquery()

    def _organisation(self) -> Select[Any]:
        """Whose practice it is: the organisation of the person who keeps it right."""
        return (
            _part("org", Page.id, ref=FieldValue.ref_id)
            .select_from(Page)
            .join(FieldValue, and_(FieldValue.page_id == Page.owner_id, FieldValue.key == "org"))
            .where(Page.id.in_(self.ids))
        )

    def _linked(self, one: Computed) -> Select[Any]:
        kind, _dot, name = one.linked.partition(".")
        table = self.catalogue[kind].field(name)
        whole_table = table is not None and table.row_type is not None
        named = Link.name.startswith(f"{name}.", autoescape=True) if whole_table else Link.name == name
        links = self._links(named, rows="." in name)
        seen = and_(
            Page.id == links.c.page_id, Page.kind == kind, Page.archived_at.is_(None), visible_pages(self.viewer)
        )
        if one.count:
            rows = _part(f"={one.key}", links.c.target_id, data=Row.data).select_from(links).join(Page, seen)
            return rows.outerjoin(Row, and_(Row.page_id == Page.id, Row.table == one.count))
        if one.latest:
            columns = {"text": FieldValue.text, "number": FieldValue.number, "day": FieldValue.date}
            latest = {name: func.max(column, type_=column.type) for name, column in columns.items()}
            query = _part(f"={one.key}", links.c.target_id, **latest).select_from(links).join(Page, seen)
            value = and_(FieldValue.page_id == Page.id, FieldValue.key == one.latest)
            return query.join(FieldValue, value).group_by(links.c.target_id)
        counted = cast(func.count(links.c.page_id), Double)
        query = _part(f"={one.key}", links.c.target_id, number=counted).select_from(links).join(Page, seen)
        return query.group_by(links.c.target_id)

    def _latest_said(self, one: Computed) -> Callable[[Sequence[Any]], Value | None]:
        def said(rows: Sequence[Any]) -> Value | None:
            row = rows[0]
            if row.day is not None:
                return Value("latest", format_date(row.day), sort=row.day.toordinal())
            if row.number is not None:
                return Value("latest", format_number(row.number), sort=row.number)
            return Value("latest", row.text, sort=row.text) if row.text else None

        return said

    def _via(self, one: Computed) -> Select[Any]:
        source, _dot, wanted = one.via.partition(".")
        there, titled = aliased(FieldValue), aliased(Page)
        named = select(titled.title).where(titled.id == there.ref_id, self._sees(titled)).scalar_subquery()
        return (
            _part(
                f"={one.key}",
                FieldValue.page_id,
                text=func.coalesce(named, there.text),
                number=there.number,
                day=there.date,
                ref=there.ref_id,
            )
            .select_from(FieldValue)
            .join(Page, Page.id == FieldValue.ref_id)
            .join(there, and_(there.page_id == Page.id, there.key == wanted))
            .where(FieldValue.page_id.in_(self.ids), FieldValue.key == source, visible_pages(self.viewer))
        )

    def _sees(self, page: Any) -> ColumnElement[bool]:
        """What an alias of `page` must be for this viewer to know its title."""
        seen: ColumnElement[bool] = page.id.in_(select(Page.id).where(visible_pages(self.viewer)).correlate(None))
        return seen

    def _via_said(self, one: Computed) -> Callable[[Sequence[Any]], Value | None]:
        column = via_column(self.catalogue, self.kind, one)

        def said(rows: Sequence[Any]) -> Value | None:
            refs = tuple(dict.fromkeys(Ref(row.ref) for row in rows if row.ref is not None))
            words = dict.fromkeys(_word(column, row) for row in rows if row.ref is None)
            titles = [row.text for row in rows if row.ref is not None and row.text]
            text = ", ".join(word for word in words if word)
            first = rows[0]
            sort: Any = (titles[0] if titles else None) or first.number or text or None
            key = first.text if first.ref is None and first.text else "via"
            return Value(key, text, sort=first.day.toordinal() if first.day else sort, refs=refs)

        return said


def _word(column: Any, row: Any) -> str:
    if row.day is not None:
        return format_date(row.day)
    if row.text is None and row.number is not None:
        return format_number(row.number)
    return choice_label(column, row.text or "") if column is not None else row.text or ""


def _part(what: str, page: Any, **columns: Any) -> Select[Any]:
    """One part of the union: every part has the same columns, empty where it says nothing.

    Only what is empty is cast: SQLite would make numbers of days and of JSON.
    """
    values = [columns.get(name, cast(null(), type_)).label(name) for name, type_ in _TYPES.items()]
    return select(literal(what).label("what"), cast(page, BigInteger).label("page"), *values)
