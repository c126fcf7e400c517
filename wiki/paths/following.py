"""What paths follow of what happens to pages."""

from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.i18n import time_zone
from wiki.kinds import Catalogue
from wiki.pages.following import EVERY_KIND, Change, follows
from wiki.paths.holding import ROLE, follow_holders
from wiki.paths.trying import follow_edits


def _roles(session: Session, catalogue: Catalogue, viewer: Viewer, change: Change) -> None:
    today = clock.today(time_zone())
    follow_holders(session, viewer, change.page, change.before.fields, change.was, change.after.fields, today)


follows(ROLE, _roles)
follows(EVERY_KIND, follow_edits)
