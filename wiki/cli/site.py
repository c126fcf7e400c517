"""What commands work with: settings, a migrated database, the catalogue; and how they fail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
from sqlalchemy.exc import SQLAlchemyError

from wiki import config, i18n, kinds, migrate
from wiki.access import Viewer
from wiki.config import Settings, with_secret
from wiki.db import Database
from wiki.errors import HoldfastError, Invalid, Unavailable
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, CatalogueError
from wiki.resources import resource_folder

#: The machine's operator, in the event log.
OPERATOR = Viewer(account_id=None, person_id=None, name="wiki command", admin=True)

P = ParamSpec("P")
R = TypeVar("R")


def command_settings(**overrides: Any) -> Settings:
    """Settings for a command; the site's language is the language it speaks."""
    settings = with_secret(config.load(**{key: value for key, value in overrides.items() if value is not None}))
    i18n.set_language(settings.language, settings.time_zone)
    return settings


def catalogue_of(settings: Settings) -> Catalogue:
    return kinds.load([resource_folder("page_templates"), settings.folder / "page_templates"])


@contextmanager
def open_database(settings: Settings) -> Iterator[Database]:
    """The database, which must have the tables of this program."""
    database = Database(settings.database_url)
    try:
        if not migrate.is_current(database):
            raise Unavailable(_("The database is not at this program's version. Run: wiki migrate"))
        yield database
    finally:
        database.close()


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

    return run
