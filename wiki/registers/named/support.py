"""What stands around promises: rows elsewhere that keep them, and under which names organisations made them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import String, cast, or_, select

from wiki.access import visible_pages
from wiki.kinds.types.base import Ref
from wiki.models import FieldValue, Link, Page, Row
from wiki.registers.listing import Place
from wiki.registers.named.rows import extra


@dataclass
class Around:
    """`rows`: promise -> the rows and pages that point to it. `names`: organisation -> days until which it was called otherwise.
    `begins`: page -> the day on which its term begins."""

    rows: dict[tuple[int, str], list[Ref]] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=dict)
    begins: dict[int, str] = field(default_factory=dict)

    def supporting(self, page: int, row: str) -> Sequence[Ref]:
        return self.rows.get((page, row), ())

    def under_earlier_name(self, orgs: Iterable[Any], page: int, written: date) -> bool:
        """Whether one of the organisations had another name when the promise began to hold."""
        if not self.names:
            return False
        made = self.begins.get(page) or written.isoformat()
        return any(made <= until for org in orgs for until in self.names.get(org, ()))


def around(place: Place) -> list[Any]:
    """What is to be asked along with the promises."""
    return [_pointing(place), _earlier_names(place), _terms(place)]


def read_around(rows: Iterable[Any]) -> Around:
    found = Around()
    for row in rows:
        if row.what == "keeps":
            found.rows.setdefault((row.a, row.text), []).append(Ref(row.b, row.other))
        elif row.what == "name":
            found.names.setdefault(row.a, []).append(row.text)
        elif row.what == "term":
            found.begins[row.a] = row.text
    return found


def _pointing(place: Place) -> Any:
    """Links of actions, activities, contributions and money to a row that they keep."""
    return (
        select(*extra("keeps", Link.target_id, Link.page_id, Link.target_row, Link.row_id))
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
        select(*extra("name", Row.page_id, text=until))
        .join(Page, Page.id == Row.page_id)
        .where(Row.row_type == "organisation.formerly", until.is_not(None), visible_pages(place.viewer))
    )


def _terms(place: Place) -> Any:
    return (
        select(*extra("term", FieldValue.page_id, text=cast(FieldValue.date, String)))
        .join(Page, Page.id == FieldValue.page_id)
        .where(
            Page.kind == "agreement",
            FieldValue.key == "term",
            FieldValue.date.is_not(None),
            visible_pages(place.viewer),
        )
    )
