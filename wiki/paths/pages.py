"""The pages of steps, and how long reading them takes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, case, null, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.redact import redact
from wiki.models import Page, Revision, Space
from wiki.rendering.plain import plain_text
from wiki.text import url_part

#: Words a minute that somebody reads who wants to remember them.
PACE = 180


@dataclass(frozen=True)
class StepPage:
    """A page that a step is about. `minutes` is worked out where it was asked for."""

    id: int
    title: str
    href: str
    kind: str
    state: str
    number: int
    archived: bool
    minutes: int | None = None


def pages_and_names(
    session: Session, catalogue: Catalogue, viewer: Viewer, ids: Collection[int], read: Collection[int] = ()
) -> tuple[dict[int, StepPage], dict[int, tuple[str, str]]]:
    """Those of the pages that the viewer may see; `read` are those whose length is asked for. One statement."""
    if not ids:
        return {}, {}
    length = Page.id.in_(read)
    rows = session.execute(
        select(
            *(Page.id, Page.title, Page.slug, Page.kind, Page.state, Page.number, Page.archived_at),
            Space.slug.label("space"),
            case((length, Revision.body), else_=null()).label("body"),
            case((length, Revision.fields), else_=null()).label("fields"),
        )
        .join(Space, Space.id == Page.space_id)
        .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
        .where(Page.id.in_(ids), visible_pages(viewer))
    )
    pages = {row.id: _page(catalogue, viewer, row) for row in rows}
    return pages, {one.id: (one.title, one.href) for one in pages.values()}


def _page(catalogue: Catalogue, viewer: Viewer, row: Any) -> StepPage:
    minutes = None
    if row.body is not None and row.kind in catalogue:
        content = Content(row.title, row.body, dict(row.fields or {}))
        minutes = minutes_to_read(catalogue[row.kind], redact(catalogue[row.kind], content, None, row.state))
    href = f"/{url_part(row.space)}/{url_part(row.slug)}"
    return StepPage(row.id, row.title, href, row.kind, row.state, row.number, row.archived_at is not None, minutes)


def minutes_to_read(kind: Kind, content: Content) -> int:
    """Whole minutes, at least one, for the words that readers meet."""
    words = len(plain_text(content.body).split()) + sum(len(text.split()) for text in _texts(kind, content))
    return max(1, round(words / PACE))


def _texts(kind: Kind, content: Content) -> Iterator[str]:
    for field in kind.fields:
        for values in content.rows(field.key) if field.row_type else [content.fields]:
            for column in field.columns or (field,):
                if column.type in ("text", "md") and isinstance(values.get(column.key), str):
                    yield values[column.key]
