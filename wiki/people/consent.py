"""What people let others see of them: they say so themselves, on the page that stands for them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, page_by_id
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Account, Page
from wiki.pages.actions import hold, save_page
from wiki.pages.following import Change, follows
from wiki.pages.storing import content_of, current_revision

PERSON = "person"
#: What a person says yes to: that contact details may be seen, with the day on which they said so, and that thanks are shown.
LISTED, SAID_ON, THANKS = "listed_ok", "listed_on", "thanks_shown"
ASKED = (LISTED, THANKS)
YES, NO = "yes", "no"


def check(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """Raises Invalid when somebody says yes for another who can say it themselves. Anybody who may edit the page can say no."""
    before, after = change.before.fields, change.after.fields
    yes = [key for key in ASKED if after.get(key) == YES and before.get(key) != YES]
    if not yes or viewer.account_id is None or viewer.person_id == change.page.id:
        return
    if _can_say(session, change.page.id):
        message = _(
            "Only %(name)s can say yes to this, on the page of their account. Leave it as it is.",
            name=change.page.title,
        )
        raise Invalid([Problem(f"f.{key}", message) for key in yes], change.after)
    if LISTED in yes and not after.get(SAID_ON):
        message = _("%(name)s has no account here. Give the day on which they said yes.", name=change.page.title)
        raise Invalid([Problem(f"f.{SAID_ON}", message)], change.after)


def _can_say(session: Session, person: int) -> bool:
    return session.scalar(select(Account.id).where(Account.person_id == person, Account.active)) is not None


@dataclass(frozen=True)
class Given:
    """What somebody lets others see of them, and since when of their contact."""

    listed: bool
    said_on: date | None
    thanks: bool


def given(session: Session, person: Page) -> Given:
    fields = content_of(current_revision(session, person)).fields
    said = fields.get(SAID_ON)
    return Given(fields.get(LISTED) == YES, date.fromisoformat(said) if said else None, fields.get(THANKS) == YES)


def say(session: Session, catalogue: Catalogue, viewer: Viewer, about: str, yes: bool, today: date) -> None:
    """The viewer says on their own page whether others may see how to reach them (LISTED), or their THANKS.

    The same again changes nothing. Raises Invalid when no page stands for them, or for anything else that is asked.
    """
    if viewer.person_id is None or about not in ASKED:
        raise Invalid([Problem(LISTED, _("No page stands for you yet. A coordinator can make one."))])
    page = hold(session, catalogue, page_by_id(session, viewer, viewer.person_id, "edit").page)
    content = content_of(current_revision(session, page))
    if content.fields.get(about) == (YES if yes else NO):
        return
    fields = {**content.fields, about: YES if yes else NO}
    if about == LISTED:
        fields[SAID_ON] = today.isoformat()
    notes = {
        (LISTED, True): _("Contact may be seen"),
        (LISTED, False): _("Contact may not be seen any more"),
        (THANKS, True): _("Thanks may be shown"),
        (THANKS, False): _("Thanks may not be shown any more"),
    }
    content = Content(content.title, content.body, fields)
    save_page(session, catalogue, viewer, page, content, page.number, notes[about, yes])


follows(PERSON, check)
