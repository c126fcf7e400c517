"""One revision and everything derived from it, written together. The only place that makes a Revision."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import reserved
from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.kinds.carrying import carried
from wiki.models import Event, Page, Redirect, Revision
from wiki.pages.deriving import content_of, current_revision, derive, derive_new, tell_linking_pages
from wiki.pages.material import is_material
from wiki.search.batches import batches
from wiki.text import title_key

__all__ = [
    "Author",
    "First",
    "author_of",
    "content_of",
    "current_revision",
    "digest_of",
    "next_slug",
    "next_slugs",
    "store_first_revisions",
    "store_revision",
    "write_revision",
]


@dataclass(frozen=True)
class Author:
    """Who a revision is by: their person page and their name as it was."""

    person_id: int | None
    name: str

    @classmethod
    def of(cls, viewer: Viewer) -> "Author":
        return cls(viewer.person_id, viewer.name)

    @classmethod
    def nobody(cls) -> "Author":
        """For a page whose author asked to leave the name off: only the event log knows."""
        return cls(None, _("Somebody"))


ANONYMOUS = "anonymous"


def author_of(session: Session, viewer: Viewer, page: Page, content: Content) -> Author:
    """Who the next revision says it is by. A page with the field `anonymous` set hides the one who made it, in all that they write on it."""
    if content.fields.get(ANONYMOUS) == "yes" and (page.number == 0 or _made_by(session, page) == viewer.person_id):
        return Author.nobody()
    return Author.of(viewer)


def _made_by(session: Session, page: Page) -> int | None:
    made = select(Event.actor_id).where(Event.page_id == page.id, Event.verb == "page.created").limit(1)
    return session.execute(made).scalar()


def store_revision(
    session: Session,
    catalogue: Catalogue,
    page: Page,
    content: Content,
    *,
    author: Author,
    note: str,
    time: datetime,
    state: str | None = None,
    weight: str = "",
) -> Revision:
    """Write the next revision of `page` with its values, rows, links and search entry. Flushes; the door commits.

    `weight` is what is said of the change (wiki.pages.material): SMALL, AGAIN or "".
    """
    content = carried(catalogue[page.kind], content)
    before = _Facts.of(page)
    revision = write_revision(
        session, catalogue, page, content, author=author, note=note, time=time, state=state, weight=weight
    )
    derive(session, catalogue, page, content)
    if before != _Facts.of(page):
        tell_linking_pages(session, catalogue, page, names_changed=True)
    return revision


@dataclass(frozen=True)
class First:
    """The first content of a page that is not stored yet, and who wrote it."""

    page: Page
    content: Content
    author: Author
    note: str


def store_first_revisions(session: Session, catalogue: Catalogue, new: Sequence[First], time: datetime) -> None:
    """Store new pages, each in its first revision, with all that follows from them. Flushes; the door commits."""
    there = present(session, [one.content for one in new])
    revisions = []
    for one in new:
        revision = _revision(catalogue, one.page, one.content, one.author, one.note, time, one.page.state)
        _take_over(catalogue, one.page, revision, there, {})
        revisions.append(revision)
    session.add_all(one.page for one in new)
    session.flush()
    for one, revision in zip(new, revisions, strict=True):
        revision.page_id = one.page.id
        revision.digest = digest_of(revision)
    session.add_all(revisions)
    session.flush()
    derive_new(session, catalogue, [(one.page, one.content) for one in new])


def write_revision(
    session: Session,
    catalogue: Catalogue,
    page: Page,
    content: Content,
    *,
    author: Author,
    note: str,
    time: datetime,
    state: str | None = None,
    weight: str = "",
) -> Revision:
    """Write the next revision of `page` and nothing else: who calls this derives what follows from the last one."""
    previous = session.execute(
        select(Revision.digest, Revision.title, Revision.body, Revision.fields, Revision.state, Revision.kind).where(
            Revision.page_id == page.id, Revision.number == page.number
        )
    ).one_or_none()
    revision = _revision(catalogue, page, content, author, note, time, state or page.state)
    revision.material = previous is None or _is_material(catalogue, previous, revision, weight)
    revision.page_id, revision.previous_digest = page.id, previous.digest if previous else ""
    revision.digest = digest_of(revision)
    session.add(revision)
    _take_over(catalogue, page, revision, present(session, [content]), previous.fields if previous else {})
    session.flush()
    return revision


def _is_material(catalogue: Catalogue, previous: Any, revision: Revision, weight: str) -> bool:
    """Whether who has read the revision before should read this one too."""
    if previous.kind != revision.kind:
        return True
    before = carried(catalogue[revision.kind], Content(previous.title, previous.body, previous.fields))
    after = Content(revision.title, revision.body, revision.fields)
    return is_material(catalogue[revision.kind], before, after, previous.state, revision.state, weight)


def _revision(
    catalogue: Catalogue, page: Page, content: Content, author: Author, note: str, time: datetime, state: str
) -> Revision:
    """The next revision, not yet sealed. What the kind has renamed since is renamed in it."""
    kind = catalogue[page.kind]
    content = carried(kind, content)
    return Revision(
        number=page.number + 1,
        title=content.title,
        body=content.body,
        fields=content.fields,
        kind=kind.key,
        kind_version=kind.version,
        state=state,
        author_id=author.person_id,
        author_name=author.name,
        note=note,
        time=time,
        previous_digest="",
    )


@dataclass(frozen=True)
class _Facts:
    """What other pages show of a page, or depend on: when it changes they are looked at again."""

    title: str
    slug: str
    access: str

    @classmethod
    def of(cls, page: Page) -> "_Facts":
        return cls(page.title, page.slug, page.access)


def digest_of(revision: Revision) -> str:
    """SHA-256 that seals a revision and, through the digest before it, all earlier ones."""
    sealed = [
        revision.previous_digest,
        revision.page_id,
        revision.number,
        revision.author_id,
        revision.author_name,
        revision.time.astimezone(UTC).isoformat(timespec="microseconds"),
        revision.kind,
        revision.kind_version,
        revision.state,
        revision.title,
        revision.fields,
        revision.body,
        revision.note,
    ]
    return hashlib.sha256(json.dumps(sealed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


#: Fields that are columns of the page as well, and hold the id of another one.
_HELD = ("owner", "partnership", "steward_org")


def _take_over(
    catalogue: Catalogue, page: Page, revision: Revision, there: Mapping[Any, int], before: Mapping[str, Any]
) -> None:
    """What the page's own columns say of its current revision.

    `there` are the pages that it may hold on to, `before` the fields of the revision before it.
    """
    fields = revision.fields
    page.number = revision.number
    page.title = revision.title
    page.title_key = title_key(revision.title)[:300]
    page.state = revision.state
    page.over = catalogue[revision.kind].state(revision.state).over
    page.summary = fields.get("summary", "")
    page.owner_id = there.get(fields.get("owner"))
    page.partnership_id = there.get(fields.get("partnership"))
    page.steward_id = there.get(fields.get("steward_org"))
    page.access = fields.get("access", "members")
    page.language = fields.get("language", page.language)
    if fields.get("review_due") != before.get("review_due"):  # else the day stays that "still right" moved on
        page.review_due = date.fromisoformat(fields["review_due"]) if fields.get("review_due") else None
    page.changed_at = revision.time
    page.changed_by = revision.author_id


def present(session: Session, contents: Iterable[Content]) -> dict[Any, int]:
    """The pages named in fields that are columns; one that was removed for good may be named, but not held on to."""
    named = (content.fields.get(key) for content in contents for key in _HELD)
    ids = {value for value in named if isinstance(value, int)}
    return {found: found for found in session.scalars(select(Page.id).where(Page.id.in_(ids)))} if ids else {}


def next_slug(session: Session, space_id: int, wished: str, page_id: int | None = None) -> str:
    """`wished`, or with a number behind it when it is or was the address of another page than `page_id`, or a name the routes use."""
    if not _taken(session, space_id, {wished}, page_id) and wished not in reserved.PAGES:
        return wished
    return _numbered(wished, _addresses_like(session, space_id, wished, page_id))


def next_slugs(session: Session, space_id: int, wished: Sequence[str]) -> list[str]:
    """The same for several pages that do not exist yet, in their order; all slugs differ."""
    taken = _taken(session, space_id, set(wished), None) | reserved.PAGES
    given: dict[str, None] = {}
    for slug in wished:
        if slug in taken or slug in given:
            slug = _numbered(slug, _addresses_like(session, space_id, slug, None) | given.keys())
        given[slug] = None
    return list(given)


def _numbered(wished: str, taken: Collection[str]) -> str:
    slug, count = wished, 1
    while slug in taken or slug in reserved.PAGES:
        count += 1
        slug = f"{wished[:72]}-{count}"
    return slug


_ADDRESSES = ((Page.slug, Page.id, Page.space_id), (Redirect.slug, Redirect.page_id, Redirect.space_id))


def _taken(session: Session, space_id: int, slugs: Collection[str], page_id: int | None) -> set[str]:
    """Those of the slugs that are or were addresses of other pages than `page_id`."""
    queries = [
        select(slug, owner).where(space == space_id, slug.in_(some))
        for some in batches(slugs, 200)
        for slug, owner, space in _ADDRESSES
    ]
    return {row[0] for query in queries for row in session.execute(query) if row[1] != page_id}


def _addresses_like(session: Session, space_id: int, wished: str, page_id: int | None) -> set[str]:
    """Present and former addresses of other pages that begin like the wished one or its numbered forms."""
    start = wished[:72]
    queries = [
        select(slug, owner).where(space == space_id, func.substr(slug, 1, len(start)) == start)
        for slug, owner, space in _ADDRESSES
    ]
    return {row[0] for query in queries for row in session.execute(query) if row[1] != page_id}
