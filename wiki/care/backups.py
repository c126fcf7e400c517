"""Backups: the whole wiki, as it is at one moment, in one file; and back, into an empty place."""

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from wiki import __version__, migrate
from wiki.attachments.store import CHUNK, Store
from wiki.care import indexes, sealed, tables
from wiki.care.sealed import Manifest, Reader, Writer
from wiki.care.staging import FILES, TEMPLATES, Staging, is_template
from wiki.config import Settings
from wiki.db import Database
from wiki.errors import Unavailable
from wiki.i18n import gettext as _
from wiki.models import Blob
from wiki.packs.library import Library
from wiki.resources import resource_folder


@dataclass(frozen=True)
class Report:
    """How many rows and attachments; `missing`: digests of attachments that the store has lost."""

    rows: int
    files: int
    missing: list[str] = field(default_factory=list)


def write(database: Database, settings: Settings, file: Path) -> Report:
    """Write the backup while the wiki serves. A file of that name is replaced when the new one is whole.

    Holds all tables but the derived ones, the attachments, and the installation's own page templates; neither settings
    nor the secret key. Raises OSError when the file cannot be written.
    """
    manifest = Manifest(program=__version__, schema=migrate.current(database) or "")
    with sealed.writing(file, manifest) as writer:
        with tables.snapshot(database) as connection:
            rows = tables.write(connection, writer)
            digests = list(connection.execute(select(Blob.digest).order_by(Blob.digest)).scalars())
        store = Store(settings.folder / FILES)
        for digest in digests:
            _write_file(writer, store, digest)
        for place in _own_templates(settings.folder):
            name = place.relative_to(settings.folder).as_posix()
            writer.add(name, _pieces(place))
    return Report(rows, len(digests) - len(manifest.missing), manifest.missing)


def _write_file(writer: Writer, store: Store, digest: str) -> None:
    if store.is_sound(digest):
        writer.add(f"{FILES}/{digest}", _pieces(store.path(digest)), pressed=False)
    else:
        writer.manifest.missing.append(digest)


def _pieces(place: Path) -> Iterator[bytes]:
    with place.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def _own_templates(instance: Path) -> list[Path]:
    folder = instance / TEMPLATES
    found = [*folder.glob("*.toml"), *folder.glob("*.md"), *folder.glob("rows/*.toml")]
    return sorted(place for place in found if place.is_file() and is_template(place.relative_to(instance).as_posix()))


def read(
    database: Database, settings: Settings, file: Path, progress: Callable[[int, int], None] = indexes.nobody
) -> Report:
    """Put the backup into an empty database of either kind, migrated or bare, and into the instance folder.

    All or nothing. Raises Invalid for a file that is none or is damaged, Unavailable for a backup of a newer program or
    a database that holds something, CatalogueError when the page templates cannot be used, OSError.
    """
    with sealed.reading(file) as backup, Staging(settings.folder) as staging:
        _refuse_newer(backup.manifest)
        with migrate.alone(database) as connection:
            _make_tables(connection, backup.manifest.schema)
            files = _take(backup, staging)
            rows = tables.load(connection, backup)
            migrate.upgrade_on(connection)
            folders = (resource_folder(TEMPLATES), settings.folder / TEMPLATES, staging.templates)
            with Session(connection, expire_on_commit=False) as session:
                indexes.rebuild_all(session, Library(folders).catalogue(session), progress)
                session.flush()
                staging.move()
    return Report(rows, files, backup.manifest.missing)


def _refuse_newer(manifest: Manifest) -> None:
    if not migrate.knows(manifest.schema):
        raise Unavailable(
            _(
                "The backup was made by Holdfast %(program)s, whose tables (version %(schema)s) this program does not know. "
                "Restore it with that program or a newer one.",
                program=manifest.program,
                schema=manifest.schema,
            )
        )


def _make_tables(connection: Connection, schema: str) -> None:
    """Empty tables as the backup's program had them."""
    if migrate.version_of(connection) is not None:
        migrate.upgrade_on(connection)
        if not tables.is_empty(connection):
            raise Unavailable(
                _(
                    "There is something in this database already. A backup goes into an empty one: "
                    "choose another with HOLDFAST_DATABASE_URL or another folder with HOLDFAST_INSTANCE."
                )
            )
        if schema != migrate.newest():
            migrate.drop_everything(connection)
    migrate.upgrade_on(connection, schema)


def _take(backup: Reader, staging: Staging) -> int:
    try:
        return staging.take(backup)
    except (zipfile.BadZipFile, EOFError) as error:
        raise sealed.refused(_("The backup is damaged: %(error)s", error=error)) from error
