"""Beginning a letter, writing above it, leaving things out, and sending it: what coordinators do."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import SpaceInfo, Viewer
from wiki.config import Settings
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.letters import mailing, reading
from wiki.letters.months import Month
from wiki.letters.words import gather
from wiki.models import Account, Membership, Page, Space, SpaceLetter
from wiki.quick_access import readable_pages
from wiki.text import normal

LONGEST = 4_000


def begin(session: Session, space_id: int, month: Month) -> tuple[SpaceLetter, bool]:
    """The letter about a month, and whether it is new. Two at once make one."""
    session.scalars(select(Space.id).where(Space.id == space_id).with_for_update()).one()
    found = reading.letter_of(session, space_id, month)
    if found is not None:
        return found, False
    made = SpaceLetter(
        space_id=space_id, month=month.key, greeting="", left_out=[], proposed_at=clock.now(), sent_at=None
    )
    session.add(made)
    session.flush()
    return made, True


def write(
    session: Session,
    viewer: Viewer,
    space: SpaceInfo,
    month: Month,
    greeting: str,
    shown: Collection[str],
    kept: Collection[str],
) -> SpaceLetter:
    """Keep what a coordinator wrote and ticked. `shown` are the things they were shown, `kept` those of them that stay in.

    What other coordinators left out and this one cannot see stays out. Raises Invalid once it was sent.
    """
    letter = _unsent(session, space, month)
    text = normal(greeting).strip()
    if len(text) > LONGEST:
        raise Invalid([Problem("greeting", _("A greeting has at most %(count)s characters.", count=LONGEST))])
    letter.greeting = text
    letter.left_out = sorted((set(letter.left_out) - set(shown)) | (set(shown) - set(kept)))
    session.flush()
    eventlog.record(session, viewer, "letter.written", space_id=space.id, month=month.key)
    return letter


def _unsent(session: Session, space: SpaceInfo, month: Month) -> SpaceLetter:
    letter, _new = begin(session, space.id, month)
    if letter.sent_at is not None:
        raise Invalid([Problem("", _("This letter has been sent. It cannot be changed any more."))])
    return letter


def send(
    session: Session,
    settings: Settings,
    catalogue: Catalogue,
    viewer: Viewer,
    space: SpaceInfo,
    month: Month,
    today: date,
) -> int:
    """Send the letter to everybody who takes part and for whom there is something in it; says to how many.

    Each reads it in their own words and as far as they may when the mail is made. Raises Invalid if it was sent before,
    or if nobody would find anything in it.
    """
    letter = _unsent(session, space, month)
    to = _receivers(session, settings, catalogue, space, month, letter, today)
    if not to:
        raise Invalid([Problem("", _("There is nothing in this letter that anybody may read."))])
    letter.sent_at, letter.sent_by, letter.sent_by_name = clock.now(), viewer.account_id, viewer.name
    session.flush()
    eventlog.record(session, viewer, "letter.sent", space_id=space.id, month=month.key, letter=letter.id)
    mailing.tell_and_mail(session, settings, space, month, letter, to)
    return len(to)


def _receivers(
    session: Session,
    settings: Settings,
    catalogue: Catalogue,
    space: SpaceInfo,
    month: Month,
    letter: SpaceLetter,
    today: date,
) -> list[Account]:
    """Open accounts with a role in the space, of whom each may read at least one thing of the letter."""
    span = reading.span_of(catalogue, None, space, month, letter, settings.time_zone, today)
    pages = {one.page_id for one in gather(session, span, letter.left_out)}
    part = select(Membership.account_id).where(Membership.space_id == space.id)
    members = select(Account).where(Account.active, Account.id.in_(part))
    if None not in pages:  # otherwise there is something for everybody
        readable = select(Account.id).join(Page, Page.id.in_(pages)).where(readable_pages(Account.id)).correlate(None)
        members = members.where(Account.id.in_(readable))
    return list(session.scalars(members.order_by(Account.id)))
