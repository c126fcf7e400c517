"""Doing something to lines of a register: one revision for each page that holds them, through the verbs of pages."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, page_by_id
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Revision
from wiki.pages.actions import confirm_page, save_page
from wiki.pages.storing import content_of, current_revision
from wiki.registers.named.acts import Act, Given, Redate, StillRight, with_row
from wiki.text import shorten

MOST_LINES = 200
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Target:
    """A page that the viewer may edit, with its content and the rows that are meant; no rows: the page itself."""

    found: Found
    content: Content
    rows: tuple[str, ...]

    def texts(self, catalogue: Catalogue) -> list[str]:
        """What the rows say, or what the page is called."""
        if not self.rows:
            return [self.content.title]
        kind = catalogue[self.found.page.kind]
        said = []
        for row_id in self.rows:
            there = with_row(self.content, row_id)
            field = kind.field(there[0]) if there else None
            if there and field and field.row_type:
                said.append(str(there[1].get(field.row_type.title) or self.content.title))
        return said


def targets(session: Session, viewer: Viewer, act: Act, keys: Sequence[str]) -> list[Target]:
    """The pages of lines such as "12.a3" and "12". Raises what the gate of pages raises, and Invalid for what is not there."""
    wanted: dict[int, list[str]] = {}
    for key in dict.fromkeys(keys):
        page, _dot, row = key.partition(".")
        if not page.isascii() or not page.isdecimal() or not 0 < int(page[:10]) <= LARGEST or bool(row) != act.row:
            raise Invalid([Problem("row", _("This line is not there, or that cannot be done to it."))])
        wanted.setdefault(int(page), []).append(row)
    if not wanted or sum(map(len, wanted.values())) > (MOST_LINES if act.bulk else 1):
        raise Invalid([Problem("row", _("Choose the lines first, at most %(most)s.", most=MOST_LINES))])
    return [_target(session, viewer, page, rows) for page, rows in wanted.items()]


def _target(session: Session, viewer: Viewer, page: int, rows: list[str]) -> Target:
    found = page_by_id(session, viewer, page, "edit")
    content = content_of(current_revision(session, found.page))
    names = tuple(row for row in rows if row)
    if any(with_row(content, row) is None for row in names):
        raise Invalid([Problem("row", _("This line is not there any more. Somebody may have removed it."))])
    return Target(found, content, names)


def perform(
    session: Session, catalogue: Catalogue, viewer: Viewer, act: Act, on: Sequence[Target], given: Given
) -> int:
    """Do it. Returns how many lines changed. Raises Invalid when something is missing, or what saving raises."""
    if isinstance(act, Redate) and not given["why"] and any(_was_redated(session, one) for one in on):
        given.problems.append(Problem("why", _("This was given another date before. Say why it moves again.")))
    if given.problems:
        raise Invalid(given.problems)
    return sum(_one(session, catalogue, viewer, act, target, given) for target in on)


def _one(session: Session, catalogue: Catalogue, viewer: Viewer, act: Act, target: Target, given: Given) -> int:
    page = target.found.page
    content = Content(target.content.title, target.content.body, copy.deepcopy(target.content.fields))
    if isinstance(act, StillRight):
        confirm_page(session, viewer, page, str(content.fields.get("review_every", "never")), given.today)
        return 1
    notes = [act.change(row, given) for row in _rows(content, target)]
    why = given["why"]
    note = shorten("; ".join(notes), 300)
    note = _("%(change)s. %(why)s", change=note, why=why) if why else note
    saved = save_page(session, catalogue, viewer, page, content, page.number, note)
    return len(notes) if saved.revision is not None else 0


def _rows(content: Content, target: Target) -> list[dict[str, Any]]:
    if not target.rows:
        return [content.fields]
    return [there[1] for row in target.rows if (there := with_row(content, row))]


def _was_redated(session: Session, target: Target) -> bool:
    """Whether a row had several days in the revisions of its page."""
    contents = session.scalars(select(Revision.fields).where(Revision.page_id == target.found.page.id)).all()
    for row_id in target.rows:
        there = (with_row(Content("", "", dict(fields)), row_id) for fields in contents)
        days = {row[1].get("due") for row in there if row} - {None}
        if len(days) > 1:
            return True
    return False
