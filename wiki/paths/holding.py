"""Giving somebody a role whose page names a reading path puts them on it, in the same request."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Page
from wiki.paths import who
from wiki.paths.actions import CURRENT, Terms, begin
from wiki.paths.queries import ever_on

ROLE = "role"
#: States in which a role is somebody's: a draft has been given to nobody yet.
_HELD = ("agreed", "in_use")


def follow_holders(
    session: Session,
    viewer: Viewer,
    page: Page,
    before: Mapping[str, Any],
    was: str,
    after: Mapping[str, Any],
    today: date,
) -> None:
    """Put on the role's path who came to hold it by this change of its page."""
    path_id = after.get("reading_path")
    if page.kind != ROLE or page.state not in _HELD or not isinstance(path_id, int):
        return
    held = _holders(before, today) if was in _HELD else set()
    new = sorted(_holders(after, today) - held)
    path = session.get(Page, path_id) if new else None
    if path is None or path.deleted_at is not None or path.archived_at is not None or path.state != CURRENT:
        return
    known = ever_on(session, path.id, new)
    for person_id in new:
        if person_id in known:
            continue
        person = who.newcomer(session, person_id, path.space_id)
        buddy = who.fitting_buddy(session, path, person, who.around_role(session, page, today))
        begin(session, viewer, path, person, Terms(max(today, _from(after, person_id) or today), None, buddy, page.id))


def _holders(fields: Mapping[str, Any], today: date) -> set[int]:
    """People who hold the role or will."""
    return {
        row["person"]
        for row in fields.get("holders") or ()
        if isinstance(row.get("person"), int) and str(row.get("to") or "9999") >= today.isoformat()
    }


def _from(fields: Mapping[str, Any], person_id: int) -> date | None:
    days = [row.get("from") for row in fields.get("holders") or () if row.get("person") == person_id]
    known = [date.fromisoformat(one) for one in days if one]
    return max(known, default=None)
