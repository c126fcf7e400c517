"""Beginning a handover from the page of a person; handing back after cover."""

import copy
from datetime import date

from sqlalchemy.orm import Session

from wiki.access import Found, SpaceInfo, Viewer, visible_spaces
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.handover.notes import PERSON, Parties, content_now, write
from wiki.handover.passing import may_hand
from wiki.handover.preparing import Wish, prepare
from wiki.handover.rights import may_prepare
from wiki.holdings import footprint
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Page
from wiki.pages.actions import change_state, hold, offered, save_page

#: What becomes of a person's page with a handover of that kind, and the field that names who comes.
_BECOMES = {
    "leaving": ("leaving", "successor"),
    "long_absence": ("away", "cover"),
    "temporary_cover": ("away", "cover"),
}
#: Handovers after which the same things come back.
RETURNS = ("long_absence", "temporary_cover")


def check_person(session: Session, viewer: Viewer, found: Found) -> None:
    """Raises NotFound where there is nobody to prepare a handover for, Forbidden when it is not the viewer's to prepare."""
    if found.page.kind != PERSON or found.page.state == "left":
        raise NotFound(_("A handover is prepared on the page of somebody who is still here."))
    if not may_prepare(session, viewer, found.page):
        raise Forbidden(
            _("They themselves prepare it, people of their organisation, or a coordinator. Ask one of them.")
        )


def places(session: Session, viewer: Viewer) -> list[SpaceInfo]:
    """Where the viewer can have the note written."""
    return [one for one in visible_spaces(session, viewer) if one.may("create")]


def begin(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, wish: Wish, today: date) -> Page:
    """The note; and the person's page says what is going on, where the viewer may say so: somebody's account ends by it. Raises Invalid."""
    note = prepare(session, catalogue, viewer, found.page, wish, today)
    state, field = _BECOMES.get(wish.kind, ("", ""))
    content = content_now(session, found.page)
    ways = {way.to for way in offered(session, catalogue, viewer, found, content)}
    person = Content(content.title, content.body, copy.deepcopy(content.fields))
    if wish.successor is not None and field:
        person.fields[field] = wish.successor
    if wish.kind == "leaving" and wish.last_day is not None:
        person.fields["last_day"] = wish.last_day.isoformat()
    if state == "away" and wish.successor is None:
        return note
    if state in ways:
        save_page(session, catalogue, viewer, found.page, person, found.page.number, _("A handover is prepared"))
        change_state(session, catalogue, viewer, found, state)
    elif state and viewer.person_id == found.page.id and found.page.state != state:
        page = hold(session, catalogue, found.page)  # of themselves everybody may say it, whoever keeps the page
        write(session, catalogue, viewer, page, person, _("A handover is prepared"), state)
    return note


def hand_back(session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, today: date) -> Page:
    """After cover or absence: a note of the other direction, with what was taken on and is still held. Raises Invalid, Forbidden."""
    content = content_now(session, page)
    parties = Parties.of(content)
    if content.fields.get("kind") not in RETURNS or parties.leaver is None or parties.successor is None:
        raise Invalid([Problem("kind", _("Only what was covered for a time is handed back."))])
    if not may_hand(viewer, content) and viewer.person_id != parties.successor:
        raise Forbidden(_("Those who handed it over, or took it on, hand it back."))
    taken = [row["item"] for row in content.rows("items") if row.get("status") == "accepted" and "item" in row]
    places = {(item["page"], item.get("row", "")) for item in taken}
    pages = {item["page"] for item in taken}
    held = footprint(session, catalogue, None, parties.successor, today)
    keys = {
        one.key
        for one in held
        if (one.page_id, one.row_id) in places or (one.what in ("role", "group") and one.page_id in pages)
    }
    if not keys:
        raise Invalid([Problem("items", _("Nothing of it is still held: there is nothing to hand back."))])
    person = session.get_one(Page, parties.successor)
    manager = parties.manager if parties.manager != parties.successor else None
    wish = Wish("temporary_cover", today, parties.leaver, manager, page.space_id, frozenset(keys))
    return prepare(session, catalogue, viewer, person, wish, today)
