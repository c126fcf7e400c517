"""Taking over what somebody chose where two people had changed the same place.

Fields and rows: the form says `choose.<place>` = mine, theirs or both. The text: `body` holds it with both versions of each
paragraph that both changed, `body.parts` says where they lie, `choose.body/<number>` which stays. A text that was written
over by hand is taken as it is, whatever was chosen: nothing typed is lost.
"""

from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.errors import Invalid
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.definition import Column
from wiki.kinds.redact import redact
from wiki.kinds.types.base import Form
from wiki.models import Page, Revision
from wiki.pages.editing import Editing
from wiki.pages.storing import content_of
from wiki.rendering.comparison import Change, paragraphs
from wiki.rendering.merge import Merged, TextConflict
from wiki.text import normal

CHOOSE = "choose."
PARTS = "body.parts"
BODY = "body/"


# --- the text


def laid_out(merged: Merged) -> tuple[str, str]:
    """The text in which each paragraph that both changed stands twice, mine first, and where its versions lie in it."""
    text, places = "", []
    for part in merged.parts:
        if isinstance(part, str):
            text += normal(part)
            continue
        mine, gap, theirs = normal(part.mine), _gap(part), normal(part.theirs)
        places.append(f"{len(text)},{len(mine)},{len(gap)},{len(theirs)}")
        text += mine + gap + theirs
    return text, " ".join([_digest(text), *places])


def one_after_the_other(conflict: TextConflict) -> str:
    return normal(conflict.mine) + _gap(conflict) + normal(conflict.theirs)


def _gap(conflict: TextConflict) -> str:
    mine = normal(conflict.mine)
    if not mine.strip() or not conflict.theirs.strip() or mine.endswith("\n\n"):
        return ""
    return "\n" if mine.endswith("\n") else "\n\n"


def chosen_body(form: Form) -> str | None:
    """The text with the versions that were chosen; None where the form offers none or the text was written over."""
    digest, *places = (form.get(PARTS) or "").split()[:10_000] or [""]
    text = normal(form.get("body") or "")
    if not digest or _digest(text) != digest:
        return None
    pieces, done = [], 0
    for number, place in enumerate(places, start=1):
        try:
            start, mine, gap, theirs = (int(one) for one in place.split(","))
        except ValueError:
            return None
        pieces.append(text[done:start])
        done = start + mine + gap + theirs
        choice = form.get(f"{CHOOSE}{BODY}{number}")
        begin, end = {"mine": (start, start + mine), "theirs": (start + mine + gap, done)}.get(
            choice or "", (start, done)
        )
        pieces.append(text[begin:end])
    return "".join([*pieces, text[done:]])


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


# --- fields and rows


def keeps_both(column: Column | None) -> bool:
    """Whether two versions of such a value can stand in one: of long texts they can. Lists are joined without asking."""
    return column is not None and column.type == "md"


def column_at(kind: Kind, place: str) -> Column | None:
    """The field, or the column of its rows, that a place such as "purpose" or "actions/a1/due" is in."""
    parts = place.split("/")
    field = kind.field(parts[0])
    if field is not None and field.row_type and len(parts) == 3:
        return field.row_type.column(parts[2])
    return field


def both_of(mine: str, theirs: str) -> str:
    """Two versions of a long text in one: what is the same once, what differs one after the other, mine first."""
    kept: list[str] = []
    for change in paragraphs(mine, theirs):
        kept += [change.new] if change.kind is Change.SAME else [text for text in (change.old, change.new) if text]
    return "\n\n".join(kept)


def choose(session: Session, kind: Kind, page: Page, base: int, mine: Content, form: Form) -> Content:
    """`mine` with what the form chose from revision `base`, which is theirs."""
    chosen = Content(title=mine.title, body=mine.body, fields=dict(mine.fields))
    body = chosen_body(form)
    if body is not None:
        chosen.body = body
    choices = {name.removeprefix(CHOOSE): form.get(name) for name in form if name.startswith(CHOOSE)}
    wanted = {place: choice for place, choice in choices.items() if choice != "mine" and not place.startswith(BODY)}
    if not wanted:
        return chosen
    revision = session.execute(
        select(Revision).where(Revision.page_id == page.id, Revision.number == base)
    ).scalar_one_or_none()
    if revision is None:
        return chosen
    theirs = content_of(revision)
    for place, choice in wanted.items():
        if choice == "theirs":
            _take(chosen, theirs, place.split("/"))
        elif choice == "both" and keeps_both(column_at(kind, place)):
            _take(chosen, theirs, place.split("/"), both=True)
    return chosen


def _take(chosen: Content, theirs: Content, place: list[str], *, both: bool = False) -> None:
    key = place[0]
    if key == "title":
        chosen.title = theirs.title
    elif len(place) == 1:
        _put(chosen.fields, key, theirs.fields.get(key), both)
    else:
        old = next((row for row in theirs.rows(key) if row["id"] == place[1]), None)
        rows = [dict(row) for row in chosen.rows(key)]
        mine = next((row for row in rows if row["id"] == place[1]), None)
        if len(place) == 3 and old is not None and mine is not None:
            _put(mine, place[2], old.get(place[2]), both)
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


def _put(values: dict[str, Any], key: str, value: Any, both: bool = False) -> None:
    mine = values.get(key)
    if both and isinstance(mine, str) and isinstance(value, str):
        values[key] = both_of(mine, value)
    elif both:
        values.update({key: value} if mine is None and value is not None else {})
    elif value is None:
        values.pop(key, None)
    else:
        values[key] = value


# --- back to the form


def with_choices(
    session: Session, catalogue: Catalogue, viewer: Viewer, editing: Editing, form: Form
) -> dict[str, Any]:
    """Input names and texts of the form, with what was chosen in its fields. One that cannot be read keeps its values."""
    rest = [name for name in form if not name.startswith((CHOOSE, PARTS))]
    values: dict[str, Any] = {name: _one_or_many(form.getlist(name)) for name in rest}
    if editing.page is None or len(rest) == len(list(form)):
        return values
    body = chosen_body(form)
    if body is not None:
        values["body"] = body
    try:
        content = editing.read(session, catalogue, viewer, form)
    except Invalid:
        return values
    content = choose(session, editing.kind, editing.page, editing.base, content, form)
    shown = redact(editing.kind, content, viewer.person_id, editing.page.state)
    return values | editing.values(session, catalogue, viewer, shown)


def _one_or_many(texts: list[str]) -> str | list[str]:
    return texts[0] if len(texts) == 1 else texts
