"""What cannot be joined, shown with both texts; and taking over what was chosen."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.definition import Column
from wiki.kinds.types import TYPES
from wiki.models import Page, Revision
from wiki.pages.merging import ContentMerge
from wiki.pages.storing import content_of
from wiki.pages.typed import PlainNames
from wiki.rendering.merge import TextConflict

CHOOSE = "choose."


def conflict_view(
    session: Session, catalogue: Catalogue, viewer: Viewer, kind: Kind, merge: ContentMerge
) -> dict[str, Any]:
    """For the template: `clashes` (place, label, mine, theirs as text), `body_parts` (the conflicts), `both_body`."""
    names = PlainNames(session, viewer)
    clashes = [
        {
            "place": clash.place,
            "label": place_label(kind, clash.place),
            "mine": _said(kind, clash.place, clash.mine, names),
            "theirs": _said(kind, clash.place, clash.theirs, names),
        }
        for clash in merge.clashes
    ]
    conflicts = [part for part in (merge.body.parts if merge.body else []) if isinstance(part, TextConflict)]
    return {
        "clashes": clashes,
        "conflicts": conflicts,
        "both_body": both_texts(merge) if conflicts else None,
        "merged_body": merge.content.body,
    }


def without_my_removals(merge: ContentMerge) -> Content:
    """What the form of the choice holds: the merged content, without the rows that I took out and others changed.

    They come back where "theirs" is chosen (see `choose`).
    """
    removed = {clash.place for clash in merge.clashes if clash.mine is None and clash.place.count("/") == 1}
    fields = {
        key: [row for row in value if f"{key}/{row['id']}" not in removed]
        if any(place.startswith(f"{key}/") for place in removed)
        else value
        for key, value in merge.content.fields.items()
    }
    return Content(merge.content.title, merge.content.body, fields)


def both_texts(merge: ContentMerge) -> str:
    """The body in which each paragraph that both changed stands twice, mine first: no word is dropped."""
    assert merge.body is not None
    pieces = [part if isinstance(part, str) else _one_after_the_other(part) for part in merge.body.parts]
    return "".join(pieces)


def _one_after_the_other(conflict: TextConflict) -> str:
    mine, theirs = conflict.mine, conflict.theirs
    gap = "" if not mine.strip() or mine.endswith("\n\n") else "\n" if mine.endswith("\n") else "\n\n"
    return f"{mine}{gap}{theirs}"


def place_label(kind: Kind, place: str) -> str:
    """What people call a place such as "title", "purpose", "actions/a1/due"."""
    key, _slash, rest = place.partition("/")
    if key in ("title", "body"):
        return _("Title") if key == "title" else _("Text")
    field = kind.field(key)
    label = _(field.label) if field else key
    column = _column(kind, place)
    if rest and column is not None:
        return f"{label}: {_(column.label)}"
    return label


def _column(kind: Kind, place: str) -> Column | None:
    parts = place.split("/")
    field = kind.field(parts[0])
    if field is not None and field.row_type and len(parts) == 3:
        return field.row_type.column(parts[2])
    return field


def _said(kind: Kind, place: str, value: Any, names: PlainNames) -> str:
    if value is None:
        return _("taken out")
    column = _column(kind, place)
    if column is None:
        return str(value)
    if isinstance(value, dict) and column.type == "rows":
        field = kind.field(place.split("/")[0])
        cells = [(c, value[c.key]) for c in (field.columns if field else ()) if c.key in value]
        return "; ".join(f"{_(c.label)}: {TYPES[c.type].plain(c, cell, names)}" for c, cell in cells)
    return TYPES[column.type].plain(column, value, names)


def choose(session: Session, page: Page, base: int, mine: Content, form: Mapping[str, str]) -> Content:
    """`mine` with the values of revision `base` at the places where the form says `choose.<place>` = theirs."""
    places = [name.removeprefix(CHOOSE) for name in form if name.startswith(CHOOSE) and form[name] == "theirs"]
    if not places:
        return mine
    revision = session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == base)
    ).scalar_one_or_none()
    if revision is None:
        return mine
    theirs = content_of(revision)
    chosen = Content(title=mine.title, body=mine.body, fields=dict(mine.fields))
    for place in places:
        _take(chosen, theirs, place.split("/"))
    return chosen


def _take(chosen: Content, theirs: Content, place: list[str]) -> None:
    key = place[0]
    if key == "title":
        chosen.title = theirs.title
    elif len(place) == 1:
        _put(chosen.fields, key, theirs.fields.get(key))
    else:
        old = next((row for row in theirs.rows(key) if row["id"] == place[1]), None)
        rows = [dict(row) for row in chosen.rows(key)]
        mine = next((row for row in rows if row["id"] == place[1]), None)
        if len(place) == 3 and old is not None and mine is not None:
            _put(mine, place[2], old.get(place[2]))
        elif mine is not None and old is None:
            rows.remove(mine)
        elif old is not None and mine is None:
            rows.insert(_place_of(old, theirs.rows(key), rows), old)
        elif old is not None and mine is not None:
            rows[rows.index(mine)] = old
        _put(chosen.fields, key, rows or None)


def _place_of(row: dict[str, Any], theirs: list[dict[str, Any]], mine: list[dict[str, Any]]) -> int:
    """Where a row of theirs goes among mine: behind the row that it stood behind."""
    order = [one["id"] for one in mine]
    before = [one["id"] for one in theirs[: theirs.index(row)] if one["id"] in order]
    return order.index(before[-1]) + 1 if before else 0


def _put(values: dict[str, Any], key: str, value: Any) -> None:
    if value is None:
        values.pop(key, None)
    else:
        values[key] = value
