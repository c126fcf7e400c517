"""What changed since you were last here: what do I need to know now?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.paths.rereading import to_read_again
from wiki.registers.listing import Place
from wiki.registers.named.caught_up import marks
from wiki.registers.named.differences import Change, Changed, changed_pages, classify
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Since, Status, kinds_of

#: Whoever has never said that they have seen it is told of so many days.
DAYS = 14


class Changes(Since):
    key = "changes"
    icon = "history"
    dated = False

    def label(self) -> str:
        return _("What changed")

    def question(self) -> str:
        return _("What do you need to know since you were last here?")

    def empty(self) -> Empty:
        return Empty(
            _("Nothing new since then"),
            _("What others decide, promise, share and write stands here until you say that you have seen it."),
        )

    def statuses(self) -> dict[str, Status]:
        """The groups, in the order in which they are told."""
        return {
            "for_me": Status(_("For you"), "note"),
            "decisions": Status(_("Decisions")),
            "agreements": Status(_("Agreements and promises")),
            "adjustments": Status(_("Adjustments called")),
            "measures": Status(_("Measures")),
            "people": Status(_("People")),
            "records": Status(_("Records shared")),
            "on_path": Status(_("On your path"), "note"),
            "learned": Status(_("Lessons and practices")),
            "other": Status(_("Other pages")),
            "minor": Status(_("Small edits"), live=False),
        }

    def live_label(self) -> str:
        return _("Without small edits")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("what", _("What"), "title", lambda line: line.text),
            Column("status", _("About"), "status", lambda line: line.status),
            Column("change", _("Change"), "words", lambda line: line.data["said"]),
            Column("who", _("Who"), "words", lambda line: line.data["by"]),
            Column("when", _("When"), "day", lambda line: line.due),
            Column("reason", _("Reason"), "words", lambda line: line.data["note"]),
            Column("template", _("Kind of page"), "choice", lambda line: line.page.kind, kinds_of(catalogue)),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return [
            Filter("template", _("Kind of page"), "choice", lambda line: (line.page.kind,), kinds_of(catalogue)),
        ]

    def since(self, session: Session, place: Place, spaces: Sequence[int], day: date | None) -> Found:
        zone = ZoneInfo(place.time_zone)
        start = datetime.combine(day or place.today - timedelta(days=DAYS), time(), zone).astimezone(UTC)
        seen = {} if day is not None else marks(session, place.viewer)
        changed = changed_pages(session, place, spaces, start, seen)
        read = to_read_again(session, place.viewer) if changed else {}
        return Found([_line(one, place) for change in changed for one in _told(place, change, read)])

    def summary(self, lines: Sequence[Line]) -> str:
        small = sum(line.status == "minor" for line in lines)
        told = ngettext("%(count)s change to know", "%(count)s changes to know", len(lines) - small)
        if not small:
            return _("%(told)s.", told=told)
        edits = ngettext("%(count)s small edit", "%(count)s small edits", small)
        return _("%(told)s, %(edits)s.", told=told, edits=edits)


def _told(place: Place, change: Changed, read: Mapping[int, int]) -> Iterator[Change]:
    """What there is to know of a page; one that the reader has read on their path is compared with what they read."""
    number = read.get(change.page.page_id)
    for one in classify(place, change):
        if number is None or one.group not in ("other", "minor"):
            yield one
    if number is not None:
        said, compare = _("Changed since you read it"), f"/compare/{number}/{change.number}"
        yield Change(change.page, "on_path", said, change.by, change.time, change.note, compare)


def _line(change: Change, place: Place) -> Line:
    zone = ZoneInfo(place.time_zone)
    order = list(Changes().statuses()).index(change.group)
    return Line(
        change.page,
        change.group,
        change.text or change.page.title,
        change.row_id,
        {"said": change.said, "by": change.by, "note": change.note, "compare": change.compare},
        change.time.astimezone(zone).date().isoformat(),
        person=place.viewer.person_id if change.group == "for_me" else None,
        orgs=change.orgs,
        order=(order, -change.time.timestamp(), change.text),
        found=change,
    )
