"""One more row of how others used a practice, by anybody who may read it."""

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.types.tables import new_row_id
from wiki.notices.telling import tell
from wiki.notices.watching import keepers, watchers
from wiki.pages.actions import Saved, hold, save_page
from wiki.pages.storing import content_of, current_revision
from wiki.text import normal, shorten, tidy

ROWS = "adaptation"
SHARED = "shared"
LONGEST, LONGEST_STORY = 300, 5_000


def table_of(kind: Kind) -> Field | None:
    """The table of how others used it; None for kinds without one."""
    return next((one for one in kind.tables if one.rows == ROWS), None)


def choices(kind: Kind, column: str) -> dict[str, str]:
    return {key: _(label) for key, label in _labels(kind, column).items()}


def _labels(kind: Kind, column: str) -> Mapping[str, str]:
    """As the page template has them, to be translated when they are read."""
    table = table_of(kind)
    found = table.row_type.column(column) if table and table.row_type else None
    return found.choices if found else {}


def add_use(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    org: int | None,
    given: Mapping[str, str],
    today: date,
) -> Saved:
    """Add how the viewer's organisation used it; who keeps the page and who watches it are told.

    Readers may do so too: the rest of the page stays as it is. Raises NotFound where pages have no place for it, Invalid
    for what is missing: whether it worked, and a story where it did not.
    """
    kind = catalogue[found.page.kind]
    table = table_of(kind)
    if table is None or found.page.state != SHARED:
        raise NotFound(_("Only a practice that is shared can be tried by others."))
    row = _row(kind, viewer, org, given, today)
    page = hold(session, catalogue, found.page)
    before = content_of(current_revision(session, page))
    content = Content(before.title, before.body, copy.deepcopy(before.fields))
    taken = {one["id"] for each in kind.tables for one in content.rows(each.key)}
    content.fields[table.key] = [*content.rows(table.key), {"id": new_row_id(taken), **row}]
    said = _labels(kind, "result")[row["result"]]
    note = _("Tried it too: %(result)s", result=_(said))
    saved = save_page(session, catalogue, viewer, page, content, page.number, note, told=True)
    words = {"text": shorten(row.get("what_changed") or row["story"], 120), "said": said}
    mine = keepers(session, page.id)
    tell(session, mine, "tried", page.id, by=viewer.account_id, words=words)
    tell(session, watchers(session, page.id) - mine, "tried_watched", page.id, by=viewer.account_id, words=words)
    return saved


def _row(kind: Kind, viewer: Viewer, org: int | None, given: Mapping[str, str], today: date) -> dict[str, Any]:
    story = normal(given.get("story", "")).strip()[:LONGEST_STORY]
    changed, where = (tidy(given.get(key, ""))[:LONGEST] for key in ("what_changed", "where"))
    result, setting = given.get("result", ""), given.get("setting", "")
    problems = []
    if org is None:
        problems.append(Problem("org", _("Say which organisation tried it.")))
    if result not in choices(kind, "result"):
        problems.append(Problem("result", _("Say whether it worked.")))
    if not changed and not story:
        problems.append(Problem("what_changed", _("Say what you changed; “nothing” is an answer too.")))
    if result in ("partly", "did_not") and not story:
        problems.append(Problem("story", _("Say in a sentence why: what did not work helps the next team as much.")))
    if problems:
        raise Invalid(problems)
    row = {
        "org": org,
        "where": where,
        "what_changed": changed,
        "result": result,
        "by": viewer.person_id,
        "on": today.isoformat(),
        "story": story,
        "setting": setting if setting in choices(kind, "setting") else "",
    }
    return {key: value for key, value in row.items() if value not in ("", None)}
