"""What a thread is about: the whole page, a field, a row, or a passage of the text."""

from dataclasses import dataclass

from wiki.conversation.anchors import passage_at, placed
from wiki.conversation.visible import keys_of
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.models import Thread
from wiki.text import normal, shorten

LONGEST_QUOTE = 2_000


@dataclass(frozen=True)
class About:
    """`part` is "", a field's key, or "table/row id"; the words around a quote tell it from the same words elsewhere."""

    part: str = ""
    quote: str = ""
    before: str = ""
    after: str = ""


def set_about(thread: Thread, kind: Kind, content: Content, number: int, about: About) -> None:
    """Tie a new thread to what it is about, in `content` as its author may see it. Raises Invalid."""
    thread.number = number
    field, _slash, row_id = about.part.partition("/")
    if field and not _is_there(kind, content, field, row_id):
        raise Invalid([Problem("part", _("That part of the page is not there any more."))])
    thread.field, thread.row_id = field, row_id
    quote = normal(about.quote).strip()
    if not quote:
        return
    if len(quote) > LONGEST_QUOTE:
        raise Invalid(
            [Problem("quote", _("Choose a shorter passage, of %(count)s characters at most.", count=LONGEST_QUOTE))]
        )
    thread.quote = " ".join(quote.split())
    if not field:
        _set_place(thread, content.body, about)


def _is_there(kind: Kind, content: Content, field: str, row_id: str) -> bool:
    if kind.field(field) is None or field not in content.fields:
        return False
    return not row_id or any(row["id"] == row_id for row in content.rows(field))


def _set_place(thread: Thread, body: str, about: About) -> None:
    places = placed(body, thread.quote, about.before, about.after) if keys_of(thread.quote) else []
    if not places:
        raise Invalid(
            [
                Problem(
                    "quote", _("These words do not stand in the text of the page as it is now. Copy them from there.")
                )
            ]
        )
    if len(places) > 1 and not (about.before or about.after):
        said = _(
            "These words stand in the text %(count)s times. Add a few words before or after them.", count=len(places)
        )
        raise Invalid([Problem("quote", said)])
    thread.start, thread.end = places[0]
    passage = passage_at(body, places[0])
    thread.passage, thread.before, thread.after = passage.text, passage.before, passage.after


def part_label(kind: Kind, content: Content, field: str, row_id: str) -> str:
    """What a reader of `content` calls a field or row: "Actions: Book the hall"."""
    column = kind.field(field)
    if column is None:
        return field.replace("_", " ")
    label = _(column.label)
    row = next((one for one in content.rows(field) if one["id"] == row_id), None) if row_id else None
    if not row_id:
        return label
    if row is None:
        return _("%(table)s: a row that is not there any more", table=label)
    title = column.row_type.title if column.row_type else ""
    keys = [title, *(one.key for one in column.columns if one.type in ("text", "md"))]
    words = next((str(row[key]) for key in keys if isinstance(row.get(key), str) and row[key]), "")
    return f"{label}: {shorten(words, 80)}" if words else label


def parts_of(kind: Kind, content: Content) -> list[tuple[str, str]]:
    """(part, label) of every field and row of a page that somebody who sees `content` can speak of."""
    found = []
    for field in kind.fields:
        if field.type == "rows":
            found += [
                (f"{field.key}/{row['id']}", part_label(kind, content, field.key, row["id"]))
                for row in content.rows(field.key)
            ]
        elif field.key in content.fields:
            found.append((field.key, _(field.label)))
    return found
