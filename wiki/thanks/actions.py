"""Thanking somebody on a page, and taking it back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer, page_by_id
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Account, Membership, Page, Thanks
from wiki.notices.telling import account_ids, tell
from wiki.notices.watching import keepers
from wiki.text import tidy

#: A sentence has so many words at least; "thanks a lot" is none.
FEWEST_WORDS = 4
LONGEST = 500
#: For whom one may thank.
KINDS = ("person", "organisation")


def thank(
    session: Session, viewer: Viewer, found: Found, to: int | None, reason: str, org: int | None = None
) -> Thanks:
    """Thank `to`, a person or an organisation, or whoever made the page, with a reason. The others are told.

    Raises Invalid for less than a sentence, for oneself, or for the same again.
    """
    reason = tidy(reason)
    problems = _problems(session, viewer, found, to, reason)
    if problems:
        raise Invalid(problems)
    mine = viewer.orgs(found.page.space_id)
    made = Thanks(
        page_id=found.page.id,
        account_id=viewer.account_id,
        by_id=viewer.person_id,
        by_name=viewer.name,
        org_id=org if org in mine else min(mine, default=None),
        to_id=to,
        reason=reason,
        time=clock.now(),
    )
    session.add(made)
    session.flush()
    eventlog.record(session, viewer, "thanks.given", page=found.page, thanks=made.id, to=to)
    told = _those(session, found.page, to)
    tell(
        session,
        told,
        "thanks",
        found.page.id,
        by=viewer.account_id,
        words={"text": reason},
        link=f"#thanks-{made.id}",
        group=f"thanks-{made.id}",
    )
    return made


def _problems(session: Session, viewer: Viewer, found: Found, to: int | None, reason: str) -> list[Problem]:
    problems = []
    if to is not None:
        receiver = page_by_id(session, viewer, to, "view").page
        if receiver.kind not in KINDS:
            problems.append(Problem("to", _("Thank a person or an organisation.")))
    if to is not None and to == viewer.person_id:
        problems.append(Problem("to", _("You cannot thank yourself here. Name somebody else.")))
    if len(reason.split()) < FEWEST_WORDS and len(reason) < 4 * FEWEST_WORDS:
        problems.append(Problem("reason", _("Say what for, in a sentence: it is what the other person remembers.")))
    if len(reason) > LONGEST:
        problems.append(Problem("reason", _("Say it in %(most)s characters at most.", most=LONGEST)))
    if not problems and _said_before(session, viewer, found.page.id, to, reason):
        problems.append(Problem("reason", _("You have said this here already.")))
    return problems


def _said_before(session: Session, viewer: Viewer, page: int, to: int | None, reason: str) -> bool:
    same = select(Thanks.id).where(
        Thanks.page_id == page, Thanks.account_id == viewer.account_id, Thanks.reason == reason
    )
    return session.scalar(same.where(Thanks.to_id.is_(None) if to is None else Thanks.to_id == to)) is not None


def _those(session: Session, page: Page, to: int | None) -> set[int]:
    """The accounts of those who are thanked."""
    if to is None:
        return keepers(session, page.id)
    acting = select(Membership.account_id).join(Account, Account.id == Membership.account_id)
    acting = acting.where(Membership.space_id == page.space_id, Membership.org_id == to, Account.active)
    return account_ids(session, [to]) | set(session.scalars(acting))


def take_back(session: Session, viewer: Viewer, found: Found, number: int) -> None:
    """Take thanks back. Raises NotFound, and Forbidden unless they are the viewer's own, or the viewer coordinates the space."""
    given = session.get(Thanks, number)
    if given is None or given.page_id != found.page.id:
        raise NotFound(_("These thanks are not there any more."))
    if given.account_id != viewer.account_id and not found.may("manage"):
        raise Forbidden(_("Only who said it can take it back."))
    eventlog.record(session, viewer, "thanks.taken_back", page=found.page, thanks=given.id, by=given.by_id)
    session.delete(given)
    session.flush()
