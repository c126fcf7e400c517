"""What kind of page to make: those that somebody made lately, and those that fit what they typed."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind
from wiki.models import Page
from wiki.text import title_key

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
    return [catalogue[key] for key in session.scalars(made) if key in catalogue]


def fitting(kinds: Iterable[Kind], words: str) -> list[Kind]:
    """The kinds whose names or purpose hold all the words, in the reader's language."""
    wanted = title_key(words).split()
    return [kind for kind in kinds if all(word in _said(kind) for word in wanted)]


def _said(kind: Kind) -> str:
    return title_key(" ".join(_(text) for text in (kind.label, kind.plural, kind.intent, kind.purpose)))
