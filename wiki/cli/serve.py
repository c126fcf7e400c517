"""`wiki serve`."""

import click
from rich.console import Console

from wiki import serve as server
from wiki.cli.demo import load_once
from wiki.cli.site import command_settings, plainly
from wiki.i18n import gettext as _


@click.command()
@click.option("--host", help="Address to listen on (setting host).")
@click.option("--port", type=int, help="Port to listen on (setting port).")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes to start (setting workers).")
@click.option("--demo", is_flag=True, help="Load the demo first if the wiki is empty, and take the next free port.")
@plainly
def serve(host: str | None, port: int | None, workers: int | None, demo: bool) -> None:
    """Serve the wiki. A new or older database is migrated first."""
    settings = command_settings(host=host, port=port, workers=workers)
    console = Console(highlight=False, soft_wrap=True)
    password = None
    if demo:
        settings = command_settings(host=host, port=server.free_port(settings.host, settings.port), workers=workers)
        server.prepare(settings)
        kept = server.kept_password(settings)
        password = kept if load_once(settings, kept, console) else None

    def say(address: str) -> None:
        console.print(_("Holdfast is at %(address)s (stop with Ctrl-C)", address=address))
        if password is not None:
            console.print(_("Sign in as ada@paper-coast.example with the password %(password)s", password=password))
            console.print(_("Others: ben, dan, eva, finn, gia, hal (administrator), ivy, each @paper-coast.example"))

    server.serve(settings, say)
