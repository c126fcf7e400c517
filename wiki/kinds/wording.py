"""Every text of the definitions that a person sees, for those who translate them."""

from collections.abc import Iterator
from typing import Any

from wiki.kinds.catalogue import Catalogue
from wiki.kinds.definition import Column, Kind

#: What parts of a definition have of it.
SHOWN = (
    "label",
    "plural",
    "known_as",
    "intent",
    "purpose",
    "body_label",
    "help",
    "unit",
    "inverse_label",
    "heading",
    "text",
)


def wording(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """(where it stands, text), each text once for each place; the texts are the keys of the translations."""
    for kind in catalogue.values():
        for part in _parts(kind):
            yield from ((kind.key, text) for text in _of(part))
    for field in catalogue.envelope:
        yield from (("envelope", text) for text in _of(field))
    for name, row_type in catalogue.rows.items():
        for part in (row_type, *row_type.columns, *row_type.computed):
            yield from ((f"rows/{name}", text) for text in _of(part))


def _parts(kind: Kind) -> Iterator[Any]:
    yield kind
    yield from (*kind.computed, *kind.prompts, *kind.questions)
    for state in kind.states:
        yield from (state, *state.next)
    for field in kind.fields:
        yield field
        if field.row_type is not None:
            yield from (field.row_type, *field.columns, *field.row_type.computed)


def _of(part: Any) -> Iterator[str]:
    for name in SHOWN:
        if said := getattr(part, name, ""):
            yield said
    if isinstance(part, Column):
        yield from part.choices.values()
