"""Making a version of one's own: who has to ask first, what travels along."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Found, Viewer
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.models import FieldValue, Membership, Page, ReuseAsked
from wiki.notices.telling import account_ids, tell
from wiki.notices.watching import keepers
from wiki.text import normal

RULE, ASK_FIRST = "reuse", "ask_first"
CARE = "handling_notice"
ASK_BEFORE = "ask_before_reuse"
LONGEST = 1_000


@dataclass(frozen=True)
class Standing:
    """Whether somebody may begin a version of their own now, and what they asked before."""

    may: bool
    asked: ReuseAsked | None = None


def can_be_adapted(kind: Kind) -> bool:
    """Whether pages of the kind grow from each other."""
    return kind.key in kind.starts_from and bool(kind.starts_link)


def has_to_ask(content: Content) -> bool:
    return content.fields.get(RULE) == ASK_FIRST or ASK_BEFORE in content.fields.get(CARE, [])


def standing(session: Session, viewer: Viewer, found: Found, content: Content) -> Standing:
    """Who looks after the page, or acts for its organisation, need not ask."""
    query = select(ReuseAsked).where(ReuseAsked.page_id == found.page.id, ReuseAsked.account_id == viewer.account_id)
    asked = session.scalars(query.order_by(ReuseAsked.id.desc()).limit(1)).first()
    free = not has_to_ask(content) or may_answer(session, viewer, found, content)
    return Standing(free or (asked is not None and bool(asked.allowed)), asked)


def may_answer(session: Session, viewer: Viewer, found: Found, content: Content) -> bool:
    """Those who are to be asked, who keep the page, and people of the organisation that its knowledge belongs to, or its keeper's."""
    mine = viewer.orgs(found.page.space_id)
    steward = content.fields.get("steward_org")
    if steward is not None:
        return steward in mine
    if viewer.person_id is not None and viewer.person_id in (
        content.fields.get("owner"),
        *content.fields.get("ask", []),
    ):
        return True
    of_keeper = select(FieldValue.ref_id).where(FieldValue.page_id == found.page.owner_id, FieldValue.key == "org")
    return session.scalar(of_keeper) in mine


def answerers(session: Session, page: Page, content: Content) -> set[int]:
    """The accounts of those who are told that somebody asks."""
    steward = content.fields.get("steward_org")
    if steward is not None:
        acting = select(Membership.account_id).where(Membership.space_id == page.space_id, Membership.org_id == steward)
        return set(session.scalars(acting))
    return account_ids(session, content.fields.get("ask", [])) | keepers(session, page.id)


def ask(session: Session, viewer: Viewer, found: Found, content: Content, note: str) -> ReuseAsked:
    """Ask those who look after the page. Raises Invalid without a note, or while an earlier question waits."""
    note = normal(note).strip()[:LONGEST]
    now = standing(session, viewer, found, content)
    if not note:
        raise Invalid([Problem("note", _("Say in a sentence what you want to do with it."))])
    if now.may or (now.asked is not None and now.asked.allowed is None):
        raise Invalid([Problem("note", _("You have asked already, or need not ask."))])
    made = ReuseAsked(
        page_id=found.page.id,
        account_id=viewer.account_id,
        name=viewer.name,
        note=note,
        asked_at=clock.now(),
        allowed=None,
    )
    session.add(made)
    session.flush()
    eventlog.record(session, viewer, "reuse.asked", page=found.page, asked=made.id)
    link = f"/adapt#asked-{made.id}"
    tell(
        session,
        answerers(session, found.page, content),
        "reuse_asked",
        found.page.id,
        by=viewer.account_id,
        words={"text": note[:160]},
        link=link,
    )
    return made


def waiting(session: Session, page: Page) -> list[ReuseAsked]:
    query = select(ReuseAsked).where(ReuseAsked.page_id == page.id, ReuseAsked.allowed.is_(None))
    return list(session.scalars(query.order_by(ReuseAsked.id)))


def answer(
    session: Session, viewer: Viewer, found: Found, content: Content, number: int, allowed: bool, words: str
) -> None:
    """Allow it or not; who asked is told. Of two answers the first counts. Raises Forbidden, NotFound, Invalid for a no without a word."""
    if not may_answer(session, viewer, found, content):
        raise Forbidden(_("Only those who look after this page answer that."))
    words = normal(words).strip()[:LONGEST]
    if not allowed and not words:
        raise Invalid([Problem("answer", _("Say why, in a sentence."))])
    change = (
        update(ReuseAsked)
        .where(ReuseAsked.id == number, ReuseAsked.page_id == found.page.id, ReuseAsked.allowed.is_(None))
        .values(allowed=allowed, answer=words, answered_by=viewer.name, answered_at=clock.now())
    )
    if session.execute(change).rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound(_("That has been answered already, or was never asked."))
    asked = session.get_one(ReuseAsked, number, populate_existing=True)
    eventlog.record(session, viewer, "reuse.answered", page=found.page, asked=number, allowed=allowed)
    said = _("yes") if allowed else _("no")
    text = f"{said}: {words[:160]}" if words else said
    tell(
        session,
        [asked.account_id],
        "reuse_answered",
        found.page.id,
        by=viewer.account_id,
        words={"text": text},
        link="/adapt",
    )


#: What belongs to the other page alone: who keeps it, its people, its rules, its rhythm, and a width that nobody chose here.
_OWN = frozenset("owner ask review_due partnership summary reuse evidence taught_in".split())


def begun(kind: Kind, source: Page, address: str, content: Content, credit: str) -> Content:
    """What a version of one's own begins with: the texts, the care notices, the credit and the link, without what is the other page's alone.

    It is seen by nobody who could not see the other one; what everybody could see begins with the members.
    """
    fields = {key: value for key, value in content.fields.items() if key not in _OWN}
    for table in kind.tables:
        fields.pop(table.key, None)
    if source.access == "public":
        fields.pop("access", None)
    fields[kind.starts_link] = [source.id]
    said = _(
        "Our version of [[%(address)s|%(title)s]]. Credit: %(names)s.",
        address=address,
        title=content.title,
        names=credit,
    )
    return Content(
        _("Our version of %(title)s", title=content.title)[:300], f"> {said}\n\n{content.body.lstrip()}", fields
    )


def narrow(page: Page) -> bool:
    """Whether only some people of its space see a page: then a version of it stays in that space."""
    return page.access not in ("members", "public")
