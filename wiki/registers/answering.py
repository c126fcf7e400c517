"""The answer to what was asked of a register, in few statements whatever the size of the wiki.

There are three ways, by what the pages are sorted and filtered by. *Stored*: the database sorts and pages. *Spoken*: words
are sorted here, in the order of the reader's language, which no database knows. *Worked out*: values are computed from the
content of every page that the other filters leave. The last two look at a limited number of pages, and say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.models import Page
from wiki.registers.asking import Asked, Filter
from wiki.registers.columns import RegisterColumn, column
from wiki.registers.conditions import condition, holds
from wiki.registers.entries import Entry, entries, matching, work_out
from wiki.registers.listing import Listing, Place, begin
from wiki.registers.ordering import Order, orders
from wiki.registers.sorting import in_order, value_parts
from wiki.registers.survey import Survey, survey

#: Pages that are sorted by words here; beyond it the database sorts them, roughly.
MOST_SPOKEN = 20_000
#: Pages whose content is read to sort or filter by what is worked out.
MOST_WORKED_OUT = 5_000


def answer(session: Session, place: Place, asked: Asked) -> Listing:
    """One page of the register, its entries with everything that the columns show."""
    answering = _Answering(session, place, asked, begin(place, asked))
    answering.run()
    found = answering.result
    complete(session, place, found, found.entries)
    return found


def answer_whole(session: Session, place: Place, asked: Asked, most: int) -> Listing:
    """The ids of all that was asked for, `most` at most, in their order."""
    answering = _Answering(session, place, asked, begin(place, asked), whole=most)
    answering.run()
    return answering.result


def blank(session: Session, place: Place, asked: Asked) -> Listing:
    """The register without its list, for a question that could not be understood."""
    found = begin(place, asked)
    words = [one.key for one in found.controls if one.words]
    found.words = survey(session, place.viewer, asked.kind, [], words=words, spaces=[], count_states=False).words
    return found


def load(session: Session, place: Place, found: Listing, ids: Sequence[int]) -> list[Entry]:
    """The entries of these pages, in this order, complete."""
    loaded = _by_ids(session, place, found.asked, ids)
    complete(session, place, found, loaded)
    return loaded


def _by_ids(session: Session, place: Place, asked: Asked, ids: Sequence[int]) -> list[Entry]:
    if not ids:
        return []
    query = matching(place.viewer, asked.kind, [Page.id.in_(ids)])
    found = {one.page.id: one for one in entries(session, place.viewer, asked.kind, query)}
    return [found[page] for page in ids if page in found]


def complete(session: Session, place: Place, found: Listing, loaded: Sequence[Entry]) -> None:
    """Work out what the columns show and the entries do not have yet."""
    known = loaded[0].worked_out if loaded else frozenset()
    lacking = [one for one in found.columns if one.key not in known]
    work_out(session, place.catalogue, place.viewer, found.kind, loaded, lacking, place.today, place.time_zone)


@dataclass
class _Answering:
    """`whole`: a file is made, of so many pages at most."""

    session: Session
    place: Place
    asked: Asked
    result: Listing
    whole: int = 0
    conditions: list[ColumnElement[bool]] = field(default_factory=list)
    later: list[Filter] = field(default_factory=list)
    sort: list[Order] = field(default_factory=list)

    def run(self) -> None:
        self._split()
        self.sort = orders(self.place.viewer, self.asked.kind, self.asked.sort)
        if self.later or any(not one.parts for one in self.sort):
            self._worked_out()
        elif any(one.spoken for one in self.sort[: max(1, len(self.asked.sort))]):
            self._spoken()
        else:
            self._stored()

    def _split(self) -> None:
        """Conditions for the database (the state aside, which is counted first), and filters of what is worked out."""
        slugs = self.asked.spaces()
        if slugs:
            self.conditions.append(Page.space_id.in_([self.place.spaces[slug].id for slug in slugs]))
        if self.asked.archived != "yes":
            set_aside = Page.archived_at.is_not(None)
            self.conditions.append(set_aside if self.asked.archived == "only" else Page.archived_at.is_(None))
        for one in self.asked.filters:
            if one.key in ("state", "space"):
                continue
            found = condition(self.place.viewer, one, self.place.today, self.place.time_zone)
            if found is None:
                self.later.append(one)
            else:
                self.conditions.append(found)

    def _survey(self, listed: Sequence[ColumnElement[Any]] | None = None, *, count_states: bool = True) -> Survey:
        """Only spaces of which the viewer is a member tell how much is hidden in them."""
        own = {member.space_id for member in self.place.viewer.memberships}
        slugs = self.asked.spaces() or self.place.spaces
        found = survey(
            self.session,
            self.place.viewer,
            self.asked.kind,
            self.conditions,
            words=[one.key for one in self.result.controls if one.words],
            spaces=sorted(own & {self.place.spaces[slug].id for slug in slugs}),
            listed=listed,
            most=MOST_SPOKEN + 1,
            count_states=count_states,
        )
        self.result.words, self.result.hidden = found.words, found.hidden
        return found

    def _stored(self) -> None:
        part = self._counted(self._survey().states)
        if self.result.total:
            query = matching(self.place.viewer, self.asked.kind, [*self.conditions, *self._of_state()])
            ordered = query.order_by(*(clause for one in self.sort for clause in one.clauses()), Page.id)
            limited = ordered.limit(part.stop - part.start).offset(part.start)
            if self.whole:
                self.result.ids = list(self.session.scalars(limited))
            else:
                self.result.entries = entries(self.session, self.place.viewer, self.asked.kind, limited)

    def _spoken(self) -> None:
        found = self._survey([part for one in self.sort for part in one.parts])
        if len(found.listed) > MOST_SPOKEN:
            most = format_number(MOST_SPOKEN)
            said = _("These are more than %(most)s pages: words with accents may not stand quite in order.", most=most)
            self.result.notices.append(said)
            self._stored()
            return
        part = self._counted(found.states)
        rows = sorted((row for row in found.listed if self._wanted(row[1])), key=lambda row: int(row[0]))
        end = len(found.listed[0]) if found.listed else 0
        for order in reversed(self.sort):
            start = end - len(order.parts)
            rows = in_order(rows, order, itemgetter(slice(start, end)))
            end = start
        self._take([row[0] for row in rows[part]])

    def _take(self, ids: list[int]) -> None:
        if self.whole:
            self.result.ids = ids
        else:
            self.result.entries = _by_ids(self.session, self.place, self.asked, ids)

    def _worked_out(self) -> None:
        self._survey(count_states=False)
        viewer, kind = self.place.viewer, self.asked.kind
        query = matching(viewer, kind, self.conditions).order_by(Page.changed_at.desc(), Page.id.desc())
        parts = [part for one in self.sort for part in one.parts]
        found = entries(self.session, viewer, kind, query.limit(MOST_WORKED_OUT + 1), parts)
        if len(found) > MOST_WORKED_OUT:
            found.pop()
            most = format_number(MOST_WORKED_OUT)
            self.result.notices.append(
                _("Only the %(most)s pages that changed last were looked at. Narrow the list with a filter.", most=most)
            )
        place = self.place
        work_out(self.session, place.catalogue, viewer, kind, found, self._needed(), place.today, place.time_zone)
        passing = [one for one in found if all(holds(each, one.values.get(each.key)) for each in self.later)]
        states: dict[str, int] = {}
        for entry in passing:
            states[entry.page.state] = states.get(entry.page.state, 0) + 1
        part = self._counted(states)
        chosen = [one for one in passing if self._wanted(one.page.state)]
        for order in reversed(self.sort):
            chosen = in_order(chosen, order, value_parts(order, self.sort))
        if self.whole:
            self.result.ids = [one.page.id for one in chosen[part]]
        else:
            self.result.entries = chosen[part]

    def _needed(self) -> list[RegisterColumn]:
        """The columns that have to be worked out before anything can be sorted or left out."""
        keys = {one.key for one in self.later} | {one.key for one in self.sort if not one.parts}
        found = (column(self.asked.kind, key) for key in sorted(keys))
        return [one for one in found if one is not None]

    def _counted(self, states: dict[str, int]) -> slice:
        """Take note of the counts; which part of the list is to be shown."""
        result = self.result
        result.states = states
        result.total = sum(count for key, count in states.items() if self._wanted(key))
        if self.whole:
            return slice(0, self.whole)
        result.page = min(self.asked.page, result.pages)
        first = (result.page - 1) * self.asked.limit
        return slice(first, first + self.asked.limit)

    def _wanted(self, state: str) -> bool:
        chosen = self.asked.filter("state")
        return chosen is None or state in chosen.words

    def _of_state(self) -> list[ColumnElement[bool]]:
        chosen = self.asked.filter("state")
        return [Page.state.in_(chosen.words)] if chosen is not None else []
