"""Making pages, one or many at once. Known to everybody as verbs of `wiki.pages.actions`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import SpaceInfo, Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Kind
from wiki.kinds.content import Content
from wiki.models import Page, Space
from wiki.pages import guards, storing, twins
from wiki.pages.completing import completed
from wiki.pages.following import Change, changed
from wiki.pages.numbering import Numbering, check_number
from wiki.pages.storing import ANONYMOUS, First, author_of
from wiki.pages.twins import RowPlace
from wiki.text import slugify, tidy

#: Days between two looks at a page.
RHYTHM_DAYS = {"monthly": 30, "quarterly": 91, "half_yearly": 182, "yearly": 365, "two_yearly": 730}


@dataclass(frozen=True)
class NewPage:
    """What a page is made of. `slug` is a wished address (else the title gives one), `state` the kind's first if none is given."""

    kind: Kind
    content: Content
    slug: str | None = None
    note: str = ""
    state: str | None = None
    made_from: RowPlace | None = None


def create_page(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    space: SpaceInfo | Space,
    kind: Kind,
    content: Content,
    *,
    slug: str | None = None,
    note: str = "",
    state: str | None = None,
    time: datetime | None = None,
    made_from: RowPlace | None = None,
) -> Page:
    """A new page in its first revision. Raises Invalid when the title is empty, the address or number is taken or the content too large."""
    eventlog.take_turn(session)
    check_number(session, kind, space.id, None, Content(title=""), content)
    twins.check(session, catalogue, viewer, kind, None, Content(title=""), content)
    new = NewPage(kind, content, slug, note, state, made_from)
    page = create_pages(session, catalogue, viewer, space, [new], time=time)[0]
    changed(session, catalogue, viewer, Change(page, Content(title=""), content, ""))
    return page


def create_pages(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    space: SpaceInfo | Space,
    new: Sequence[NewPage],
    *,
    time: datetime | None = None,
) -> list[Page]:
    """Several new pages of a space, in less time than one by one. Raises Invalid, and stores none, when one of them cannot be made."""
    for one in new:
        guards.check_offered(one.kind)
        guards.check(one.content, viewer, space.id)
        guards.check_stewardship(viewer, space.id, Content(title=""), one.content)
    eventlog.take_turn(session)
    when = time or clock.now()
    numbering = Numbering(session, space.id)
    slugs = _slugs(session, space, new)
    firsts = []
    for one, slug in zip(new, slugs, strict=True):
        whole = completed(session, viewer, one.kind.key, Content(title=""), one.content)
        content = numbering.numbered(one.kind, with_defaults(one.kind, whole, viewer, when.date()))
        page = _page(viewer, space, one, slug, content, when)
        author = author_of(session, viewer, page, content)
        firsts.append(First(page, content, author, tidy(one.note)[:500]))
    storing.store_first_revisions(session, catalogue, firsts, when)
    said = [(first.page, {"title": first.page.title, "note": first.note}) for first in firsts]
    eventlog.record_all(session, viewer, "page.created", said, revision=1, time=when)
    for one, first in zip(new, firsts, strict=True):
        twins.keep_equal(session, catalogue, viewer, first.page, Content(title=""), first.content, when, one.made_from)
    return [first.page for first in firsts]


def _slugs(session: Session, space: SpaceInfo | Space, new: Sequence[NewPage]) -> list[str]:
    wished = [slugify(one.slug or one.content.title) for one in new]
    free = storing.next_slugs(session, space.id, wished)
    for one, slug, given in zip(new, wished, free, strict=True):
        if one.slug and slug != given:
            raise Invalid([Problem("slug", _("The address “%(slug)s” is taken here. Choose another.", slug=slug))])
    return free


def with_defaults(kind: Kind, content: Content, viewer: Viewer, day: date) -> Content:
    """The envelope's own first values: who keeps the page right, and when to look at it again."""
    fields = dict(content.fields)
    if "owner" not in fields and viewer.person_id is not None and fields.get(ANONYMOUS) != "yes":
        fields["owner"] = viewer.person_id
    rhythm = fields.setdefault("review_every", kind.review_every)
    if "review_due" not in fields and rhythm in RHYTHM_DAYS:
        fields["review_due"] = (day + timedelta(days=RHYTHM_DAYS[rhythm])).isoformat()
    return Content(title=content.title, body=content.body, fields=fields)


def _page(viewer: Viewer, space: SpaceInfo | Space, new: NewPage, slug: str, content: Content, time: datetime) -> Page:
    """The page before its first revision, which says the rest of it."""
    return Page(
        space_id=space.id,
        slug=slug,
        kind=new.kind.key,
        state=new.state or new.kind.initial.key,
        number=0,
        language=content.fields.get("language", space.language),
        created_at=time,
        created_by=None if content.fields.get(ANONYMOUS) == "yes" else viewer.person_id,
    )
