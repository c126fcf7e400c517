"""Looking facts up: for a list of pages of one kind, or for one page that somebody reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Select, String, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.facts.chain import chain, read_chain
from wiki.facts.handed import handed, read_handed
from wiki.facts.parts import Among, Parts, editors, entered, hidden, incoming, named, role_held
from wiki.facts.said import values_said
from wiki.facts.signs import Signs, signs_of
from wiki.facts.thanked import thanks_of
from wiki.facts.walked import ASK_FOR_WALKS, read_walked, walked
from wiki.kinds import Catalogue, Computed, Kind, Replaces, Value
from wiki.models import Link, Page
from wiki.prepared import IdList, Prepared
from wiki.quick_access import readable_pages
from wiki.text import url_part

LINKS_SHOWN = 200

#: Functions that ask what replaced the page.
ASK_FOR_CHAIN = frozenset({"still_stands", "standing"})
#: Functions that ask about the things that a handover lists.
ASK_FOR_HANDED = frozenset({"handover_gaps"})


@dataclass
class Facts:
    """By page id: days and moments of states, facts; by page id and key: values; by page id: title and address of pages that are named."""

    entered: dict[int, dict[str, date]] = field(default_factory=dict)
    moments: dict[int, dict[str, datetime]] = field(default_factory=dict)
    facts: dict[int, dict[str, Any]] = field(default_factory=dict)
    values: dict[tuple[int, str], Value] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)


def look(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    ids: Sequence[int],
    computed: Sequence[Computed],
    time_zone: str,
) -> Facts:
    """Everything that these computed values of these pages need, in one statement; nothing is asked if they need nothing."""

    def among(column: Any) -> Any:
        return column.in_(ids)

    def seen() -> Any:
        return visible_pages(viewer)

    parts = list(Parts(catalogue, kind, computed, among, seen).all())
    if any(one.function in ASK_FOR_CHAIN for one in computed):
        parts += chain(kind, among, seen)
    if any(one.function in ASK_FOR_HANDED for one in computed):
        parts += handed(among, seen)
    if any(one.function in ASK_FOR_WALKS for one in computed):
        parts += walked(among, seen, viewer.account_id)
    rows = list(session.execute(union_all(*parts))) if parts else []
    return _read(catalogue, {kind: ids}, computed, kind, ids, rows, time_zone)


def look_at(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    page: Any,
    mentioned: Collection[int],
    names: Collection[int],
    time_zone: str,
) -> tuple[Facts, list[Any]]:
    """What a reading of one page needs of others, in one statement that is made once for each kind and what there may be; and its rows as they are.

    `page` is its row, read with `sign_columns`. The rows say what links to the page, which of `mentioned` are hidden from the reader, and how the pages of `names` are called.
    """
    signs = signs_of(page, mentioned, names)
    made = _MADE.setdefault(kind, {})
    statement = made.get(signs) or made.setdefault(signs, Prepared(union_all(*_parts(catalogue, kind, signs))))
    rows = statement(
        session,
        account_id=viewer.account_id,
        page=page.id,
        mentioned=str(sorted(mentioned)),
        named=str(sorted(names)),
    )
    behind: dict[Kind, set[int]] = {kind: {page.id}}
    for row in rows:
        if row.what == "incoming" and row.kind in catalogue:
            behind.setdefault(catalogue[row.kind], set()).add(row.page)
    return _read(catalogue, behind, kind.computed, kind, [page.id], rows, time_zone), rows


#: A kind that was changed is another object, and the statements of the former go with it.
_MADE: WeakKeyDictionary[Kind, dict[Signs, Prepared]] = WeakKeyDictionary()


def _parts(catalogue: Catalogue, kind: Kind, signs: Signs) -> Iterator[Select[Any]]:
    this = bindparam("page", type_=Integer)

    def here(column: Any) -> Any:
        return column == this

    yield editors(this)
    if signs.pointed_at:
        yield incoming(this, readable_pages, LINKS_SHOWN)
    if signs.mentions:
        yield hidden(_listed("mentioned"), readable_pages)
    if signs.names:
        yield named(_listed("named"), readable_pages)
    if signs.kept_by_role:
        yield role_held(this, readable_pages)
    if signs.thanked:
        yield from thanks_of(this, readable_pages)
    yield from Parts(catalogue, kind, kind.computed, here, readable_pages).all()
    if signs.in_chain:
        yield from _chains(catalogue, kind, this)
    if any(one.function in ASK_FOR_HANDED for one in kind.computed):
        yield from handed(here, readable_pages)
    if any(one.function in ASK_FOR_WALKS for one in kind.computed):
        yield from walked(here, readable_pages, bindparam("account_id", type_=Integer))


def _chains(catalogue: Catalogue, kind: Kind, this: Any) -> Iterator[Select[Any]]:
    """What the page replaced and was replaced by, and the same of what it rests on."""
    yield from chain(kind, lambda column: column == this, readable_pages)
    for other in catalogue.values():
        if other.replaces is not None and other.replaces.affects:
            behind = _resting_on(other, other.replaces, this)
            yield entered(behind)
            yield from chain(other, behind, readable_pages, prefix=f"{other.key}_")


def _resting_on(kind: Kind, said: Replaces, page: Any) -> Among:
    """Pages of the kind that were replaced, and say that this one rests on them."""
    found = select(Link.page_id).join(Page, Page.id == Link.page_id)
    found = found.where(Link.target_id == page, Link.name == said.affects)
    found = found.where(func.lower(Page.kind) == kind.key, Page.state == said.becomes).correlate(None)

    def among(column: Any) -> Any:
        return column.in_(found)

    return among


def _listed(name: str) -> Among:
    def among(column: Any) -> Any:
        return column.op("IN")(IdList(bindparam(name, type_=String)))

    return among


def _read(
    catalogue: Catalogue,
    of: Mapping[Kind, Iterable[int]],
    computed: Sequence[Computed],
    kind: Kind,
    own: Sequence[int],
    rows: Sequence[Any],
    time_zone: str,
) -> Facts:
    """`of` are pages by kind whose chains there may be; `own` those of `kind` whose computed values are asked for."""
    found = Facts()
    chains: dict[int, list[Any]] = {}
    for row in rows:
        if row.what == "entered":
            found.moments.setdefault(row.page, {})[row.text] = row.moment
            found.entered.setdefault(row.page, {})[row.text] = _day(row.moment, time_zone)
        elif row.what == "chain":
            chains.setdefault(row.page, []).append(row)
        elif row.what == "thanked":
            found.facts.setdefault(row.page, {}).setdefault("thanked", []).append((row.ref, row.number))
        elif row.what == "signups":
            found.facts.setdefault(row.page, {}).setdefault("signups", {})[row.text] = int(row.number)
        elif row.what == "org":
            found.facts.setdefault(row.page, {})["org"] = row.ref
        elif row.what == "named":
            found.names[row.page] = row.text, href(row.address)
        if row.what.startswith("=") and row.address is not None:
            found.names[row.ref] = row.text, href(row.address)
    for page, known in (*read_handed(rows).items(), *read_walked(rows, lambda moment: _day(moment, time_zone)).items()):
        found.facts.setdefault(page, {}).update(known)
    for its_kind, ids in of.items():
        for page in ids:
            if page in chains:
                found.facts.setdefault(page, {})["chain"] = read_chain(its_kind, chains[page])
    for one in computed:
        said = [row for row in rows if row.what == f"={one.key}"]
        found.values |= {(page, one.key): value for page, value in values_said(catalogue, kind, one, own, said)}
    return found


def href(address: str) -> str:
    """The path of "space/slug"."""
    return "/" + "/".join(url_part(one) for one in address.split("/", 1))


def _day(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
