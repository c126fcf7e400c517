"""The conversation of a page as one reader meets it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, visible_pages
from wiki.conversation.about import part_label
from wiki.conversation.visible import keys_of
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.kinds.redact import hidden_keys, without
from wiki.models import Account, Comment, Page, Thread
from wiki.pages import rendered
from wiki.pages.links import PageLinks
from wiki.pages.storing import content_of, current_revision
from wiki.rendering.headings import below_title
from wiki.rendering.markdown import render


@dataclass(frozen=True)
class CommentShown:
    """A comment as it is shown; `href` leads to its author's page, if the reader may open that."""

    comment: Comment
    html: Markup
    mine: bool
    may_remove: bool
    href: str = ""


@dataclass(frozen=True)
class ThreadShown:
    """A thread with its comments. `label` is what a field or row is called."""

    thread: Thread
    comments: Sequence[CommentShown]
    label: str = ""

    @property
    def is_open(self) -> bool:
        return self.thread.state == "open"

    @property
    def is_passage(self) -> bool:
        return bool(self.thread.passage)

    @property
    def gone(self) -> bool:
        """Whether the passage that it was about has gone from the text."""
        return self.is_passage and self.thread.start is None

    @property
    def says_now(self) -> str:
        """How the passage reads now, if it was changed since it was commented on."""
        if not self.is_passage or self.gone:
            return ""
        same = keys_of(self.thread.passage) == keys_of(self.thread.quote)
        return "" if same else self.thread.passage

    @property
    def said(self) -> int:
        """How many comments there are, without those that were removed."""
        return sum(one.comment.removed_at is None for one in self.comments)

    @property
    def anchor(self) -> str:
        """The row that it is about, on the page."""
        return f"r-{self.thread.row_id}" if self.thread.row_id else ""


@dataclass(frozen=True)
class Talk:
    """All threads of a page that a reader may follow, those about its text in the order of the text."""

    found: Found
    content: Content
    threads: Sequence[ThreadShown] = field(default_factory=tuple)

    @property
    def url(self) -> str:
        return self.found.url

    @property
    def open(self) -> list[ThreadShown]:
        return [one for one in self.threads if one.is_open]

    @property
    def resolved(self) -> list[ThreadShown]:
        settled = [one for one in self.threads if not one.is_open]
        return sorted(settled, key=lambda one: one.thread.changed_at, reverse=True)


def seen_content(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page) -> tuple[Content, frozenset[str]]:
    """The page's content as this reader sees it, and the fields that they do not."""
    content, kind = content_of(current_revision(session, page)), catalogue[page.kind]
    hidden = hidden_keys(kind, content, viewer.person_id, page.state)
    return without(content, hidden), hidden


def talk_of(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found) -> Talk:
    """The whole conversation of a page whose conversation this viewer may follow (wiki.conversation.rights)."""
    content, hidden = seen_content(session, catalogue, viewer, found.page)
    threads = list(session.scalars(select(Thread).where(Thread.page_id == found.page.id, Thread.field.not_in(hidden))))
    threads.sort(key=lambda one: (one.start is None, one.start or 0, one.id))
    return Talk(found, content, _shown(session, catalogue, viewer, found, content, threads))


def thread_for(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, number: int) -> Thread:
    """One thread of the page. Raises NotFound, also for one about a part that this reader does not see."""
    thread = session.get(Thread, number)
    if thread is None or thread.page_id != found.page.id or not _is_seen(session, catalogue, viewer, found, thread):
        raise NotFound(_("There is no such conversation on this page."))
    return thread


def comment_for(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, number: int
) -> tuple[Thread, Comment]:
    """One comment with its thread. Raises NotFound, also for one that was removed."""
    comment = session.get(Comment, number)
    if comment is None or comment.removed_at is not None:
        raise NotFound(_("There is no such comment on this page."))
    return thread_for(session, catalogue, viewer, found, comment.thread_id), comment


def _is_seen(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, thread: Thread) -> bool:
    return not thread.field or thread.field not in seen_content(session, catalogue, viewer, found.page)[1]


def _shown(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, content: Content, threads: Sequence[Thread]
) -> list[ThreadShown]:
    if not threads:
        return []
    kind = catalogue[found.page.kind]
    comments = _comments(session, viewer, found, [one.id for one in threads])
    return [
        ThreadShown(one, comments[one.id], part_label(kind, content, one.field, one.row_id) if one.field else "")
        for one in threads
    ]


def _comments(
    session: Session, viewer: Viewer, found: Found, threads: Collection[int]
) -> defaultdict[int, list[CommentShown]]:
    rows = session.execute(
        select(Comment, Account.person_id)
        .outerjoin(Account, Account.id == Comment.author_id)
        .where(Comment.thread_id.in_(threads))
        .order_by(Comment.id)
    ).all()
    links = PageLinks(session, found.space.slug, found.page.id, found.page.slug)
    html = {row[0].id: below_title(render(row[0].text, links, prefix=f"c{row[0].id}-").html) for row in rows}
    named = {page for one in html.values() for page in rendered.page_references(one)}
    people = {row.person_id for row in rows if row.person_id is not None}
    wanted = select(Page.id).where(Page.id.in_(named | people), visible_pages(viewer))
    seen = set(session.scalars(wanted)) if named | people else set()
    shown: defaultdict[int, list[CommentShown]] = defaultdict(list)
    for comment, person in rows:
        mine = comment.author_id == viewer.account_id
        text = rendered.without_hidden(html[comment.id], named - seen, found.space.slug)
        href = f"/p/{person}" if person in seen else ""
        shown[comment.thread_id].append(CommentShown(comment, text, mine, mine or found.may("manage"), href))
    return shown
