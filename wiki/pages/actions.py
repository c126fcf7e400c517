"""What can be done to a page. Browser, API, importer and demo all come through here."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog, search
from wiki.access import Found, SpaceInfo, Viewer
from wiki.errors import EditConflict, Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind, states
from wiki.kinds.carrying import carried
from wiki.kinds.content import Content
from wiki.kinds.definition import Transition
from wiki.kinds.redact import keep_hidden
from wiki.models import Draft, Link, Page, Redirect, Rendering, Revision
from wiki.pages import deriving, guards, locks, replacing, storing, twins
from wiki.pages.completing import completed
from wiki.pages.creating import RHYTHM_DAYS
from wiki.pages.creating import NewPage as NewPage
from wiki.pages.creating import create_page as create_page
from wiki.pages.creating import create_pages as create_pages
from wiki.pages.following import Change, changed
from wiki.pages.merging import merge_contents
from wiki.pages.numbering import Numbering, check_number
from wiki.pages.storing import author_of, content_of, current_revision
from wiki.text import slugify, tidy

#: Fields that say who may see the page. An old revision that is restored does not bring them back.
SEEN_BY = ("access", "access_orgs", "steward_org", "community_labels")


@dataclass(frozen=True)
class Saved:
    """What a save came to: `revision` is None when nothing differed, `merged` when somebody else's changes were joined in."""

    page: Page
    revision: Revision | None
    merged: bool = False


def save_page(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    content: Content,
    base: int,
    note: str = "",
    *,
    time: datetime | None = None,
    correction: str | None = None,
    weight: str = "",
    of_version: bool = False,
    told: bool = False,
) -> Saved:
    """Save what somebody made of revision `base`. With `correction` a coordinator may mend locked fields; the reason stays as a dated note.
    With `weight` (wiki.pages.material) its author says that readers need not read it again, or must. `told`: the area that saves tells of it itself.

    The same content is not a change, unless with `of_version` it is stored as of the present version of its kind. Changes that others made since `base` are joined in; where both changed the same
    place, EditConflict carries both texts and nothing is stored. Raises Invalid for content that cannot be held.
    """
    kind = catalogue[page.kind]
    page = _locked(session, page)
    current = current_revision(session, page)
    began = content_of(current) if base == page.number else content_at(session, page, base)
    content = completed(session, viewer, kind.key, carried(kind, began), content)
    content, merged = _joined(kind, page, current, content, base, began)
    before, content = carried(kind, content_of(current)), carried(kind, content)
    guards.check(content, viewer, page.space_id)
    guards.check_stewardship(viewer, page.space_id, before, content)
    content = _corrected(kind, viewer, page, before, content, correction, time)
    guards.check_own_words(session, catalogue, kind, viewer, page, before, content)
    replacing.check_circle(session, viewer, kind, page, before, content)
    check_number(session, kind, page.space_id, page.id, before, content)
    twins.check(session, catalogue, viewer, kind, page.id, before, content)
    replaced = []
    if replacing.names_more(session, viewer, kind, page, content_of(current), content):
        replaced = replacing.to_replace(session, viewer, kind, page, content)
    of_another = of_version and current.kind_version != kind.version
    if content.canonical() == content_of(current).canonical() and not of_another:
        return Saved(page, None, merged)
    revision = storing.store_revision(
        session,
        catalogue,
        page,
        content,
        author=author_of(session, viewer, page, content),
        note=tidy(note)[:500],
        time=time or clock.now(),
        weight=weight,
    )
    said: dict[str, Any] = {"note": revision.note} | ({"told": True} if told else {})
    eventlog.record(session, viewer, "page.saved", page=page, revision=revision.number, time=revision.time, **said)
    twins.keep_equal(session, catalogue, viewer, page, before, content, revision.time)
    replacing.replace(session, catalogue, viewer, replaced, revision.time)
    changed(session, catalogue, viewer, Change(page, before, content, page.state))
    return Saved(page, revision, merged)


def hold(session: Session, catalogue: Catalogue, page: Page) -> Page:
    """The page held against other savers, in the order in which every save takes its turn."""
    return _locked(session, page)


def _corrected(
    kind: Kind, viewer: Viewer, page: Page, before: Content, after: Content, why: str | None, time: datetime | None
) -> Content:
    """The content with what has to be said of locked fields. Raises Invalid when they may not be changed."""
    if why is None or not locks.may_correct(kind, viewer, page.space_id):
        locks.check(kind, page.state, before, after)
        return after
    locks.check_notes(kind, page.state, before, after)
    return locks.corrected(kind, viewer, page.state, before, after, why, (time or clock.now()).date().isoformat())


def _locked(session: Session, page: Page) -> Page:
    """The page as it stands, held against other savers (PostgreSQL; SQLite has one writer anyway).

    Everybody takes their turn before they hold a page. A save can change other pages too (links, names in the index,
    what it replaces), so nobody may hold one while they wait for somebody who needs it.
    """
    eventlog.take_turn(session)
    session.refresh(page, with_for_update=session.get_bind().dialect.name == "postgresql")
    return page


