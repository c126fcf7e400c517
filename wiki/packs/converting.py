"""The pages of a retired kind become pages of another one, all at once."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, editable_pages
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Field, Kind
from wiki.kinds.check import ALWAYS_OFFERED
from wiki.models import Page
from wiki.pages import actions

#: Pages that are turned in one request; the rest with the next.
MOST = 200


@dataclass(frozen=True)
class Outlook:
    """What would become of the pages: fields that the other kind has too, and those whose values are kept beside it."""

    pages: list[Page]
    same: list[Field]
    kept: list[Field]


def goals(catalogue: Catalogue) -> list[Kind]:
    """The kinds that pages can be turned into: not those whose pages the program makes itself, but for plain pages."""
    return [one for one in catalogue.offered if one.key == "article" or one.key not in ALWAYS_OFFERED]


def outlook(session: Session, viewer: Viewer, kind: Kind, goal: Kind) -> Outlook:
    """The pages that this viewer may turn, and what becomes of their values."""
    same = [one for one in kind.fields if (other := goal.field(one.key)) is not None and other.type == one.type]
    return Outlook(_turnable(session, viewer, kind), same, [one for one in kind.fields if one not in same])


def turn_all(
    session: Session, catalogue: Catalogue, viewer: Viewer, kind: Kind, goal: Kind, most: int = MOST
) -> tuple[int, int]:
    """Turn the pages that this viewer may turn: how many were, and how many are left."""
    pages = _turnable(session, viewer, kind)
    note = _("The template “%(kind)s” is retired", kind=_(kind.label))
    for page in pages[:most]:
        actions.change_kind(session, catalogue, viewer, page, goal, note)
    return len(pages[:most]), len(pages[most:])


def _turnable(session: Session, viewer: Viewer, kind: Kind) -> list[Page]:
    """Those that they may edit: whoever may, may turn, but for their own page as a person, which no retired kind has."""
    found = select(Page).where(Page.kind == kind.key, editable_pages(viewer))
    return list(session.scalars(found.order_by(Page.title_key, Page.id)))
