"""What two people changed in the same place, shown so that one can choose at a glance. What was chosen is settling.py's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.history.compare import Comparison, RowChange, ValueChange, compare
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.kinds.redact import hidden_keys, redact
from wiki.kinds.types.base import Namer
from wiki.pages.merging import Clash, ContentMerge
from wiki.pages.settling import BODY, both_of, column_at, keeps_both, laid_out, one_after_the_other
from wiki.pages.typed import PlainNames
from wiki.rendering.comparison import ParagraphChange, folded, paragraphs
from wiki.rendering.merge import TextConflict


@dataclass(frozen=True)
class Side:
    """What one of the two made of a place, against what stood there; `gone` if they took it out."""

    gone: bool
    value: ValueChange | None = None
    row: RowChange | None = None
    text: list[ParagraphChange] | None = None


@dataclass(frozen=True)
class Place:
    """A place that both changed. `name` is that of the choice in the form; `both` is the two in one, where that can be."""

    name: str
    label: str
    mine: Side
    theirs: Side
    both: str | None
    chosen: str
    is_row: bool = False


def conflict_view(session: Session, kind: Kind, viewer: Viewer, merge: ContentMerge) -> dict[str, Any]:
    """For the template: `places` to choose for, `joined` (what others changed elsewhere), the text with its `parts`."""
    names = PlainNames(session, viewer)
    hidden = hidden_keys(kind, merge.content, viewer.person_id)
    body, parts = laid_out(merge.body) if merge.body and merge.body.conflicts else (None, "")
    return {
        "places": [_place(kind, merge, clash, hidden, names) for clash in merge.clashes] + _text_places(kind, merge),
        "joined": _joined(kind, merge, viewer, names),
        "both_body": body,
        "parts": parts,
        "merged_body": merge.content.body,
        "folded": folded,
    }


def without_my_removals(merge: ContentMerge) -> Content:
    """What the form of the choice holds: the merged content, without the rows that I took out and others changed.

    They come back where "theirs" is chosen (see `settling.choose`).
    """
    removed = {clash.place for clash in merge.clashes if clash.mine is None and clash.place.count("/") == 1}
    fields = {
        key: [row for row in value if f"{key}/{row['id']}" not in removed]
        if any(place.startswith(f"{key}/") for place in removed)
        else value
        for key, value in merge.content.fields.items()
    }
    return Content(merge.content.title, merge.content.body, fields)


def place_label(kind: Kind, place: str, rows: list[dict[str, Any]] | None = None) -> str:
    """What people call a place such as "title", "purpose", "actions/a1/due"; with `rows` also which row it is."""
    key, _slash, rest = place.partition("/")
    if key in ("title", "body"):
        return _("Title") if key == "title" else _(kind.body_label) if kind.body_label else _("Text")
    field = kind.field(key)
    label = _(field.label) if field else key
    number = next((n for n, row in enumerate(rows or [], start=1) if row["id"] == rest.split("/")[0]), None)
    if number is not None:
        label = _("%(table)s, row %(number)s", table=label, number=number)
    column = column_at(kind, place)
    if "/" in rest and column is not None:
        return f"{label}: {_(column.label)}"
    return label


# --- fields and rows


def _place(kind: Kind, merge: ContentMerge, clash: Clash, hidden: frozenset[str], names: Namer) -> Place:
    is_row = clash.place.count("/") == 1
    both = None
    if keeps_both(column_at(kind, clash.place)) and isinstance(clash.mine, str) and isinstance(clash.theirs, str):
        both = both_of(clash.mine, clash.theirs)
    keeps = "theirs" if is_row and clash.mine is None else "mine"
    rows = merge.content.rows(clash.place.split("/")[0])
    before, mine, theirs = (_alone(clash.place, value, hidden) for value in (clash.base, clash.mine, clash.theirs))
    return Place(
        name=clash.place,
        label=place_label(kind, clash.place, rows),
        mine=_side(compare(kind, before, mine, names), clash.mine),
        theirs=_side(compare(kind, before, theirs, names), clash.theirs),
        both=both,
        chosen="both" if both is not None else keeps,
        is_row=is_row,
    )


def _alone(place: str, value: Any, hidden: frozenset[str]) -> Content:
    """A content that holds nothing but this value, without the cells that the reader may not see."""
    key, *rest = place.split("/")
    if key == "title":
        return Content(title=value or "")
    if len(rest) == 2:
        row = {"id": rest[0]} if value is None else {"id": rest[0], rest[1]: value}
        return Content(title="", fields={key: [row]})
    if value is None:
        return Content(title="")
    if len(rest) == 1:
        value = [{column: cell for column, cell in value.items() if f"{key}.{column}" not in hidden}]
    return Content(title="", fields={key: value})


def _side(comparison: Comparison, value: Any) -> Side:
    gone = value is None
    rows = [row for table in comparison.tables for row in table.rows]
    values = [comparison.title, *comparison.values]
    if rows and rows[0].kind == "changed" and len(comparison.tables[0].rows) == 1 and not isinstance(value, dict):
        return Side(gone, value=rows[0].cells[0] if rows[0].cells else None)
    return Side(gone, value=next((one for one in values if one), None), row=rows[0] if rows else None)


# --- the text


def _text_places(kind: Kind, merge: ContentMerge) -> list[Place]:
    conflicts = merge.body.conflicts if merge.body else []
    return [_text_place(kind, number, len(conflicts), part) for number, part in enumerate(conflicts, start=1)]


def _text_place(kind: Kind, number: int, count: int, part: TextConflict) -> Place:
    mine, theirs = bool(part.mine.strip()), bool(part.theirs.strip())
    label = place_label(kind, "body")
    if count > 1:
        label = _("%(text)s: place %(number)s of %(count)s", text=label, number=number, count=count)
    return Place(
        name=f"{BODY}{number}",
        label=label,
        mine=Side(not mine, text=paragraphs(part.base, part.mine)),
        theirs=Side(not theirs, text=paragraphs(part.base, part.theirs)),
        both=one_after_the_other(part).strip("\n") if mine and theirs else None,
        chosen="both" if mine and theirs else "mine" if mine else "theirs",
    )


def _joined(kind: Kind, merge: ContentMerge, viewer: Viewer, names: Namer) -> Comparison | None:
    """What others changed elsewhere and is taken over without asking."""
    if merge.mine is None:
        return None
    mine, merged = (redact(kind, one, viewer.person_id) for one in (merge.mine, without_my_removals(merge)))
    found = compare(kind, mine, merged, names)
    return None if found.nothing else found
