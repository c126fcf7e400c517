"""What every page is, at one moment: of which kind, in which state, of whom, about what. Each value has the set of its pages.

Counting what thousands of pages have in common is then a matter of microseconds (`facets.py`), while asking the database
costs a microsecond for each page and value. Every process keeps one shelf for its database, and brings it up to date
before it is used: whatever anybody does writes an event, in the same transaction and sealed with the digest of all
events before it. So the same newest event means the same pages, in every process; and the events since then say which
pages have to be looked at again. Where they do not say it (a space was changed), all of it is made anew.

Rights have one rule, `access.visible_pages`, and the database applies it. Here is kept which pages it gave to whom, and
after each event it is asked again about the pages that changed.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Integer, Pool, Select, cast, extract, func, literal_column, select, true
from sqlalchemy.orm import Session, aliased

from wiki import eventlog
from wiki.access import Viewer, rights_of, visible_pages
from wiki.eventlog import Moment
from wiki.models import Attachment, FieldValue, Page, Space
from wiki.search import bits
from wiki.search.filters import ORGANISATIONS
from wiki.search.language import base_language
from wiki.search.weights import Line, Sheet, line

#: What `has` counts.
FILE = "file"
#: Readers with different rights whose pages are kept at a time.
READERS = 100
#: Of more changed pages than these it is quicker to look at all.
MANY = 400

#: Facet → value → its pages.
Values = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class _Seen:
    """The pages that somebody may see, as it was at that moment."""

    moment: Moment
    pages: int


@dataclass(frozen=True)
class Shelf:
    """`values`: by kind, state, space, owner, language, year, over, has, theme, org. A page of an organisation names no
    organisation by being one; `org` holds the pages of which a field names it. `sheet` says what moves each page up or down."""

    moment: Moment
    values: Values
    sheet: Sheet
    _seen: OrderedDict[Hashable, _Seen] = field(default_factory=OrderedDict)

    def pages(self, facet: str, value: object) -> int:
        return self.values[facet].get(str(value), 0)

    def visible(self, session: Session, viewer: Viewer) -> int:
        """The pages that the viewer may see."""
        who = rights_of(viewer)
        seen = self._seen.get(who)
        if seen is None or seen.moment != self.moment:
            seen = self._seen[who] = _Seen(self.moment, self._look(session, viewer, seen))
        self._seen.move_to_end(who)
        while len(self._seen) > READERS:
            self._seen.popitem(last=False)
        return seen.pages

    def _look(self, session: Session, viewer: Viewer, before: _Seen | None) -> int:
        changed = _changed(session, before.moment, self.moment) if before else None
        if before is None or changed is None:
            return bits.read(session, select(Page.id).where(visible_pages(viewer)))
        now = select(Page.id).where(Page.id.in_(changed), visible_pages(viewer))
        return before.pages & ~bits.of(changed) | bits.read(session, now)


#: Of each database, by what keeps its connections.
_SHELVES: WeakKeyDictionary[Pool, Shelf] = WeakKeyDictionary()


def shelf(session: Session) -> Shelf:
    """The shelf as it stands for this transaction."""
    now = eventlog.moment(session)
    if now is None:
        return Shelf(Moment(0, ""), *_read(session))
    pool = session.get_bind().engine.pool
    held = _SHELVES.get(pool)
    if held is not None and held.moment == now:
        return held
    changed = _changed(session, held.moment, now) if held else None
    if held is None or changed is None:
        made = Shelf(now, *_read(session), held._seen if held else OrderedDict())
    else:
        values, lines = _values(session, changed)
        made = Shelf(
            now, _brought_up_to_date(held.values, changed, values), held.sheet.brought_up_to_date(lines), held._seen
        )
    _SHELVES[pool] = made
    return made


def _changed(session: Session, since: Moment, now: Moment) -> Collection[int] | None:
    """The pages that changed between two moments; None if they are not known, or too many."""
    events = eventlog.between(session, since, now, MANY)
    if events is None:
        return None
    changed = set()
    for verb, page_id in events:
        if verb == "page.kind":  # what names it may name an organisation from now on
            return None
        if page_id is not None:
            changed.add(page_id)
        elif verb.partition(".")[0] not in eventlog.OF_PEOPLE:
            return None
    return changed


def _brought_up_to_date(before: Values, changed: Collection[int], now: Values) -> Values:
    others = ~bits.of(changed)
    made = {}
    for facet, values in before.items():
        kept = {value: left for value, pages in values.items() if (left := pages & others)}
        made[facet] = kept | {value: kept.get(value, 0) | pages for value, pages in now[facet].items()}
    return made


def _read(session: Session) -> tuple[Values, Sheet]:
    values, lines = _values(session)
    return values, Sheet().brought_up_to_date(lines)


def _values(session: Session, only: Collection[int] | None = None) -> tuple[Values, dict[int, Line]]:
    """What these pages are, or all."""
    found: dict[str, defaultdict[str, list[int]]] = {facet: defaultdict(list) for facet in _FACETS}
    lines = {}
    for page in session.execute(_of_pages(session, only)):
        page_id = page.id
        lines[page_id] = line(page.space_id, page.changed_at, page.review_due, page.archived_at is not None, page.over)
        found["kind"][page.kind].append(page_id)
        found["state"][page.state].append(page_id)
        found["space"][page.slug].append(page_id)
        found["language"][base_language(page.language)].append(page_id)
        found["year"][str(page.year)].append(page_id)
        if page.over:
            found["over"][page.over].append(page_id)
        if page.owner_id is not None:
            found["owner"][str(page.owner_id)].append(page_id)
    for facet, page_id, value in _of_several(session, only):
        found[facet][str(value)].append(page_id)
    return {facet: {value: bits.of(ids) for value, ids in values.items()} for facet, values in found.items()}, lines


_FACETS = ("kind", "state", "space", "owner", "language", "year", "over", "has", "theme", "org")


def _of_pages(session: Session, only: Collection[int] | None) -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Page.id, Page.kind, Page.state, Page.owner_id, Page.language, Page.over, Space.slug),
        *(Page.space_id, Page.changed_at, Page.review_due, Page.archived_at),
    )
    found = select(*columns, _year(session).label("year")).join(Space, Space.id == Page.space_id)
    return found.where(_among(Page.id, only))


def _of_several(session: Session, only: Collection[int] | None) -> Iterator[tuple[str, int, Any]]:
    """Of these a page may have more than one."""
    for page_id in session.scalars(select(Attachment.page_id).where(_among(Attachment.page_id, only)).distinct()):
        yield "has", page_id, FILE
    # The name is part of the statement, so that the index of themes alone serves.
    named = FieldValue.key == literal_column("'themes'")
    themes = select(FieldValue.page_id, FieldValue.text).where(named, FieldValue.text.is_not(None))
    for page_id, theme in session.execute(themes.where(_among(FieldValue.page_id, only))):
        yield "theme", page_id, theme
    organisation = aliased(Page)
    naming = select(FieldValue.page_id, FieldValue.ref_id).join(organisation, organisation.id == FieldValue.ref_id)
    naming = naming.where(organisation.kind.in_(ORGANISATIONS), _among(FieldValue.page_id, only))
    for page_id, organisation_id in session.execute(naming):
        yield "org", page_id, organisation_id


def _among(column: Any, only: Collection[int] | None) -> ColumnElement[bool]:
    return true() if only is None else column.in_(only)


def _year(session: Session) -> ColumnElement[Any]:
    """The year in which a page changed last, by universal time."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(extract("year", func.timezone("UTC", Page.changed_at)), Integer)
    return cast(func.substr(Page.changed_at, 1, 4), Integer)  # a tenth of the time that SQLite needs to read the day
