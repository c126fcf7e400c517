"""The keys that a register is sorted by, as SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, select

from wiki.access import Viewer, visible_pages
from wiki.kinds import Field, Kind
from wiki.models import FieldValue, Page, Row, Space
from wiki.registers.columns import column
from wiki.registers.conditions import PAGE_REFERENCES, freshness_order
from wiki.registers.controls import REFERENCES


@dataclass(frozen=True, eq=False)
class Order:
    """One sort key. `parts` are compared one after the other; `spoken`: they are words, which a database would sort without
    knowing the reader's language; none: it has to be worked out from the content."""

    key: str
    down: bool
    parts: tuple[ColumnElement[Any], ...]
    spoken: bool = False

    def clauses(self) -> list[ColumnElement[Any]]:
        """ORDER BY: pages without a value come last in both directions."""
        ordered: list[ColumnElement[Any]] = []
        for part in self.parts:
            ordered += [part.is_(None), part.desc() if self.down else part.asc()]
        return ordered


def orders(viewer: Viewer, kind: Kind, sort: Sequence[str]) -> list[Order]:
    """The keys in turn; the title settles what they leave equal."""
    keys = [*sort, *([] if {"title", "-title"} & set(sort) else ["title"])]
    return [_order(viewer, kind, key.removeprefix("-"), key.startswith("-")) for key in keys]


def _order(viewer: Viewer, kind: Kind, key: str, down: bool) -> Order:
    found = column(kind, key)
    if found is not None and found.computed is not None:
        return Order(key, down, ())
    if key in PAGE_REFERENCES:
        return Order(key, down, (_title_of(viewer, PAGE_REFERENCES[key]),), spoken=True)
    if key in _OF_THE_PAGE:
        part, spoken = _OF_THE_PAGE[key]
        return Order(key, down, (part,), spoken)
    if key == "state":
        return Order(key, down, (_by_place([one.key for one in kind.states], Page.state),))
    if key == "freshness":
        return Order(key, down, tuple(freshness_order()))
    return _of_field(viewer, key, down, found.field if found else None)


_OF_THE_PAGE: dict[str, tuple[ColumnElement[Any], bool]] = {
    "title": (Page.title.expression, True),
    "summary": (func.nullif(Page.summary, ""), True),
    "space": (Space.name.expression, True),
    "changed": (Page.changed_at.expression, False),
    "created": (Page.created_at.expression, False),
    "review_due": (Page.review_due.expression, False),
}


def _by_place(keys: Sequence[str], words: Any) -> ColumnElement[Any]:
    """The place of a key in the definition; keys that it no longer has come last."""
    return case({key: place for place, key in enumerate(keys)}, value=words, else_=None)


def _of_field(viewer: Viewer, key: str, down: bool, field: Field | None) -> Order:
    if field is not None and field.row_type:
        counted = select(func.count(Row.id)).where(Row.page_id == Page.id, Row.table == key)
        return Order(key, down, (counted.correlate(Page).scalar_subquery(),))
    if field is not None and field.type in REFERENCES:
        return Order(key, down, (_reference(viewer, key, field),), spoken=True)
    if field is not None and field.type in ("date", "range"):
        return Order(key, down, (_value(FieldValue.date, key),))
    if field is not None and field.type in ("number", "percent", "money"):
        return Order(key, down, (_value(FieldValue.number, key),))
    if field is not None and field.choices:
        return Order(key, down, (_by_place(list(field.choices), _value(FieldValue.text, key)),))
    return Order(key, down, (_value(FieldValue.text, key),), spoken=True)


def _value(what: Any, key: str) -> ColumnElement[Any]:
    """The field's first value."""
    found = select(what).where(FieldValue.page_id == Page.id, FieldValue.key == key, FieldValue.position == 0)
    return found.correlate(Page).scalar_subquery()


def _title_of(viewer: Viewer, reference: Any) -> ColumnElement[Any]:
    """The title of a page that the viewer may see: the order must not tell what another is called."""
    named = select(Page.id, Page.title).where(visible_pages(viewer)).subquery()
    return select(named.c.title).where(named.c.id == reference).correlate(Page).scalar_subquery()


def _reference(viewer: Viewer, key: str, field: Field) -> ColumnElement[Any]:
    """What the first reference is called: its page, its row, or the words that stand for it."""
    named = select(Page.id, Page.title).where(visible_pages(viewer)).subquery()
    own = and_(FieldValue.page_id == Page.id, FieldValue.key == key, FieldValue.position == 0)
    joined = select(FieldValue).outerjoin(named, named.c.id == FieldValue.ref_id)
    if field.type.startswith("rowlink"):
        joined = joined.outerjoin(Row, and_(Row.page_id == named.c.id, Row.row_id == FieldValue.text))
        called: Any = func.coalesce(Row.text, named.c.title)
    else:
        called = func.coalesce(named.c.title, FieldValue.text)
    return joined.with_only_columns(called).where(own).correlate(Page).scalar_subquery()
