"""`wiki person add`, `wiki token`, `wiki space add`."""

import getpass
import sys

import click

from wiki import clock
from wiki.access import Viewer
from wiki.cli.site import OPERATOR, catalogue_of, command_settings, open_database, plainly
from wiki.errors import Invalid, NotFound, Problem
from wiki.handover.closing import actions as closing
from wiki.handover.loose_ends import unlimited
from wiki.i18n import gettext as _
from wiki.people import actions as people
from wiki.people import queries
from wiki.spaces import actions as spaces
from wiki.worker import deliver


@click.group()
def person() -> None:
    """People who can sign in."""


@person.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--admin", is_flag=True, help="May look after accounts, spaces and settings.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input (one line).")
@click.option("--invite", is_flag=True, help="Mail an invitation instead of setting a password.")
@plainly
def add_person(email: str, name: str, admin: bool, password_stdin: bool, invite: bool) -> None:
    """Add a person with an account. Without --password-stdin or --invite the password is asked for."""
    settings = command_settings()
    password = None if invite else _password(password_stdin)
    with open_database(settings) as database:
        with database.transaction() as session:
            account = people.add_person(
                session, catalogue_of(settings, session), OPERATOR, email, name, admin=admin, password=password
            )
            link = people.invite(session, settings, OPERATOR, account) if password is None else None
        if link:
            deliver(database, settings)
    click.echo(_("Added %(name)s <%(email)s>.", name=name, email=email))


def _password(from_stdin: bool) -> str | None:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        return None
    return getpass.getpass(_("Password: "))


@person.command("close")
@click.argument("email")
@click.option("--caretaker", help="E-mail of who looks after what the person still holds.")
@click.option("--seen", default="", help="The word that was printed with what they hold: you have looked at it.")
@plainly
def close_person(email: str, caretaker: str | None, seen: str) -> None:
    """Close an account at once. What its person holds is printed first; with --seen and --caretaker it is closed."""
    settings = command_settings()
    today = clock.today(settings.time_zone)
    with open_database(settings) as database, database.transaction() as session:
        catalogue = catalogue_of(settings, session)
        account = queries.account_by_email(session, email)
        if account is None or not account.active:
            raise NotFound(_("There is no active account with the address %(email)s.", email=email))
        person_page = closing.person_of(session, account)
        ends = unlimited(session, catalogue, person_page.id if person_page else None, today)
        if ends and seen != ends.seal:
            for one in ends.things:
                click.echo(f"{one.href}  {_(one.says)}: {one.text}", err=True)
            raise Invalid(
                [Problem("seen", _("They hold this. Say: --seen %(seal)s --caretaker E-MAIL", seal=ends.seal))]
            )
        chosen = queries.account_by_email(session, caretaker) if caretaker else None
        person_id = chosen.person_id if chosen is not None else None
        note = closing.close(session, catalogue, OPERATOR, account, today, seen=seen, caretaker=person_id)
        name, number = account.name, note.id if note is not None else None
    click.echo(_("The account of %(name)s is closed; every login and token of it has ended.", name=name))
    if number is not None:
        click.echo(_("A handover of what they hold has begun: /p/%(number)s", number=number))


@click.command()
@click.argument("email")
@click.option("--name", default="wiki token", show_default=True, help="What the token is for.")
@plainly
def token(email: str, name: str) -> None:
    """Make an API token for a person and print it, nothing else."""
    settings = command_settings()
    with open_database(settings) as database, database.transaction() as session:
        account = queries.account_by_email(session, email)
        if account is None or not account.active:
            raise NotFound(_("There is no active account with the address %(email)s.", email=email))
        secret = people.make_token(session, account, name)
    click.echo(secret)


@click.group()
def space() -> None:
    """Spaces: areas of the wiki with their own members."""


@space.command("add")
@click.argument("name")
@click.option("--slug", help="Its address; made from the name if not given.")
@click.option(
    "--default-role",
    type=click.Choice(["none", "reader", "member"]),
    default="member",
    show_default=True,
    help="What every signed-in person is there without being asked.",
)
@click.option("--coordinator", help="E-mail of its first coordinator (needed for a closed space to have one).")
@plainly
def add_space(name: str, slug: str | None, default_role: str, coordinator: str | None) -> None:
    """Add a space and print its address."""
    settings = command_settings()
    with open_database(settings) as database, database.transaction() as session:
        viewer: Viewer | None = OPERATOR
        if coordinator:
            viewer = queries.viewer_for_email(session, coordinator)
            if viewer is None:
                raise NotFound(_("There is no active account with the address %(email)s.", email=coordinator))
        made = spaces.add_space(
            session, viewer or OPERATOR, name, slug=slug, default_role=default_role, language=settings.language
        )
    click.echo(made.slug)
