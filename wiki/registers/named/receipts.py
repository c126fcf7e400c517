"""Read and confirmed: who was asked to read what, and who has?"""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.models import Membership, Page, ReadingAsked
from wiki.receipts.overview import statuses
from wiki.receipts.progress import One, known_to
from wiki.receipts.standing import OPEN, STATUSES
from wiki.registers.listing import Place
from wiki.registers.named.line import Line
from wiki.registers.named.register import Column, Empty, Filter, Found, Register, Status, kinds_of
from wiki.registers.named.rows import PAGE_FACTS, PageFacts, within

#: The organisation for which who is asked acts where the page is.
_ORGANISATION = (
    select(func.min(Membership.org_id))
    .where(Membership.account_id == ReadingAsked.account_id, Membership.space_id == Page.space_id)
    .correlate(ReadingAsked, Page)
    .scalar_subquery()
    .label("org")
)


class Receipts(Register):
    key = "receipts"
    icon = "book-open-check"
    personal = True

    def label(self) -> str:
        return _("Read and confirmed")

    def question(self) -> str:
        return _("Who was asked to read what, and who has?")

    def empty(self) -> Empty:
        return Empty(
            _("Nobody is asked to read anything"),
            _("Pages that you are asked to read and confirm stand here, and those that you ask others to read."),
        )

    def statuses(self) -> dict[str, Status]:
        return {key: Status(one.label, one.tone, key in OPEN) for key, one in statuses().items()}

    def live_label(self) -> str:
        return _("Still to read")

    def columns(self, catalogue: Catalogue) -> list[Column]:
        return [
            Column("page", _("Page"), "title", lambda line: line.text),
            Column("person", _("Person"), "words", lambda line: line.data["person"]),
            Column("status", _("Status"), "status", lambda line: line.status),
            Column("due", _("By when"), "day", lambda line: line.due),
            Column("confirmed_on", _("Confirmed"), "day", lambda line: line.data["confirmed_on"]),
            Column("revision", _("Revision"), "number", lambda line: line.data["revision"]),
            Column("asked_by", _("Asked by"), "words", lambda line: line.data["asked_by"]),
            Column("asked_on", _("Asked on"), "day", lambda line: line.data["asked_on"], file_only=True),
            Column("why", _("Why"), "words", lambda line: line.data["why"], file_only=True),
        ]

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        parts = {"of_me": _("Asked of me"), "by_me": _("Asked by me")}
        return [
            Filter("part", _("My part"), "choice", lambda line: line.data["parts"], parts),
            Filter("person", _("Person"), "word", lambda line: (line.data["person"],)),
            Filter("due", _("By when"), "days", lambda line: (line.due,)),
            Filter("template", _("Kind of page"), "choice", lambda line: (line.page.kind,), kinds_of(catalogue)),
        ]

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        """Only those of whom the viewer may know: nobody is told how many others there are."""
        found = known_to(
            session, place.viewer, place.today, place.time_zone, within(spaces), more=(*PAGE_FACTS, _ORGANISATION)
        )
        return Found([_line(one, place) for one in found])

    def summary(self, lines: Sequence[Line]) -> str:
        read = sum(line.status == "confirmed" for line in lines)
        late = sum(line.status == "overdue" for line in lines)
        wanted = read + sum(line.status in OPEN for line in lines)
        told = ngettext("%(read)s of %(count)s confirmed", "%(read)s of %(count)s confirmed", wanted, read=read)
        return _("%(told)s, %(late)s late.", told=told, late=late) if late else _("%(told)s.", told=told)


def _line(one: One, place: Place) -> Line:
    zone, viewer = ZoneInfo(place.time_zone), place.viewer
    data = {
        "person": one.name,
        "confirmed_on": one.read_at.astimezone(zone).date().isoformat() if one.read_at else None,
        "revision": one.read,
        "asked_by": one.row.asked_by_name,
        "asked_on": one.asked_at.astimezone(zone).date().isoformat(),
        "why": one.row.why,
        "parts": tuple(_parts(one, viewer.account_id)),
    }
    order = (STATUSES.index(one.status), one.due.isoformat(), one.row.title, one.name, one.asked)
    page = PageFacts.read(one.row, place)
    orgs = (one.row.org,) if one.row.org is not None else ()
    due = one.due.isoformat()
    return Line(page, one.status, page.title, f"a{one.asked}", data, due, one.person, orgs, order=order, found=one)


def _parts(one: One, account: int | None) -> Iterator[str]:
    if one.account == account:
        yield "of_me"
    if one.row.asked_by == account:
        yield "by_me"
