"""Searches that people keep: made, renamed, looked through, dropped; each is its keeper's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.errors import Invalid, NotFound, Problem
from wiki.finding.asking import Asked, read_question
from wiki.finding.found import ids_of
from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.models import SavedSearch
from wiki.text import tidy

NAME_LENGTH = 120
#: Searches that one person keeps. Each is asked anew when their list is opened.
MOST_KEPT = 30
#: A search that finds more pages cannot tell which of them are new.
MOST_KNOWN = 2000
#: After a search is saved, its results are looked at anew so late for the first time.
FIRST = timedelta(hours=6)


@dataclass(frozen=True)
class Kept:
    """A kept search as its keeper finds it now: how many pages, and how many since they last looked (None: too many to tell)."""

    search: SavedSearch
    asked: Asked
    total: int
    new: int | None


def save(session: Session, viewer: Viewer, name: str, asked: Asked, by_mail: bool) -> SavedSearch:
    """Keep a search; what it finds now counts as seen. Raises Invalid."""
    name = tidy(name)
    found = ids_of(session, viewer, asked, MOST_KNOWN + 1)
    problems = [*_name_problems(name), *_asking_problems(session, viewer, asked, found, by_mail)]
    if problems:
        raise Invalid(problems)
    now = clock.now()
    kept = SavedSearch(
        account_id=viewer.account_id,
        name=name,
        question=asked.question,
        created_at=now,
        seen_at=now,
        known=_known(found),
        told=[],
        by_mail=by_mail,
        tell_after=now + FIRST if by_mail else None,
    )
    session.add(kept)
    session.flush()
    return kept


def change(session: Session, viewer: Viewer, search_id: int, name: str, by_mail: bool) -> SavedSearch:
    """Another name for it, and whether mails tell of new results. Raises NotFound, Invalid."""
    kept = own(session, viewer, search_id)
    name = tidy(name)
    problems = _name_problems(name)
    if by_mail and not kept.by_mail:
        found = ids_of(session, viewer, read_question(kept.question), MOST_KNOWN + 1)
        problems += _width_problems(found)
    if problems:
        raise Invalid(problems)
    if by_mail != kept.by_mail:
        kept.tell_after = clock.now() + FIRST if by_mail else None
    kept.name, kept.by_mail = name, by_mail
    return kept


def mark_seen(session: Session, viewer: Viewer, search_id: int) -> SavedSearch:
    """From now on only what is found later is new. Raises NotFound."""
    kept = own(session, viewer, search_id)
    kept.known = _known(ids_of(session, viewer, read_question(kept.question), MOST_KNOWN + 1))
    kept.told = []
    kept.seen_at = clock.now()
    return kept


def drop(session: Session, viewer: Viewer, search_id: int) -> SavedSearch:
    """Keep it no longer. Raises NotFound."""
    kept = own(session, viewer, search_id)
    session.delete(kept)
    return kept


def own(session: Session, viewer: Viewer, search_id: int) -> SavedSearch:
    """One of the viewer's own. Raises NotFound for anybody else's as for none."""
    found = session.scalars(
        select(SavedSearch).where(SavedSearch.id == search_id, SavedSearch.account_id == viewer.account_id)
    ).one_or_none()
    if found is None or not viewer.signed_in:
        raise NotFound(_("There is no such saved search."))
    return found


def listed(session: Session, viewer: Viewer) -> list[Kept]:
    """All that the viewer keeps, by name, each asked anew: one statement for each."""
    searches = select(SavedSearch).where(SavedSearch.account_id == viewer.account_id)
    return [looked(session, viewer, one) for one in session.scalars(searches.order_by(SavedSearch.name)).all()]


def looked(session: Session, viewer: Viewer, search: SavedSearch) -> Kept:
    """One search as it stands now."""
    asked = read_question(search.question)
    found = ids_of(session, viewer, asked, MOST_KNOWN + 1)
    new = len(set(found).difference(search.known)) if len(found) <= MOST_KNOWN else None
    return Kept(search, asked, len(found), new)


def new_ids(session: Session, viewer: Viewer, search: SavedSearch) -> list[int]:
    """Pages that it finds now and had not when its keeper last looked, newest first; none if they are too many to tell."""
    found = ids_of(session, viewer, read_question(search.question), MOST_KNOWN + 1)
    known = set(search.known)
    return [page_id for page_id in found if page_id not in known] if len(found) <= MOST_KNOWN else []


def since(search: SavedSearch) -> datetime:
    return search.seen_at


def _known(found: Sequence[int]) -> list[int]:
    return list(found) if len(found) <= MOST_KNOWN else []


def _name_problems(name: str) -> list[Problem]:
    if name and len(name) <= NAME_LENGTH:
        return []
    return [Problem("name", _("Give it a name of at most %(count)s characters.", count=NAME_LENGTH))]


def _asking_problems(
    session: Session, viewer: Viewer, asked: Asked, found: Sequence[int], by_mail: bool
) -> list[Problem]:
    if not asked.anything:
        return [Problem("q", _("Search for something first; then it can be saved."))]
    count = select(func.count()).select_from(SavedSearch).where(SavedSearch.account_id == viewer.account_id)
    if (session.scalar(count) or 0) >= MOST_KEPT:
        return [Problem("name", _("You keep %(count)s searches already. Delete one first.", count=MOST_KEPT))]
    return _width_problems(found) if by_mail else []


def _width_problems(found: Sequence[int]) -> list[Problem]:
    if len(found) <= MOST_KNOWN:
        return []
    most = format_number(MOST_KNOWN)
    said = _("It finds more than %(count)s pages, too many to tell which are new. Narrow it first.", count=most)
    return [Problem("by_mail", said)]
