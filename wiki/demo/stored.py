"""A revision of a demo page as the wiki stores it: dates for days, page ids for names, wikilinks by title."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wiki.demo.days import in_words, is_day, resolve
from wiki.demo.read import DemoPage, DemoRevision
from wiki.demo.references import reference, with_titles
from wiki.kinds import Column, Content, Field, Kind

_PAGES = frozenset({"person", "people", "org", "orgs", "link", "links"})
_ROWS = frozenset({"rowlink", "rowlinks"})


@dataclass(frozen=True)
class Place:
    """Where a demo is put: the day of loading, and for the demo's names the numbers and titles of the pages there."""

    day0: date
    numbers: Mapping[str, int]
    titles: Mapping[str, str]

    def content(self, page: DemoPage, revision: DemoRevision, kind: Kind) -> Content:
        """What that revision holds. Raises KeyError for a field that the kind lacks or a page that is not there."""
        fields = {key: self._value(_known(kind, key), value) for key, value in revision.fields.items()}
        return Content(title=page.title, body=self.text(revision.body), fields=fields)

    def text(self, text: str) -> str:
        """The text with its days written out and its wikilinks leading to titles."""
        return with_titles(in_words(text, self.day0), self.titles.__getitem__)

    def _value(self, field: Column, value: Any) -> Any:
        if isinstance(field, Field) and field.row_type:
            return [self._row(field, row) for row in value]
        if isinstance(value, list):
            return [self._one(field, entry) for entry in value]
        return self._one(field, value)

    def _row(self, table: Field, row: Mapping[str, Any]) -> dict[str, Any]:
        columns = {column.key: column for column in table.columns}
        return {key: value if key == "id" else self._value(columns[key], value) for key, value in row.items()}

    def _one(self, field: Column, value: Any) -> Any:
        named = reference(value)
        if named and field.type in _PAGES:
            return self.numbers[named[0]]
        if named and field.type in _ROWS:
            page, row = named
            return {"page": self.numbers[page]} | ({"row": row} if row else {})
        if field.type == "range":
            return {"from": None, "until": None} | resolve(value, self.day0)
        if field.type == "date" and is_day(value):
            return resolve(value, self.day0)
        return self.text(value) if isinstance(value, str) else value


def _known(kind: Kind, key: str) -> Field:
    field = kind.field(key)
    if field is None:
        raise KeyError(f"{kind.key} has no field “{key}”")
    return field
