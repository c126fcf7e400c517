"""What would be left behind if somebody could not sign in any more: seen by whoever closes their account, before they do."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.handover.items import matched, status_of
from wiki.handover.notes import OPEN, content_now, open_notes
from wiki.holdings import Held, footprint
from wiki.kinds import Catalogue


@dataclass(frozen=True)
class LooseEnds:
    """What the viewer may see of it, how much more there is, and a word that changes when any of it does."""

    things: tuple[Held, ...]
    hidden: int
    seal: str

    def __bool__(self) -> bool:
        return bool(self.things or self.hidden)


def loose_ends(session: Session, catalogue: Catalogue, viewer: Viewer, person: int, today: date) -> LooseEnds:
    """All that the person holds today, whether a note lists it or not."""
    everything = _held(session, catalogue, None, person, today)
    seen = _held(session, catalogue, viewer, person, today)
    return LooseEnds(tuple(seen), len(everything) - len(seen), seal(everything))


def unlimited(session: Session, catalogue: Catalogue, person: int | None, today: date) -> LooseEnds:
    """All of it, for whoever holds the machine, and the database with it."""
    held = _held(session, catalogue, None, person, today) if person is not None else []
    return LooseEnds(tuple(held), 0, seal(held))


def _held(session: Session, catalogue: Catalogue, viewer: Viewer | None, person: int, today: date) -> list[Held]:
    return [one for one in footprint(session, catalogue, viewer, person, today) if one.through is None]


def seal(held: Sequence[Held]) -> str:
    """Of what was looked at: given back with the decision, so that nothing new can hide behind it."""
    return hashlib.sha256("\n".join(sorted(one.key for one in held)).encode()).hexdigest()[:16] if held else ""


def unlisted(session: Session, catalogue: Catalogue, person: int, today: date) -> list[Held]:
    """What the person holds that no open note lists."""
    held = _held(session, catalogue, None, person, today)
    for note in open_notes(session, person, OPEN):
        content = content_now(session, note)
        rows = [row for row in content.rows("items") if status_of(row) != "closed"]
        listed = {match.held.key for match in matched(rows, content, held) if match.row is not None}
        held = [one for one in held if one.key not in listed]
    return held