def _joined(
    kind: Kind, page: Page, current: Revision, content: Content, base: int, began: Content
) -> tuple[Content, bool]:
    if base == page.number:
        return content, False
    merge = merge_contents(kind, began, content, content_of(current))
    if not merge.clean:
        raise EditConflict(
            _("%(name)s changed the same place meanwhile. Choose what should stand.", name=current.author_name), merge
        )
    return merge.content, True


def change_state(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    to: str,
    note: str = "",
    *,
    time: datetime | None = None,
) -> Revision:
    """Move the page to another state. Raises Forbidden when this viewer may not, Invalid with the list of what is missing."""
    kind = catalogue[found.page.kind]
    page = _locked(session, found.page)
    content = content_of(current_revision(session, page))
    transition = next((t for t in offered(session, catalogue, viewer, found, content) if t.to == to), None)
    if transition is None:
        raise Forbidden(_("You cannot move this page to that state from where it is."))
    missing = states.missing(catalogue, kind, content, page.state, transition)
    problems = [Problem(f"f.{gap.field_key}", gap.message, gap.anchor) for gap in missing]
    if transition.reason and not note.strip():
        problems.append(Problem("note", _("Say why in a few words; it is kept in the history.")))
    if problems:
        raise Invalid(problems)
    replaced = replacing.to_replace(session, viewer, kind, page, content) if _counts_from(kind, to) else []
    when = time or clock.now()
    was = page.state
    revision = storing.store_revision(
        session,
        catalogue,
        page,
        content,
        author=author_of(session, viewer, page, content),
        note=tidy(note)[:500],
        time=when,
        state=to,
    )
    eventlog.record(
        session,
        viewer,
        "page.state",
        page=page,
        revision=revision.number,
        time=when,
        was=was,
        to=to,
        note=revision.note,
    )
    replacing.replace(session, catalogue, viewer, replaced, when)
    changed(session, catalogue, viewer, Change(page, content, content, was))
    return revision


def _counts_from(kind: Kind, state: str) -> bool:
    """Whether a page takes the place of those it names when it comes into the state."""
    return kind.replaces is not None and state in kind.replaces.on_entering


def offered(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, content: Content) -> list[Transition]:
    """The transitions that this viewer may take now."""
    if not found.may("edit"):
        return []
    kind = catalogue[found.page.kind]
    return states.transitions(kind, found.page.state, guards.who_is(session, viewer, found, content.fields))


def rename_page(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, slug: str) -> Page:
    """Give the page another address in its space; the old one leads to it from now on."""
    page = _locked(session, found.page)
    wished = slugify(slug)
    if wished == page.slug:
        return page
    free = storing.next_slug(session, page.space_id, wished, page.id)
    if free != wished:
        raise Invalid([Problem("slug", _("The address “%(slug)s” is taken here. Choose another.", slug=wished))])
    _leave(session, page, page.space_id, wished)
    page.slug = wished
    session.flush()
    session.execute(delete(Rendering).where(Rendering.page_id == page.id))  # its files' addresses stand in it
    deriving.tell_linking_pages(session, catalogue, page, names_changed=False)
    eventlog.record(session, viewer, "page.renamed", page=page, to=wished)
    return page


def _leave(session: Session, page: Page, space_id: int, slug: str) -> None:
    """The page's present address becomes a redirect; one that pointed to the new address makes room."""
    session.execute(delete(Redirect).where(Redirect.space_id == space_id, Redirect.slug == slug))
    session.execute(delete(Redirect).where(Redirect.space_id == page.space_id, Redirect.slug == page.slug))
    session.add(Redirect(space_id=page.space_id, slug=page.slug, page_id=page.id))


def move_page(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, to: SpaceInfo) -> Page:
    """Move the page to another space, in which the viewer may create pages; its address there may get a number."""
    page = _locked(session, found.page)
    if to.id == page.space_id:
        return page
    content = content_of(current_revision(session, page))
    guards.check_move(viewer, page, content, to.id)
    slug = storing.next_slug(session, to.id, page.slug, page.id)
    _leave(session, page, to.id, slug)
    page.space_id, page.slug = to.id, slug
    session.flush()
    deriving.derive(session, catalogue, page, content)
    deriving.tell_linking_pages(session, catalogue, page, names_changed=True)
    eventlog.record(session, viewer, "page.moved", page=page, came_from=found.space.slug, to=to.slug)
    return page


def archive_page(session: Session, viewer: Viewer, page: Page, note: str = "") -> None:
    """Set the page aside: still found and read, with a banner, but out of lists of what is current."""
    page.archived_at = clock.now()
    eventlog.record(session, viewer, "page.archived", page=page, note=tidy(note)[:500])


def unarchive_page(session: Session, viewer: Viewer, page: Page) -> None:
    page.archived_at = None
    eventlog.record(session, viewer, "page.unarchived", page=page)


