"""What replaced what: the pages before and after one, through any number of steps, as far as the reader may see them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Double, Select, cast, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from wiki.facts.parts import Among, Seen, address, part
from wiki.kinds import Kind
from wiki.kinds.definition import Replaces
from wiki.kinds.record import InChain, day
from wiki.models import Link, Page, Revision, Space
from wiki.rendering.plain import plain_text
from wiki.text import shorten, url_part

#: Steps that are followed either way; a circle cannot be saved, and an imported one ends here.
MOST_STEPS = 30
#: Characters of a reason that are read, and shown.
READ, SHOWN = 600, 160


def chain(kind: Kind, among: Among, seen: Seen, prefix: str = "") -> Iterator[Select[Any]]:
    """Parts of the statement: what replaced the pages asked about, and what they replaced. A statement with several chains tells them apart by a prefix."""
    said = kind.replaces
    if said is None:
        return
    for name, here, there, step in (
        ("later", Link.target_id, Link.page_id, 1.0),
        ("earlier", Link.page_id, Link.target_id, -1.0),
    ):
        found = _followed(prefix + name, kind, said, here, there, step, among, seen)
        yield (
            part("chain", found.c.start, number=found.c.steps, ref=Page.id, **_shown())
            .select_from(found)
            .join(Page, Page.id == found.c.page)
            .join(Space, Space.id == Page.space_id)
            .join(Revision, (Revision.page_id == Page.id) & (Revision.number == Page.number))
        )


def _shown() -> dict[str, Any]:
    return {"text": Page.title, "word": Page.state, "address": address(), "data": Revision.fields}


def _followed(
    name: str,
    kind: Kind,
    said: Replaces,
    here: InstrumentedAttribute[Any],
    there: InstrumentedAttribute[Any],
    step: float,
    among: Among,
    seen: Seen,
) -> CTE:
    """From the pages asked about, links from `here` to `there`, again and again; only through pages that the reader sees."""
    link = Link.name == said.named_in
    known = _known(kind, seen, later=step > 0)
    number = cast(literal(step), Double)
    first = (
        select(here.label("start"), there.label("page"), number.label("steps"))
        .join(Page, Page.id == there)
        .where(among(here), link, known)
        .cte(name, recursive=True)
    )
    further = (
        select(first.c.start, there, first.c.steps + step)
        .select_from(first)
        .join(Link, here == first.c.page)
        .join(Page, Page.id == there)
        .where(link, known, func.abs(first.c.steps) < MOST_STEPS)
    )
    return first.union(further)


def _known(kind: Kind, seen: Seen, *, later: bool) -> ColumnElement[bool]:
    """What a page of the chain must be. `lower` keeps SQLite from beginning with all pages of the kind."""
    known = (func.lower(Page.kind) == kind.key) & seen()
    return known & or_(*(Page.state == key for key in sorted(kind.counted))) if later else known


def read_chain(kind: Kind, rows: Sequence[Any]) -> tuple[InChain, ...]:
    """The chain of one page, the oldest first; each page once, at its greatest distance."""
    found: dict[int, InChain] = {}
    for row in rows:
        one = found.get(row.ref)
        if one is None or abs(row.number) > abs(one.steps):
            found[row.ref] = in_chain(kind, row.ref, row.text, row.data, row.word, row.address, int(row.number))
    return tuple(sorted(found.values(), key=lambda one: (one.steps, one.since or date.min, one.page)))


def in_chain(
    kind: Kind, page: int, title: str, fields: Mapping[str, Any], state: str, where: str, steps: int = 0
) -> InChain:
    """A page as its chain shows it; `where` is "space/slug"."""
    said = kind.replaces
    space, _slash, slug = where.partition("/")
    return InChain(
        page=page,
        steps=steps,
        title=title,
        number=next((fields[one.key] for one in kind.fields if one.numbered and one.key in fields), ""),
        href=f"/{url_part(space)}/{url_part(slug)}",
        state=state,
        since=_since(fields.get(said.dated)) if said else None,
        because=_reason(fields.get(said.because)) if said else "",
    )


def _since(value: Any) -> date | None:
    return day(value.get("from") if isinstance(value, dict) else value)


def _reason(value: Any) -> str:
    return shorten(" ".join(plain_text(value[:READ]).split()), SHOWN) if isinstance(value, str) else ""
