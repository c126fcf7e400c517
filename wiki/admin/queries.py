"""What administrators look at: accounts, spaces, events, mails, settings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of
from wiki.admin.event_words import details_of, words_of
from wiki.config import SETTINGS, Settings
from wiki.i18n import gettext as _
from wiki.models import Account, Event, Membership, Outgoing, Space
from wiki.outbox import PATIENCE
from wiki.people.queries import normal_email

PAGE_SIZE = 50
_SECRET_WORDS = ("secret", "password", "token", "key")


@dataclass(frozen=True)
class Batch:
    """One page of a long list; pages count from 1."""

    items: list[Any]
    page: int
    pages: int
    total: int


def _batch(session: Session, query: Any, page: int) -> Batch:
    """The query's rows (entities, or tuples) on that page; a page too far is the last one."""
    total = session.execute(select(func.count()).select_from(query.order_by(None).subquery())).scalar() or 0
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages)
    found = session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    return Batch([row[0] if len(row) == 1 else tuple(row) for row in found], page, pages, total)


def accounts(session: Session, words: str, page: int) -> Batch:
    """Accounts whose name or address contains the words, by name."""
    query = select(Account).order_by(func.lower(Account.name), Account.id)
    if words.strip():
        found = normal_email(words)
        query = query.where(
            or_(
                func.lower(Account.name).contains(words.strip().lower(), autoescape=True),
                Account.email.contains(found, autoescape=True),
            )
        )
    return _batch(session, query, page)


def account_spaces(session: Session, account_id: int) -> list[tuple[str, str, str]]:
    """Where somebody holds roles: space slug, name, role."""
    found = session.execute(
        select(Space.slug, Space.name, Membership.role)
        .join(Membership, Membership.space_id == Space.id)
        .where(Membership.account_id == account_id)
        .order_by(Space.name, Membership.id)
    )
    return [(row[0], row[1], row[2]) for row in found]


def spaces(session: Session) -> list[tuple[Space, list[str]]]:
    """Every space with the names of its coordinators; nothing of what is written in it."""
    found = session.execute(
        select(Space, Account.name)
        .outerjoin(Membership, (Membership.space_id == Space.id) & (Membership.role == "coordinator"))
        .outerjoin(Account, (Account.id == Membership.account_id) & Account.active)
        .order_by(Space.name, Space.id, Account.name)
    )
    listed: dict[int, tuple[Space, list[str]]] = {}
    for space, name in found:
        listed.setdefault(space.id, (space, []))
        if name:
            listed[space.id][1].append(name)
    return list(listed.values())


@dataclass(frozen=True)
class EventLine:
    """An event as an administrator reads it. Of a page that they may not see there is neither title nor detail."""

    id: int
    time: datetime
    verb: str
    said: str
    actor: str
    space: str
    page: tuple[str, str, str] | None
    detail: list[tuple[str, Any]]
    hidden: bool


def events(session: Session, viewer: Viewer, page: int) -> Batch:
    """The event log, newest first."""
    batch = _batch(
        session,
        select(Event, Space.name).outerjoin(Space, Space.id == Event.space_id).order_by(Event.id.desc()),
        page,
    )
    titles = titles_of(session, viewer, {event.page_id for event, _space in batch.items if event.page_id})
    lines = [_line(event, space or "", titles) for event, space in batch.items]
    return Batch(lines, batch.page, batch.pages, batch.total)


def _line(event: Event, space: str, titles: dict[int, tuple[str, str, str]]) -> EventLine:
    hidden = event.page_id is not None and event.page_id not in titles
    return EventLine(
        id=event.id,
        time=event.time,
        verb=event.verb,
        said=words_of(event.verb),
        actor=_("Somebody") if event.detail.get("anonymous") else event.actor_name,
        space=space,
        page=titles.get(event.page_id) if event.page_id is not None else None,
        detail=[]
        if hidden
        else details_of({key: one for key, one in event.detail.items() if one not in (None, "", [])}),
        hidden=hidden,
    )


def mails(session: Session, page: int) -> Batch:
    """Mails that wait or could not be delivered, then the latest that went out. Their texts are nobody's business."""
    waiting_first = Outgoing.sent_at.is_not(None), Outgoing.id.desc()
    return _batch(session, select(Outgoing).order_by(*waiting_first), page)


def given_up(mail: Outgoing) -> bool:
    return mail.sent_at is None and mail.tries >= PATIENCE


def settings_shown(settings: Settings) -> list[tuple[str, str, str]]:
    """Name, value and meaning of every setting; secrets are only said to be set."""
    return [(setting.name, _shown(setting.name, settings.values[setting.name]), setting.help) for setting in SETTINGS]


def _shown(name: str, value: Any) -> str:
    text = ", ".join(value) if isinstance(value, list) else str(value)
    if any(word in name for word in _SECRET_WORDS):
        return "••••••••" if text else ""
    return _without_password(text)


def _without_password(text: str) -> str:
    """An address of a server, without the password in it."""
    try:
        secret = urlsplit(text).password if "://" in text else None
    except ValueError:
        return "••••••••"
    return text.replace(f":{secret}@", ":••••••••@", 1) if secret else text
