"""What commands work with: settings, a migrated database, the catalogue; and how they fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wiki import config, i18n, migrate
from wiki.access import Viewer
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import HoldfastError, Invalid, Unavailable
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError
from wiki.packs.library import Library
from wiki.resources import resource_folder

#: The machine's operator, in the event log.
OPERATOR = Viewer(account_id=None, person_id=None, name="wiki command", admin=True)

P = ParamSpec("P")
R = TypeVar("R")


def command_settings(**overrides: Any) -> Settings:
    """Settings for a command; the site's language is the language it speaks. Makes no file and no folder."""
    settings = config.load(**{key: value for key, value in overrides.items() if value is not None})
    i18n.set_language(settings.language, settings.time_zone)
    return settings


def library_of(settings: Settings) -> Library:
    return Library([resource_folder("page_templates"), settings.folder / "page_templates"])


def catalogue_of(settings: Settings, session: Session | None = None) -> Catalogue:
    """The page templates as they are now; those of the files alone without a database."""
    library = library_of(settings)
    return library.catalogue(session) if session is not None else library.shipped


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database, which must be there and have the tables of this program. Raises Unavailable."""
    database = Database(settings.database_url)
    try:
        _must_be_there(database)
        migrate.require_current(database)
        yield database
    finally:
        database.close()


def _must_be_there(database: Database) -> None:
    """SQLite would make an empty database in whatever folder a command is run by mistake."""
    place = Path(database.url.database or ":memory:")
    if database.is_sqlite and str(place) != ":memory:" and not place.is_file():
        raise Unavailable(
            _(
                "There is no wiki here: %(place)s does not exist. Run the command in the wiki's folder, or say with "
                "HOLDFAST_INSTANCE or HOLDFAST_DATABASE_URL where it is. For a new wiki: wiki migrate",
                place=place,
            )
        )


def watched(what: str) -> Progress:
    """A bar on the terminal's error side, so that it is in nobody's way."""
    return Progress(TextColumn(what), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True)


def plainly(function: Callable[P, R]) -> Callable[P, R]:
    """Errors of the product as one clear line and exit code 1, no traceback."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except Invalid as error:
            raise click.ClickException("\n".join(problem.message for problem in error.problems)) from error
        except (HoldfastError, CatalogueError) as error:
            raise click.ClickException(str(error)) from error
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise click.ClickException(_("The database says: %(error)s", error=str(cause).splitlines()[0])) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            said = f"{error.filename}: {error.strerror}" if error.filename else str(error)
            raise click.ClickException(said) from error

    return run
