"""What can be done to an account. Browser, command line and demo all come through here."""

import secrets
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from wiki import clock, eventlog, mail_texts, outbox
from wiki.access import Viewer
from wiki.config import Settings
from wiki.errors import Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Account, Page, Token
from wiki.people import attempts, directory, logins, passwords, queries, tickets
from wiki.text import tidy

NAME_LENGTH = 200
TOKEN_NAME_LENGTH = 100
TOKEN_PREFIX = "hf_"


def add_person(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    email: str,
    name: str,
    *,
    admin: bool = False,
    password: str | None = None,
    language: str | None = None,
    person: Page | None = None,
) -> Account:
    """A new account, and the page that stands for its person in the directory (or `person`, if that page exists).

    Raises Invalid, with every problem at once, for an address, name or password that cannot be used.
    """
    email, name = queries.normal_email(email), tidy(name)
    problems = [*_address_problems(session, email), *_name_problems(name)]
    if password is not None:
        problems += _password_problems(password, name, email)
    if problems:
        raise Invalid(problems)
    account = Account(
        email=email,
        name=name,
        is_admin=admin,
        active=True,
        language=language,
        password_hash=passwords.hashed(password) if password is not None else None,
        person_id=person.id if person is not None else None,
        created_at=clock.now(),
    )
    session.add(account)
    session.flush()
    if person is None and directory.PERSON in catalogue:
        directory.make_person_page(session, catalogue, viewer, account)
    eventlog.record(session, viewer, "account.added", account=account.id, name=name, admin=admin)
    return account


def first_administrator(session: Session, catalogue: Catalogue, email: str, name: str, password: str) -> Account:
    """The account that sets the site up. Raises NotFound when there is any account already."""
    queries.one_at_a_time(session)
    if queries.anybody(session):
        raise NotFound(_("There is no such page, or you may not see it."))
    nobody = Viewer(account_id=None, person_id=None, name="")
    return add_person(session, catalogue, nobody, email, name, admin=True, password=password)


def _address_problems(session: Session, email: str) -> list[Problem]:
    if not outbox.is_address(email):
        return [Problem("email", _("This is not an e-mail address. It looks like name@example.org."))]
    if queries.account_by_email(session, email) is not None:
        return [Problem("email", _("There is an account with this e-mail address already."))]
    return []


def _name_problems(name: str) -> list[Problem]:
    if not name:
        return [Problem("name", _("A name is needed: the one that others know."))]
    if len(name) > NAME_LENGTH:
        return [Problem("name", _("A name has at most %(count)s characters.", count=NAME_LENGTH))]
    return []


def _password_problems(password: str, name: str, email: str) -> list[Problem]:
    try:
        passwords.check(password, (name, email))
    except Invalid as refused:
        return refused.problems
    return []


def invite(session: Session, settings: Settings, viewer: Viewer, account: Account) -> str:
    """Mail somebody a link on which they choose a password; returns the link. Links sent before are void."""
    secret, until = tickets.make(session, account, tickets.INVITATION)
    link = f"{settings.base_url}/invitation/{secret}"
    mail_texts.mail(session, settings, account, "invitation", inviter=viewer.name, link=link, until=until)
    eventlog.record(session, viewer, "account.invited", account=account.id, name=account.name)
    return link


def ask_for_reset(session: Session, settings: Settings, email: str) -> None:
    """Mail a link for a new password, if there is such an account; nobody learns whether there is."""
    account = queries.account_by_email(session, email)
    if account is None or not account.active:
        link = f"{settings.base_url}/reset/{secrets.token_urlsafe(32)}"
        mail_texts.write(settings, "reset", None, name="", link=link, until=clock.now())  # as much work as for somebody
        return
    secret, until = tickets.make(session, account, tickets.RESET)
    mail_texts.mail(session, settings, account, "reset", link=f"{settings.base_url}/reset/{secret}", until=until)


def redeem(session: Session, settings: Settings, secret: str, purpose: str, password: str) -> Account:
    """Choose a password with a mailed link. Raises Gone; or Invalid, and then the link still works."""
    account = tickets.account_for(session, secret, purpose)
    passwords.check(password, (account.name, account.email))
    tickets.use(session, secret, purpose)
    set_password(session, settings, queries.viewer_of(session, account), account, password)
    return account


def set_password(
    session: Session,
    settings: Settings,
    viewer: Viewer,
    account: Account,
    password: str,
    *,
    keep_login: str | None = None,
    field: str = "password",
) -> None:
    """Replace the password: every other login ends, every mailed link is void, and its owner gets a mail.

    `keep_login` is the secret of the login that stays. Raises Invalid for a password that is easily guessed.
    """
    passwords.check(password, (account.name, account.email), field)
    is_first = account.password_hash is None
    account.password_hash = passwords.hashed(password)
    logins.end_all(session, account.id, but=keep_login)
    tickets.void(session, account.id)
    attempts.forget(session, attempts.SIGN_IN_ACCOUNT, account.email)
    if not is_first:
        tokens = len(open_tokens(session, account.id))
        mail_texts.mail(session, settings, account, "password_changed", when=clock.now(), tokens=tokens)
    eventlog.record(session, viewer, "account.password", account=account.id)


