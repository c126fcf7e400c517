"""The pages of a register with what their columns are worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.facts.look import Facts, look
from wiki.kinds import Catalogue, Content, Kind, Record, Value
from wiki.kinds.computed import compute, freshness
from wiki.kinds.redact import redact
from wiki.models import Page, Revision, Space
from wiki.registers.columns import RegisterColumn
from wiki.registers.conditions import Owner

_FACTS = (
    Page.id,
    Page.title,
    Page.slug,
    Page.kind,
    Page.state,
    Page.owner_id,
    Page.partnership_id,
    Page.steward_id,
    Page.review_due,
    Page.created_at,
    Page.changed_at,
    Page.archived_at,
    Space.slug.label("space"),
    Space.name.label("space_name"),
    Owner.state.label("owner_state"),
)
_OWN_COLUMNS = {"owner": "owner_id", "partnership": "partnership_id", "steward_org": "steward_id"}


@dataclass(eq=False)
class Entry:
    """One page. `fields` are those that every reader of the page sees, `shown` those that this one sees; `values` are worked
    out, those of the columns `worked_out` if there is one; `sort` is what it was asked to be sorted by."""

    page: Row[Any]
    fields: dict[str, Any]
    shown: dict[str, Any]
    values: dict[str, Value] = field(default_factory=dict)
    sort: tuple[Any, ...] = ()
    worked_out: frozenset[str] = frozenset()


def matching(viewer: Viewer, kind: Kind, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Select from the pages of the kind that the viewer may see, with their spaces and owners; columns are the caller's."""
    return with_owner(
        select(Page.id)
        .select_from(Page)
        .join(Space, Space.id == Page.space_id)
        .where(Page.kind == kind.key, visible_pages(viewer), *conditions)
    )


def with_owner(query: Select[Any]) -> Select[Any]:
    """The query with `Owner`, the page of who keeps it right, if it is there."""
    return query.outerjoin(Owner, and_(Owner.id == Page.owner_id, Owner.deleted_at.is_(None)))


def entries(
    session: Session, viewer: Viewer, kind: Kind, query: Select[Any], sort: Sequence[ColumnElement[Any]] = ()
) -> list[Entry]:
    """The pages that `query` (made by `matching`) selects, in its order, in one statement."""
    whole = query.join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
    columns = (*_FACTS, Revision.fields, *(one.label(f"sort_{n}") for n, one in enumerate(sort)))
    found = session.execute(whole.with_only_columns(*columns, maintain_column_froms=True))
    return [_entry(viewer, kind, row, tuple(row[len(_FACTS) + 1 :])) for row in found]


def _entry(viewer: Viewer, kind: Kind, row: Row[Any], sort: tuple[Any, ...]) -> Entry:
    fields = dict(row.fields)
    if row.review_due is not None:
        fields["review_due"] = row.review_due.isoformat()
    for key, name in _OWN_COLUMNS.items():
        if (reference := getattr(row, name)) is not None:
            fields[key] = reference
    if not has_restricted(kind):
        return Entry(row, fields, fields, sort=sort)
    content = Content(title=row.title, fields=fields)
    public = redact(kind, content, None, row.state).fields
    return Entry(row, public, redact(kind, content, viewer.person_id, row.state).fields, sort=sort)


@lru_cache
def has_restricted(kind: Kind) -> bool:
    """Whether the kind has values that not every reader of a page may see."""
    columns = [column for field in kind.every_field for column in (field, *field.columns)]
    return any(column.visible_to or column.visible_if for column in columns)


def work_out(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    found: Sequence[Entry],
    columns: Sequence[RegisterColumn],
    today: date,
    time_zone: str,
) -> None:
    """Fill in the values of the columns that are not stored, in one more statement if they need other pages."""
    wanted = [column for column in columns if column.computed is not None or column.key == "freshness"]
    if not wanted or not found:
        return
    computed = [column.computed for column in wanted if column.computed is not None]
    there = look(session, catalogue, viewer, kind, [entry.page.id for entry in found], computed, time_zone)
    for entry in found:
        record = _record(entry, there)
        entry.worked_out |= {column.key for column in wanted}
        for column in wanted:
            value = _value(kind, column, record, entry.page.id, there, today)
            if value is not None:
                entry.values[column.key] = value


def _record(entry: Entry, there: Facts) -> Record:
    page = entry.page
    return Record(
        kind=page.kind,
        state=page.state,
        fields=entry.fields,
        review_due=page.review_due,
        owner_state=page.owner_state or "",
        entered=there.entered.get(page.id, {}),
        facts=there.facts.get(page.id, {}),
    )


def _value(kind: Kind, column: RegisterColumn, record: Record, page_id: int, there: Facts, today: date) -> Value | None:
    if column.computed is None:
        return freshness(record, today)
    if column.computed.linked or column.computed.via:
        return there.values.get((page_id, column.key))
    return compute(kind, column.computed, record, today)
