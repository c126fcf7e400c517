"""`wiki migrate`, `check`, `reindex`, `backup`, `restore`: the care of what is stored."""

from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.orm import Session

from wiki import config, migrate
from wiki.care import backups, checks, indexes
from wiki.cli.site import catalogue_of, command_settings, library_of, open_database, plainly, watched
from wiki.config import Settings
from wiki.db import Database
from wiki.i18n import format_number, ngettext
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError
from wiki.packs.keeping import keep_in


@click.command("migrate")
@plainly
def migrate_command() -> None:
    """Bring the database to the tables of this program, or say why that cannot be."""
    settings = command_settings()
    config.make_folder(settings)
    with closing(Database(settings.database_url)) as database:
        before = migrate.current(database)
        migrate.upgrade(database)
        after = migrate.current(database)
        keep_in(database, library_of(settings))
    if before == after:
        click.echo(_("The database is at version %(version)s already.", version=after))
    else:
        click.echo(_("The database is now at version %(version)s.", version=after))


@click.command()
@plainly
def check() -> None:
    """Check settings, page templates, the seals of all revisions and events, files and derived tables."""
    settings = command_settings()
    with open_database(settings) as database, database.read() as session:
        catalogue, problems = _checked_catalogue(settings, session)
        for problem in checks.run(session, settings, catalogue):
            problems += 1
            click.echo(problem, err=True)
    if problems:
        raise click.ClickException(
            ngettext("%(count)s thing is not as it should be.", "%(count)s things are not as they should be.", problems)
        )
    click.echo(_("Revisions, events, files and index: as they should be."))


def _checked_catalogue(settings: Settings, session: Session) -> tuple[Catalogue | None, int]:
    """The page templates, None if they are wrong, and how many mistakes they have."""
    try:
        catalogue = catalogue_of(settings, session)
    except CatalogueError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        return None, len(error.problems)
    click.echo(_("Page templates: %(count)s, no mistake.", count=len(catalogue)))
    return catalogue, 0


@click.command()
@plainly
def reindex() -> None:
    """Make values, rows, links and the search index anew from the revisions. Nobody needs this but for repair."""
    settings = command_settings()
    with open_database(settings) as database, watched(_("Pages")) as progress:
        task = progress.add_task("", total=None)
        count = indexes.rebuild(
            database,
            library_of(settings).of(database),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
    click.echo(ngettext("Made the index of %(count)s page anew.", "Made the index of %(count)s pages anew.", count))


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@plainly
def backup(file: Path) -> None:
    """Write database and attachments, as they are at this moment, into one FILE. The wiki may go on serving."""
    settings = command_settings()
    with open_database(settings) as database:
        report = backups.write(database, settings, file)
    _say_what_is_missing(report)
    click.echo(_("Wrote %(file)s. Rows: %(rows)s, attachments: %(files)s.", file=file, **_counts(report)))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@plainly
def restore(file: Path) -> None:
    """Put the content of a backup FILE into an empty database and instance folder."""
    settings = command_settings()
    config.make_folder(settings)
    with closing(Database(settings.database_url)) as database, watched(_("Pages made findable")) as progress:
        task = progress.add_task("", total=None)
        report = backups.read(
            database, settings, file, lambda done, total: progress.update(task, completed=done, total=total)
        )
    _say_what_is_missing(report)
    click.echo(_("Restored %(file)s. Rows: %(rows)s, attachments: %(files)s.", file=file, **_counts(report)))


def _counts(report: backups.Report) -> dict[str, str]:
    return {"rows": format_number(report.rows), "files": format_number(report.files)}


def _say_what_is_missing(report: backups.Report) -> None:
    for digest in report.missing:
        click.echo(
            _(
                "The content of an attachment is not in the backup, because the store had lost it: %(digest)s. "
                "`wiki check` says which page it is on.",
                digest=digest,
            ),
            err=True,
        )
