"""The pages and rows that the fields of a content refer to, and which of these references may stay as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wiki.kinds import Content, Kind
from wiki.kinds.carrying import carried
from wiki.kinds.definition import Column
from wiki.kinds.types import TYPES
from wiki.kinds.types.base import Ref


def references(kind: Kind, content: Content) -> Iterator[tuple[Column, Ref]]:
    """Every page and row that the fields refer to, each with its field or column; those of restricted fields too."""
    for field in kind.every_field:
        if field.key not in content.fields:
            continue
        for row in content.rows(field.key) if field.row_type else [content.fields]:
            for column in field.columns or (field,):
                if column.key in row:
                    yield from ((column, ref) for ref in TYPES[column.type].refs(column, row[column.key]))


@dataclass(frozen=True)
class Kept:
    """What a content refers to already, each with what the field wants that names it (`FieldType.wants`).

    There it may stay, whether or not somebody who saves can see it, and if the field wants something else by now.
    """

    found: frozenset[tuple[int, str | None, tuple[str, ...]]] = frozenset()

    @classmethod
    def of(cls, kind: Kind, content: Content) -> "Kept":
        """Of all fields, whoever may see them, under the names that the kind has for them now."""
        named = references(kind, carried(kind, content))
        return cls(frozenset((ref.page, ref.row, TYPES[column.type].wants(column, ref)) for column, ref in named))

    def has(self, page_id: int, row_id: str | None, wants: Sequence[str]) -> bool:
        return (page_id, row_id, tuple(wants)) in self.found
