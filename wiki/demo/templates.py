"""A change to the template of practices that one of the demo's people proposes, and what the others say of it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.kinds import Catalogue
from wiki.kinds.sources import read_folders
from wiki.models import Account, TemplateComment, TemplateProposal
from wiki.packs import simple
from wiki.packs.shelf import KIND, ROWS, over, stored_versions
from wiki.resources import resource_folder

TEMPLATE = "practice"
FIELD = {
    "do": "add",
    "new.label": "Time until it shows",
    "new.type": "choice",
    "new.choices": "Days\nWeeks\nMonths\nA year or more",
    "new.help": "When did you first notice that it works?",
}
PROPOSED_BY, DAYS_AGO = "U7", 6
WHY = (
    "We gave up walking the site after two weeks, because nothing had changed yet. In Paper Harbour it took two months. "
    "Had we known, we would have gone on. Two organisations of five have asked me the same of other practices."
)
#: Who says what, and how many hours after the proposal.
SAID = (
    (
        "U6",
        5,
        "True: after three weeks I was about to stop too. Weeks, months or a year is enough; nobody will count days.",
    ),
    (
        "U4",
        29,
        "Please let it be left empty. Some of what we do shows when it shows, and a column of numbers would rank it.",
    ),
    ("U7", 31, "It can be left empty, and it is no column of the list. I put it behind “Add more detail”."),
    (
        "U8",
        52,
        "Then it asks nobody for more than they have. I would take it, and ask those who keep practices to fill it in.",
    ),
)


def propose_field(session: Session, catalogue: Catalogue, accounts: Mapping[str, Account]) -> None:
    """Store it as it stands, open; nobody is told of it anew."""
    own = [one for one in stored_versions(session) if one.part in (KIND, ROWS)]
    text, sections = over(read_folders([resource_folder("page_templates")]), own).texts(TEMPLATE)
    when = clock.now() - timedelta(days=DAYS_AGO)
    by = accounts[PROPOSED_BY]
    made = TemplateProposal(
        kind=TEMPLATE,
        base=catalogue[TEMPLATE].version,
        base_text=text,
        base_sections=sections,
        text=simple.changed_by(text, FIELD),
        sections=sections,
        why=WHY,
        author_id=by.id,
        author_name=by.name,
        made_at=when,
    )
    session.add(made)
    session.flush()
    _record(session, "template.proposed", by, made, when)
    for who, hours, said in SAID:
        _say(session, made, accounts[who], said, when + timedelta(hours=hours))


def _say(session: Session, proposal: TemplateProposal, by: Account, said: str, when: datetime) -> None:
    session.add(
        TemplateComment(proposal_id=proposal.id, author_id=by.id, author_name=by.name, text=said, written_at=when)
    )
    _record(session, "template.commented", by, proposal, when)


def _record(session: Session, verb: str, by: Account, proposal: TemplateProposal, when: datetime) -> None:
    who = Viewer(account_id=by.id, person_id=by.person_id, name=by.name)
    eventlog.record(session, who, verb, time=when, key=proposal.kind, proposal=proposal.id)


def forget_proposals(session: Session, accounts: list[int]) -> None:
    """What these accounts have proposed goes with the demo; a version that came of it stays."""
    session.execute(delete(TemplateProposal).where(TemplateProposal.author_id.in_(accounts)))
