"""Which ways a page can go from its state, and what is missing before it may go one."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds.catalogue import Catalogue
from wiki.kinds.computed import matching
from wiki.kinds.content import Content
from wiki.kinds.definition import Column, Condition, Field, Kind, Transition
from wiki.kinds.workings.care import ANSWERED

STEPS_DONE = frozenset({"done", "skipped"})


@dataclass(frozen=True)
class Missing:
    """Something to fill before a transition: `anchor` is the id of its input in the form."""

    field_key: str
    label: str
    anchor: str
    message: str


def transitions(kind: Kind, state: str, is_who: Callable[[str], bool]) -> list[Transition]:
    """The ways out of `state` that this person may go; `is_who("coordinator")` says who they are. System ways are not offered."""
    return [way for way in kind.state(state).next if any(who != "system" and is_who(who) for who in way.who)]


def missing(
    catalogue: Catalogue,
    kind: Kind,
    content: Content,
    state_from: str,
    transition: Transition,
    parties: Collection[int] = (),
) -> list[Missing]:
    """What the page lacks to go this way; empty if it may go.

    `parties` are the organisations that have to agree, beside those the page itself names (its `parties`, or the
    rows of `partners`); only the guard `endorsed` asks for them.
    """
    if transition.waive:
        return []
    wanted = [field for field in kind.every_field if _required(field, content, state_from, transition.to)]
    asks = bool(wanted) or bool(transition.guard) or state_from == kind.initial.key
    found: list[Missing] = []
    for field in kind.every_field:
        if field in wanted and (message := _lack(kind, field, content)):
            found.append(Missing(field.key, _(field.label), f"f.{field.key}", message))
        if field.row_type and _wants_whole_rows(field, transition.to, asks):
            found += _unfinished_rows(field, content.rows(field.key))
    if transition.to in kind.body_required_to_enter and not body_text(content.body):
        label = _(kind.body_label) or _("Text")
        found.append(Missing("body", label, "body", _("Write “%(label)s”.", label=label)))
    if transition.guard == "endorsed":
        found += _unendorsed(content, {*parties, *_parties(content)})
    if transition.guard == "steps":
        found += _open_steps(content, state_from)
    return found


def filled(field: Field, value: Any) -> bool:
    """Whether a value is enough: there, and with as many entries and organisations as the field asks."""
    return value is not None and not _too_few(field, value)


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Whether every field or column of the condition has one of its values."""
    return bool(matching([values], condition))


def body_text(body: str) -> str:
    """What is written in a body, apart from its headings."""
    return "\n".join(line for line in body.splitlines() if not line.lstrip().startswith("#")).strip()


def _required(field: Field, content: Content, state_from: str, state_to: str) -> bool:
    asked = state_from in field.required_to_leave or state_to in field.required_to_enter
    return asked and holds(field.required_if, content.fields)


def _lack(kind: Kind, field: Field, content: Content) -> str:
    """What to do about a required field; "" if nothing."""
    if any(content.fields.get(key) is not None for key in field.or_filled):
        return ""
    value = content.fields.get(field.key)
    label = _(field.label)
    if value is None:
        instead = [_(other.label) for key in field.or_filled if (other := kind.field(key))]
        if instead:
            return _("Fill “%(label)s”, or “%(other)s”.", label=label, other=instead[0])
        if field.min > 1:
            return _too_few(field, [])
        return _("Fill “%(label)s”.", label=label)
    return _too_few(field, value) or _too_many(field, value)


def _too_few(field: Field, value: Any) -> str:
    if not isinstance(value, list):
        return ""
    label = _(field.label)
    entries = matching(value, field.min_where) if field.row_type else value
    if len(entries) < field.min:
        return ngettext(
            "“%(label)s” needs %(count)s entry or more.",
            "“%(label)s” needs %(count)s entries or more.",
            field.min,
            label=label,
        )
    if field.min_orgs and len(_orgs(field, entries)) < field.min_orgs:
        return ngettext(
            "“%(label)s” needs %(count)s organisation or more.",
            "“%(label)s” needs %(count)s different organisations or more.",
            field.min_orgs,
            label=label,
        )
    return ""


