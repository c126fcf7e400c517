"""Asking people to read a page and confirm it, and taking that back."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer, titles_of
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.models import Account, Page, ReadingAsked, ReadingRequest
from wiki.pages.typed import LARGEST_ID
from wiki.quick_access import readable_pages
from wiki.receipts import telling
from wiki.receipts.groups import Group, members_of
from wiki.receipts.rights import may_see_all
from wiki.text import tidy

WHY_LENGTH = 500
#: People whom one request asks.
MOST = 2_000
#: So far ahead a day may be.
FARTHEST = timedelta(days=3 * 366)
#: So long before the day somebody is reminded.
BEFORE = timedelta(days=3)


@dataclass(frozen=True)
class Wish:
    """Whom somebody wants to ask: pages of people, and groups; why, and by when (None: not said)."""

    people: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()
    why: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Asking:
    """What comes of a wish: (account, name) of those who would be asked, and the names of those who cannot read the page."""

    wish: Wish
    asked: list[tuple[int, str]] = field(default_factory=list)
    cannot: list[str] = field(default_factory=list)
    named: frozenset[int] = frozenset()


def prepared(session: Session, viewer: Viewer, found: Found, wish: Wish, today: date) -> Asking:
    """Who would be asked; who asks is so only by name. Raises Forbidden for who may not ask, Invalid for a wish that cannot be."""
    if not viewer.signed_in or not found.may("edit"):
        raise Forbidden(_("Who may edit a page may ask others to read it. Ask its keeper."))
    problems = _problems(wish, today)
    if problems:
        raise Invalid(problems)
    named, without = _accounts(session, viewer, wish.people)
    together = members_of(session, wish.groups, viewer, today) - named - {viewer.account_id or 0}
    asked, cannot = _split(session, found.page, named | together)
    if len(asked) > MOST:
        raise Invalid([Problem("who", _("These are more than %(count)s people. Ask fewer at once.", count=MOST))])
    if not asked:
        raise Invalid([Problem("who", _nobody(cannot + without))])
    return Asking(wish, asked, sorted({*cannot, *without}), frozenset(named))


def _nobody(cannot: Sequence[str]) -> str:
    if not cannot:
        return _("Nobody belongs to what you chose. Name somebody.")
    return _("None of them can read this page: %(names)s.", names=", ".join(sorted(set(cannot))[:20]))


def _problems(wish: Wish, today: date) -> list[Problem]:
    problems = []
    if not wish.people and not wish.groups:
        problems.append(Problem("who", _("Say who should read it: people, roles, an organisation or everybody here.")))
    if wish.due is None:
        problems.append(Problem("due", _("Say by when: a day from today on.")))
    elif not today <= wish.due <= today + FARTHEST:
        problems.append(Problem("due", _("Choose a day from today on, at most three years ahead.")))
    if not tidy(wish.why):
        problems.append(Problem("why", _("Say in a few words why: those whom you ask see it.")))
    elif len(tidy(wish.why)) > WHY_LENGTH:
        problems.append(Problem("why", _("Shorten it to %(count)s characters.", count=WHY_LENGTH)))
    return problems


def _accounts(session: Session, viewer: Viewer, people: Collection[int]) -> tuple[set[int], list[str]]:
    """The open accounts of people, and the names of those who have none."""
    rows = session.execute(
        select(Account.id, Account.person_id).where(Account.person_id.in_(set(people)), Account.active)
    )
    known = {row.person_id: row.id for row in rows} if people else {}
    titles = titles_of(session, viewer, set(people) - known.keys())
    return set(known.values()), [title for title, _space, _slug in titles.values()]


def _split(session: Session, page: Page, accounts: Collection[int]) -> tuple[list[tuple[int, str]], list[str]]:
    """(account, name) of those who may read the page, and the names of the others."""
    reads = readable_pages(Account.id)
    rows = session.execute(
        select(Account.id, Account.name, reads.label("reads"))
        .join(Page, Page.id == page.id)
        .where(Account.id.in_(accounts))
        .order_by(Account.name, Account.id)
    ).all()
    return [(row.id, row.name) for row in rows if row.reads], [row.name for row in rows if not row.reads]


def ask(
    session: Session, viewer: Viewer, found: Found, asking: Asking, *, time: datetime | None = None
) -> ReadingRequest:
    """Make the request and tell those whom it asks."""
    now, wish, page = time or clock.now(), asking.wish, found.page
    assert wish.due is not None
    request = ReadingRequest(
        page_id=page.id,
        number=page.number,
        asked_by=viewer.account_id,
        asked_by_name=viewer.name,
        why=tidy(wish.why),
        due=wish.due,
        groups=[group.stored() for group in wish.groups],
        created_at=now,
    )
    session.add(request)
    session.flush()
    add_people(session, request, asking.asked, now, page.number, named=asking.named)
    eventlog.record(session, viewer, "reading.asked", page=page, time=now, request=request.id, people=len(asking.asked))
    telling.asked(session, request, [account for account, _name in asking.asked], viewer.account_id, now)
    return request


def add_people(
    session: Session,
    request: ReadingRequest,
    people: Iterable[tuple[int, str]],
    now: datetime,
    number: int,
    named: Collection[int] = (),
) -> None:
    """Let the request ask these as well. Whoever hears of it shortly before the day is not reminded of it once more."""
    soon = request.due if request.due - now.date() <= BEFORE else None
    session.add_all(
        ReadingAsked(
            request_id=request.id,
            account_id=account,
            name=name,
            named=account in named,
            asked_at=now,
            told_number=number,
            told_before=soon,
        )
        for account, name in people
    )
    session.flush()


def request_of(session: Session, found: Found, number: int) -> ReadingRequest:
    """A request about this page. Raises NotFound."""
    request = session.get(ReadingRequest, number) if number <= LARGEST_ID else None
    if request is None or request.page_id != found.page.id:
        raise NotFound(_("There is no such request."))
    return request


def withdraw(session: Session, viewer: Viewer, found: Found, request: ReadingRequest, why: str) -> None:
    """End the request. What was confirmed stays on record. Raises Forbidden, or Invalid without a reason."""
    if not may_see_all(session, viewer, found, request):
        raise Forbidden(_("Only who asked, who keeps the page or a coordinator can withdraw this."))
    if not tidy(why):
        raise Invalid([Problem("why", _("Say why in a few words: those who were asked are told."))])
    if request.ended_at is not None:
        return
    request.ended_at, request.ended_by_name, request.ended_why = clock.now(), viewer.name, tidy(why)[:WHY_LENGTH]
    session.flush()
    eventlog.record(session, viewer, "reading.withdrawn", page=found.page, request=request.id)
    telling.withdrawn(session, request, viewer.account_id)
