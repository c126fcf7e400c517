"""`wiki tick`: once, at once, what the server does by itself."""

import click

from wiki import worker
from wiki.chores import chores, makers
from wiki.cli.site import command_settings, library_of, open_database, plainly
from wiki.i18n import gettext as _
from wiki.i18n import ngettext


@click.command()
@plainly
def tick() -> None:
    """Do once what the server does in the background: read files, tell people what is new for them, send the mails that wait."""
    settings = command_settings()
    library = library_of(settings)
    with open_database(settings) as database:
        for chore in chores(database, settings, library):
            chore()
        sent = worker.deliver(database, settings, makers=makers(settings, library))
    click.echo(
        ngettext("%(count)s mail was sent.", "%(count)s mails were sent.", sent) if sent else _("No mail waits.")
    )