def change_own_password(
    session: Session, settings: Settings, viewer: Viewer, account: Account, current: str, new: str, keep_login: str
) -> None:
    """Replace one's own password, knowing the present one; this browser stays signed in.

    Raises Invalid, and TooMany when the present one was wrong too often.
    """
    attempts.take(session, attempts.SIGN_IN_ACCOUNT, account.email)
    if not passwords.fits(account.password_hash, current):
        raise Invalid([Problem("current", _("That is not your present password."))])
    set_password(session, settings, viewer, account, new, keep_login=keep_login)


def describe(
    session: Session, catalogue: Catalogue, viewer: Viewer, account: Account, name: str, language: str | None
) -> None:
    """Change name and language of an account; the person's page follows the name. Raises Invalid."""
    name = tidy(name)
    problems = _name_problems(name)
    if problems:
        raise Invalid(problems)
    changed: dict[str, Any] = {}
    if name != account.name:
        account.name = changed["name"] = name
        directory.rename_person_page(session, catalogue, viewer, account)
    if language != account.language:
        account.language = changed["language"] = language
    if changed:
        session.flush()
        eventlog.record(session, viewer, "account.changed", account=account.id, **changed)


def set_email(session: Session, viewer: Viewer, account: Account, email: str) -> None:
    """Give an account another address to sign in with; mailed links on their way to the old one are void. Raises Invalid."""
    email = queries.normal_email(email)
    if email == account.email:
        return
    problems = _address_problems(session, email)
    if problems:
        raise Invalid(problems)
    account.email = email
    tickets.void(session, account.id)
    session.flush()
    eventlog.record(session, viewer, "account.email", account=account.id, name=account.name)


def make_token(session: Session, account: Account, name: str) -> str:
    """A new API token; this is the only time that it can be read. Raises Invalid when the name is missing or too long."""
    name = tidy(name)
    if not name or len(name) > TOKEN_NAME_LENGTH:
        message = _(
            "Give the token a name of at most %(count)s characters, so that you know it later.", count=TOKEN_NAME_LENGTH
        )
        raise Invalid([Problem("token_name", message)])
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = Token(account_id=account.id, name=name, digest=queries.digest(secret), created_at=clock.now())
    session.add(token)
    session.flush()
    eventlog.record(session, queries.viewer_of(session, account), "token.made", account=account.id, name=name)
    return secret


def end_token(session: Session, viewer: Viewer, token_id: int) -> bool:
    """End one of the viewer's own tokens; whether there was such a one."""
    name = session.scalars(
        update(Token)
        .where(Token.id == token_id, Token.account_id == viewer.account_id, Token.ended_at.is_(None))
        .values(ended_at=clock.now())
        .returning(Token.name)
    ).one_or_none()
    if name is None:
        return False
    eventlog.record(session, viewer, "token.ended", account=viewer.account_id, name=name)
    return True


def open_tokens(session: Session, account_id: int) -> list[Token]:
    """The tokens of an account that still work, newest first."""
    found = select(Token).where(Token.account_id == account_id, Token.ended_at.is_(None))
    return list(session.scalars(found.order_by(Token.created_at.desc(), Token.id.desc())))


def close_account(session: Session, viewer: Viewer, account: Account) -> None:
    """Shut an account: its logins, tokens and mailed links end at once; what the person wrote stays.

    Raises Invalid for the last administrator.
    """
    _keep_an_administrator(session, account)
    account.active = False
    logins.end_all(session, account.id)
    tickets.void(session, account.id)
    session.execute(
        update(Token).where(Token.account_id == account.id, Token.ended_at.is_(None)).values(ended_at=clock.now())
    )
    eventlog.record(session, viewer, "account.closed", account=account.id, name=account.name)


def reopen_account(session: Session, viewer: Viewer, account: Account) -> None:
    """Let somebody in again; logins and tokens that were ended stay ended."""
    account.active = True
    eventlog.record(session, viewer, "account.reopened", account=account.id, name=account.name)


def set_admin(session: Session, settings: Settings, viewer: Viewer, account: Account, admin: bool) -> None:
    """Make somebody an administrator, or no longer one; they get a mail. Raises Invalid for the last one."""
    if account.is_admin == admin:
        return
    if not admin:
        _keep_an_administrator(session, account)
    account.is_admin = admin
    verb = "admin.granted" if admin else "admin.withdrawn"
    mail_texts.mail(session, settings, account, "admin_changed", admin=admin, by=viewer.name)
    eventlog.record(session, viewer, verb, account=account.id, name=account.name)


def _keep_an_administrator(session: Session, account: Account) -> None:
    queries.one_at_a_time(session)
    others = select(func.count()).where(Account.is_admin, Account.active, Account.id != account.id)
    if account.is_admin and account.active and not session.execute(others).scalar():
        raise Invalid([Problem("", _("This is the last administrator. Make somebody else one first."))])
