"""A note as somebody works with it: every thing with what they may know and do of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, editable_pages, titles_of
from wiki.facts.look import look
from wiki.handover.gaps import Sort, gaps_of, sorts
from wiki.handover.items import SETTLED, matched, status_of
from wiki.handover.keeping import up_to_date
from wiki.handover.notes import Parties, content_now
from wiki.handover.passing import as_what
from wiki.handover.words import statuses, things
from wiki.holdings import Held, footprint
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.record import Record
from wiki.kinds.redact import redact
from wiki.kinds.workings.handovers import Gap, Handed
from wiki.models import Page
from wiki.text import url_part

Named = tuple[str, str]


@dataclass(frozen=True)
class Item:
    """`n` is its place in the form. Of what the reader may not see there is no title and no address."""

    n: int
    id: str
    what: str
    icon: str
    title: str
    href: str
    where: str
    due: date | None
    status: str
    said: str
    tone: str
    note: str
    next_owner: Named | None
    sent_back: str
    accepted_by: Named | None
    accepted_on: str
    caretaker: bool
    gaps: tuple[Gap, ...]
    may: str
    reachable: bool

    @property
    def hidden(self) -> bool:
        return not self.title

    @property
    def settled(self) -> bool:
        return self.status in SETTLED


@dataclass(frozen=True)
class Progress:
    """How far a note has come: things passed on (or further), things settled, all of them."""

    total: int
    passed: int
    settled: int

    @classmethod
    def of(cls, content: Content) -> "Progress":
        found = [status_of(row) for row in content.rows("items")]
        return cls(len(found), sum(one != "to_pass_on" for one in found), sum(one in SETTLED for one in found))


@dataclass(frozen=True)
class Shown:
    """All that the working view shows."""

    found: Found
    kind: Kind
    content: Content
    items: list[Item]
    gaps: list[Sort]
    count: int
    progress: Progress
    parties: Parties
    names: Mapping[int, Named]
    untold: dict[int, str]
    days_left: int | None

    @property
    def offered(self) -> list[Item]:
        return [item for item in self.items if item.may]

    def name(self, person: Any) -> Named | None:
        return self.names.get(person) if isinstance(person, int) else None

    @property
    def url(self) -> str:
        return self.found.url


def show(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, today: date, time_zone: str) -> Shown:
    page, kind = found.page, catalogue[found.page.kind]
    content = up_to_date(session, catalogue, page, content_now(session, page), today)
    record = _record(session, catalogue, viewer, kind, page, content, today, time_zone)
    parties = Parties.of(content)
    seen = _seen(session, catalogue, viewer, content, today)
    known: Mapping[str, Handed] = record.facts.get("handed", {})
    names = _names(session, viewer, content, seen)
    may_edit = _editable(session, viewer, seen)
    missing = gaps_of(record, today)
    items = [
        _item(n, row, page, content, viewer, seen.get(row["id"]), known.get(row["id"]), names, may_edit, missing)
        for n, row in enumerate(content.rows("items"))
    ]
    told = {row.get("org") for row in content.rows("partners_told") if row.get("told_on")}
    partners = record.facts.get("partners", {})
    last = record.day("last_day")
    return Shown(
        found=found,
        kind=kind,
        content=redact(kind, content, viewer.person_id, page.state),
        items=items,
        gaps=sorts(missing, kind, f"/{url_part(found.space.slug)}/{url_part(page.slug)}"),
        count=len(missing),
        progress=Progress.of(content),
        parties=parties,
        names=names,
        untold={org: partners[org] for org in partners if org not in told},
        days_left=(last - today).days if last is not None else None,
    )


def _record(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    page: Page,
    content: Content,
    today: date,
    time_zone: str,
) -> Record:
    computed = [one for one in kind.computed if one.function == "handover_gaps"]
    there = look(session, catalogue, viewer, kind, [page.id], computed, time_zone)
    return Record(page.kind, page.state, content.fields, facts=there.facts.get(page.id, {}))


def _seen(session: Session, catalogue: Catalogue, viewer: Viewer, content: Content, today: date) -> dict[str, Held]:
    """Row -> what it lists, as far as this reader may know of it."""
    leaver = Parties.of(content).leaver
    if leaver is None:
        return {}
    held = [one for one in footprint(session, catalogue, viewer, leaver, today) if one.through is None]
    rows = content.rows("items")
    return {match.row["id"]: match.held for match in matched(rows, content, held) if match.row is not None}


def _names(session: Session, viewer: Viewer, content: Content, seen: Mapping[str, Held]) -> dict[int, Named]:
    """Title and address of everybody and everything that the view names, if the reader may see it."""
    rows = content.rows("items")
    ids = {row.get(key) for row in rows for key in ("next_owner", "accepted_by")}
    ids |= {row["item"]["page"] for row in rows if isinstance(row.get("item"), dict)}
    ids |= {content.fields.get(key) for key in ("person", "successor", "manager")}
    ids |= {row.get("who") for row in content.rows("relationships")}
    ids |= {row.get(key) for row in content.rows("partners_told") for key in ("org", "told_by")}
    ids |= {row.get("answered_by") for row in content.rows("questions")}
    found = titles_of(session, viewer, {one for one in ids if isinstance(one, int)})
    return {one: (title, f"/{url_part(space)}/{url_part(slug)}") for one, (title, space, slug) in found.items()}


def _editable(session: Session, viewer: Viewer, seen: Mapping[str, Held]) -> set[int]:
    ids = {one.page_id for one in seen.values() if one.moves}
    return set(session.scalars(select(Page.id).where(Page.id.in_(ids), editable_pages(viewer)))) if ids else set()


def _item(
    n: int,
    row: Mapping[str, Any],
    page: Page,
    content: Content,
    viewer: Viewer,
    held: Held | None,
    thing: Handed | None,
    names: Mapping[int, Named],
    may_edit: set[int],
    missing: list[Gap],
) -> Item:
    target = row.get("item") or {}
    whole = _named(names, target.get("page"))
    text = held.text if held else thing.text if thing else whole[0] if whole and not target.get("row") else ""
    href = _href(held, thing, whole)
    what, icon = things().get(str(row.get("kind", "")), (str(row.get("kind", "")), "circle-dot"))
    status = status_of(row)
    said, tone = statuses().get(status, (status, "quiet"))
    own = not target
    return Item(
        n=n,
        id=row["id"],
        what=what,
        icon=icon,
        title=text or (str(row.get("kind", "")) if own else ""),
        href=href if text else "",
        where=whole[0] if whole and target.get("row") and target["page"] != page.id and whole[0] != text else "",
        due=held.due if held else None,
        status=status,
        said=said,
        tone=tone,
        note=str(row.get("what_to_know", "")),
        next_owner=_named(names, row.get("next_owner")),
        sent_back=str(row.get("sent_back", "")),
        accepted_by=_named(names, row.get("accepted_by")),
        accepted_on=str(row.get("accepted_on", "")),
        caretaker=row.get("caretaker") == "yes",
        gaps=tuple(gap for gap in missing if gap.row == row["id"]),
        may=as_what(viewer, content, row, page.state),
        reachable=held is not None and (not held.moves or held.page_id in may_edit),
    )


def _href(held: Held | None, thing: Handed | None, whole: Named | None) -> str:
    if held is not None:
        return held.href
    if thing is not None:
        return f"{thing.page_href}#r-{thing.row}" if thing.row else thing.page_href
    return whole[1] if whole else ""


def _named(names: Mapping[int, Named], person: Any) -> Named | None:
    return names.get(person) if isinstance(person, int) else None
