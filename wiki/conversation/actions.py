"""What can be done in a conversation: begun, answered, mended, removed, resolved, taken up again. Browser, API and demo come through here."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer
from wiki.conversation import telling
from wiki.conversation.about import About, set_about
from wiki.conversation.mentions import Named, named_in
from wiki.conversation.rights import check_comment
from wiki.errors import Forbidden, Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.redact import redact
from wiki.models import Comment, Mention, Thread
from wiki.pages.storing import content_of, current_revision
from wiki.text import normal, tidy

LONGEST, LONGEST_OUTCOME = 10_000, 300


class SomeCannotRead(Invalid):
    """A text names people who cannot read it. Its author is told before anything is stored or sent."""

    def __init__(self, names: Collection[str]) -> None:
        said = _("These people cannot read this here and will not be told: %(names)s.", names=", ".join(names))
        super().__init__([Problem("text", said)])
        self.names = tuple(names)


def begin(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    about: About,
    text: str,
    *,
    anyway: bool = False,
    time: datetime | None = None,
) -> Comment:
    """Begin a thread with a comment. Raises Forbidden, Invalid, and SomeCannotRead unless it is to be said `anyway`."""
    check_comment(session, viewer, found)
    page, when = found.page, time or clock.now()
    thread = Thread(page_id=page.id, opened_at=when, changed_at=when)
    kind = catalogue[page.kind]
    content = redact(kind, content_of(current_revision(session, page)), viewer.person_id, page.state)
    set_about(thread, kind, content, page.number, about)
    named = _named(session, catalogue, viewer, found, text, thread.field, anyway)
    session.add(thread)
    session.flush()
    comment = _write(session, catalogue, viewer, found, thread, named, when)
    eventlog.record(session, viewer, "talk.begun", page=page, time=when, thread=thread.id)
    return comment


def reply(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    thread: Thread,
    text: str,
    *,
    anyway: bool = False,
    time: datetime | None = None,
) -> Comment:
    """Add a comment to a thread. Raises as `begin` does."""
    check_comment(session, viewer, found)
    named = _named(session, catalogue, viewer, found, text, thread.field, anyway)
    when = time or clock.now()
    comment = _write(session, catalogue, viewer, found, thread, named, when)
    eventlog.record(session, viewer, "talk.answered", page=found.page, time=when, thread=thread.id)
    return comment


def _named(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, text: str, field: str, anyway: bool
) -> Named:
    named = named_in(session, catalogue, viewer, found.page, found.space.slug, _text(text), field)
    if named.cannot and not anyway:
        raise SomeCannotRead(named.cannot)
    return named


def _text(text: str) -> str:
    text = normal(text).strip()
    if not text:
        raise Invalid([Problem("text", _("Write something first."))])
    if len(text) > LONGEST:
        raise Invalid([Problem("text", _("Say it in at most %(count)s characters.", count=LONGEST))])
    return text


def _write(
    session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, thread: Thread, named: Named, when: datetime
) -> Comment:
    comment = Comment(
        thread_id=thread.id, author_id=viewer.account_id, author_name=viewer.name, text=named.text, written_at=when
    )
    session.add(comment)
    thread.changed_at = when
    session.flush()
    session.add_all(Mention(comment_id=comment.id, account_id=one) for one in sorted(named.told))
    telling.commented(session, catalogue, viewer, found.page, thread, comment, named.told)
    return comment


def edit(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    thread: Thread,
    comment: Comment,
    text: str,
    *,
    anyway: bool = False,
) -> None:
    """Its author mends a comment; it says so from then on. Who is named now and was not before is told."""
    if comment.author_id != viewer.account_id or comment.removed_at is not None:
        raise Forbidden(_("Only who wrote a comment can change it."))
    check_comment(session, viewer, found)
    named = _named(session, catalogue, viewer, found, text, thread.field, anyway)
    if named.text == comment.text:
        return
    before = {one.account_id for one in session.query(Mention).filter_by(comment_id=comment.id)}
    comment.text, comment.edited_at = named.text, clock.now()
    session.execute(delete(Mention).where(Mention.comment_id == comment.id))
    session.add_all(Mention(comment_id=comment.id, account_id=one) for one in sorted(named.told))
    session.flush()
    telling.mentioned(session, viewer, found.page, thread, comment, named.told - before)
    eventlog.record(session, viewer, "talk.edited", page=found.page, thread=thread.id, comment=comment.id)


def remove(session: Session, viewer: Viewer, found: Found, thread: Thread, comment: Comment) -> None:
    """Take a comment away: its author, or a coordinator. That it was there, and who removed it, stays."""
    if comment.author_id != viewer.account_id and not found.may("manage"):
        raise Forbidden(_("Only who wrote a comment, or a coordinator, can remove it."))
    if comment.removed_at is not None:
        return
    comment.text, comment.removed_at, comment.removed_by = "", clock.now(), viewer.name
    session.execute(delete(Mention).where(Mention.comment_id == comment.id))
    session.flush()
    eventlog.record(session, viewer, "talk.removed", page=found.page, thread=thread.id, comment=comment.id)


def resolve(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    thread: Thread,
    outcome: str,
    *,
    time: datetime | None = None,
) -> None:
    """Close a thread with what came of it, in a line. Raises Invalid without one."""
    check_comment(session, viewer, found)
    outcome = tidy(outcome)
    if not outcome:
        raise Invalid([Problem("outcome", _("Say in a line what came of it: it is what others read later."))])
    if len(outcome) > LONGEST_OUTCOME:
        raise Invalid([Problem("outcome", _("Say it in %(most)s characters at most.", most=LONGEST_OUTCOME))])
    if thread.state == "resolved":
        return
    when = time or clock.now()
    thread.state, thread.outcome, thread.resolved_by = "resolved", outcome, viewer.name
    thread.resolved_at = thread.changed_at = when
    session.flush()
    telling.resolved(session, catalogue, viewer, found.page, thread)
    eventlog.record(session, viewer, "talk.resolved", page=found.page, time=when, thread=thread.id)


def reopen(session: Session, viewer: Viewer, found: Found, thread: Thread) -> None:
    """Take a resolved thread up again; what had come of it is forgotten."""
    check_comment(session, viewer, found)
    if thread.state == "open":
        return
    thread.state, thread.outcome, thread.resolved_by, thread.resolved_at = "open", "", "", None
    thread.changed_at = clock.now()
    session.flush()
    eventlog.record(session, viewer, "talk.reopened", page=found.page, thread=thread.id)
