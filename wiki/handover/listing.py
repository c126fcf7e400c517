"""Many notes at once, each with how far it has come: a few statements, however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of, visible_pages
from wiki.facts.look import look
from wiki.handover.gaps import gaps_of
from wiki.handover.notes import HANDOVER, Parties
from wiki.handover.showing import Progress
from wiki.kinds import Catalogue, Content
from wiki.kinds.record import Record
from wiki.models import FieldValue, Page, Revision, Space
from wiki.pages.storing import content_of


@dataclass(frozen=True)
class Head:
    """A note in a list; `names` are its people as far as the reader may see them."""

    page: Page
    space: str
    content: Content
    parties: Parties
    names: Mapping[int, str]
    progress: Progress
    gaps: int


def about(person: int) -> ColumnElement[bool]:
    """That a note is about somebody."""
    return Page.id.in_(select(FieldValue.page_id).where(FieldValue.key == "person", FieldValue.ref_id == person))


def heads(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    where: Sequence[ColumnElement[bool]],
    part: slice,
    today: date,
    time_zone: str,
) -> tuple[int, list[Head]]:
    """How many notes the viewer may see, and a part of them, changed last first."""
    seen = [Page.kind == HANDOVER, visible_pages(viewer), *where]
    total = session.scalar(select(func.count()).select_from(Page).where(*seen)) or 0
    query = (
        select(Page, Space.slug, Revision)
        .join(Space, Space.id == Page.space_id)
        .join(Revision, (Revision.page_id == Page.id) & (Revision.number == Page.number))
        .where(*seen)
        .order_by(Page.changed_at.desc(), Page.id.desc())
    )
    rows = [(page, space, content_of(now)) for page, space, now in session.execute(query.slice(part.start, part.stop))]
    kind = catalogue[HANDOVER]
    computed = [one for one in kind.computed if one.function == "handover_gaps"]
    there = look(session, catalogue, viewer, kind, [page.id for page, _space, _content in rows], computed, time_zone)
    people = {one for _page, _space, content in rows for one in _ids(Parties.of(content))}
    names = {one: title for one, (title, _space, _slug) in titles_of(session, viewer, people).items()}
    return total, [
        Head(
            page=page,
            space=space,
            content=content,
            parties=Parties.of(content),
            names=names,
            progress=Progress.of(content),
            gaps=len(gaps_of(Record(page.kind, page.state, content.fields, facts=there.facts.get(page.id, {})), today)),
        )
        for page, space, content in rows
    ]


def _ids(parties: Parties) -> list[int]:
    return [one for one in (parties.leaver, parties.successor, parties.manager) if one is not None]
