"""Joining two pages of one kind: one stays, the other leaves a tombstone, and all that named it names the one that stays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer, visible_pages
from wiki.duplicates.choosing import Chosen, joined_content
from wiki.duplicates.naming import named_instead
from wiki.duplicates.references import follow
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind
from wiki.kinds.redact import redact
from wiki.models import Account, Attachment, Link, Page, PageReader, Redirect
from wiki.pages import storing
from wiki.pages.actions import delete_page, save_page
from wiki.pages.deriving import tell_linking_pages
from wiki.pages.storing import Author, content_of, current_revision
from wiki.pages.twins import known_to_readers
from wiki.text import slugify


@dataclass(frozen=True)
class Joined:
    """What it came to: how many other pages were changed, and how many of them the viewer may not see."""

    page: Page
    pages: int
    hidden: int


def check_right(stays: Found, goes: Found) -> None:
    """Raises Forbidden: a page is taken away here, which is for those who could delete it."""
    if not (stays.may("delete") and goes.may("delete")):
        raise Forbidden(_("Only coordinators join two pages. Tell one of them that these two are the same."))


def barriers(session: Session, catalogue: Catalogue, viewer: Viewer, stays: Found, goes: Found) -> list[Problem]:
    """Why these two cannot be joined, or not by this viewer."""
    if stays.page.id == goes.page.id:
        return [Problem("with", _("That is this page. Name the other one."))]
    if stays.page.kind != goes.page.kind:
        return [
            Problem("with", _("Only two pages of one kind can be joined. Turn one of them into the other kind first."))
        ]
    found = []
    if _accounts(session, stays.page.id, goes.page.id) > 1:
        found.append(
            _("Both sign in with an account of their own. Close the one that is not used any more, then join them.")
        )
    content = content_of(current_revision(session, goes.page))
    if not known_to_readers(session, goes.page, content, stays.page):
        found.append(
            _(
                "“%(goes)s” is seen by fewer people. Joining would show it to more; let it be the one that stays.",
                goes=goes.page.title,
            )
        )
    if goes.page.id not in viewer.orgs(goes.page.space_id) and _opens_something(session, goes.page.id):
        found.append(
            _(
                "Some pages are seen only by people of “%(goes)s”. Only somebody who acts for that organisation can let others see them by joining.",
                goes=goes.page.title,
            )
        )
    return [Problem("with", message) for message in found]


def _accounts(session: Session, *pages: int) -> int:
    open_ones = select(func.count()).select_from(Account).where(Account.person_id.in_(pages), Account.active)
    return session.scalar(open_ones) or 0


def _opens_something(session: Session, org: int) -> bool:
    """Whether people of an organisation see what others do not: then its name is more than a name."""
    closed = Page.access.in_(("steward_only", "named_orgs"))
    named = exists().where(PageReader.page_id == Page.id, PageReader.org_id == org)
    pages = select(Page.id).where(closed, or_(Page.steward_id == org, named)).limit(1)
    return session.execute(pages).first() is not None


def join(
    session: Session, catalogue: Catalogue, viewer: Viewer, stays: Found, goes: Found, choices: Mapping[str, str]
) -> Joined:
    """Make one page of two. `choices` as in `joined_content`.

    The page that stays and every page that named the other get one revision each; addresses and titles of the other lead
    on. Pages that the viewer may not see follow too: a name has to mean the same to everybody. Raises Forbidden, and
    Invalid with what stands in the way; then nothing is changed.
    """
    check_right(stays, goes)
    eventlog.take_turn(session)
    problems = barriers(session, catalogue, viewer, stays, goes)
    if problems:
        raise Invalid(problems)
    when = clock.now()
    others = _naming(session, goes.page.id, stays.page.id)
    kind = catalogue[stays.page.kind]
    chosen = _take_over(session, catalogue, kind, viewer, stays.page, goes.page, choices, when)
    hidden = len(others) - _seen(session, viewer, [one.id for one in others])
    changed = [_rename(session, catalogue, viewer, one, goes.page.id, stays.page.id, chosen, when) for one in others]
    _move_files(session, goes.page, stays.page)
    follow(session, goes.page.id, stays.page.id)
    _lead_on(session, goes.page, stays.page)
    title = goes.page.title
    delete_page(
        session,
        viewer,
        goes.page,
        _("It was about the same as “%(title)s” and is part of it now.", title=stays.page.title),
    )
    tell_linking_pages(session, catalogue, stays.page, names_changed=False)
    eventlog.record(
        session, viewer, "page.joined", page=stays.page, time=when, other=goes.page.id, title=title, pages=sum(changed)
    )
    return Joined(stays.page, sum(changed), hidden)


def _naming(session: Session, goes: int, stays: int) -> list[Page]:
    """The pages that name the other in a field or a row, held against other savers."""
    names = exists().where(Link.page_id == Page.id, Link.target_id == goes, Link.name != "body")
    query = select(Page).where(names, Page.id.not_in((goes, stays)), Page.deleted_at.is_(None)).order_by(Page.id)
    return list(session.scalars(query.with_for_update().execution_options(populate_existing=True)))


def _seen(session: Session, viewer: Viewer, pages: Iterable[int]) -> int:
    query = select(func.count()).select_from(Page).where(Page.id.in_(list(pages)), visible_pages(viewer))
    return session.scalar(query) or 0


def _take_over(
    session: Session,
    catalogue: Catalogue,
    kind: Kind,
    viewer: Viewer,
    stays: Page,
    goes: Page,
    choices: Mapping[str, str],
    when: datetime,
) -> Chosen:
    """The page that stays, with what was chosen of the other. What the viewer may not see of that one does not come along:
    on the page that stays others might see it."""
    mine, theirs = (content_of(current_revision(session, one)) for one in (stays, goes))
    theirs = redact(kind, theirs, viewer.person_id, goes.state)
    chosen = joined_content(kind, mine, theirs, choices)
    content = named_instead(kind, chosen.content, goes.id, stays.id, chosen.rows)
    note = _("Joined with “%(title)s”", title=goes.title)
    save_page(session, catalogue, viewer, stays, content, stays.number, note, time=when)
    return chosen


def _rename(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    goes: int,
    stays: int,
    chosen: Chosen,
    when: datetime,
) -> bool:
    """One revision of a page that named the other. The note names neither: not all who read this page may know of them."""
    before = content_of(current_revision(session, page))
    content = named_instead(catalogue[page.kind], before, goes, stays, chosen.rows)
    if content.canonical() == before.canonical():
        return False
    note = _("Two pages that are named here are one now")
    revision = storing.store_revision(
        session, catalogue, page, content, author=Author.of(viewer), note=note, time=when, weight="small"
    )
    eventlog.record(
        session, viewer, "page.saved", page=page, revision=revision.number, time=when, note=note, by="system"
    )
    return True


def _move_files(session: Session, goes: Page, stays: Page) -> None:
    """Its files come along; one whose name is taken there stays with the history of the page that goes."""
    taken = set(session.scalars(select(Attachment.name).where(Attachment.page_id == stays.id)))
    for file in session.scalars(select(Attachment).where(Attachment.page_id == goes.id)):
        if file.name not in taken:
            file.page_id = stays.id
    session.flush()


def _lead_on(session: Session, goes: Page, stays: Page) -> None:
    """All addresses of the page that goes lead to the one that stays, and so does its title in texts."""
    session.execute(update(Redirect).where(Redirect.page_id == goes.id).values(page_id=stays.id))
    left = {goes.slug, slugify(goes.title)}
    goes.slug = storing.next_slug(session, goes.space_id, f"{goes.slug[:60]}-joined", goes.id)
    session.flush()
    here = session.scalars(select(Page.slug).where(Page.space_id == goes.space_id, Page.slug.in_(left)))
    there = session.scalars(select(Redirect.slug).where(Redirect.space_id == goes.space_id, Redirect.slug.in_(left)))
    for slug in sorted(left - {*here, *there}):
        session.add(Redirect(space_id=goes.space_id, slug=slug, page_id=stays.id))
    session.execute(update(Link).where(Link.target_id == goes.id, Link.name == "body").values(target_id=stays.id))
    session.flush()
