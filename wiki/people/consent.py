"""What people let others see of them: they say so themselves, on the page that stands for them."""

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
#: The field that says whether contact details may be seen, and the one with the day on which the person said so.
LISTED, SAID_ON = "listed_ok", "listed_on"
YES, NO = "yes", "no"
#: What the person has to say yes to before others see it.
DETAILS = ("contact",)


def check(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    """Raises Invalid when somebody says yes for another who can say it themselves. Anybody who may edit the page can say no."""
    says_yes = change.after.fields.get(LISTED) == YES and change.before.fields.get(LISTED) != YES
    if not says_yes or viewer.account_id is None or viewer.person_id == change.page.id:
        return
    if _can_say(session, change.page.id):
        message = _(
            "Only %(name)s can say yes to this, on the page of their account. Leave it as it is.",
            name=change.page.title,
        )
        raise Invalid([Problem(f"f.{LISTED}", message)], change.after)
    if not change.after.fields.get(SAID_ON):
        message = _("%(name)s has no account here. Give the day on which they said yes.", name=change.page.title)
        raise Invalid([Problem(f"f.{SAID_ON}", message)], change.after)


def _can_say(session: Session, person: int) -> bool:
    return session.scalar(select(Account.id).where(Account.person_id == person, Account.active)) is not None


def given(session: Session, person: Page) -> tuple[bool, date | None]:
    """Whether the person lets their contact be seen, and since when."""
    fields = content_of(current_revision(session, person)).fields
    said = fields.get(SAID_ON)
    return fields.get(LISTED) == YES, date.fromisoformat(said) if said else None


def say(session: Session, catalogue: Catalogue, viewer: Viewer, yes: bool, today: date) -> None:
    """The viewer says on their own page whether others may see how to reach them. The same again changes nothing."""
    if viewer.person_id is None:
        raise Invalid([Problem(LISTED, _("No page stands for you yet. A coordinator can make one."))])
    page = hold(session, catalogue, page_by_id(session, viewer, viewer.person_id, "edit").page)
    content = content_of(current_revision(session, page))
    if content.fields.get(LISTED) == (YES if yes else NO):
        return
    fields = {**content.fields, LISTED: YES if yes else NO, SAID_ON: today.isoformat()}
    note = _("Contact may be seen") if yes else _("Contact may not be seen any more")
    save_page(session, catalogue, viewer, page, Content(content.title, content.body, fields), page.number, note)


follows(PERSON, check)
