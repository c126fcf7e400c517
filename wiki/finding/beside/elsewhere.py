"""Where the words stand when no page has them all: in files, and in what pages said before."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.finding.beside.queries import Beside, FileHit, PastHit, files_found, past_found
from wiki.kinds import Catalogue

#: So many of each are shown with the results; the rest is one click away.
SHOWN = 3


@dataclass(frozen=True)
class Elsewhere:
    """Files with all of the words, and, where no page has any of them, earlier texts with all of them."""

    files: Beside[FileHit]
    past: Beside[PastHit]

    @property
    def anything(self) -> bool:
        return bool(self.files.total or self.past.total)


def elsewhere(session: Session, catalogue: Catalogue, viewer: Viewer, words: str, *, past: bool) -> Elsewhere:
    """What the viewer may open of these; `past` asks for earlier texts too."""
    files = files_found(session, viewer, words, limit=SHOWN, all_words=True)
    if not past:
        return Elsewhere(files, Beside(0, []))
    return Elsewhere(files, past_found(session, catalogue, viewer, words, limit=SHOWN, all_words=True))
