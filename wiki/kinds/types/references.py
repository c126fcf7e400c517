"""References to pages: people, organisations, any page; one, or a list with one entry a line."""

from collections.abc import Callable, Iterable
from typing import Any

from wiki.i18n import gettext as _
from wiki.kinds.definition import Column
from wiki.kinds.types.base import (
    INDEXED_LENGTH,
    BadValue,
    BadValues,
    FieldType,
    Form,
    Indexed,
    Namer,
    Ref,
    Resolver,
    UnknownPage,
)
from wiki.kinds.types.texts import LINE_LENGTH, storable
from wiki.text import shorten, tidy

MOST_ENTRIES = 200


class Reference(FieldType):
    """One page, by its id; or words, where the field says `or_text`."""

    def __init__(self, kinds: tuple[str, ...] | None = None, extras: frozenset[str] = frozenset()) -> None:
        self._kinds = kinds
        self.extras = extras

    def kinds(self, field: Column) -> tuple[str, ...]:
        """Kinds of page it may point to; empty = any."""
        if self._kinds is None:
            return field.targets
        return (*self._kinds, "role") if field.or_role else self._kinds

    def read_text(self, field: Column, text: str, resolver: Resolver) -> int | str | None:
        line = tidy(storable(text))
        if not line:
            return None
        try:
            return resolver.page(line, self.kinds(field))
        except UnknownPage:
            if field.or_text:
                return short_enough(line)
            raise

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> int | str | None:
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return (
                short_enough(tidy(storable(value))) or None if field.or_text else self.read_text(field, value, resolver)
            )
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadValue(_("Give the number of a page, or its title."))
        if not resolver.known(value, self.kinds(field)):
            raise BadValue(_("There is no page %(number)s that fits here. Give another one.", number=value))
        return value

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return namer.page(value) if isinstance(value, int) else str(value)

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(ref=value) if isinstance(value, int) else Indexed(text=shorten(value, INDEXED_LENGTH))]

    def refs(self, field: Column, value: Any) -> list[Ref]:
        return [Ref(value)] if isinstance(value, int) else []

    def wants(self, field: Column, ref: Ref) -> tuple[str, ...]:
        return self.kinds(field)


class RowReference(FieldType):
    """One row of a table on some page: {"page": id, "row": row id}; the page alone, where the field says `or_page`."""

    extras: frozenset[str] = frozenset({"targets", "or_page"})

    def read_text(self, field: Column, text: str, resolver: Resolver) -> dict[str, Any] | None:
        line = tidy(storable(text))
        if not line:
            return None
        if field.or_page:  # first: a row that reads like a page's title can still be told by its address
            try:
                return _row(resolver.page(line, ()))
            except UnknownPage:
                pass
        return _row(*resolver.row(line, field.targets))

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> dict[str, Any] | None:
        if value is None or value == {}:
            return None
        if isinstance(value, str):
            return self.read_text(field, value, resolver)
        page, row = (value.get("page"), value.get("row")) if isinstance(value, dict) else (None, None)
        if not isinstance(page, int) or isinstance(page, bool) or set(value) - {"page", "row"}:
            raise BadValue(_('Give a page and a row, such as {"page": 12, "row": "k3f9a2"}.'))
        if row is None and field.or_page and resolver.known(page, ()):
            return _row(page)
        if not isinstance(row, str) or not resolver.known_row(page, row, field.targets):
            raise BadValue(_("There is no row %(row)s on page %(page)s that fits here.", row=row, page=page))
        return _row(page, row)

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        return namer.row(value["page"], value["row"]) if "row" in value else namer.page(value["page"])

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [Indexed(text=value.get("row"), ref=value["page"])]

    def refs(self, field: Column, value: Any) -> list[Ref]:
        return [Ref(value["page"], value.get("row"))]

    def wants(self, field: Column, ref: Ref) -> tuple[str, ...]:
        return field.targets if ref.row else ()


class ListOf(FieldType):
    """Several of another type, in the order given, none of them twice."""

    def __init__(self, one: Reference | RowReference) -> None:
        self.one = one
        self.extras = one.extras

    def read_form(self, field: Column, form: Form, name: str, resolver: Resolver) -> list[Any] | None:
        lines = [line for text in form.getlist(name) for line in text.splitlines() if line.strip()]
        return _collected(lines, lambda line: self.one.read_text(field, line, resolver))

    def from_json(self, field: Column, value: Any, resolver: Resolver) -> list[Any] | None:
        if value is None:
            return None
        if not isinstance(value, list):
            raise BadValue(_("Give a list."))
        return _collected(value, lambda entry: self.one.from_json(field, entry, resolver))

    def to_form(self, field: Column, value: Any, namer: Namer) -> dict[str, str | list[str]]:
        return {"": "\n".join(self.one.plain(field, entry, namer) for entry in value)}

    def plain(self, field: Column, value: Any, namer: Namer) -> str:
        names = (self.one.plain(field, entry, namer) for entry in value)
        return "; ".join(name for name in names if name)  # an index leaves out what not everybody may know

    def index(self, field: Column, value: Any) -> list[Indexed]:
        return [entry for one in value for entry in self.one.index(field, one)]

    def refs(self, field: Column, value: Any) -> list[Ref]:
        return [ref for one in value for ref in self.one.refs(field, one)]

    def wants(self, field: Column, ref: Ref) -> tuple[str, ...]:
        return self.one.wants(field, ref)


def _collected(entries: Iterable[Any], read: Callable[[Any], Any]) -> list[Any] | None:
    """What could be read, without repeats; raises BadValues with every bad entry and the rest."""
    found: list[Any] = []
    problems: list[BadValue] = []
    for entry in entries:
        try:
            value = read(entry)
        except BadValue as problem:
            problems.append(problem)
        else:
            if value is not None and value not in found:
                found.append(value)
    if len(found) > MOST_ENTRIES:
        problems.append(BadValue(_("Keep to %(most)s entries or fewer.", most=MOST_ENTRIES)))
    if problems:
        raise BadValues(problems, found or None)
    return found or None


def _row(page: int, row: str | None = None) -> dict[str, Any]:
    return {"page": page} if row is None else {"page": page, "row": row}


def short_enough(line: str) -> str:
    if len(line) > LINE_LENGTH:
        raise BadValue(_("Keep it to %(most)s characters; this is %(count)s.", most=LINE_LENGTH, count=len(line)))
    return line
