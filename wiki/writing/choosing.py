"""What kind of page to make, and of what: kinds made lately, kinds that fit what was typed, the page to start from."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.access import Found, SpaceInfo, Viewer, page_by_id, page_for
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind
from wiki.kinds.types.base import BadValue
from wiki.models import Page
from wiki.pages.typed import TypedPages
from wiki.text import tidy, title_key

RECENT = 3


def made_lately(session: Session, catalogue: Catalogue, viewer: Viewer) -> list[Kind]:
    """The kinds of which this person made a page last, the latest first."""
    if viewer.person_id is None:
        return []
    made = (
        select(Page.kind)
        .where(Page.created_by == viewer.person_id)
        .group_by(Page.kind)
        .order_by(func.max(Page.created_at).desc(), Page.kind)
        .limit(RECENT)
    )
    return [catalogue[key] for key in session.scalars(made) if catalogue.offers(key)]


def fitting(kinds: Iterable[Kind], words: str) -> list[Kind]:
    """The kinds whose names or purpose hold all the words, in the reader's language."""
    wanted = title_key(words).split()
    return [kind for kind in kinds if all(word in _said(kind) for word in wanted)]


def _said(kind: Kind) -> str:
    return title_key(" ".join(_(text) for text in (kind.label, kind.plural, kind.intent, kind.purpose)))


def start_from(session: Session, viewer: Viewer, where: SpaceInfo, named: str) -> tuple[Found | None, str, str]:
    """The page to start from, by its address or as somebody typed its title; else what is wrong with what they typed."""
    named = tidy(named)[:400]
    if not named:
        return None, "", ""
    space, slash, slug = named.partition("/")
    if slash and " " not in named:
        return page_for(session, viewer, space, slug, "view"), "", ""
    try:
        return (
            page_by_id(session, viewer, TypedPages(session, viewer, where.slug).page(named, ()), "view"),
            "",
            "",
        )
    except BadValue as problem:
        return None, named, problem.message
