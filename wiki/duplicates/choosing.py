"""What two pages of one kind say differently, and the content that comes of choosing between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds import Content, Field, Kind
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import Namer
from wiki.kinds.types.references import ListOf
from wiki.kinds.types.tables import new_row_id
from wiki.pages.display import plain_json
from wiki.pages.settling import both_of
from wiki.text import title_key

MINE, THEIRS, BOTH = "mine", "theirs", "both"
TITLE, BODY = "title", "body"
#: What the page that stays keeps as it is: who may see it (joining opens nothing), what its person agreed to, when it is looked at.
_ITS_OWN = frozenset(
    """access access_orgs steward_org community_labels handling_notice listed_ok listed_on review_every review_due""".split()
)


@dataclass(frozen=True)
class Difference:
    """One place: what stands on the page that stays (`mine`) and on the other (`theirs`), in words; `chosen` is what is offered first."""

    name: str
    label: str
    mine: str
    theirs: str
    both: bool
    chosen: str


def differences(kind: Kind, mine: Content, theirs: Content, names: Namer) -> list[Difference]:
    """Places in which the page that goes has something that the other lacks or says in another way. Tables are joined without asking."""
    found = [
        _text(TITLE, _("Title"), mine.title, theirs.title),
        *(_value(one, mine, theirs, names) for one in _single(kind)),
        _text(BODY, _(kind.body_label) if kind.body_label else _("Text"), mine.body.strip(), theirs.body.strip()),
    ]
    return [one for one in found if one is not None]


def _single(kind: Kind) -> list[Field]:
    """The fields that are chosen between: no tables, nothing that says who may see the page."""
    return [
        one for one in kind.every_field if not one.row_type and one.key not in _ITS_OWN and not _is_title(kind, one)
    ]


def _is_title(kind: Kind, field: Field) -> bool:
    return field.key == kind.title_field


def _text(name: str, label: str, mine: str, theirs: str) -> Difference | None:
    if not theirs or mine == theirs:
        return None
    return Difference(name, label, mine, theirs, name == BODY, MINE if mine else THEIRS)


def _value(field: Field, mine: Content, theirs: Content, names: Namer) -> Difference | None:
    here, there = mine.fields.get(field.key), theirs.fields.get(field.key)
    if there is None or here == there:
        return None
    joins = _joins(field)
    chosen = THEIRS if here is None else BOTH if joins and field.type != "md" else MINE
    return Difference(
        f"f.{field.key}", _(field.label), _plain(field, here, names), _plain(field, there, names), joins, chosen
    )


def _joins(field: Field) -> bool:
    """Whether two values can stand in one."""
    return field.type in ("md", "multi") or isinstance(TYPES[field.type], ListOf)


def _plain(field: Field, value: Any, names: Namer) -> str:
    if value is None:
        return ""
    try:
        return TYPES[field.type].plain(field, value, names)
    except (TypeError, ValueError, KeyError, AttributeError):
        return plain_json(value)  # written when the field had another type


@dataclass(frozen=True)
class Chosen:
    """The content of the page that stays, and under which id each row of the other is found there."""

    content: Content
    rows: dict[str, str]


def joined_content(kind: Kind, mine: Content, theirs: Content, choices: Mapping[str, str]) -> Chosen:
    """What the page that stays says from now on. `choices` says MINE, THEIRS or BOTH for the names of differences; what it leaves out is as offered."""
    fields = dict(mine.fields)
    for one in _single(kind):
        value = _chosen(one, fields.get(one.key), theirs.fields.get(one.key), choices.get(f"f.{one.key}", ""))
        if value is not None:
            fields[one.key] = value
    title = theirs.title if choices.get(TITLE) == THEIRS else mine.title
    if kind.title_field:
        fields[kind.title_field] = title
    rows: dict[str, str] = {}
    taken = {row["id"] for table in kind.tables for row in mine.rows(table.key)}
    for table in kind.tables:
        added = _rows(mine.rows(table.key), theirs.rows(table.key), taken, rows)
        if added:
            fields[table.key] = [*mine.rows(table.key), *added]
    body = _body(mine.body, theirs.body, choices.get(BODY, ""))
    return Chosen(Content(title, body, fields), rows)


def _chosen(field: Field, mine: Any, theirs: Any, choice: str) -> Any:
    if theirs is None or mine is None or mine == theirs:
        return theirs if mine is None and choice != MINE else mine
    if choice == THEIRS:
        return theirs
    if not _joins(field) or choice == MINE or (not choice and field.type == "md"):
        return mine
    if field.type == "md":
        return both_of(mine, theirs)
    return [*mine, *(one for one in theirs if one not in mine)]


def _rows(
    mine: list[dict[str, Any]], theirs: list[dict[str, Any]], taken: set[str], found: dict[str, str]
) -> list[dict[str, Any]]:
    """Rows of the other page that this one lacks, under ids that are free; `found` is told where each of them stands."""
    added = []
    same = {_without_id(row): row["id"] for row in mine}
    for row in theirs:
        there = same.get(_without_id(row))
        if there is None:
            there = row["id"] if row["id"] not in taken else new_row_id(taken)
            taken.add(there)
            added.append({**row, "id": there})
        found[row["id"]] = there
    return added


def _without_id(row: Mapping[str, Any]) -> str:
    return repr(sorted((key, repr(value)) for key, value in row.items() if key != "id"))


def _body(mine: str, theirs: str, choice: str) -> str:
    if not theirs.strip() or title_key(mine) == title_key(theirs):
        return mine
    if choice == THEIRS or (not mine.strip() and choice != MINE):
        return theirs
    return f"{mine.rstrip()}\n\n{theirs.lstrip()}" if choice == BOTH else mine
