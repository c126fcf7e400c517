"""Conditions on `page` that a question or its form sets: kind, state, space, people, themes, dates."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.models import Attachment, FieldValue, Page, Row, Space
from wiki.search.chosen import Chosen
from wiki.search.completion import complete
from wiki.search.language import base_language
from wiki.search.query import Filter
from wiki.text import slugify

#: Kinds of pages that can own a page, and those that are organisations.
OWNERS = ("person", "role")
ORGANISATIONS = ("organisation",)
#: Why a page is left out unless what was replaced is asked for. What was rejected still answers the question.
LEFT_OUT = ("replaced", "retired", "ended")
#: Pages that one name in a question may mean.
MEANT = 50

#: Digits of the number of a page, with the zeros that fill it up.
MOST_DIGITS = 6
_NUMBER = re.compile(rf"([^\W\d_]*)[ -]*0*(\d{{1,{MOST_DIGITS}}})")

Condition = ColumnElement[bool]


def chosen_pages(viewer: Viewer, chosen: Chosen) -> list[Condition]:
    """The filters of the form."""
    makers: dict[str, Callable[[], Condition]] = {
        "kind": lambda: Page.kind.in_(chosen.kind),
        "state": lambda: Page.state.in_(chosen.state),
        "space": lambda: Page.space_id.in_(select(Space.id).where(Space.slug.in_(chosen.space))),
        "theme": lambda: or_(*(_themed(theme) for theme in chosen.theme)),
        "org": lambda: _naming(_visible(viewer, chosen.org)),
        "owner": lambda: _owned(_visible(viewer, chosen.owner)),
        "year": lambda: or_(*(_in_year(year) for year in chosen.year)),
        "language": lambda: or_(*(_written_in(code) for code in chosen.language)),
        "has": lambda: and_(*(_having(what) for what in chosen.has)),
    }
    return [make() for name, make in makers.items() if getattr(chosen, name)]


def typed_pages(session: Session, viewer: Viewer, filters: Sequence[Filter]) -> list[Condition]:
    """The filters of the question: `kind:decision kind:lesson` is either, `kind:decision state:accepted` is both."""
    found: list[Condition] = []
    for key in dict.fromkeys(each.key for each in filters):
        positive = [_condition(session, viewer, each) for each in filters if each.key == key and not each.negative]
        negative = [_condition(session, viewer, each) for each in filters if each.key == key and each.negative]
        joined = and_ if key in ("after", "before", "has") else or_
        if positive:
            found.append(joined(*positive))
        found.extend(not_(condition) for condition in negative)
    return found


def standing_chosen(chosen: Chosen, filters: Sequence[Filter]) -> bool:
    """Whether the question itself says what it wants of what no longer holds, so that nothing is left out."""
    return chosen.replaced or bool(chosen.state) or any(each.key in ("state", "stands") for each in filters)


def _condition(session: Session, viewer: Viewer, each: Filter) -> Condition:
    by_name: dict[str, tuple[tuple[str, ...], Callable[[Select[int] | Sequence[int]], Condition]]] = {
        "owner": (OWNERS, _owned),
        "org": (ORGANISATIONS, _naming),
    }
    if each.key in by_name:
        kinds, condition = by_name[each.key]
        return condition(_named(session, viewer, each.value, kinds))
    plain: dict[str, Callable[[str], Condition]] = {
        "kind": lambda value: Page.kind == _key(value),
        "state": lambda value: Page.state == _key(value),
        "space": lambda value: Page.space_id.in_(select(Space.id).where(Space.slug == slugify(value))),
        "theme": _themed,
        "language": _written_in,
        "has": _having,
        "number": _numbered,
        "stands": _standing,
        "after": lambda value: Page.changed_at >= _day(value),
        "before": lambda value: Page.changed_at < _day(value),
    }
    return plain[each.key](each.value)


def _named(session: Session, viewer: Viewer, name: str, kinds: tuple[str, ...]) -> list[int]:
    """The pages of that name that the reader may see; `by:me` is the reader."""
    if name.lower() == "me" and viewer.person_id is not None:
        return [viewer.person_id]
    return [found.page_id for found in complete(session, viewer, name, kinds=kinds, limit=MEANT)]


def _visible(viewer: Viewer, ids: Sequence[int]) -> Select[int]:
    """Those of the pages that the viewer may see: an id alone must not tell which pages name it."""
    return select(Page.id).where(Page.id.in_(ids), visible_pages(viewer)).correlate(None)


def _owned(owners: Select[int] | Sequence[int]) -> Condition:
    return func.coalesce(Page.owner_id, 0).in_(owners) if not _none(owners) else false()


def _naming(organisations: Select[int] | Sequence[int]) -> Condition:
    """Pages of which a field names one of the organisations."""
    if _none(organisations):
        return false()
    return Page.id.in_(select(FieldValue.page_id).where(FieldValue.ref_id.in_(organisations)))


def _none(ids: Select[int] | Sequence[int]) -> bool:
    return not isinstance(ids, Select) and not ids


def theme_keys(theme: str) -> set[str]:
    """How a theme may be written in small letters: as it was typed, or as the key of a choice."""
    return {theme.lower(), _key(theme)}


def _themed(theme: str) -> Condition:
    wanted = func.lower(FieldValue.text).in_(theme_keys(theme))
    return Page.id.in_(select(FieldValue.page_id).where(FieldValue.key == "themes", wanted))


def _numbered(number: str) -> Condition:
    """As it is written, or without the letters before it and the zeros that fill it up: "D-0009", "d9", "9"."""
    held = func.lower(FieldValue.text)
    wanted = held == number.lower()
    if said := _NUMBER.fullmatch(number.lower()):
        filled = [said[2].rjust(width, "0") for width in range(len(said[2]), MOST_DIGITS + 1)]
        written = (held == f"{said[1]}-{digits}" if said[1] else held.endswith(f"-{digits}") for digits in filled)
        wanted = or_(wanted, *written)
    return Page.id.in_(select(FieldValue.page_id).where(FieldValue.key == "number", wanted))


def _in_year(year: int) -> Condition:
    """Pages that were changed last in that year."""
    if not 1 <= year < 9999:
        return false()
    return and_(
        Page.changed_at >= datetime(year, 1, 1, tzinfo=UTC), Page.changed_at < datetime(year + 1, 1, 1, tzinfo=UTC)
    )


def _written_in(code: str) -> Condition:
    base = base_language(code)
    return or_(func.lower(Page.language) == base, func.lower(Page.language).startswith(f"{base}-", autoescape=True))


def _having(what: str) -> Condition:
    """Pages with a file, an owner, a day for the next look, a value in a field, or rows in a table."""
    key = _key(what)
    if key in ("file", "files", "attachment", "attachments"):
        return exists().where(Attachment.page_id == Page.id)
    if key in ("owner", "keeper"):
        return Page.owner_id.is_not(None)
    if key == "review":
        return Page.review_due.is_not(None)
    value, row = aliased(FieldValue), aliased(Row)
    return or_(
        exists().where(value.page_id == Page.id, value.key == key),
        exists().where(row.page_id == Page.id, or_(row.table == key, row.row_type == key)),
    )


def _standing(value: str) -> Condition:
    """`stands:yes`, `stands:no`; anything else means both."""
    if value.lower() in ("no", "false", "0"):
        return Page.over != ""
    return Page.over == "" if value.lower() in ("yes", "true", "1") else Page.id.is_not(None)


def _day(iso: str) -> datetime:
    return datetime.fromisoformat(iso).replace(tzinfo=UTC)


def _key(value: str) -> str:
    return value.lower().replace(" ", "_").replace("-", "_")
