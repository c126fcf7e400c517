"""The rows of one type, wherever they stand, as far as a reader may see them: three statements, whatever the size of the wiki.

There may be thousands of rows on a few hundred pages and of a few dozen people: so pages and people are read apart from the
rows, once each.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    Text,
    and_,
    cast,
    func,
    literal,
    literal_column,
    not_,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.facts.roles import current
from wiki.models import FieldValue, Page, Row
from wiki.prepared import IdList
from wiki.registers.listing import Place

#: json.loads looks at its text twice more than it has to, which shows in thousands of rows.
_decoded = json.JSONDecoder().raw_decode
_Group = aliased(FieldValue)
_Org = aliased(FieldValue)


#: What a statement selects of a page for PageFacts.
PAGE_FACTS = (
    Page.id,
    Page.slug,
    Page.title,
    Page.kind,
    Page.state,
    Page.space_id,
    Page.owner_id,
    Page.partnership_id,
    Page.changed_at,
    Page.created_at,
)


@dataclass(slots=True)
class PageFacts:
    """What a line knows of its page. `made` and `touched` are days in the site's time zone."""

    page_id: int
    slug: str
    title: str
    kind: str
    state: str
    space_id: int
    owner_id: int | None
    partnership_id: int | None
    changed_at: datetime
    made: date
    touched: date
    group_id: int | None = None
    themes: tuple[str, ...] = ()

    @classmethod
    def read(cls, row: Any, place: Place, **more: Any) -> Self:
        """From a row that has PAGE_FACTS."""
        zone = ZoneInfo(place.time_zone)
        return cls(
            row.id,
            row.slug,
            row.title,
            row.kind,
            row.state,
            row.space_id,
            row.owner_id,
            row.partnership_id,
            row.changed_at,
            row.created_at.astimezone(zone).date(),
            row.changed_at.astimezone(zone).date(),
            **more,
        )


@dataclass(frozen=True)
class Holder:
    """Who holds something: the state of their page, and their organisation. `people`: of a role, who holds it now."""

    state: str = ""
    org: int | None = None
    people: tuple[int, ...] = ()
    role: bool = False

    @property
    def gone(self) -> bool:
        """Whether nobody is there: the person has left, or nobody holds the role."""
        return not self.people if self.role else self.state in GONE


@dataclass
class Rows:
    """All rows of a type that a reader may see: (page, row id, text, holder's page, values) each. `hidden`: how many they may not."""

    pages: dict[int, PageFacts] = field(default_factory=dict)
    holders: dict[int, Holder] = field(default_factory=dict)
    hidden: int = 0
    found: Sequence[Any] = ()
    more: list[Any] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[PageFacts, str, str, int | None, dict[str, Any]]]:
        pages = self.pages
        for page_id, row_id, text, person, data in self.found:
            page = pages.get(page_id)
            if page is not None:
                yield page, row_id, text, person, _decoded(data)[0]

    def holder(self, person: int | None) -> Holder:
        return self.holders.get(person, DELETED) if person is not None else NOBODY


#: A person in these states holds nothing any more.
GONE = frozenset({"left"})
NOBODY = Holder()
#: Somebody is named whose page is not there any more.
DELETED = Holder("left")


def rows_of(
    session: Session, place: Place, row_type: str, spaces: Sequence[int], more: Sequence[Select[Any]] = ()
) -> Rows:
    """Rows of pages that are not archived. `more` are other selects (of `extra` columns) to ask in the same statement."""
    connection = session.connection()
    shown = and_(Page.archived_at.is_(None), visible_pages(place.viewer), within(spaces))
    rows = (
        select(Row.page_id, Row.row_id, Row.text, Row.person_id, cast(Row.data, Text))
        .join(Page, Page.id == Row.page_id)
        .where(Row.row_type == row_type, shown)
    )
    found = Rows(found=connection.execute(rows).all())
    pages = IdList(literal(json.dumps(sorted({row.page_id for row in found.found})), String))
    found.pages = _pages(session, place, pages)
    in_roles: dict[int, list[int]] = {}
    around = union_all(_holders(), _in_roles(place), _hidden(place, row_type, spaces), _themes(pages), *more)
    for row in connection.execute(around):
        if row.what == "theme":
            if row.text is not None and row.a in found.pages:
                found.pages[row.a].themes += (row.text,)
        elif row.what == "holder":
            found.holders[row.a] = Holder(row.text, row.b, role=row.other == "role")
        elif row.what == "in_role":
            in_roles.setdefault(row.a, []).append(row.b)
        elif row.what == "hidden":
            found.hidden = row.a
        else:
            found.more.append(row)
    for role, people in in_roles.items():
        found.holders[role] = replace(found.holders.get(role, NOBODY), people=tuple(people))
    return found