def delete_page(session: Session, viewer: Viewer, page: Page, why: str) -> None:
    """Delete the page and leave a tombstone: title, kind, when, by whom, why. Its revisions stay, unread, so that the chain holds."""
    if not why.strip():
        raise Invalid([Problem("why", _("Say why: it is what remains to be read here."))])
    eventlog.take_turn(session)
    page.deleted_at, page.deleted_by, page.deleted_why = clock.now(), viewer.person_id, tidy(why)[:500]
    search.remove_page(session, page.id)
    _forget_renderings(session, page)
    eventlog.record(session, viewer, "page.deleted", page=page, why=page.deleted_why, title=page.title)


def undelete_page(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page) -> None:
    """Bring a deleted page back as it was."""
    eventlog.take_turn(session)
    page.deleted_at = page.deleted_by = page.deleted_why = None
    session.flush()
    deriving.index(session, catalogue, page, content_of(current_revision(session, page)))
    _forget_renderings(session, page)
    eventlog.record(session, viewer, "page.undeleted", page=page)


def _forget_renderings(session: Session, page: Page) -> None:
    linking = Link.__table__.select().with_only_columns(Link.page_id).where(Link.target_id == page.id)
    session.execute(delete(Rendering).where(Rendering.page_id.in_(linking)))


def confirm_page(session: Session, viewer: Viewer, page: Page, rhythm: str, day: date) -> None:
    """ "Still right": the next look moves on without a change of content. It is logged."""
    page.last_reviewed = day
    if rhythm in RHYTHM_DAYS:
        page.review_due = day + timedelta(days=RHYTHM_DAYS[rhythm])
    eventlog.record(session, viewer, "page.confirmed", page=page, next=str(page.review_due or ""))


def change_kind(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, kind: Kind, note: str = ""
) -> Revision | None:
    """Turn the page into another kind without loss: values without a place in it are kept and shown as such. None if it is of that kind."""
    page = _locked(session, page)
    if kind.key == page.kind:
        return None
    guards.check_offered(kind)
    content = Numbering(session, page.space_id).numbered(kind, content_of(current_revision(session, page)))
    was, page.kind = page.kind, kind.key
    revision = storing.store_revision(
        session,
        catalogue,
        page,
        content,
        author=author_of(session, viewer, page, content),
        note=tidy(note)[:500],
        time=clock.now(),
        state=page.state if kind.in_state(page.state) else kind.initial.key,
    )
    eventlog.record(session, viewer, "page.kind", page=page, revision=revision.number, was=was, to=kind.key)
    return revision


def restore_revision(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, number: int) -> Saved:
    """Make an earlier revision the current text, as a new revision.

    The state stays as it is, and so does who may see the page, and what this viewer may not see of it.
    """
    old, kind = content_of(_revision(session, page, number)), catalogue[page.kind]
    now = content_of(current_revision(session, page))
    for key in SEEN_BY:
        old.fields.pop(key, None)
    old.fields |= {key: now.fields[key] for key in SEEN_BY if key in now.fields}
    for table in kind.notes_later if page.state in kind.locked else ():
        old.fields.pop(table.key, None)
        old.fields |= {table.key: now.rows(table.key)} if now.rows(table.key) else {}
    content = keep_hidden(kind, now, old, viewer.person_id, page.state)
    note = _("Restored revision %(number)s", number=number)
    return save_page(session, catalogue, viewer, page, content, page.number, note)


def content_at(session: Session, page: Page, number: int) -> Content:
    """What revision `number` held. Raises Invalid when there is none."""
    return content_of(_revision(session, page, number))


def _revision(session: Session, page: Page, number: int) -> Revision:
    found = session.query(Revision).filter_by(page_id=page.id, number=number).one_or_none()
    if found is None:
        raise Invalid([Problem("base", _("Revision %(number)s of this page does not exist.", number=number))])
    return found


def forget_draft(session: Session, viewer: Viewer, place: str) -> None:
    session.execute(delete(Draft).where(Draft.account_id == viewer.account_id, Draft.place == place))


def keep_draft(
    session: Session, viewer: Viewer, place: str, page_id: int | None, base: int, form: dict[str, list[str]]
) -> datetime:
    """Keep what somebody is typing; returns the moment."""
    when = clock.now()
    values = {"page_id": page_id, "base": base, "form": form, "changed_at": when}
    where = (Draft.account_id == viewer.account_id, Draft.place == place)
    if session.execute(update(Draft).where(*where).values(**values)).rowcount == 0:  # type: ignore[attr-defined]
        session.add(Draft(account_id=viewer.account_id, place=place, **values))
    session.flush()
    return when


def new_place() -> str:
    """A name for the draft of a page that does not exist yet."""
    return secrets.token_hex(4)


def gaps(catalogue: Catalogue, page: Page, content: Content, transition: Transition) -> list[states.Missing]:
    """What is missing for a transition."""
    return states.missing(catalogue, catalogue[page.kind], content, page.state, transition)
