"""What the menu of a page offers its reader: the same for all pages of a kind and state on which somebody may do the same."""

from typing import NamedTuple

from wiki.access import Viewer
from wiki.kinds.definition import Transition
from wiki.pages.reading import Reading


class Acts(NamedTuple):
    """All that the buttons and the menu of a page hang on, but for its addresses."""

    signed_in: bool
    edit: bool
    comment: bool
    delete: bool
    #: The way on, which is a button, and the other ways, which stand in the menu.
    onward: Transition | None
    ways: tuple[Transition, ...]
    starred: bool
    archived: bool
    notes_later: bool
    replaces: bool
    hands_over: bool
    closes: bool


def acts_of(reading: Reading, viewer: Viewer, *, handed: bool) -> Acts:
    """`handed`: a handover is under way, whose next thing to do is the button in place of the way on."""
    kind, page, found = reading.kind, reading.page, reading.found
    edit, person = found.may("edit"), kind.key == "person" and page.state != "left"
    ways = reading.transitions
    onward = next((way for way in ways if not kind.state(way.to).over), None)
    return Acts(
        signed_in=viewer.signed_in,
        edit=edit,
        comment=viewer.signed_in and found.may("comment"),
        delete=found.may("delete"),
        onward=onward if edit and not handed else None,
        ways=tuple(way for way in ways if handed or way is not onward),
        starred=bool(reading.head.starred),
        archived=page.archived_at is not None,
        notes_later=reading.locked and bool(kind.notes_later),
        replaces=reading.locked and bool(reading.replace_href),
        hands_over=viewer.signed_in and person,
        closes=viewer.signed_in and person and (viewer.admin or found.space.may("manage")),
    )