def extra(what: str, a: Any = None, b: Any = None, text: Any = None, other: Any = None) -> tuple[Any, ...]:
    """The columns of a select that is asked along: what it is, two numbers, two texts."""
    return (
        literal(what).label("what"),
        cast(null() if a is None else a, Integer).label("a"),
        cast(null() if b is None else b, Integer).label("b"),
        cast(null() if text is None else text, String).label("text"),
        cast(null() if other is None else other, String).label("other"),
    )


def _pages(session: Session, place: Place, pages: IdList) -> dict[int, PageFacts]:
    """What is known of pages that the reader has just been found to see."""
    query = facts_of_pages().where(Page.id.op("IN")(pages))
    return {row.id: page_facts(row, place) for row in session.connection().execute(query)}


def facts_of_pages() -> Any:
    """Select what `page_facts` reads; the conditions are the caller's."""
    return (
        select(
            *PAGE_FACTS,
            _Group.ref_id.label("group_id"),
        )
        .select_from(Page)
        .outerjoin(_Group, and_(_Group.page_id == Page.id, _Group.key == "group", _Group.position == 0))
    )


def page_facts(row: Any, place: Place) -> PageFacts:
    return PageFacts.read(row, place, group_id=row.group_id)


def _holders() -> Select[Any]:
    """People and roles that are there; what is told of them is only whether they have left."""
    return (
        select(*extra("holder", Page.id, _Org.ref_id, Page.state, Page.kind))
        .select_from(Page)
        .outerjoin(_Org, and_(_Org.page_id == Page.id, _Org.key == "org", _Org.position == 0))
        .where(Page.kind.in_(("person", "role")), Page.deleted_at.is_(None))
    )


def _in_roles(place: Place) -> Select[Any]:
    """Who holds which role today."""
    query = select(*extra("in_role", Row.page_id, Row.person_id)).join(Page, Page.id == Row.page_id)
    there = and_(Page.kind == "role", Page.deleted_at.is_(None), Page.over == "")
    return query.where(Row.person_id.is_not(None), current(place.today), there)


def _themes(pages: IdList) -> Select[Any]:
    """The themes of such pages, or None. An outer join is never turned round, and the name is part of the statement, so
    that the small index of themes alone serves."""
    themes = and_(FieldValue.page_id == Page.id, FieldValue.key == literal_column("'themes'"))
    query = select(*extra("theme", Page.id, text=FieldValue.text)).select_from(Page).outerjoin(FieldValue, themes)
    return query.where(Page.id.op("IN")(pages))


def within(spaces: Sequence[int]) -> ColumnElement[bool]:
    return Page.space_id.in_(spaces) if spaces else true()


def own_spaces(place: Place, spaces: Sequence[int]) -> list[int]:
    """Of these spaces (none: of all) those in which the viewer has a role of their own: only there is told how much is hidden."""
    own = {member.space_id for member in place.viewer.memberships}
    return sorted(own & set(spaces) if spaces else own)


def _hidden(place: Place, row_type: str, spaces: Sequence[int]) -> Select[Any]:
    """How many rows of the type stand on pages that the viewer may not see, in their own spaces."""
    hidden = select(Page.id).where(hidden_here(place, own_spaces(place, spaces)))
    return (
        select(*extra("hidden", func.count())).select_from(Row).where(Row.row_type == row_type, Row.page_id.in_(hidden))
    )


def hidden_here(place: Place, own: Sequence[int]) -> ColumnElement[bool]:
    """Pages of these spaces, neither deleted nor archived, that the viewer may not see."""
    return and_(
        Page.space_id.in_(own),
        Page.deleted_at.is_(None),
        Page.archived_at.is_(None),
        not_(visible_pages(place.viewer)),
    )
