"""What somebody holds by standing in a field: as a page template says it with `holds`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wiki.kinds.problems import NOWHERE, Place

#: What people hold, in the order in which it is shown. `other` is what has no list of its own: its field says what it is.
HOLDINGS = (
    *("page", "action", "promise", "activity", "risk", "decision"),
    *("group", "role", "relationship", "measure", "representative", "other"),
)


@dataclass(frozen=True, eq=False, kw_only=True)
class Holds:
    """Whoever stands in a field or column holds the page or row.

    `unless`: not while one of these columns of the row has one of the values. `since` and `until`: columns with the first
    and the last day; who came to the last day holds it no more. `states`: only while the page is in one of them. `by`,
    for a table: the person field, or "table.column", of the same page whose people hold every row of it.
    """

    what: str
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    states: tuple[str, ...] = ()
    by: str = ""
    place: Place = field(default=NOWHERE, repr=False)
