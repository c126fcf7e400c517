"""What moves a page up or down beside its words, of every page by its id: put away, no longer holding, changed lately, in a
space of the reader's. A few bytes for each page, so that thousands are put in order without asking the database for them."""

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from wiki import clock
from wiki.access import Viewer
from wiki.search import bits

#: All the words of the question in the title.
IN_TITLE = 1.5
#: What is put away counts half; what was replaced, rejected or ended less than that.
ARCHIVED, OVER = 0.5, 0.4
#: What was changed within so many days counts a little more.
RECENT = ((30, 1.06), (365, 1.03))
#: So do pages of spaces of which the reader is a member.
AT_HOME = 1.06
#: What should have been looked at again by now counts a little less.
OVERDUE = 0.95

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NEVER = date.max.toordinal()


@dataclass(frozen=True)
class Sheet:
    """One line for each page; `changed` in microseconds, `due` as the number of a day. Lines of ids that no page has mean nothing."""

    space: "array[int]" = field(default_factory=lambda: array("i"))
    changed: "array[int]" = field(default_factory=lambda: array("q"))
    due: "array[int]" = field(default_factory=lambda: array("i"))
    counting: "array[float]" = field(default_factory=lambda: array("d"))

    def brought_up_to_date(self, lines: Mapping[int, "Line"]) -> "Sheet":
        """With other lines for some pages."""
        other = Sheet(self.space[:], self.changed[:], self.due[:], self.counting[:])
        missing = max(lines, default=-1) + 1 - len(other.space)
        if missing > 0:
            other.space.extend([0] * missing)
            other.changed.extend([0] * missing)
            other.due.extend([_NEVER] * missing)
            other.counting.extend([1.0] * missing)
        for page_id, line in lines.items():
            other.space[page_id] = line.space_id
            other.changed[page_id] = line.changed
            other.due[page_id] = line.due
            other.counting[page_id] = line.counting
        return other

    @cached_property
    def all_counting(self) -> int:
        """The set of pages that are not put away and count."""
        return bits.of([page_id for page_id, left in enumerate(self.counting) if left == 1])

    def weights(self, viewer: Viewer, ids: Iterable[int]) -> list[float]:
        """What the score of each of the pages is multiplied with."""
        now = clock.now()
        (month, in_a_month), (year, in_a_year) = ((moment(now - timedelta(days=days)), by) for days, by in RECENT)
        today = now.date().toordinal()
        mine = {member.space_id for member in viewer.memberships}
        space, changed, due, counting = self.space, self.changed, self.due, self.counting
        return [
            counting[page_id]
            * (in_a_month if changed[page_id] >= month else in_a_year if changed[page_id] >= year else 1.0)
            * (OVERDUE if due[page_id] < today else 1.0)
            * (AT_HOME if space[page_id] in mine else 1.0)
            for page_id in ids
        ]


@dataclass(frozen=True, slots=True)
class Line:
    space_id: int
    changed: int
    due: int
    counting: float


def line(space_id: int, changed_at: datetime, due: date | None, archived: bool, over: str) -> Line:
    counting = (ARCHIVED if archived else 1.0) * (OVER if over else 1.0)
    return Line(space_id, moment(changed_at), due.toordinal() if due else _NEVER, counting)


def moment(time: datetime) -> int:
    return (time - _EPOCH) // _MICROSECOND
