"""What can be done to a space and its members."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wiki import clock, eventlog
from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import ROLES, Account, Membership, Page, Space
from wiki.reserved import SPACES
from wiki.text import normal, slugify, tidy

NAME_LENGTH = 200
DESCRIPTION_LENGTH = 2000
DEFAULT_ROLES = ("none", "reader", "member")


class Place(Protocol):
    """A space, as a table row or as somebody meets it (wiki.access.SpaceInfo)."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


def add_space(
    session: Session,
    viewer: Viewer,
    name: str,
    *,
    slug: str | None = None,
    default_role: str = "member",
    language: str = "en",
    description: str = "",
) -> Space:
    """A new space; whoever makes it is its first coordinator. `slug` (from the name) is its address.

    Raises Invalid when the name is missing, or the address is taken or belongs to the site itself.
    """
    name, description = tidy(name), normal(description).strip()
    slug = slugify(slug or name)
    problems = [*_problems(name, description, default_role), *_slug_problems(session, slug)]
    if problems:
        raise Invalid(problems)
    space = Space(
        slug=slug,
        name=name,
        description=description,
        default_role=default_role,
        language=language,
        created_at=clock.now(),
    )
    session.add(space)
    session.flush()
    eventlog.record(session, viewer, "space.created", space_id=space.id, name=name, slug=slug)
    if viewer.account_id is not None:
        session.add(Membership(account_id=viewer.account_id, space_id=space.id, role="coordinator"))
        session.flush()
    return space


def _problems(name: str, description: str, default_role: str) -> list[Problem]:
    problems = []
    if not name:
        problems.append(Problem("name", _("Give the space a name.")))
    if len(name) > NAME_LENGTH:
        problems.append(Problem("name", _("A name has at most %(count)s characters.", count=NAME_LENGTH)))
    if len(description) > DESCRIPTION_LENGTH:
        message = _("A description has at most %(count)s characters.", count=DESCRIPTION_LENGTH)
        problems.append(Problem("description", message))
    if default_role not in DEFAULT_ROLES:
        problems.append(Problem("default_role", _("Choose what people without a role can do here.")))
    return problems


def _slug_problems(session: Session, slug: str) -> list[Problem]:
    taken = session.execute(select(Space.id).where(Space.slug == slug)).first() is not None
    if taken or slug in SPACES:
        return [Problem("slug", _("The address “%(slug)s” is taken. Choose another.", slug=slug))]
    return []


@dataclass(frozen=True)
class Described:
    """What a space is called, who may come in, and the page it opens with."""

    name: str
    description: str
    default_role: str
    language: str
    front_page_id: int | None = None
    readers_comment: bool = True


def change_space(session: Session, viewer: Viewer, space: Space, wished: Described) -> bool:
    """Change what a space says about itself; whether anything differed. Raises Invalid."""
    wished = replace(wished, name=tidy(wished.name), description=normal(wished.description).strip())
    problems = _problems(wished.name, wished.description, wished.default_role)
    if problems:
        raise Invalid(problems)
    changed = {key: value for key, value in asdict(wished).items() if getattr(space, key) != value}
    for key, value in changed.items():
        setattr(space, key, value)
    if changed:
        session.flush()
        eventlog.record(session, viewer, "space.changed", space_id=space.id, **changed)
    return bool(changed)


def set_member(
    session: Session,
    viewer: Viewer,
    space: Place,
    account: Account,
    role: str,
    org_id: int | None = None,
    *,
    time: datetime | None = None,
) -> Membership:
    """Give somebody a role in the space, acting for an organisation (a page's id); having it already, the organisation changes.

    Raises Invalid for an unknown role, a closed account, or a page that is no organisation.
    """
    _check_member(session, account, role, org_id)
    held = _held(session, space, account, role)
    if held is not None and held.org_id == org_id:
        return held
    if held is None:
        held = Membership(account_id=account.id, space_id=space.id, role=role)
        session.add(held)
    held.org_id = org_id
    session.flush()
    told: dict[str, Any] = {"account": account.id, "name": account.name, "role": role, "org": org_id}
    eventlog.record(session, viewer, "member.set", space_id=space.id, time=time, **told)
    return held


def _check_member(session: Session, account: Account, role: str, org_id: int | None) -> None:
    if role not in ROLES:
        raise Invalid([Problem("roles", _("There is no role “%(role)s”.", role=role))])
    if not account.active:
        raise Invalid([Problem("email", _("This account is closed. An administrator can open it again."))])
    if org_id is None:
        if role in ("rep", "steward"):
            raise Invalid([Problem("org", _("Say for which organisation: a representative or steward acts for one."))])
        return
    kind = session.execute(select(Page.kind).where(Page.id == org_id, Page.deleted_at.is_(None))).scalar()
    if kind != "organisation":
        raise Invalid([Problem("org", _("That is not the page of an organisation."))])


def _held(session: Session, space: Place, account: Account, role: str) -> Membership | None:
    return session.scalars(
        select(Membership).where(
            Membership.space_id == space.id, Membership.account_id == account.id, Membership.role == role
        )
    ).one_or_none()


def remove_member(session: Session, viewer: Viewer, space: Place, account: Account, role: str | None = None) -> None:
    """Take a role, or with None every role, from somebody. Raises Invalid for the last coordinator of the space."""
    held = list(
        session.scalars(select(Membership).where(Membership.space_id == space.id, Membership.account_id == account.id))
    )
    going = [membership for membership in held if role in (None, membership.role)]
    if any(membership.role == "coordinator" for membership in going):
        _keep_a_coordinator(session, space, account)
    for membership in going:
        session.delete(membership)
        session.flush()
        eventlog.record(
            session,
            viewer,
            "member.removed",
            space_id=space.id,
            account=account.id,
            name=account.name,
            role=membership.role,
        )


def _keep_a_coordinator(session: Session, space: Place, account: Account) -> None:
    others = (
        select(func.count())
        .select_from(Membership)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.space_id == space.id,
            Membership.role == "coordinator",
            Membership.account_id != account.id,
            Account.active,
        )
    )
    if not session.execute(others).scalar():
        raise Invalid([Problem("roles", _("This is the last coordinator. Make somebody else one first."))])
