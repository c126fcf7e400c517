"""What the register of decisions reads: three statements, whatever the size of the wiki."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, or_, select, union_all
from sqlalchemy.orm import Session

from wiki.access import visible_pages
from wiki.kinds.record import InChain
from wiki.models import FieldValue, Link, Page, Revision
from wiki.models.base import Moment
from wiki.registers.listing import Place
from wiki.registers.named.rows import PageFacts, extra, facts_of_pages, hidden_here, own_spaces, page_facts, within
from wiki.rendering.plain import plain_text
from wiki.text import shorten, url_part

KIND = "decision"
#: Characters of a text that are read, and shown of a reason.
READ, REASON = 600, 160

#: Key of a field -> what of a Decided it fills, and from which column of its value.
_TEXTS = {"number": "number", "question": "question", "outcome": "outcome", "why": "why"}
_DAYS = {"decided_on": "decided_on", "bring_partners_in_by": "bring_in"}
_PAGES = {"decided_by": "decided_by", "affects": "affects", "made_under": "made_under"}
_ORGS = ("approvers", "contributing_orgs")
_KEYS = (*_TEXTS, *_DAYS, *_PAGES, *_ORGS, "themes", "condition_met", "time_to_collaborate")
_COUNTED = ("accepted", "superseded", "retired")


@dataclass
class Decided:
    """A decision as its register shows it. `days` is how long it took from proposed to accepted, `carried_on` says that work points to it."""

    page: PageFacts
    review_due: date | None
    number: str = ""
    question: str = ""
    outcome: str = ""
    why: str = ""
    decided_on: date | None = None
    bring_in: date | None = None
    decided_by: list[int] = field(default_factory=list)
    affects: list[int] = field(default_factory=list)
    made_under: list[int] = field(default_factory=list)
    orgs: list[int] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    condition_met: bool = False
    hurry: bool = False
    proposed: date | None = None
    days: int | None = None
    carried_on: bool = False
    chain: tuple[InChain, ...] = ()


def decided(session: Session, place: Place, spaces: Sequence[int]) -> tuple[dict[int, Decided], int]:
    """Every decision that the reader may see there, by its page, with what replaced what among all that they may see.

    And how many they may not see, in their own spaces.
    """
    seen = and_(Page.kind == KIND, visible_pages(place.viewer))
    listed = and_(Page.archived_at.is_(None), within(spaces)).label("listed")
    days = (_first("proposed").label("proposed"), _first("accepted").label("accepted"))
    query = facts_of_pages().add_columns(Page.review_due.label("review_due"), listed, *days).where(seen)
    rows = list(session.connection().execute(query))
    found = {row.id: _decided(row, place) for row in rows}
    if found:
        _fill(session, found, seen)
    hidden = _tie(session, place, spaces, found, seen)
    return {row.id: found[row.id] for row in rows if row.listed}, hidden


def _first(state: str) -> Any:
    """When a page came into the state first: from an index, not from the revisions."""
    query = select(func.min(Revision.time, type_=Moment)).where(Revision.page_id == Page.id, Revision.state == state)
    return query.correlate(Page).scalar_subquery()


def _decided(row: Any, place: Place) -> Decided:
    zone = ZoneInfo(place.time_zone)
    proposed, accepted = (moment.astimezone(zone).date() if moment else None for moment in (row.proposed, row.accepted))
    took = (accepted - proposed).days if proposed and accepted and accepted >= proposed else None
    return Decided(page_facts(row, place), row.review_due, proposed=proposed, days=took)


def _fill(session: Session, found: dict[int, Decided], seen: Any) -> None:
    query = (
        select(
            FieldValue.page_id,
            FieldValue.key,
            func.substr(FieldValue.text, 1, READ).label("text"),
            FieldValue.date,
            FieldValue.ref_id,
        )
        .join(Page, Page.id == FieldValue.page_id)
        .where(seen, FieldValue.key.in_(_KEYS))
        .order_by(FieldValue.page_id, FieldValue.position)
    )
    for page_id, key, text, day, ref in session.connection().execute(query):
        one = found[page_id]
        if key in _TEXTS and text:
            setattr(one, _TEXTS[key], " ".join(plain_text(text).split()) if key in ("outcome", "why") else text)
        elif key in _DAYS:
            setattr(one, _DAYS[key], day)
        elif key in _PAGES and ref is not None:
            getattr(one, _PAGES[key]).append(ref)
        elif key in _ORGS and ref is not None:
            one.orgs.append(ref)
        elif key == "themes" and text:
            one.themes.append(text)
        elif key == "condition_met":
            one.condition_met = text == "yes"
        elif key == "time_to_collaborate":
            one.hurry = text in ("short", "no")


def _tie(session: Session, place: Place, spaces: Sequence[int], found: dict[int, Decided], seen: Any) -> int:
    """Links between decisions, and from work to them: who replaced whom is followed here, step by step."""
    target = select(Page.id).where(seen).correlate(None)
    work = Link.name.in_(("activities.came_from", "decided_in")) | Link.name.like("%.decision")
    links = (
        select(*extra("link", Link.page_id, Link.target_id, Link.name, Page.kind))
        .join(Page, Page.id == Link.page_id)
        .where(Link.target_id.in_(target), or_(Link.name == "supersedes", work), visible_pages(place.viewer))
    )
    hidden = select(*extra("hidden", func.count())).select_from(Page)
    hidden = hidden.where(Page.kind == KIND, hidden_here(place, own_spaces(place, spaces)))
    later: dict[int, list[int]] = {}
    earlier: dict[int, list[int]] = {}
    count = 0
    for row in session.connection().execute(union_all(links, hidden)):
        if row.what == "hidden":
            count = row.a
        elif row.text == "supersedes" and row.other == KIND:
            later.setdefault(row.b, []).append(row.a)
            earlier.setdefault(row.a, []).append(row.b)
        elif row.text != "supersedes" and row.b in found:
            found[row.b].carried_on = True
    slugs = {one.id: one.slug for one in place.spaces.values()}
    for page_id, one in found.items():
        steps = {**_followed(page_id, earlier, found, -1), **_followed(page_id, later, found, 1)}
        if steps:
            steps[page_id] = 0
            one.chain = tuple(
                _in_chain(found[other], slugs, step) for other, step in sorted(steps.items(), key=lambda pair: pair[1])
            )
    return count


def _followed(start: int, links: dict[int, list[int]], found: dict[int, Decided], step: int) -> dict[int, int]:
    steps: dict[int, int] = {}
    waiting = [(start, 0)]
    while waiting:
        page_id, distance = waiting.pop()
        for other in links.get(page_id, ()):
            known = other in found and (step < 0 or found[other].page.state in _COUNTED)
            if known and other != start and other not in steps:
                steps[other] = distance + step
                waiting.append((other, distance + step))
    return steps


def _in_chain(one: Decided, slugs: dict[int, str], steps: int) -> InChain:
    page = one.page
    return InChain(
        page=page.page_id,
        title=page.title,
        state=page.state,
        steps=steps,
        number=one.number,
        href=f"/{url_part(slugs[page.space_id])}/{url_part(page.slug)}",
        since=one.decided_on,
        because=shorten(one.why, REASON),
    )
