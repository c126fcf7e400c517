"""What nobody looks after: rows and parts whose holder is gone, open rows in which nobody is named. And what hangs by a thread:
what a caretaker has for the time being, and pages that one person alone knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, Integer, Select, String, and_, cast, exists, literal, null, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer
from wiki.facts.roles import nobody
from wiki.holdings.conditions import holds_now
from wiki.holdings.entries import alive, edited_alone, year_before
from wiki.holdings.places import Places, places_of
from wiki.kinds import Catalogue
from wiki.models import Link, Page, Row

_Holder = aliased(Page)
_Item = aliased(Link)
_Note = aliased(Page)
_Taken = aliased(Row)

#: The page's owner is told apart by its own list.
_OWNER = "owner"


@dataclass(frozen=True)
class Unattended:
    """`why`: gone (whoever held it), unnamed (nobody was ever named), caretaker, alone (one person knows it). `row` has the page."""

    why: str
    row: Any
    name: str
    row_id: str
    holder: int | None

    @property
    def of_page(self) -> bool:
        """Whether it is the page as a whole."""
        return self.name == _OWNER


def unattended(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer | None,
    today: date,
    columns: Sequence[Any],
    spaces: Sequence[int] = (),
) -> list[Unattended]:
    """All of it that the viewer may see, each with these columns of its page: one statement. Pages without an owner are not among it."""
    places = places_of(catalogue)
    shown = alive(viewer, spaces)
    parts = (
        _gone(places, shown, today, columns),
        _unnamed(places, shown, columns),
        _caretakers(places, shown, columns),
    )
    found = session.connection().execute(union_all(*parts)).all()
    return list(_once(places, found, today))


def _selected(why: str, name: Any, holder: Any, columns: Sequence[Any]) -> Select[Any]:
    row = (Row.row_id.label("in_row"), Row.text.label("said"), Row.due.label("row_due"), Row.data.label("data"))
    return select(literal(why).label("why"), cast(name, String).label("name"), holder.label("holder"), *row, *columns)


def _gone(places: Places, shown: Any, today: date, columns: Sequence[Any]) -> Select[Any]:
    names = [name for name in places.names if name != _OWNER]
    return (
        _selected("gone", Link.name, Link.target_id, columns)
        .select_from(Link)
        .join(Page, Page.id == Link.page_id)
        .outerjoin(Row, and_(Row.page_id == Link.page_id, Row.row_id == Link.row_id))
        .outerjoin(_Holder, _Holder.id == Link.target_id)
        .where(Link.name.in_(names), Link.target_id.is_not(None), shown, nobody(_Holder, today))
    )


def _unnamed(places: Places, shown: Any, columns: Sequence[Any]) -> Select[Any]:
    return (
        _selected("unnamed", Row.row_type, cast(null(), Integer), columns)
        .select_from(Row)
        .join(Page, Page.id == Row.page_id)
        .where(Row.row_type.in_(sorted(places.open_rows)), Row.person_id.is_(None), shown)
    )


def _caretakers(places: Places, shown: Any, columns: Sequence[Any]) -> Select[Any]:
    """What a handover gave to a caretaker, as long as that person has it; only of notes that the viewer may see."""
    taker = _Taken.data["accepted_by"].as_integer()
    same = or_(
        Link.row_id == _Item.target_row,
        and_(Link.row_id.is_(None), _Item.target_row.is_(None)),
        Link.name.in_(places.dated),
    )
    seen = select(Page.id).where(Page.id == _Taken.page_id, shown).correlate(_Taken)
    return (
        _selected("caretaker", Link.name, Link.target_id, columns)
        .select_from(_Taken)
        .join(_Item, and_(_Item.page_id == _Taken.page_id, _Item.row_id == _Taken.row_id, _Item.name == "items.item"))
        .join(Page, Page.id == _Item.target_id)
        .join(Link, and_(Link.page_id == Page.id, Link.name.in_(places.names), Link.target_id == taker, same))
        .outerjoin(Row, and_(Row.page_id == Link.page_id, Row.row_id == Link.row_id))
        .where(
            _Taken.row_type == "handover_item",
            _Taken.data["caretaker"].as_string() == "yes",
            shown,
            exists(seen),
        )
    )


def _alone(shown: Any, today: date, columns: Sequence[Any]) -> Select[Any]:
    """Pages that nobody but the one who keeps them right has edited in a year."""
    alone = edited_alone(year_before(today), shown).subquery()
    nothing = (cast(null(), String), cast(null(), String), cast(null(), Date), cast(null(), JSON))
    query = select(literal("alone"), literal(_OWNER), Page.owner_id, *nothing, *columns).select_from(alone)
    return query.join(Page, and_(Page.id == alone.c.page, Page.owner_id == alone.c.ref))


def _once(places: Places, found: Iterable[Any], today: date) -> Iterator[Unattended]:
    """Each thing once, and only what is still open."""
    known: set[tuple[int, str, str]] = set()
    for row in found:
        place = places.open_rows.get(row.name) if row.why == "unnamed" else places.named.get((row.kind, row.name))
        said = place.holds if place is not None else ()
        if not any(holds_now(one, row.state, row.data or {}, today) for one in said):
            continue
        key = (row.id, row.in_row or "", row.name)
        if key not in known:
            known.add(key)
            yield Unattended(row.why, row, row.name, row.in_row or "", row.holder)
