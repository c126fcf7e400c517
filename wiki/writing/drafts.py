"""What somebody typed and did not save: kept on the server, theirs alone, offered when they come back."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.errors import Invalid
from wiki.history.compare import Comparison, compare
from wiki.kinds import Catalogue, Content
from wiki.kinds.carrying_forms import Typed
from wiki.kinds.redact import redact
from wiki.kinds.types.base import Form
from wiki.models import Draft
from wiki.pages import actions
from wiki.pages.editing import Editing
from wiki.pages.typed import PlainNames

#: Drafts of new pages that are offered at once.
OFFERED = 10


def kept_at(session: Session, viewer: Viewer, place: str) -> Draft | None:
    """The draft of one page, or of one new page."""
    if not viewer.signed_in or not place:
        return None
    return session.scalars(
        select(Draft).where(Draft.account_id == viewer.account_id, Draft.place == place)
    ).one_or_none()


def of_new_pages(session: Session, viewer: Viewer, where: SpaceInfo, kind: str = "") -> list[Draft]:
    """Drafts of pages that do not exist yet, newest first; of one kind or of all."""
    place = f"new:{where.slug}:{kind}:" if kind else f"new:{where.slug}:"
    found = select(Draft).where(Draft.account_id == viewer.account_id, Draft.place.startswith(place, autoescape=True))
    return list(session.scalars(found.order_by(Draft.changed_at.desc()).limit(OFFERED)))


def changes(session: Session, catalogue: Catalogue, viewer: Viewer, editing: Editing, form: Form) -> Comparison:
    """What the form has that the revision it began from had not, as far as this viewer may see it."""
    assert editing.page is not None
    read_only = Typed({key: form.getlist(key) for key in form if key != "stub"})
    try:
        mine: Any = editing.read(session, catalogue, viewer, read_only)
    except Invalid as refused:
        mine = refused.readable
    before = _began(session, editing)
    old, new = (redact(editing.kind, one, viewer.person_id, editing.page.state) for one in (before, mine or before))
    return compare(editing.kind, old, new, PlainNames(session, viewer))


def _began(session: Session, editing: Editing) -> Content:
    assert editing.page is not None
    base = editing.base if 0 < editing.base <= editing.page.number else editing.page.number
    return actions.content_at(session, editing.page, base)
