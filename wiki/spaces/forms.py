"""What the forms about spaces send, understood."""

import re
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer, pages_titled
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.spaces import queries
from wiki.spaces.actions import Described

_WITH_ADDRESS = re.compile(r"(.+?)\s+\([^()/]+/([^()/]+)\)")


def read_org(session: Session, viewer: Viewer, typed: str, before: int | None = None) -> int | None:
    """The organisation that was chosen, by its page's id; one that the viewer may not see can be kept, not given.

    Raises Invalid.
    """
    if not typed:
        return None
    allowed = queries.organisations(session, viewer, [before])
    if typed.isascii() and typed.isdecimal() and (int(typed) in allowed or int(typed) == before):
        return int(typed)
    raise Invalid([Problem("org", _("Choose one of the organisations."))])


def read_front_page(session: Session, viewer: Viewer, space: SpaceInfo, typed: str) -> int | None:
    """The page that was typed, "Title" or "Title (space/page)"; nothing for nothing. Raises Invalid."""
    if not typed.strip():
        return None
    named = _WITH_ADDRESS.fullmatch(typed.strip())
    title, slug = named.groups() if named else (typed, None)
    found = [page for page in pages_titled(session, viewer, title, space=space.slug) if slug in (None, page[3])]
    if not found:
        message = _("There is no page called “%(title)s” in this space.", title=typed.strip())
        raise Invalid([Problem("front_page", message)])
    return found[0][0]


def read_settings(
    session: Session, viewer: Viewer, space: SpaceInfo, form: Mapping[str, str], languages: Collection[str]
) -> Described:
    """What a space shall be called and so on. Raises Invalid."""
    language = form.get("language", "")
    return Described(
        name=form.get("name", ""),
        description=form.get("description", ""),
        default_role=form.get("default_role", ""),
        language=language if language in languages else space.language,
        front_page_id=read_front_page(session, viewer, space, form.get("front_page", "")),
        readers_comment=form.get("readers_comment") == "yes",
    )
