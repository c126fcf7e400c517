"""What the form of a page shows of its locked fields, and what can be done instead of rewriting them."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind
from wiki.kinds.offering import why_not_offered
from wiki.kinds.redact import redact
from wiki.models import Page
from wiki.pages import locks, reading
from wiki.pages.display import Display, mentioned
from wiki.pages.editing import Editing
from wiki.pages.links import AllNames, PageLinks
from wiki.pages.storing import content_of, current_revision
from wiki.text import url_part


@dataclass(frozen=True)
class Locked:
    """What the form of a page shows of its locked fields. An address is "" where this person cannot go that way.

    `no_new` says why nobody can replace the page with a new one.
    """

    keys: frozenset[str]
    html: Markup
    state: str
    note_href: str
    replace_href: str
    correct_href: str
    no_new: str = ""
    correcting: bool = False


def shown(
    session: Session, catalogue: Catalogue, viewer: Viewer, editing: Editing, *, correcting: bool
) -> Locked | None:
    """The locked fields of a page for its form; None when nothing is locked."""
    space, page, kind = editing.space, editing.page, editing.kind
    if page is None:
        return None
    keys = frozenset(kind.locked.get(page.state, ()))
    if not keys:
        return None
    url = f"/{url_part(space.slug)}/{url_part(page.slug)}"
    begin = f"/{url_part(space.slug)}/new?kind={kind.key}&from={url_part(space.slug)}/{url_part(page.slug)}&replaces=1"
    may = locks.may_correct(kind, viewer, page.space_id)
    return Locked(
        keys=frozenset() if correcting and may else keys,
        html=Markup() if correcting and may else _html(session, kind, viewer, space, page, keys),
        state=_(kind.state(page.state).label),
        note_href=f"{url}/note" if kind.notes_later else "",
        replace_href=begin if kind.replaces is not None and not kind.retired and space.may("create") else "",
        correct_href=f"{url}/edit?correct=1" if may else "",
        no_new=why_not_offered(kind) if kind.replaces is not None and kind.retired else "",
        correcting=correcting and may,
    )


def _html(session: Session, kind: Kind, viewer: Viewer, space: SpaceInfo, page: Page, keys: frozenset[str]) -> Markup:
    content = redact(kind, content_of(current_revision(session, page)), viewer.person_id, page.state)
    links = PageLinks(session, space.slug, page.id, page.slug)
    display = Display(AllNames(session, *mentioned(kind, content)), links)
    html = display.fields(kind, content, lambda field: field.key in keys, level=3)
    return reading.for_viewer(session, viewer, str(html), space.slug)
