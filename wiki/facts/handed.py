"""What a handover note needs of other pages to know its gaps: the things that it lists, who else knows them, who has to be told."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Select, and_, case, func, or_, select, union
from sqlalchemy.orm import aliased

from wiki.facts.parts import Among, Seen, address, part
from wiki.kinds.workings.handovers import Handed
from wiki.models import FieldValue, Link, Page, Revision, Row, Space
from wiki.models.base import Moment

Known: TypeAlias = dict[str, Any]

_ITEM = "items.item"
_WHO = "relationships.who"


def handed(among: Among, seen: Seen) -> Iterator[Select[Any]]:
    """The parts of the one statement (wiki.facts.look). Only what the reader may see is in them."""
    yield _things(among, seen)
    yield _touched(among, seen)
    yield _partners(among, seen)
    yield _own_organisation(among)


def read_handed(rows: Sequence[Any]) -> dict[int, Known]:
    """By handover: "handed" (its row -> the thing), "touched" ((page, by the leaver?) -> when), "partners" (id -> title)."""
    found: dict[int, Known] = {}
    away: dict[int, int] = {}
    for row in rows:
        if row.what == "handed":
            data = row.data or {}
            state, _slash, kind = row.kind.partition("/")
            name, href = row.name or "", "/" + row.address
            thing = Handed(row.ref, data.get("id", ""), row.text, name, data, row.day, kind, state, href)
            found.setdefault(row.page, {}).setdefault("handed", {})[row.word] = thing
        elif row.what == "touched":
            found.setdefault(row.page, {}).setdefault("touched", {})[(row.ref, row.word == "leaver")] = row.moment
        elif row.what == "partner" and not (row.data or {}).get("left"):
            found.setdefault(row.page, {}).setdefault("partners", {})[row.ref] = row.text
        elif row.what == "own_org":
            away[row.page] = row.ref
    for page, org in away.items():
        found.get(page, {}).get("partners", {}).pop(org, None)
    return found


def _things(among: Among, seen: Seen) -> Select[Any]:
    """What each item of the note points to, and whom each relationship is with."""
    return (
        part(
            "handed",
            Link.page_id,
            word=Link.row_id,
            ref=Link.target_id,
            text=func.coalesce(func.nullif(Row.text, ""), Page.title),
            name=Row.row_type,
            data=Row.data,
            day=Page.review_due,
            kind=Page.state + "/" + Page.kind,
            address=address(),
        )
        .select_from(Link)
        .join(Page, Page.id == Link.target_id)
        .join(Space, Space.id == Page.space_id)
        .outerjoin(Row, and_(Row.page_id == Link.target_id, Row.row_id == Link.target_row))
        .where(among(Link.page_id), or_(Link.name == _ITEM, Link.name == _WHO), seen())
    )


def _touched(among: Among, seen: Seen) -> Select[Any]:
    """When the leaver, and when anybody else, last changed each page that the leaver keeps right."""
    who = aliased(FieldValue)
    by = case((Revision.author_id == who.ref_id, "leaver"), else_="other")
    return (
        part("touched", Link.page_id, ref=Link.target_id, word=by, moment=func.max(Revision.time, type_=Moment))
        .select_from(Link)
        .join(who, and_(who.page_id == Link.page_id, who.key == "person"))
        .join(Page, and_(Page.id == Link.target_id, Page.owner_id == who.ref_id))
        .join(Revision, Revision.page_id == Page.id)
        .where(among(Link.page_id), Link.name == _ITEM, Link.target_row.is_(None), seen())
        .group_by(Link.page_id, Link.target_id, by)
    )


def _partners(among: Among, seen: Seen) -> Select[Any]:
    """The partner organisations of the partnerships to which the note and its things belong."""
    item, belongs, link = aliased(Link), aliased(FieldValue), aliased(Link)
    own = select(belongs.page_id.label("note"), belongs.ref_id.label("partnership")).where(
        among(belongs.page_id), belongs.key == "partnership", belongs.ref_id.is_not(None)
    )
    of_things = (
        select(item.page_id, Page.partnership_id)
        .join(Page, Page.id == item.target_id)
        .where(among(item.page_id), item.name == _ITEM, Page.partnership_id.is_not(None), seen())
    )
    places = union(own, of_things).subquery()
    known = select(Page.id).where(seen()).correlate(None).subquery()
    return (
        part("partner", places.c.note, ref=link.target_id, text=Page.title, data=Row.data)
        .select_from(places)
        .join(known, known.c.id == places.c.partnership)
        .join(link, and_(link.page_id == places.c.partnership, link.name == "partners.org"))
        .join(Row, and_(Row.page_id == link.page_id, Row.row_id == link.row_id))
        .join(Page, Page.id == link.target_id)
        .where(seen())
    )


def _own_organisation(among: Among) -> Select[Any]:
    """The organisation of the person who leaves: nobody there has to be told as a partner."""
    who, org = aliased(FieldValue), aliased(FieldValue)
    return (
        part("own_org", who.page_id, ref=org.ref_id)
        .select_from(who)
        .join(org, and_(org.page_id == who.ref_id, org.key == "org"))
        .where(among(who.page_id), who.key == "person")
    )
