"""A page is brought to the present version of its kind: what was renamed by itself, the rest as a person answers."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import BadValue, Catalogue, Content, Kind
from wiki.kinds.carrying import carried
from wiki.kinds.definition import Column
from wiki.kinds.redact import redact
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import Namer
from wiki.models import Page
from wiki.packs.behind import Asked, asked, needs_of, report
from wiki.pages import actions
from wiki.pages.display import plain_json
from wiki.pages.material import SMALL
from wiki.pages.storing import content_of, current_revision

#: Pages that are brought over in one request; the rest with the next.
MOST = 200
#: What can be done with a value: it stays as it is, goes into a field, becomes another choice, or goes.
KEEP, INTO, CHOOSE, DROP = "keep", "into", "choose", "drop"


@dataclass(frozen=True)
class Answer:
    """`what` is one of the four; `to` a field's key, or a choice's."""

    what: str = KEEP
    to: str = ""


def bring_over(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    base: int,
    answers: Mapping[str, Answer] | None = None,
    namer: Namer | None = None,
) -> bool:
    """Store the page in the present version of its kind. What this viewer may not see stays as it is.

    Whoever calls has asked whether they may edit it. Raises EditConflict if it was changed since `base`, Invalid for what
    the page cannot hold.
    """
    kind = catalogue[page.kind]
    before = carried(kind, content_of(current_revision(session, page)))
    content = Content(before.title, before.body, deepcopy(before.fields))
    shown = redact(kind, before, viewer.person_id, page.state)
    for one in asked(kind, shown):
        _apply(kind, content, one, (answers or {}).get(one.name, Answer()), namer)
    note = _("Brought to version %(version)s of the template", version=kind.version)
    saved = actions.save_page(session, catalogue, viewer, page, content, base, note, weight=SMALL, of_version=True)
    return saved.revision is not None


def bring_all_over(
    session: Session, catalogue: Catalogue, viewer: Viewer, kind: Kind, most: int = MOST
) -> tuple[int, int]:
    """Bring over the pages that this viewer may edit and that need nobody: how many were, and how many are left."""
    waiting = [one for one in report(session, catalogue, viewer, kind).moving if one.may_edit]
    for one in waiting[:most]:
        bring_over(session, catalogue, viewer, one.page, one.page.number)
    return len(waiting[:most]), len(waiting[most:])


def _apply(kind: Kind, content: Content, one: Asked, answer: Answer, namer: Namer | None) -> None:
    if answer.what == KEEP:
        return
    holder = content.fields
    if one.row:
        rows = [row for row in content.rows(one.key) if row.get("id") == one.row]
        if not rows:
            return
        holder = rows[0]
    key = one.column.key if one.row else one.key
    if answer.what == CHOOSE and answer.to in one.column.choices:
        holder[key] = _chosen(one, holder[key], answer.to)
    elif answer.what == INTO and (target := _target(kind, one, answer.to)) is not None:
        text = _text(one, holder[key], namer)
        old = holder.get(target.key)
        holder[target.key] = f"{old}\n\n{text}" if old and target.type == "md" else text
        del holder[key]
    elif answer.what == DROP:
        del holder[key]


def _chosen(one: Asked, value: Any, to: str) -> Any:
    if not isinstance(value, list):
        return to
    kept = [word for word in value if word not in one.column.former_choices]
    return list(dict.fromkeys([*kept, to]))


@dataclass(frozen=True)
class Choice:
    """A value to be looked at, as a form shows it: `said` is the value in words, `into` the fields that could take it."""

    asked: Asked
    said: str
    table: str
    row: str
    into: tuple[Column, ...]


@dataclass(frozen=True)
class Guide:
    """What the form of one page shows: what moves by itself, what is asked, and from which version."""

    number: int
    version: int
    moved: tuple[tuple[str, str], ...]
    choices: list[Choice]


def guide(session: Session, kind: Kind, viewer: Viewer, page: Page, namer: Namer) -> Guide:
    """What somebody who may edit the page is asked; of what they may not see nothing."""
    revision = current_revision(session, page)
    content = redact(kind, content_of(revision), viewer.person_id, page.state)
    found = needs_of(kind, content)
    now = carried(kind, content)
    return Guide(
        revision.number, revision.kind_version, found.moved, [_choice(kind, now, one, namer) for one in found.asked]
    )


def _choice(kind: Kind, content: Content, one: Asked, namer: Namer) -> Choice:
    table = kind.field(one.key) if one.row else None
    row = next((each for each in content.rows(one.key) if each.get("id") == one.row), {}) if one.row else content.fields
    columns = table.columns if table is not None else kind.fields
    into = [each for each in columns if each.type == "md" or (each.type == "text" and not row.get(each.key))]
    title = table.row_type.title if table is not None and table.row_type else ""
    return Choice(
        one,
        _text(one, one.value, namer),
        table.label if table is not None else "",
        str(row.get(title, "")) if table is not None else "",
        tuple(each for each in into if each.key != (one.column.key if one.row else one.key)),
    )


def _target(kind: Kind, one: Asked, key: str) -> Any:
    table = kind.field(one.key) if one.row else None
    columns = table.columns if table is not None else kind.fields
    return next((each for each in columns if each.key == key and each.type in ("text", "md")), None)


def _text(one: Asked, value: Any, namer: Namer | None) -> str:
    """The value as people read it."""
    field = one.column
    try:
        if namer is not None and field.type in TYPES:
            return TYPES[field.type].plain(field, value, namer)
    except (AttributeError, BadValue, LookupError, TypeError, ValueError):
        pass
    return plain_json(value)
