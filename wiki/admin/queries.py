"""What administrators look at: accounts, spaces, mails, settings; the log is in `event_lines.py`."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from wiki.config import SETTINGS, Settings
from wiki.models import Account, Membership, Outgoing, Space
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


def batch(session: Session, query: Any, page: int) -> Batch:
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
    return batch(session, query, page)


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


def mails(session: Session, page: int) -> Batch:
    """Mails that wait or could not be delivered, then the latest that went out. Their texts are nobody's business."""
    waiting_first = Outgoing.sent_at.is_not(None), Outgoing.id.desc()
    return batch(session, select(Outgoing).order_by(*waiting_first), page)


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
