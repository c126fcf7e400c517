"""A pack is brought in: all that was chosen of it, or nothing."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.models import TemplateVersion
from wiki.packs.library import Library
from wiki.packs.pack import Pack
from wiki.packs.publishing import publish
from wiki.packs.words import add_words


def bring_in(
    session: Session,
    library: Library,
    viewer: Viewer,
    pack: Pack,
    chosen: Collection[tuple[str, str]],
    words: bool = True,
) -> list[TemplateVersion]:
    """Store the chosen definitions, by (part, key), as new versions, and the words of the pack with them.

    Raises Forbidden for who is no administrator, Invalid with all mistakes.
    """
    note = _("From the pack “%(name)s”", name=pack.name or "–")
    wanted = [one for one in pack.definitions if (one.part, one.key) in chosen]
    made = publish(session, library, viewer, wanted, note)
    if words:
        add_words(session, viewer, pack.words, note)
    return made
