"""What a note says of itself where it is read: how far it has come, what is missing, what this reader can do. Nothing is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wiki.access import Viewer
from wiki.handover.gaps import Sort, gaps_of, sorts
from wiki.handover.notes import OPEN, Parties
from wiki.handover.passing import as_what, may_hand
from wiki.handover.showing import Progress
from wiki.kinds import Content, Kind
from wiki.kinds.record import Record


@dataclass(frozen=True)
class Panel:
    """`offered`: how many things the reader can take on now; `writes`: whether they are asked to write."""

    progress: Progress
    sorts: list[Sort]
    count: int
    days_left: int | None
    last_day: str
    offered: int
    writes: bool
    open: bool
    to_accept: bool


def panel(record: Record, kind: Kind, viewer: Viewer, url: str, today: date) -> Panel:
    """`record` is what is known of the note already."""
    fields: Mapping[str, Any] = record.fields
    content = Content("", "", dict(fields))
    gaps = gaps_of(record, today)
    last = record.day("last_day")
    parties = Parties.of(content)
    taker = parties.successor or parties.manager
    return Panel(
        progress=Progress.of(content),
        sorts=sorts(gaps, kind, url),
        count=len(gaps),
        days_left=(last - today).days if last is not None else None,
        last_day=last.isoformat() if last is not None else "",
        offered=sum(bool(as_what(viewer, content, row, record.state)) for row in content.rows("items")),
        writes=may_hand(viewer, content) and record.state in OPEN,
        open=record.state in OPEN,
        to_accept=record.state == "with_successor" and viewer.person_id is not None and viewer.person_id == taker,
    )
