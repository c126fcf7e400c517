"""What keeps promises: rows elsewhere that point to them; and under which names organisations made them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from wiki.access import visible_pages
from wiki.kinds.types.base import Ref
from wiki.models import FieldValue, Link, Page, Row
from wiki.registers.listing import Place


@dataclass
class Support:
    """`rows`: promise -> the rows and pages that point to it. `names`: organisation -> days until which it was called otherwise.
    `begins`: page -> the day on which its term begins; `themes`: page -> its themes."""

    rows: dict[tuple[int, str], list[Ref]] = field(default_factory=dict)
    names: dict[int, list[date]] = field(default_factory=dict)
    begins: dict[int, date] = field(default_factory=dict)
    themes: dict[int, list[str]] = field(default_factory=dict)

    def of_row(self, page: int, row: str) -> list[Ref]:
        return self.rows.get((page, row), [])

    def under_earlier_name(self, orgs: Iterable[Any], page: int, written: date) -> bool:
        """Whether one of the organisations had another name when the promise began to hold."""
        if not self.names:
            return False
        made = self.begins.get(page, written)
        return any(made <= until for org in orgs for until in self.names.get(org, ()))


def look_for_support(session: Session, place: Place) -> Support:
    """All of it in one statement, from pages that the viewer may see."""
    found = Support()
    for row in session.execute(union_all(_pointing(place), _earlier_names(place), _of_pages(place))):
        if row.what == "support":
            found.rows.setdefault((row.page, row.target_row), []).append(Ref(row.by_page, row.by_row))
        elif row.what == "name":
            found.names.setdefault(row.page, []).append(date.fromisoformat(row.target_row))
        elif row.what == "term":
            found.begins[row.page] = row.day
        else:
            found.themes.setdefault(row.page, []).append(row.target_row)
    return found


def _pointing(place: Place) -> Any:
    """Links of actions, activities, contributions and money to a row that they keep."""
    return (
        select(
            literal("support").label("what"),
            Link.target_id.label("page"),
            cast(Link.target_row, String).label("target_row"),
            Link.page_id.label("by_page"),
            cast(Link.row_id, String).label("by_row"),
            cast(null(), Date).label("day"),
        )
        .join(Page, Page.id == Link.page_id)
        .where(
            Link.target_row.is_not(None),
            or_(Link.name.like("%.fulfils"), Link.name.like("%.supports_commitment")),
            Page.archived_at.is_(None),
            visible_pages(place.viewer),
        )
    )


def _earlier_names(place: Place) -> Any:
    until = Row.data["until"].as_string()
    return (
        select(literal("name"), Row.page_id, until, cast(null(), Integer), cast(null(), String), cast(null(), Date))
        .join(Page, Page.id == Row.page_id)
        .where(Row.row_type == "organisation.formerly", until.is_not(None), visible_pages(place.viewer))
    )


def _of_pages(place: Place) -> Any:
    """The term and the themes of pages that hold promises."""
    return (
        select(
            FieldValue.key,
            FieldValue.page_id,
            FieldValue.text,
            cast(null(), Integer),
            cast(null(), String),
            FieldValue.date,
        )
        .join(Page, Page.id == FieldValue.page_id)
        .where(
            Page.kind.in_(("agreement", "meeting", "decision", "terms_of_reference")),
            or_(
                and_(FieldValue.key == "term", FieldValue.date.is_not(None)),
                and_(FieldValue.key == "themes", FieldValue.text.is_not(None)),
            ),
            visible_pages(place.viewer),
        )
    )
