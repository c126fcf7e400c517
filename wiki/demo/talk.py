"""What the demo's people say about its pages: a passage, an open question, something settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from wiki import clock
from wiki.conversation.about import About, set_about
from wiki.demo.suggested import add_suggestions
from wiki.kinds import Catalogue
from wiki.models import Account, Comment, Mention, Page, Thread
from wiki.pages.deriving import content_of, current_revision


@dataclass(frozen=True)
class Said:
    """Who said it, how many hours ago, what, and whom it names."""

    by: str
    ago: int
    text: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """A thread on a page; `outcome` with who resolved it, if it is settled."""

    page: str
    said: tuple[Said, ...]
    quote: str = ""
    outcome: str = ""
    outcome_by: str = ""


THREADS = (
    Told(
        "P24",
        (
            Said(
                "U6",
                74,
                "Applicants ask me what “thirty working days” is in weeks. Can the page say **about six weeks** as well?",
            ),
            Said("U8", 51, "Good point. [[Ada Verdana]], does the notice form have room for that line?", ("U1",)),
        ),
        quote="The notice therefore names the last day to answer, worked out before it is sent",
    ),
    Told(
        "P24",
        (
            Said("U4", 170, "Does the count also stand still for a quiet period that is announced late?"),
            Said("U8", 168, "Yes, from the day of the announcement."),
        ),
        quote="the count stands still in a quiet period",
        outcome="Late announcements count from their day; it goes into the protocol",
        outcome_by="U8",
    ),
    Told(
        "P24", (Said("U7", 28, "The table could show how many days each notice had in the end. I can look them up."),)
    ),
    Told(
        "P37",
        (
            Said(
                "U2",
                46,
                "Step 6 still says twenty days. I wanted to mend it, but the rewriting is under way, isn't it, [[Ada Verdana]]?",
                ("U1",),
            ),
        ),
        quote="Put the last day to answer into the shared calendar: twenty days",
    ),
)


def add_talk(session: Session, catalogue: Catalogue, made: Mapping[str, Page], accounts: Mapping[str, Account]) -> int:
    """Store the threads, and what was suggested, as if they had been written over the last days; says how many. Nobody is told of them anew."""
    for one in THREADS:
        _add(session, catalogue, made[one.page], one, accounts)
    add_suggestions(session, catalogue, made, accounts)
    session.flush()
    return len(THREADS)


def _add(session: Session, catalogue: Catalogue, page: Page, told: Told, accounts: Mapping[str, Account]) -> None:
    now = clock.now()
    when = [now - timedelta(hours=said.ago) for said in told.said]
    thread = Thread(page_id=page.id, opened_at=when[0], changed_at=when[-1])
    content = content_of(current_revision(session, page))
    set_about(thread, catalogue[page.kind], content, page.number, About(quote=told.quote))
    if told.outcome:
        thread.state, thread.outcome, thread.resolved_by = "resolved", told.outcome, accounts[told.outcome_by].name
        thread.resolved_at = when[-1]
    session.add(thread)
    session.flush()
    for said, moment in zip(told.said, when, strict=True):
        author = accounts[said.by]
        comment = Comment(
            thread_id=thread.id, author_id=author.id, author_name=author.name, text=said.text, written_at=moment
        )
        session.add(comment)
        session.flush()
        session.add_all(Mention(comment_id=comment.id, account_id=accounts[name].id) for name in said.names)