def _too_many(field: Field, value: Any) -> str:
    if field.max is None or not isinstance(value, list) or len(value) <= field.max:
        return ""
    return ngettext(
        "“%(label)s” takes %(count)s entry at most.",
        "“%(label)s” takes %(count)s entries at most.",
        field.max,
        label=_(field.label),
    )


def _orgs(field: Field, entries: list[Any]) -> set[Any]:
    if not field.row_type:
        return set(entries)
    columns = [column.key for column in field.columns if column.type in ("org", "orgs")]
    cells = [row.get(key) for row in entries for key in columns]
    return {org for cell in cells for org in (cell if isinstance(cell, list) else [cell]) if org is not None}


def _wants_whole_rows(field: Field, state_to: str, asks: bool) -> bool:
    states = field.complete_to_enter or field.required_to_enter
    return state_to in states if states else asks


def _unfinished_rows(table: Field, rows: list[dict[str, Any]]) -> Iterator[Missing]:
    for n, row in enumerate(rows):
        for column in table.columns:
            if column.key not in row and _needed(column, row):
                anchor = f"r.{table.key}.{n}.{column.key}"
                message = _(
                    "“%(table)s”, row %(n)s: fill “%(column)s”.", table=_(table.label), n=n + 1, column=_(column.label)
                )
                yield Missing(table.key, _(table.label), anchor, message)


def _needed(column: Column, row: Mapping[str, Any]) -> bool:
    if column.needed_unless and holds(column.needed_unless, row):
        return False
    return column.needed or bool(column.needed_unless)


def _parties(content: Content) -> set[int]:
    named = content.fields.get("parties") or []
    partners = [row for row in content.rows("partners") if "left" not in row]
    return {org for org in [*named, *(row.get("org") for row in partners)] if isinstance(org, int)}


def _unendorsed(content: Content, parties: set[int]) -> Iterator[Missing]:
    """The guard of joint kinds: everybody has answered, or it is said who is missing, why, and until when."""
    rows = content.rows("endorsements")
    label = _("Agreement of everybody")
    if content.fields.get("override_reason") or content.fields.get("bring_in_by"):
        for key, message in (
            ("override_reason", _("Say who is missing, and why.")),
            ("bring_in_by", _("Say by when they will be brought in.")),
        ):
            if not content.fields.get(key):
                yield Missing(key, label, f"f.{key}", message)
        return
    waiting = sum(row.get("answer", "asked") not in ANSWERED for row in rows)
    unasked = len(parties - {row.get("org") for row in rows})
    if waiting:
        said = ngettext(
            "%(count)s organisation has not agreed yet.", "%(count)s organisations have not agreed yet.", waiting
        )
        yield Missing("endorsements", label, "f.endorsements", said)
    if unasked or not rows:
        said = ngettext(
            "%(count)s organisation has not been asked.", "%(count)s organisations have not been asked.", unasked
        )
        yield Missing(
            "endorsements", label, "f.endorsements", said if unasked else _("Nobody has been asked to agree yet.")
        )
    if waiting or unasked or not rows:
        message = _("Or go ahead: say who is missing, why, and by when they will be brought in.")
        yield Missing("override_reason", label, "f.override_reason", message)


def _open_steps(content: Content, state: str) -> Iterator[Missing]:
    for n, row in enumerate(content.rows("steps")):
        if row.get("stage") != state:
            continue
        if row.get("status") not in STEPS_DONE:
            message = _("Row %(n)s of the steps is neither done nor skipped.", n=n + 1)
            yield Missing("steps", _("Steps"), f"r.steps.{n}.status", message)
        elif row["status"] == "skipped" and "note" not in row:
            message = _("Row %(n)s of the steps: say why it was skipped.", n=n + 1)
            yield Missing("steps", _("Steps"), f"r.steps.{n}.note", message)
