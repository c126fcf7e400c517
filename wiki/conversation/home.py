"""Conversation in "My work": where somebody named the reader, and what is suggested for pages that they keep."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.conversation import listing, suggesting
from wiki.kinds import Catalogue


@dataclass(frozen=True)
class Waiting:
    mentions: Sequence[listing.Line]
    suggestions: Sequence[suggesting.SuggestionLine]

    def __bool__(self) -> bool:
        return bool(self.mentions or self.suggestions)


def for_home(session: Session, catalogue: Catalogue, viewer: Viewer) -> Waiting:
    """At most three statements."""
    return Waiting(listing.waiting_for(session, catalogue, viewer), suggesting.waiting_for(session, viewer))
