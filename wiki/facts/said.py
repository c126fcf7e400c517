"""What the rows of `linked` and `via` values say."""

from collections.abc import Iterator, Sequence
from typing import Any

from wiki.i18n import format_date, format_number
from wiki.kinds import Catalogue, Column, Computed, Kind, Value
from wiki.kinds.computed import matching
from wiki.kinds.types.base import Ref
from wiki.kinds.types.choices import choice_label


def values_said(
    catalogue: Catalogue, kind: Kind, one: Computed, ids: Sequence[int], rows: Sequence[Any]
) -> Iterator[tuple[int, Value]]:
    """(page id, value) of a `linked` or `via` value of the pages asked about."""
    if not one.linked and not one.via:
        return
    by_page: dict[int, list[Any]] = {}
    for row in rows:
        by_page.setdefault(row.page, []).append(row)
    if one.linked and not one.latest:  # a count is a value even where it is nothing
        counted = {page: _count(one, by_page[page]) if page in by_page else 0 for page in ids}
        yield from ((page, Value("count", format_number(count), sort=count)) for page, count in counted.items())
        return
    column = via_column(catalogue, kind, one) if one.via else None
    for page, own in by_page.items():
        value = _latest(own[0]) if one.linked else _via(column, own)
        if value is not None:
            yield page, value


def via_column(catalogue: Catalogue, kind: Kind, one: Computed) -> Column | None:
    """The field that a `via` value is taken from, as the first kind of target that has it defines it."""
    source, _dot, wanted = one.via.partition(".")
    field = kind.field(source)
    targets = field.targets if field and field.targets else ("person", "organisation", "role")
    return next((found for key in targets if key in catalogue and (found := catalogue[key].field(wanted))), None)


def _count(one: Computed, rows: Sequence[Any]) -> int:
    if one.count:
        return len(matching([row.data for row in rows if row.data], one.where))
    return int(rows[0].number)


def _latest(row: Any) -> Value | None:
    if row.day is not None:
        return Value("latest", format_date(row.day), sort=row.day.toordinal())
    if row.number is not None:
        return Value("latest", format_number(row.number), sort=row.number)
    return Value("latest", row.text, sort=row.text) if row.text else None


def _via(column: Column | None, rows: Sequence[Any]) -> Value:
    refs = tuple(dict.fromkeys(Ref(row.ref) for row in rows if row.ref is not None))
    words = dict.fromkeys(_word(column, row) for row in rows if row.ref is None)
    titles = [row.text for row in rows if row.ref is not None and row.text]
    text = ", ".join(word for word in words if word)
    first = rows[0]
    sort: Any = (titles[0] if titles else None) or first.number or text or None
    key = first.text if first.ref is None and first.text else "via"
    return Value(key, text, sort=first.day.toordinal() if first.day else sort, refs=refs)


def _word(column: Column | None, row: Any) -> str:
    if row.day is not None:
        return format_date(row.day)
    if row.text is None and row.number is not None:
        return format_number(row.number)
    return choice_label(column, row.text or "") if column is not None else row.text or ""
