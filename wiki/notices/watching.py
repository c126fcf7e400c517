"""Watching pages, spaces and themes. Nobody is shown who watches."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, select
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer, visible_pages
from wiki.errors import Invalid, Problem
from wiki.facts.roles import roles_of
from wiki.i18n import gettext as _
from wiki.i18n import time_zone
from wiki.models import Account, Page, Space, Watch, Wishes
from wiki.notices.wishes import wishes_of
from wiki.text import url_part

#: Things that one person can watch.
MOST = 500


@dataclass(frozen=True)
class Watched:
    """Something that somebody watches, as they may see it now."""

    kind: str
    title: str
    url: str
    space: str = ""
    theme: str = ""
    muted: bool = False


def watch_page(session: Session, viewer: Viewer, page_id: int) -> None:
    """Tell this person of changes of a page that they may read (the caller has made sure)."""
    _set(session, viewer, Watch.page_id == page_id, page_id=page_id)


def stop_page(session: Session, viewer: Viewer, page: Page) -> None:
    """Tell them no more; a page that they keep is muted."""
    _remove(session, viewer, Watch.page_id == page.id)
    if page.owner_id is not None and page.owner_id == viewer.person_id:
        _set(session, viewer, Watch.page_id == page.id, muted=True, page_id=page.id)


def watches_page(session: Session, viewer: Viewer, page: Page) -> bool:
    """Whether they are told of the page for its own sake: because they watch it, or keep it."""
    assert viewer.account_id is not None
    found = session.scalars(select(Watch).where(_mine(viewer), Watch.page_id == page.id)).one_or_none()
    if found is not None:
        return not found.muted
    keeps = page.owner_id is not None and page.owner_id == viewer.person_id
    return keeps and wishes_of(session, [viewer.account_id])[viewer.account_id].watch_kept


def state_for(account: ColumnElement[int]) -> ColumnElement[str | None]:
    """For the statement that reads a page: "yes", "no", or nothing when they set nothing (then they are told if they keep it)."""
    watch = select(case((Watch.muted, "no"), else_="yes")).where(Watch.account_id == account, Watch.page_id == Page.id)
    wish = select(literal("no")).where(Wishes.account_id == account, ~Wishes.watch_kept)
    state: ColumnElement[str | None] = func.coalesce(watch.correlate(Page).scalar_subquery(), wish.scalar_subquery())
    return state


def watch_space(session: Session, viewer: Viewer, space_id: int) -> None:
    """Tell them of new pages and new states in a space that they may know of (the caller has made sure)."""
    _set(session, viewer, Watch.space_id == space_id, space_id=space_id)


def stop_space(session: Session, viewer: Viewer, space_id: int) -> None:
    _remove(session, viewer, Watch.space_id == space_id)


def watches_space(session: Session, viewer: Viewer, space_id: int) -> bool:
    return session.scalar(select(Watch.id).where(_mine(viewer), Watch.space_id == space_id)) is not None


def watch_theme(session: Session, viewer: Viewer, theme: str) -> None:
    """Tell them of new pages with that theme, in whatever space."""
    _set(session, viewer, Watch.theme == theme, theme=theme)


def stop_theme(session: Session, viewer: Viewer, theme: str) -> None:
    _remove(session, viewer, Watch.theme == theme)


def themes_of(session: Session, viewer: Viewer) -> set[str]:
    """The themes that they watch."""
    return {theme for theme in session.scalars(select(Watch.theme).where(_mine(viewer))) if theme is not None}


def listed(session: Session, viewer: Viewer) -> list[Watched]:
    """All that they watch or muted, as far as they may still know of it: pages by title, then spaces, then themes."""
    pages = session.execute(
        select(Page.title, Space.slug, Page.slug, Watch.muted)
        .join(Watch, Watch.page_id == Page.id)
        .join(Space, Space.id == Page.space_id)
        .where(_mine(viewer), visible_pages(viewer))
        .order_by(Page.title_key, Page.id)
    )
    found = [
        Watched("page", title, f"/{url_part(space)}/{url_part(slug)}", space=space, muted=muted)
        for title, space, slug, muted in pages
    ]
    spaces = session.execute(
        select(Space.name, Space.slug)
        .join(Watch, Watch.space_id == Space.id)
        .where(_mine(viewer), _known_space(viewer))
        .order_by(Space.name)
    )
    found += [Watched("space", name, f"/{url_part(slug)}", space=slug) for name, slug in spaces]
    return found + [Watched("theme", theme, "", theme=theme) for theme in sorted(themes_of(session, viewer))]


def watchers(session: Session, page_id: int) -> set[int]:
    """The accounts that watch this page itself."""
    return set(session.scalars(select(Watch.account_id).where(Watch.page_id == page_id, ~Watch.muted)))


def keepers(session: Session, page_id: int) -> set[int]:
    """The account of who keeps the page right, unless they do not want to hear of it."""
    return keepers_of(session, [page_id]).get(page_id, set())


def keepers_of(session: Session, page_ids: Collection[int]) -> dict[int, set[int]]:
    """The same of several pages: page -> accounts."""
    rows = session.execute(
        select(Page.id, Account.id)
        .join(Account, (Account.person_id == Page.owner_id) | Page.owner_id.in_(_roles_of_account()))
        .outerjoin(Watch, (Watch.page_id == Page.id) & (Watch.account_id == Account.id) & Watch.muted)
        .where(Page.id.in_(page_ids), Account.active, Watch.id.is_(None))
    ).all()
    wishes = wishes_of(session, {row[1] for row in rows})
    found: dict[int, set[int]] = {}
    for page_id, account_id in rows:
        if wishes[account_id].watch_kept:
            found.setdefault(page_id, set()).add(account_id)
    return found


def _roles_of_account() -> Select[Any]:
    """The roles that the person of an account holds now: what a role keeps right, its holders keep."""
    return roles_of(Account.person_id, clock.today(time_zone()))


def _known_space(viewer: Viewer) -> ColumnElement[bool]:
    """The same as access.visible_spaces, but for spaces of which only public pages are seen: those are told of no more."""
    return (Space.default_role != "none") | Space.id.in_({member.space_id for member in viewer.memberships})


def _mine(viewer: Viewer) -> ColumnElement[bool]:
    return Watch.account_id == viewer.account_id


def _set(session: Session, viewer: Viewer, which: ColumnElement[bool], *, muted: bool = False, **what: Any) -> None:
    found = session.scalars(select(Watch).where(_mine(viewer), which)).one_or_none()
    if found is not None:
        found.muted = muted
        return
    if len(session.scalars(select(Watch.id).where(_mine(viewer)).limit(MOST)).all()) >= MOST:
        raise Invalid([Problem("", _("You watch %(count)s things already. Stop watching one first.", count=MOST))])
    session.add(Watch(account_id=viewer.account_id, muted=muted, time=clock.now(), **what))
    session.flush()


def _remove(session: Session, viewer: Viewer, which: ColumnElement[bool]) -> None:
    session.execute(delete(Watch).where(_mine(viewer), which))
