"""Changes that the demo's people suggest: one that waits, with two pieces; one that was accepted in part."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.conversation.pieces import pieces_of
from wiki.history.suggested import ACCEPTED
from wiki.kinds import Catalogue, Content
from wiki.models import Account, Page, Revision, Suggestion
from wiki.pages.links import AllNames
from wiki.pages.storing import content_of, current_revision

#: Finn reads how notices are sent, and may not change it: what he would say instead.
WAITS, WAITS_BY, HOURS_AGO = "P37", "U6", 20
NOTE = "Said as our applicants would understand it; and the first notice takes me an hour"
SAID = {
    "If somebody has not answered on the last day but one, telephone. *You have spoken with a person.*": "If somebody has "
    "not answered on the last day but one, telephone, and write down what they said. *You have spoken with a person.*"
}
TAKES = "An hour for the first, fifteen minutes afterwards"

#: Dan suggested the newest words and another title; Eva accepted the words and left the title.
ACCEPTED_ON, SUGGESTED_BY, ACCEPTED_BY = "P39", "U4", "U5"
TITLE = "Glossary"
WHY = "Units, because two laboratories mean different things"
ANSWER = "The units are in, thank you. The title stays: people know the page by it."


def add_suggestions(
    session: Session, catalogue: Catalogue, made: Mapping[str, Page], accounts: Mapping[str, Account]
) -> None:
    """Store both as they stand; nobody is told of them anew."""
    session.add(_waiting(session, made[WAITS], accounts[WAITS_BY]))
    _accepted(session, catalogue, made[ACCEPTED_ON], accounts[SUGGESTED_BY], accounts[ACCEPTED_BY])


def _waiting(session: Session, page: Page, by: Account) -> Suggestion:
    now = content_of(current_revision(session, page))
    body = now.body
    for old, new in SAID.items():
        body = body.replace(old, new)
    return Suggestion(
        page_id=page.id,
        author_id=by.id,
        author_name=by.name,
        base=page.number,
        title=now.title,
        body=body,
        fields={**now.fields, "takes": TAKES},
        note=NOTE,
        declined=[],
        made_at=clock.now() - timedelta(hours=HOURS_AGO),
    )


def _accepted(session: Session, catalogue: Catalogue, page: Page, by: Account, accepted_by: Account) -> None:
    """The page's newest revision, as what was accepted of a suggestion."""
    newest = current_revision(session, page)
    earlier = select(Revision).where(Revision.page_id == page.id, Revision.number == newest.number - 1)
    now, before = content_of(newest), content_of(session.scalars(earlier).one())
    wished = Content(TITLE, now.body, now.fields)
    pieces = pieces_of(catalogue[page.kind], before, wished, AllNames(session, set(), set()), ()).pieces
    declined = [piece.key for piece in pieces if piece.place == "title"]
    made = Suggestion(
        page_id=page.id,
        author_id=by.id,
        author_name=by.name,
        base=newest.number - 1,
        title=wished.title,
        body=wished.body,
        fields=dict(wished.fields),
        note=WHY,
        state="accepted",
        declined=declined,
        accepted=len(pieces) - len(declined),
        made_at=newest.time - timedelta(days=2),
        closed_at=newest.time,
        closed_by=accepted_by.name,
        answer=ANSWER,
    )
    session.add(made)
    session.flush()
    who = Viewer(account_id=accepted_by.id, person_id=accepted_by.person_id, name=accepted_by.name)
    eventlog.record(
        session,
        who,
        ACCEPTED,
        page=page,
        time=newest.time,
        suggestion=made.id,
        number=newest.number,
        pieces=made.accepted,
    )
