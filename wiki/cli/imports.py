"""`wiki import markdown`."""

from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from wiki import memory
from wiki.access import SpaceInfo, Viewer, space_for, space_for_operator
from wiki.attachments.store import Store
from wiki.cli.site import OPERATOR, command_settings, library_of, open_database, plainly
from wiki.db import Database
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.imports import markdown
from wiki.imports.sources import FolderSource
from wiki.people import queries


@click.group("import")
def import_group() -> None:
    """Bring in what was written elsewhere."""


@import_group.command("markdown")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--space", required=True, help="The space (its address) that the pages go into.")
@click.option("--as", "author", help="E-mail of the person whose pages they are; else the command itself.")
@click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write the whole report into this file."
)
@plainly
def import_markdown(folder: Path, space: str, author: str | None, report: Path | None) -> None:
    """Bring in the Markdown files of FOLDER as pages of a space. A second run updates what changed."""
    settings = command_settings()
    with open_database(settings) as database:
        viewer, where = _who_and_where(database, author, space)
        job = markdown.Import(
            library_of(settings).of(database),
            viewer,
            where,
            FolderSource(folder),
            Store(settings.folder / "files"),
            settings.max_attachment_mb << 20,
        )
        memory.settle()
        with Progress(console=Console(stderr=True)) as progress:
            task = progress.add_task(_("Pages"), total=None)
            done = markdown.run(database, job, lambda n, total: progress.update(task, completed=n, total=total))
    _show(done)
    if report is not None:
        report.write_text("".join(f"{line}\n" for line in lines(done)), "utf-8")
    if done.count("failed"):
        raise click.ClickException(_("%(count)s files could not be brought in; see above.", count=done.count("failed")))


def _who_and_where(database: Database, author: str | None, space: str) -> tuple[Viewer, SpaceInfo]:
    with database.read() as session:
        if author is None:
            return OPERATOR, space_for_operator(session, space)
        viewer = queries.viewer_for_email(session, author)
        if viewer is None:
            raise NotFound(_("There is no active account with the address %(email)s.", email=author))
        return viewer, space_for(session, viewer, space, "create")


def _show(done: markdown.Report) -> None:
    table = Table(box=None, show_header=False)
    for status, label in (
        ("created", _("created")),
        ("updated", _("updated")),
        ("unchanged", _("unchanged")),
        ("kept", _("kept as edited here")),
        ("failed", _("failed")),
    ):
        if done.count(status):
            table.add_row(str(done.count(status)), label)
    if done.files:
        table.add_row(str(done.files), _("files attached"))
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for line in lines(done):
        console.print(line)
    console.print(table)


def lines(done: markdown.Report) -> list[str]:
    """What was not understood, page by page."""
    return [f"{outcome.path}: {note}" for outcome in done.outcomes for note in outcome.notes]
