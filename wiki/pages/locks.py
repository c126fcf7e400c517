"""What nobody rewrites any more: the fields that the present state locks, and the dated notes beside them."""

from typing import Any

from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.i18n import quoted
from wiki.kinds import Content, Kind
from wiki.kinds.types.tables import new_row_id
from wiki.text import tidy


def changed(kind: Kind, state: str, before: Content, after: Content) -> list[str]:
    """Labels of the locked fields that differ."""
    keys = [key for key in kind.locked.get(state, ()) if before.fields.get(key) != after.fields.get(key)]
    return [_label(kind, key) for key in keys]


def check(kind: Kind, state: str, before: Content, after: Content) -> None:
    """Raises Invalid when a field that the present state locks would change, or a note that was added later."""
    problems = [
        Problem(
            f"f.{key}",
            _(
                "“%(label)s” is locked now that this is %(state)s. Add a dated note, or write a new page that replaces it.",
                label=_label(kind, key),
                state=_(kind.state(state).label),
            ),
        )
        for key in kind.locked.get(state, ())
        if before.fields.get(key) != after.fields.get(key)
    ]
    if problems:
        raise Invalid(problems, after)
    check_notes(kind, state, before, after)


def check_notes(kind: Kind, state: str, before: Content, after: Content) -> None:
    """Raises Invalid when a dated note of a locked page would be changed or taken away: they grow, and nothing else."""
    for table in kind.notes_later if state in kind.locked else ():
        now = {row["id"]: row for row in after.rows(table.key)}
        if any(now.get(row["id"]) != row for row in before.rows(table.key)):
            message = _("Notes are added and stay as they are. Write another one instead.")
            raise Invalid([Problem(f"f.{table.key}", message)], after)


def corrected(kind: Kind, viewer: Viewer, state: str, before: Content, after: Content, why: str, day: str) -> Content:
    """The content with a note that says what a coordinator corrected in locked fields. Raises Invalid without a reason."""
    labels = changed(kind, state, before, after)
    if not labels:
        return after
    if not tidy(why):
        message = _("Say what was wrong. It stays on the page as a dated note.")
        raise Invalid([Problem("correction", message)], after)
    text = _("Corrected %(fields)s: %(why)s", fields=", ".join(map(quoted, labels)), why=tidy(why))
    return with_note(kind, viewer, after, text, day)


def with_note(kind: Kind, viewer: Viewer, content: Content, text: str, day: str) -> Content:
    """The content with one more dated note."""
    table = kind.notes_later[0]
    taken = {row["id"] for each in kind.tables for row in content.rows(each.key)}
    row: dict[str, Any] = {"id": new_row_id(taken), "on": day, "note": text}
    if viewer.person_id is not None:
        row["by"] = viewer.person_id
    fields = {**content.fields, table.key: [*content.rows(table.key), row]}
    return Content(content.title, content.body, fields)


def may_correct(kind: Kind, viewer: Viewer, space_id: int) -> bool:
    return bool(kind.notes_later) and "coordinator" in viewer.roles(space_id)


def _label(kind: Kind, key: str) -> str:
    field = kind.field(key)
    return _(field.label) if field is not None else key
