"""What the pages that match have in common, counted: by kind, state, space, organisation, theme, year, keeper, language.

Only pages that the viewer may open are counted. The counts of one filter leave its own choices aside, so that they say
what one more choice would bring. All is counted in one statement, whatever is asked: the pages are grouped by whatever
they have one of, and the groups are added up here; themes and organisations, of which a page has several, are counted
beside them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Attachment, FieldValue, Page, Space
from wiki.search.chosen import Chosen
from wiki.search.filters import ORGANISATIONS, OWNERS, chosen_pages
from wiki.search.language import base_language

FILE = "file"

Counts = Mapping[str, Mapping[str, int]]

#: Of these a page has one; of the others it can have several.
_SINGLE: dict[str, Any] = {
    "kind": String,
    "state": String,
    "space": String,
    "owner": Integer,
    "language": String,
    "year": Integer,
}
_SEVERAL = ("theme", "org", "has")
#: Filters of which the database says whether a page passes; the others are compared here.
_JUDGED = (*_SEVERAL, "owner", "language")


@dataclass(frozen=True)
class Facets:
    """`counts`: filter → value → pages, most first. `total` pages pass all filters, of `everything` there is without any."""

    total: int
    everything: int = 0
    counts: Counts = field(default_factory=dict)


def count(session: Session, viewer: Viewer, matching: Select[Any], chosen: Chosen) -> Facets:
    """Count the pages that `matching` selects: of `page` the `page_id` of what the viewer finds without the filters that
    were chosen."""
    return _Counting(session, viewer, matching, chosen).run()


class _Counting:
    def __init__(self, session: Session, viewer: Viewer, matching: Select[Any], chosen: Chosen) -> None:
        self.session = session
        self.viewer = viewer
        self.chosen = chosen
        self.names = [name for name in (*_SINGLE, *_SEVERAL) if getattr(chosen, name)]
        self.judged = [name for name in self.names if name in _JUDGED]
        self.columns = {**_SINGLE, "file": Integer, **{f"{name}_ok": Integer for name in self.judged}}
        self.pages = self._pages(matching)
        self.total = self.everything = 0
        self.counts: dict[str, dict[str, int]] = {name: {} for name in (*_SINGLE, *_SEVERAL)}

    def run(self) -> Facets:
        for row in self.session.execute(union_all(self._groups(), self._themes(), self._organisations())):
            if row.part == "group":
                self._add(row)
            elif row.value is not None:
                self.counts[row.part][row.value] = row.pages
        return Facets(self.total, self.everything, {name: _most_first(found) for name, found in self.counts.items()})

    def _add(self, row: Any) -> None:
        """Count a group of pages that are alike wherever they fit."""
        values = dict(_values(row))
        failed = [name for name in self.names if not self._passes(row, name, values)]
        self.everything += row.pages
        self.total += 0 if failed else row.pages
        for name, value in values.items():
            if all(one == name for one in failed):
                self.counts[name][value] = self.counts[name].get(value, 0) + row.pages

    def _passes(self, row: Any, name: str, values: Mapping[str, str]) -> bool:
        if name in _JUDGED:
            return bool(getattr(row, f"{name}_ok"))
        return values.get(name) in [str(value) for value in getattr(self.chosen, name)]

    def _pages(self, matching: Select[Any]) -> CTE:
        """The pages that match, each with what it has one of, and whether it passes the filters of which it has several."""
        return (
            matching.add_columns(
                Page.kind,
                Page.state,
                Page.space_id.label("space"),
                Page.owner_id.label("owner"),
                Page.language,
                _year(self.session).label("year"),
                _flag(exists().where(Attachment.page_id == Page.id)).label("file"),
                *(self._asked_for(name).label(f"{name}_ok") for name in self.judged),
            )
            .cte("facet_page")
            .prefix_with("MATERIALIZED")
        )

    def _asked_for(self, name: str) -> ColumnElement[int]:
        return _flag(and_(*chosen_pages(self.viewer, Chosen(**{name: getattr(self.chosen, name)}))))

    def _groups(self) -> Select[Any]:
        """Pages that are alike, counted; a keeper whom the viewer may not know is left out of it."""
        keys = [self.pages.c[name] for name in self.columns]
        alike = select(*keys, func.count().label("pages")).group_by(*keys).subquery()
        keeper = self._known("facet_keeper", OWNERS)
        told = {"owner": keeper.c.id.label("owner"), "space": Space.slug.label("space")}
        columns = [told.get(name, alike.c[name]) for name in self.columns]
        empty = cast(null(), String).label("value")
        found = select(literal("group").label("part"), empty, *columns, alike.c.pages)
        spaces = found.select_from(alike).join(Space, Space.id == alike.c.space)
        return spaces.outerjoin(keeper, keeper.c.id == alike.c.owner)

    def _themes(self) -> Select[Any]:
        """From the pages to their themes: an outer join is never turned round. Pages without any are counted under None."""
        # The name is part of the statement, so that the index of themes alone serves.
        themes = and_(FieldValue.page_id == self.pages.c.page_id, FieldValue.key == literal_column("'themes'"))
        found = (
            self._of_several("theme", func.min(FieldValue.text)).select_from(self.pages).where(*self._others("theme"))
        )
        return found.outerjoin(FieldValue, themes).group_by(func.lower(FieldValue.text))

    def _organisations(self) -> Select[Any]:
        """From the organisations, of which there are few, to the pages that name them, not the other way round: there
        is no index of a sum."""
        known = self._known("facet_organisation", ORGANISATIONS)
        named = self._of_several("org", cast(FieldValue.ref_id, String)).select_from(known)
        counted = select(self.pages.c.page_id).where(*self._others("org"))
        naming = named.join(FieldValue, FieldValue.ref_id == known.c.id).where((FieldValue.page_id + 0).in_(counted))
        return naming.group_by(FieldValue.ref_id)

    def _known(self, name: str, kinds: Sequence[str]) -> CTE:
        """Pages that may be named to this viewer."""
        return select(Page.id).where(Page.kind.in_(kinds), visible_pages(self.viewer)).cte(name)

    def _of_several(self, part: str, value: ColumnElement[Any]) -> Select[Any]:
        """How many pages have each value of a filter of which a page can have several."""
        empty = [cast(null(), type_).label(name) for name, type_ in self.columns.items()]
        pages = func.count(FieldValue.page_id.distinct())
        return select(literal(part).label("part"), value.label("value"), *empty, pages.label("pages"))

    def _others(self, part: str) -> Iterator[ColumnElement[bool]]:
        """What the choices of the other filters ask."""
        for name in self.names:
            if name == "space":
                yield self.pages.c.space.in_(select(Space.id).where(Space.slug.in_(self.chosen.space)))
            elif name not in _JUDGED:
                yield self.pages.c[name].in_(getattr(self.chosen, name))
            elif name != part:
                yield self.pages.c[f"{name}_ok"] == 1


def _values(row: Any) -> Iterator[tuple[str, str]]:
    """What a group of pages has one of."""
    for name in _SINGLE:
        value = getattr(row, name)
        if value is not None:
            yield name, base_language(value) if name == "language" else str(value)
    if row.file:
        yield "has", FILE


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)


def _year(session: Session) -> ColumnElement[Any]:
    """The year in which a page changed last, by universal time."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(extract("year", func.timezone("UTC", Page.changed_at)), Integer)
    return cast(func.substr(Page.changed_at, 1, 4), Integer)  # a tenth of the time that SQLite needs to read the day


def _most_first(found: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
