"""`wiki demo load` and `wiki demo remove`: Paper Coast."""

import secrets

import click
from rich.console import Console
from sqlalchemy.orm import Session

from wiki import clock
from wiki.attachments.store import Store
from wiki.cli.site import OPERATOR, catalogue_of, command_settings, open_database, plainly
from wiki.config import Settings
from wiki.demo import people
from wiki.demo.load import Loaded, is_loaded, load_demo
from wiki.demo.remove import remove_demo
from wiki.errors import Invalid
from wiki.i18n import gettext as _
from wiki.people import passwords, queries


@click.group()
def demo() -> None:
    """The demo, Paper Coast: a partnership of five invented organisations, two years in."""


@demo.command("load")
@click.option("--password", help="The password of all the demo's people. Without it one is made and printed once.")
@plainly
def load(password: str | None) -> None:
    """Load the demo into the space paper-coast."""
    settings = command_settings()
    shown = secrets.token_urlsafe(12) if password is None else password
    with open_database(settings) as database, database.transaction() as session:
        report = _load(session, settings, shown)
    click.echo(_("Loaded %(count)s pages into the space paper-coast.", count=report.pages))
    click.echo(_("Sign in as ada@paper-coast.example (or ben, dan, eva, finn, gia, hal, ivy)."))
    if password is None:
        click.echo(_("Password, shown once: %(password)s", password=shown))
    elif _is_weak(shown):
        click.echo(
            _("Others guess this password easily, and Hal is an administrator: let nobody reach this wiki."), err=True
        )


def _load(session: Session, settings: Settings, password: str) -> Loaded:
    today = clock.today(settings.time_zone)
    store = Store(settings.folder / "files")
    return load_demo(session, catalogue_of(settings, session), store, today, password, settings.time_zone)


def _is_weak(password: str) -> bool:
    try:
        passwords.check(password)
    except Invalid:
        return True
    return False


@demo.command("remove")
@click.confirmation_option(prompt="Remove the space paper-coast with all its pages, people and history?")
@plainly
def remove(*_arguments: object) -> None:
    """Remove the demo: its space, pages, accounts and history."""
    settings = command_settings()
    with open_database(settings) as database, database.transaction() as session:
        count = remove_demo(session, catalogue_of(settings, session), OPERATOR)
    click.echo(_("Removed the demo with %(count)s pages.", count=count))


def _lets_in(session: Session, password: str) -> bool:
    ada = queries.account_by_email(session, people.email("Ada"))
    return ada is not None and passwords.fits(ada.password_hash, password)


def load_once(settings: Settings, password: str, console: Console) -> bool:
    """Load the demo if the wiki is empty; whether its people sign in with the password."""
    with open_database(settings) as database:
        with database.read() as session:
            if queries.anybody(session):
                return is_loaded(session) and _lets_in(session, password)
        with console.status(_("Loading the demo, Paper Coast …")), database.transaction() as session:
            _load(session, settings, password)
    return True
