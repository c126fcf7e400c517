"""What somebody comes back to: what changed lately, and what they began to write."""

from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.models import Draft, Page, Revision, Space

RECENT = 12
DRAFTS = 8
#: Where somebody goes on, by the beginning of a draft's place.
FORMS = {"items": "items", "suggest": "suggest?draft=yes"}


def recent_changes(session: Session, viewer: Viewer) -> list[Row[Any]]:
    """The pages that changed last in all spaces, as far as the viewer may see them."""
    return list(
        session.execute(
            select(
                Page.title,
                Page.slug,
                Page.kind,
                Page.state,
                Page.number,
                Page.changed_at,
                Space.slug.label("space"),
                Space.name.label("space_name"),
                Revision.author_name,
                Revision.note,
            )
            .select_from(Page)
            .join(Space, Space.id == Page.space_id)
            .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
            .where(visible_pages(viewer))
            .order_by(Page.changed_at.desc(), Page.id.desc())
            .limit(RECENT)
        )
    )


def drafts(session: Session, viewer: Viewer) -> list[tuple[str, str, Any]]:
    """(title, address, moment) of what this person typed and did not save, newest first."""
    rows = session.execute(
        select(Draft, Page.title, Page.slug, Space.slug)
        .select_from(Draft)
        .outerjoin(Page, and_(Page.id == Draft.page_id, visible_pages(viewer)))
        .outerjoin(Space, Space.id == Page.space_id)
        .where(Draft.account_id == viewer.account_id)
        .order_by(Draft.changed_at.desc())
        .limit(DRAFTS)
    )
    found = []
    for draft, title, slug, space in rows:
        typed = "".join(draft.form.get("title", [""])[:1])
        if slug is not None:
            form = FORMS.get(draft.place.partition(":")[0], "edit?draft=yes")
            found.append((typed or title, f"/{space}/{slug}/{form}", draft.changed_at))
        elif draft.page_id is None and draft.place.count(":") == 3:
            _new, where, kind, _random = draft.place.split(":")
            found.append((typed, f"/{where}/new?kind={kind}&draft={draft.place}", draft.changed_at))
    return found
