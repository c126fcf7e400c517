"""Who signs in to the demo: accounts for its people's pages, and their roles in its space."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.errors import Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Account, Page, Space
from wiki.people import passwords
from wiki.people.actions import add_person
from wiki.spaces.actions import set_member

DOMAIN = "paper-coast.example"


@dataclass(frozen=True)
class Part:
    """What somebody is in the demo's space, and the organisation that they act for there."""

    org: str
    roles: tuple[str, ...]
    admin: bool = False


#: By the id of the person's page. Cleo (U3) has left and has no account.
PARTS: Mapping[str, Part] = {
    "U1": Part("O1", ("member",)),
    "U2": Part("O1", ("member",)),
    "U4": Part("O2", ("member", "rep")),
    "U5": Part("O2", ("member", "steward")),
    "U6": Part("O3", ("member", "rep")),
    "U7": Part("O4", ("member", "rep")),
    "U8": Part("O5", ("coordinator", "rep"), admin=True),
    "U9": Part("O1", ("member", "rep")),
}


def email(name: str) -> str:
    """ada@paper-coast.example for Ada Verdana."""
    return f"{name.split()[0].lower()}@{DOMAIN}"


def taken(session: Session, names: list[str]) -> list[Problem]:
    """A problem for each of the demo's people whose address belongs to somebody already."""
    addresses = [email(name) for name in names]
    found = session.scalars(select(Account.email).where(Account.email.in_(addresses)).order_by(Account.email))
    return [
        Problem("email", _("There is an account with the address %(email)s already.", email=address))
        for address in found
    ]


def add_accounts(
    session: Session, catalogue: Catalogue, viewer: Viewer, space: Space, pages: Mapping[str, Page], password: str
) -> list[Account]:
    """The accounts of the demo's people, all with the same password, as members of the space since their pages were begun."""
    password_hash = passwords.hashed(password)
    accounts = []
    for name, part in PARTS.items():
        person = pages[name]
        account = add_person(
            session, catalogue, viewer, email(person.title), person.title, admin=part.admin, person=person
        )
        account.password_hash = password_hash
        for role in part.roles:
            set_member(session, viewer, space, account, role, pages[part.org].id, time=person.created_at)
        accounts.append(account)
    return accounts
