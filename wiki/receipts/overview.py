"""What the pages about acknowledgement show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.models import ReadingRequest, Receipt, Revision
from wiki.pages.storing import current_revision
from wiki.receipts.groups import Group, labels
from wiki.receipts.progress import One, counted, known_to, of_request
from wiki.receipts.rights import keeps
from wiki.receipts.standing import STATUSES


@dataclass(frozen=True)
class Status:
    """How somebody stands, in words."""

    label: str
    tone: str


def statuses() -> dict[str, Status]:
    """In the order of what to look at first."""
    said = {
        "overdue": Status(_("Late"), "bad"),
        "changed": Status(_("Changed since"), "warn"),
        "asked": Status(_("Asked"), "note"),
        "confirmed": Status(_("Read and confirmed"), "good"),
        "withdrawn": Status(_("Withdrawn"), "quiet"),
        "left": Status(_("No longer asked"), "quiet"),
    }
    return {key: said[key] for key in STATUSES}


@dataclass(frozen=True)
class Shown:
    """A request with all whom it asks; `groups` is what those are called who were asked together."""

    request: ReadingRequest
    people: list[One]
    groups: list[str]

    @property
    def read(self) -> int:
        return counted(self.people)[0]

    @property
    def wanted(self) -> int:
        return counted(self.people)[1]

    @property
    def said(self) -> str:
        """How far it has come, in a sentence."""
        read, wanted = counted(self.people)
        if not wanted:
            return _("Nobody is asked any more.")
        return ngettext(
            "%(read)s of %(count)s person has read and confirmed it.",
            "%(read)s of %(count)s people have read and confirmed it.",
            wanted,
            read=read,
        )

    @property
    def in_order(self) -> list[One]:
        """Those to look at first come first."""
        return sorted(self.people, key=lambda one: (STATUSES.index(one.status), one.name.casefold(), one.asked))


def shown(session: Session, viewer: Viewer, request: ReadingRequest, today: date, time_zone: str) -> Shown:
    """For who may see all of it."""
    people = of_request(session, request.id, today, time_zone)
    return Shown(request, people, labels(session, viewer, [Group.read(one) for one in request.groups]))


@dataclass(frozen=True)
class Overview:
    """What there is of one page for one viewer: how they stand themselves, and the requests of which they may see everything.

    `may_send_back`: they keep the page, and its last change asked nobody to read it again.
    """

    own: list[One]
    requests: list[Shown]
    receipts: list[Receipt]
    may_send_back: bool


def overview(session: Session, viewer: Viewer, found: Found, today: date, time_zone: str) -> Overview:
    page = found.page
    all_of_it = keeps(session, viewer, found)
    known = known_to(session, viewer, today, time_zone, ReadingRequest.page_id == page.id)
    own = [one for one in known if one.account == viewer.account_id]
    requests = session.scalars(
        select(ReadingRequest).where(ReadingRequest.page_id == page.id).order_by(ReadingRequest.id.desc())
    ).all()
    mine = [one for one in requests if all_of_it or one.asked_by == viewer.account_id] if viewer.signed_in else []
    return Overview(
        own,
        [_of(session, viewer, one, [each for each in known if each.request == one.id]) for one in mine],
        own_receipts(session, viewer, page.id),
        may_send_back=all_of_it and bool(mine) and not current_revision(session, page).material,
    )


def _of(session: Session, viewer: Viewer, request: ReadingRequest, people: Sequence[One]) -> Shown:
    return Shown(request, list(people), labels(session, viewer, [Group.read(one) for one in request.groups]))


def own_receipts(session: Session, viewer: Viewer, page_id: int) -> list[Receipt]:
    """Everything that the viewer ever confirmed of the page, the newest first."""
    if not viewer.signed_in:
        return []
    mine = select(Receipt).where(Receipt.page_id == page_id, Receipt.account_id == viewer.account_id)
    return list(session.scalars(mine.order_by(Receipt.time.desc(), Receipt.id.desc())))


def confirmations(session: Session, request: ReadingRequest) -> dict[int, list[tuple[Receipt, str]]]:
    """Account -> everything that they confirmed since the request was made, oldest first, each with the seal of that revision."""
    rows = session.execute(
        select(Receipt, Revision.digest)
        .join(Revision, (Revision.page_id == Receipt.page_id) & (Revision.number == Receipt.number))
        .where(
            Receipt.page_id == request.page_id,
            Receipt.time >= request.created_at,
            Receipt.account_id.is_not(None),
        )
        .order_by(Receipt.time, Receipt.id)
    )
    found: dict[int, list[tuple[Receipt, str]]] = {}
    for receipt, digest in rows:
        found.setdefault(receipt.account_id or 0, []).append((receipt, digest))
    return found
