"""A page takes the place of others of its kind: never in a circle, and those it replaces go with it.

The system moves what is replaced, on behalf of whoever let the new page count: in the same space whatever they may see
of it, in another space only what they may edit.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer, editable_pages, titles_of
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind
from wiki.models import Link, Page
from wiki.pages import storing
from wiki.pages.following import Change, changed
from wiki.pages.guards import is_owner
from wiki.pages.storing import author_of, content_of, current_revision


def named(kind: Kind, content: Content) -> list[int]:
    """The pages that a page of this content replaces."""
    values = content.fields.get(kind.replaces.named_in) if kind.replaces else None
    return [one for one in values or [] if isinstance(one, int)]


def check_circle(session: Session, viewer: Viewer, kind: Kind, page: Page, before: Content, after: Content) -> None:
    """Raises Invalid when what the page now replaces would lead back to the page itself."""
    new = [one for one in named(kind, after) if one not in named(kind, before)]
    culprits = [one for one in new if one == page.id or page.id in _replaced_by(session, kind, one)]
    if not culprits or kind.replaces is None:
        return
    titles = titles_of(session, viewer, set(culprits))
    place = f"f.{kind.replaces.named_in}"
    raise Invalid([Problem(place, _circle(page, one, titles.get(one, ("",))[0])) for one in culprits], after)


def _circle(page: Page, culprit: int, title: str) -> str:
    if culprit == page.id:
        return _("A page cannot replace itself. Take it out.")
    return _(
        "“%(title)s” replaces this page already, directly or through others. Two pages cannot replace each other; take one out.",
        title=title or _("A page that you may not see"),
    )


def _replaced_by(session: Session, kind: Kind, page_id: int) -> set[int]:
    """Every page that this one replaces, directly or through others."""
    assert kind.replaces is not None
    link = Link.name == kind.replaces.named_in
    first = select(Link.target_id.label("id")).where(Link.page_id == page_id, link).cte(recursive=True)
    further = select(Link.target_id).join(first, Link.page_id == first.c.id).where(link)
    older = first.union(further)
    return {one for one in session.scalars(select(older.c.id)) if one is not None}


def names_more(session: Session, viewer: Viewer, kind: Kind, page: Page, before: Content, after: Content) -> bool:
    """Whether a page that counts already now replaces more. Raises Invalid when this viewer could not have let it count."""
    new = [one for one in named(kind, after) if one not in named(kind, before)]
    if not new or kind.replaces is None or page.state not in kind.replaces.on_entering:
        return False
    if viewer.account_id is not None and not _could_enter(session, viewer, kind, page):
        label = _(kind.state(page.state).label)
        message = _("Only those who may set this page to “%(state)s” can say that it replaces another.", state=label)
        raise Invalid([Problem(f"f.{kind.replaces.named_in}", message)], after)
    return True


def _could_enter(session: Session, viewer: Viewer, kind: Kind, page: Page) -> bool:
    """Whether the viewer is among those who may take such a page to the state in which it is."""
    may = {who for state in kind.states for way in state.next if way.to == page.state for who in way.who}
    is_one = viewer.roles(page.space_id) | {"member"}
    return bool(may & is_one) or ("owner" in may and is_owner(session, viewer, page))


def to_replace(session: Session, viewer: Viewer, kind: Kind, page: Page, content: Content) -> list[Page]:
    """The pages that the system moves when this page counts, held against other savers. Raises Invalid when one is out of the viewer's reach."""
    if kind.replaces is None:
        return []
    targets = _to_move(session, kind, [one for one in named(kind, content) if one != page.id])
    _refuse_out_of_reach(session, viewer, kind, page, targets, content)
    return targets


def replace(session: Session, catalogue: Catalogue, viewer: Viewer, targets: Iterable[Page], when: datetime) -> None:
    """Move pages to the state of what is replaced, each in one revision with one event."""
    for target in targets:
        said = catalogue[target.kind].replaces
        if said is not None:
            _replace(session, catalogue, viewer, target, said.becomes, when)


def _to_move(session: Session, kind: Kind, ids: Iterable[int]) -> list[Page]:
    """Those of the pages that the system can take to the state of what is replaced, held against other savers."""
    assert kind.replaces is not None
    query = select(Page).where(Page.id.in_(sorted(ids)), Page.kind == kind.key, Page.deleted_at.is_(None))
    pages = session.scalars(query.order_by(Page.id).with_for_update().execution_options(populate_existing=True))
    to = kind.replaces.becomes
    return [page for page in pages if any(way.to == to and "system" in way.who for way in kind.state(page.state).next)]


def _refuse_out_of_reach(
    session: Session, viewer: Viewer, kind: Kind, page: Page, targets: Iterable[Page], content: Content
) -> None:
    elsewhere = {one.id for one in targets if one.space_id != page.space_id}
    if not elsewhere or viewer.account_id is None:
        return
    may = set(session.scalars(select(Page.id).where(Page.id.in_(elsewhere), editable_pages(viewer))))
    titles = titles_of(session, viewer, elsewhere - may)
    problems = [
        Problem(
            f"f.{kind.replaces.named_in if kind.replaces else ''}",
            _(
                "“%(title)s” is in another space, where you may not change it. Ask somebody who may, or take it out.",
                title=titles[one][0] if one in titles else _("A page that you may not see"),
            ),
        )
        for one in sorted(elsewhere - may)
    ]
    if problems:
        raise Invalid(problems, content)


def _replace(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, to: str, when: datetime) -> None:
    """The note names no page: not everybody who reads this one may know of the other."""
    content, was = content_of(current_revision(session, page)), page.state
    note = _("Replaced: a page that takes its place counts from now on")
    author = author_of(session, viewer, page, content)
    revision = storing.store_revision(session, catalogue, page, content, author=author, note=note, time=when, state=to)
    eventlog.record(
        session,
        viewer,
        "page.state",
        page=page,
        revision=revision.number,
        time=when,
        was=was,
        to=to,
        note=note,
        by="system",
    )
    changed(session, catalogue, viewer, Change(page, content, content, was))
