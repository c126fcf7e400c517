"""Filters as SQL conditions on `page`, and as tests of values that are worked out."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from wiki.access import Viewer, visible_pages
from wiki.kinds import Field, Value
from wiki.kinds.workings.care import GONE, SOON
from wiki.models import FieldValue, Link, Page, Row
from wiki.registers.asking import Filter
from wiki.text import title_key

Owner = aliased(Page)

#: Fields that are columns of `page` too; the column is always right, also when a page was confirmed without a save.
PAGE_REFERENCES: dict[str, InstrumentedAttribute[Any]] = {
    "owner": Page.owner_id,
    "partnership": Page.partnership_id,
    "steward_org": Page.steward_id,
}
PAGE_WORDS: dict[str, InstrumentedAttribute[Any]] = {
    "access": Page.access,
    "language": Page.language,
    "state": Page.state,
}


def condition(viewer: Viewer, one: Filter, today: date, time_zone: str) -> ColumnElement[bool] | None:
    """What a page must be for the filter; None if that has to be worked out from its content."""
    key = one.key
    if one.control.column.computed is not None:
        return _computed(viewer, one)
    if key in ("changed", "created"):
        return _moments(one, Page.changed_at if key == "changed" else Page.created_at, time_zone)
    if key == "freshness":
        return or_(*(_FRESHNESS[word](today) for word in one.words))
    if key in ("title", "summary"):
        column = Page.title_key if key == "title" else func.lower(Page.summary)
        return and_(*(column.contains(title_key(word), autoescape=True) for word in one.words))
    if key == "review_due":
        return _either(one, Page.review_due.is_(None), _between(one, Page.review_due))
    if key in PAGE_REFERENCES:
        column = PAGE_REFERENCES[key]
        return _either(one, column.is_(None), column.in_([ref.page for ref in one.refs]))
    if key in PAGE_WORDS:
        return PAGE_WORDS[key].in_(one.words)
    return _field(one, one.control.column.field)


def holds(one: Filter, value: Value | None) -> bool:
    """Whether a value that was worked out passes the filter. Counts "of" something are compared in per cent."""
    if value is None:
        return one.unset
    if one.control.type == "page":
        return bool({ref.page for ref in one.refs} & {ref.page for ref in value.refs})
    if one.control.type in ("days", "amount"):
        return _within(one, value)
    if one.control.type == "text":
        return any(word.casefold() in (value.key, value.text.casefold()) for word in one.words)
    labels = {one.control.choices.get(word, word) for word in one.words}
    return value.key in one.words or bool(labels & set(value.text.split(", ")))


def _within(one: Filter, value: Value) -> bool:
    if not isinstance(value.sort, int | float):
        return False
    computed = one.control.column.computed
    number = value.sort * 100 if computed is not None and computed.of else value.sort
    low, high = (bound.toordinal() if isinstance(bound, date) else bound for bound in (one.low, one.high))
    return (low is None or number >= low) and (high is None or number <= high)


def _either(one: Filter, empty: ColumnElement[bool], filled: ColumnElement[bool]) -> ColumnElement[bool]:
    """The two halves of a filter that may ask for "nothing there" beside values."""
    says_more = one.words or one.refs or one.low is not None or one.high is not None
    if not one.unset:
        return filled
    return or_(empty, filled) if says_more else empty


def _between(one: Filter, column: Any) -> ColumnElement[bool]:
    bounds = [column >= one.low] if one.low is not None else []
    return and_(column.is_not(None), *bounds, *([column <= one.high] if one.high is not None else []))


def _moments(one: Filter, column: Any, time_zone: str) -> ColumnElement[bool]:
    """Days as the site counts them; a day at the end of all time bounds nothing."""
    bounds = []
    if isinstance(one.low, date) and (start := _start(one.low, time_zone)):
        bounds.append(column >= start)
    if isinstance(one.high, date) and (end := _start(one.high, time_zone, days=1)):
        bounds.append(column < end)
    return and_(column.is_not(None), *bounds)


def _start(day: date, time_zone: str, days: int = 0) -> datetime | None:
    """When a day, or so many days later, begins at the site; None if no calendar reaches there."""
    try:
        return datetime.combine(day + timedelta(days=days), time(), ZoneInfo(time_zone)).astimezone(UTC)
    except OverflowError:
        return None


def orphaned() -> ColumnElement[bool]:
    """Nobody keeps the page right; needs `Owner` joined."""
    return func.coalesce(Owner.state, "").in_(sorted(GONE))


def _kept(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(not_(orphaned()), *more)


_FRESHNESS: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "orphan": lambda today: orphaned(),
    "not_set": lambda today: _kept(Page.review_due.is_(None)),
    "overdue": lambda today: _kept(Page.review_due < today),
    "due_soon": lambda today: _kept(Page.review_due >= today, Page.review_due <= today + timedelta(days=SOON)),
    "fresh": lambda today: _kept(Page.review_due > today + timedelta(days=SOON)),
}


def freshness_order() -> list[ColumnElement[Any]]:
    """Most urgent first: nobody looks after it, then by the day of the next look, then those without one."""
    return [case((orphaned(), 0), (Page.review_due.is_not(None), 1), else_=2), Page.review_due.expression]


def _field(one: Filter, field: Field | None) -> ColumnElement[bool]:
    if field is not None and field.row_type:
        some = Page.id.in_(select(Row.page_id).where(Row.table == one.key))
        return or_(*([some] if "some" in one.words else []), *([not_(some)] if one.unset else []))
    some_value = Page.id.in_(_pages_with(one.key))
    return _either(one, not_(some_value), Page.id.in_(_pages_with(one.key).where(_matches(one, field))))


def _pages_with(key: str) -> Select[Any]:
    return select(FieldValue.page_id).where(FieldValue.key == key)


def _matches(one: Filter, field: Field | None) -> ColumnElement[bool]:
    if one.control.type == "page":
        return _refers(one)
    if one.control.type == "amount":
        return _between(one, FieldValue.number)
    if one.control.type == "days":
        return _overlaps(one) if field is not None and field.type == "range" else _between(one, FieldValue.date)
    if one.control.type == "choice":
        return FieldValue.text.in_(one.words)
    return and_(*(func.lower(FieldValue.text).contains(word.lower(), autoescape=True) for word in one.words))


def _refers(one: Filter) -> ColumnElement[bool]:
    """A reference to a row says the row in `text`; one to a page of any row is asked for by the page alone."""
    whole = [ref.page for ref in one.refs if ref.row is None]
    rows = [and_(FieldValue.ref_id == ref.page, FieldValue.text == ref.row) for ref in one.refs if ref.row]
    return or_(FieldValue.ref_id.in_(whole), *rows)


def _overlaps(one: Filter) -> ColumnElement[bool]:
    """A stretch of time that shares a day with the window; one without an end goes on."""
    bounds = [FieldValue.date <= one.high] if one.high is not None else []
    if one.low is not None:
        bounds.append(or_(FieldValue.date_end.is_(None), FieldValue.date_end >= one.low))
    return and_(FieldValue.date.is_not(None), *bounds)


def _computed(viewer: Viewer, one: Filter) -> ColumnElement[bool] | None:
    """References in rows and on a referred page are in the tables of links and values; the rest is not."""
    computed = one.control.column.computed
    if computed is None or one.unset or one.control.type != "page":
        return None
    targets = [ref.page for ref in one.refs]
    if computed.values and not computed.where:
        return Page.id.in_(select(Link.page_id).where(Link.name == computed.values, Link.target_id.in_(targets)))
    if computed.via:
        source, _dot, wanted = computed.via.partition(".")
        there = aliased(FieldValue)
        found = (
            select(FieldValue.page_id)
            .join(Page, Page.id == FieldValue.ref_id)
            .join(there, and_(there.page_id == Page.id, there.key == wanted, there.ref_id.in_(targets)))
            .where(FieldValue.key == source, visible_pages(viewer))
        )
        return Page.id.in_(found.correlate(None))
    return None
