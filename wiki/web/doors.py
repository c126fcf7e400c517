"""How a request comes to a page: past the gate of rights, and shown within its space."""

from flask import g

from wiki.access import Found, SpaceInfo, page_for
from wiki.web.state import session, signed_in_viewer, viewer


def enter(space: SpaceInfo) -> SpaceInfo:
    """The space that the answer shows around itself."""
    g.space = space
    return space


def enter_page(space: str, page: str, verb: str) -> Found:
    """The page at an address. Raises what `page_for` raises."""
    found = page_for(session(), viewer(), space, page, verb)
    enter(found.space)
    return found


def enter_page_signed_in(space: str, page: str, verb: str) -> Found:
    """The same, for what somebody does in their own name. Raises SignInNeeded too."""
    found = page_for(session(), viewer(), space, page, verb)
    signed_in_viewer()
    enter(found.space)
    return found
