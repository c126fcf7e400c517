"""Who comes, for those who hold the event: with needs, as a list, to print and as a file."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of
from wiki.events.signing import NEEDS
from wiki.events.turns import IN, UNCONFIRMED, WAITING, WALKED_IN
from wiki.i18n import gettext as _
from wiki.models import EventSignup, Page
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless

HEADS = ("status", "came", "name", "organisation", "mail", "named", *NEEDS, "asked_at")


@dataclass(frozen=True)
class Coming:
    """Somebody on the list. `guest`: they have no account; `turn`: their place on the waiting list."""

    id: int
    name: str
    org: str
    status: str
    guest: bool
    email: str
    named: bool
    needs: tuple[tuple[str, str], ...]
    asked_at: str
    turn: int = 0
    came: bool | None = None


@dataclass(frozen=True)
class Listed:
    """The whole list, in the order in which people asked."""

    coming: tuple[Coming, ...]
    waiting: tuple[Coming, ...]
    unconfirmed: int
    walked_in: tuple[Coming, ...] = ()

    @property
    def everybody(self) -> tuple[Coming, ...]:
        return (*self.coming, *self.waiting, *self.walked_in)

    @property
    def ticked(self) -> bool:
        """Whether it is known who came."""
        return any(one.came is not None for one in self.everybody)

    @property
    def to_tick(self) -> frozenset[int]:
        """Who is ticked when the hosts begin: those with a place; afterwards whoever came."""
        return frozenset(one.id for one in self.everybody if (one.status == IN if one.came is None else one.came))

    @property
    def came(self) -> int:
        return sum(one.came is True for one in self.everybody)

    @property
    def needs(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """What is needed by those who come, by its kind: who said what."""
        found = []
        for key, label in NEEDS.items():
            said = [(one.name, text) for one in self.coming for what, text in one.needs if what == key]
            if said:
                found.append((_(label), said))
        return found


def listed(session: Session, viewer: Viewer, page: Page) -> Listed:
    """Everybody on the list of an event; the caller has made sure that the viewer holds it."""
    query = select(EventSignup).where(
        EventSignup.page_id == page.id, EventSignup.status.in_((IN, WAITING, UNCONFIRMED, WALKED_IN))
    )
    signups = list(session.scalars(query.order_by(EventSignup.asked_at, EventSignup.id)))
    orgs = titles_of(session, viewer, {one.org_id for one in signups if one.org_id is not None})
    coming = [_coming(one, orgs) for one in signups if one.status == IN]
    waiting = [_coming(one, orgs, turn) for turn, one in enumerate((s for s in signups if s.status == WAITING), 1)]
    walked_in = [_coming(one, orgs) for one in signups if one.status == WALKED_IN]
    unconfirmed = sum(one.status == UNCONFIRMED for one in signups)
    return Listed(tuple(coming), tuple(waiting), unconfirmed, tuple(walked_in))


def _coming(signup: EventSignup, orgs: dict[int, tuple[str, str, str]], turn: int = 0) -> Coming:
    org = orgs[signup.org_id][0] if signup.org_id in orgs else signup.org
    return Coming(
        id=signup.id,
        name=signup.name,
        org=org,
        status=signup.status,
        guest=signup.account_id is None,
        email=signup.email,
        named=signup.named,
        needs=tuple((key, signup.needs[key]) for key in NEEDS if signup.needs.get(key)),
        asked_at=signup.asked_at.isoformat(timespec="seconds"),
        turn=turn,
        came=signup.came,
    )


def csv_text(people: Sequence[Coming]) -> str:
    """The list as a file; its heads are the same in every language."""
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow(HEADS)
    for one in people:
        needs = dict(one.needs)
        writer.writerow(
            [
                one.status,
                "" if one.came is None else "yes" if one.came else "no",
                harmless(one.name),
                harmless(one.org),
                harmless(one.email),
                "yes" if one.named else "no",
                *(harmless(needs.get(key, "")) for key in NEEDS),
                one.asked_at,
            ]
        )
    return written.getvalue()
