"""`wiki demo load` and `wiki demo remove`: Paper Coast."""

import secrets

import click
from rich.console import Console

from wiki import clock
from wiki.cli.site import OPERATOR, catalogue_of, command_settings, open_database, plainly
from wiki.config import Settings
from wiki.demo.load import is_loaded, load_demo, remove_demo
from wiki.i18n import gettext as _


@click.group()
def demo() -> None:
    """The demo, Paper Coast: a partnership of five invented organisations, two years in."""


@demo.command("load")
@click.option("--password", help="The password of all the demo's people. Without it one is made and printed once.")
@plainly
def load(password: str | None) -> None:
    """Load the demo into the space paper-coast."""
    settings = command_settings()
    shown = password or secrets.token_urlsafe(12)
    with open_database(settings) as database, database.transaction() as session:
        report = load_demo(session, catalogue_of(settings), clock.today(settings.time_zone), shown)
    click.echo(_("Loaded %(count)s pages into the space paper-coast.", count=report.pages))
    click.echo(_("Sign in as ada@paper-coast.example (or ben, dan, eva, finn, gia, hal, ivy)."))
    if password is None:
        click.echo(_("Password, shown once: %(password)s", password=shown))


@demo.command("remove")
@click.confirmation_option(prompt="Remove the space paper-coast with all its pages, people and history?")
@plainly
def remove(*_arguments: object) -> None:
    """Remove the demo: its space, pages, accounts and history."""
    settings = command_settings()
    with open_database(settings) as database, database.transaction() as session:
        count = remove_demo(session, OPERATOR)
    click.echo(_("Removed the demo with %(count)s pages.", count=count))


def load_once(settings: Settings, password: str, console: Console) -> None:
    """Load the demo unless it is there."""
    with open_database(settings) as database:
        with database.read() as session:
            if is_loaded(session):
                return
        with console.status(_("Loading the demo, Paper Coast …")), database.transaction() as session:
            load_demo(session, catalogue_of(settings), clock.today(settings.time_zone), password)
