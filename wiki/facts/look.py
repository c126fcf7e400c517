"""Looking facts up: for a list of pages of one kind, or for one page that somebody reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, union_all
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.facts.chain import chain, read_chain
from wiki.facts.parts import Among, Parts, entered, named
from wiki.facts.said import values_said
from wiki.kinds import Catalogue, Computed, Kind, Value
from wiki.prepared import IdList, Prepared
from wiki.quick_access import readable_pages
from wiki.text import url_part

#: Functions that ask what replaced the page.
ASK_FOR_CHAIN = frozenset({"still_stands", "standing"})


@dataclass
class Facts:
    """By page id: the days of states, facts; by page id and key: values; by page id: title and address of pages that are named."""

    entered: dict[int, dict[str, date]] = field(default_factory=dict)
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
    rows = session.execute(union_all(*parts)).all() if parts else []
    return _read(catalogue, {kind: ids}, computed, kind, rows, time_zone)


def look_at(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    page: int,
    others: Mapping[str, Sequence[int]],
    names: Iterable[int],
    time_zone: str,
) -> Facts:
    """What the page of a reading needs, in one statement that is made once for each kind; none if it needs nothing.

    `others` are pages behind this one, by kind, of which days and chain are asked too; `names` are pages to be named.
    """
    behind = tuple(sorted(others))
    statement = _statement(catalogue, kind, behind)
    wanted = sorted(set(names))
    if statement is None or not (others or wanted or needs(kind)):
        return Facts()
    asked = {f"of_{key}": str(list(others[key])) for key in behind}
    rows = statement(session, account_id=viewer.account_id, page=page, named=str(wanted), **asked)
    of = {catalogue[key]: ids for key, ids in others.items()}
    of[kind] = [page, *of.get(kind, ())]
    return _read(catalogue, of, kind.computed, kind, rows, time_zone)


def needs(kind: Kind) -> bool:
    """Whether a page of the kind has anything to ask when it is read."""
    return kind.replaces is not None or any(True for _one in _own(kind.computed))


def _own(computed: Sequence[Computed]) -> Iterator[Computed]:
    for one in computed:
        if one.linked or one.via or one.entered or one.function in ("late", "meeting_cycle", "maturity"):
            yield one


_MADE: dict[tuple[Kind, tuple[str, ...]], Prepared] = {}


def _statement(catalogue: Catalogue, kind: Kind, behind: tuple[str, ...]) -> Prepared:
    key = kind, behind
    if key not in _MADE:

        def here(column: Any) -> Any:
            return column == bindparam("page")

        parts = [named(_listed("named"), readable_pages)]
        parts += Parts(catalogue, kind, kind.computed, here, readable_pages).all()
        parts += chain(kind, here, readable_pages)
        for other in behind:
            of = _listed(f"of_{other}")
            parts += [entered(of), *chain(catalogue[other], of, readable_pages, prefix=f"{other}_")]
        _MADE[key] = Prepared(union_all(*parts))
    return _MADE[key]


def _listed(name: str) -> Among:
    def among(column: Any) -> Any:
        return column.op("IN")(IdList(bindparam(name, type_=String)))

    return among


def _read(
    catalogue: Catalogue,
    of: Mapping[Kind, Sequence[int]],
    computed: Sequence[Computed],
    kind: Kind,
    rows: Sequence[Any],
    time_zone: str,
) -> Facts:
    found = Facts()
    chains: dict[int, list[Any]] = {}
    for row in rows:
        if row.what == "entered":
            found.entered.setdefault(row.page, {})[row.text] = _day(row.moment, time_zone)
        elif row.what == "chain":
            chains.setdefault(row.page, []).append(row)
        elif row.what == "org":
            found.facts.setdefault(row.page, {})["org"] = row.ref
        if row.address is not None and row.text:
            found.names[row.page if row.what == "named" else row.ref] = row.text, _href(row.address)
    for its_kind, ids in of.items():
        for page in ids:
            if page in chains:
                found.facts.setdefault(page, {})["chain"] = read_chain(its_kind, chains[page])
    for one in computed:
        own = [row for row in rows if row.what == f"={one.key}"]
        found.values |= {(page, one.key): value for page, value in values_said(catalogue, kind, one, of[kind], own)}
    return found


def _href(address: str) -> str:
    return "/" + "/".join(url_part(one) for one in address.split("/", 1))


def _day(moment: datetime, time_zone: str) -> date:
    return moment.astimezone(ZoneInfo(time_zone)).date()
