"""Members as coordinators handle them: found by e-mail, invited when unknown, told by mail."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import i18n, mail_texts
from wiki.access import Viewer
from wiki.config import Settings
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import ROLES, Account, Membership, Page, Space
from wiki.people import actions as people
from wiki.people import queries as accounts
from wiki.spaces import actions
from wiki.spaces.words import ROLE_NAMES


def add_by_email(
    session: Session,
    settings: Settings,
    catalogue: Catalogue,
    viewer: Viewer,
    space: Space,
    *,
    email: str,
    name: str,
    roles: Collection[str],
    org_id: int | None,
) -> tuple[Account, bool]:
    """Give roles to whoever has that address, and invite them when nobody has; returns the account and whether it is new.

    Raises Invalid, also when an unknown address comes without a name.
    """
    account = accounts.account_by_email(session, email)
    is_new = account is None
    if account is None:
        if not name.strip():
            message = _("Nobody here has this address yet. Give their name too, and they will be invited.")
            raise Invalid([Problem("name", message)])
        account = people.add_person(session, catalogue, viewer, email, name, language=_spoken(settings, space))
        people.invite(session, settings, viewer, account)
    set_roles(session, settings, viewer, space, account, {*roles, *roles_of(session, space, account)}, org_id)
    return account, is_new


def _spoken(settings: Settings, space: Space) -> str | None:
    """The space's language for somebody who could not choose one yet, where it differs from the site's."""
    return space.language if space.language != settings.language else None


def roles_of(session: Session, space: Space, account: Account) -> set[str]:
    held = select(Membership.role).where(Membership.space_id == space.id, Membership.account_id == account.id)
    return set(session.scalars(held))


def set_roles(
    session: Session,
    settings: Settings,
    viewer: Viewer,
    space: Space,
    account: Account,
    roles: Collection[str],
    org_id: int | None,
) -> None:
    """Let somebody hold exactly these roles, acting for one organisation; they get a mail when anything changed.

    Raises Invalid for no role at all, an unknown one, or when the last coordinator would go.
    """
    if not roles:
        raise Invalid([Problem("roles", _("Tick at least one role, or remove the member."))])
    before = _held(session, space, account)
    for role in sorted(roles, key=lambda role: ROLES.index(role) if role in ROLES else -1):
        actions.set_member(session, viewer, space, account, role, org_id)
    for role in {role for role, _org in before} - set(roles):
        actions.remove_member(session, viewer, space, account, role)
    if _held(session, space, account) != before:
        _tell(session, settings, viewer, space, account, roles, org_id)


def _held(session: Session, space: Space, account: Account) -> set[tuple[str, int | None]]:
    found = session.execute(
        select(Membership.role, Membership.org_id).where(
            Membership.space_id == space.id, Membership.account_id == account.id
        )
    )
    return {(row[0], row[1]) for row in found}


def _tell(
    session: Session,
    settings: Settings,
    viewer: Viewer,
    space: Space,
    account: Account,
    roles: Collection[str],
    org_id: int | None,
) -> None:
    if account.id == viewer.account_id:
        return
    org = session.execute(select(Page.title).where(Page.id == org_id)).scalar() if org_id is not None else None
    with i18n.use(account.language or settings.language, settings.time_zone):
        names = ", ".join(_(ROLE_NAMES[role]) for role in ROLES if role in roles)
    mail_texts.mail(
        session,
        settings,
        account,
        "roles_set",
        space=space.name,
        by=viewer.name,
        roles=names,
        org=org,
        link=f"{settings.base_url}/{space.slug}",
    )


def remove(session: Session, settings: Settings, viewer: Viewer, space: Space, account: Account) -> None:
    """End a membership; the person gets a mail. Raises Invalid for the last coordinator."""
    actions.remove_member(session, viewer, space, account)
    if account.id != viewer.account_id and account.active:
        mail_texts.mail(session, settings, account, "removed", space=space.name, by=viewer.name)


def make_coordinator(
    session: Session, settings: Settings, viewer: Viewer, space: Space, account: Account, reason: str
) -> None:
    """An administrator gives a space a coordinator, with a reason that its present coordinators read. Raises Invalid."""
    if not reason.strip():
        raise Invalid([Problem("reason", _("Say why: the coordinators of the space are told."))])
    present = session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == space.id, Membership.role == "coordinator", Account.active)
    ).all()
    actions.set_member(session, viewer, space, account, "coordinator")
    for coordinator in present:
        mail_texts.mail(
            session,
            settings,
            coordinator,
            "coordinator_by_admin",
            by=viewer.name,
            person=account.name,
            space=space.name,
            reason=" ".join(reason.split()),
            link=f"{settings.base_url}/{space.slug}/members",
        )
    _tell(session, settings, viewer, space, account, ["coordinator"], None)
