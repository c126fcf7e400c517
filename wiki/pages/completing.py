"""What a content says besides what was written in it, put in before it is stored: areas above say so for pages of a kind, whoever saves does it."""

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.kinds import Content

#: (session, viewer, before, after) -> the content to be stored. `before` is what its writer began from: an empty one for a new page.
Completer: TypeAlias = Callable[[Session, Viewer, Content, Content], Content]

_COMPLETERS: dict[str, Completer] = {}


def completes(kind: str, completer: Completer) -> None:
    """From now on `completer` sees every content of that kind before it is stored."""
    _COMPLETERS[kind] = completer


def completed(session: Session, viewer: Viewer, kind: str, before: Content, after: Content) -> Content:
    """The content as it is to be stored; the same object if nothing is missing."""
    completer = _COMPLETERS.get(kind)
    return completer(session, viewer, before, after) if completer is not None else after
