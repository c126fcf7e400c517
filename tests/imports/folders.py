"""Folders and zips of Markdown for the tests, and bringing them in."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.world import World
from wiki.access import space_for
from wiki.attachments.store import Store
from wiki.imports import markdown
from wiki.imports.markdown import Outcome, Report
from wiki.imports.sources import FolderSource, Source, ZipSource


def folder(where: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = where / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return where


def zipped(files: Mapping[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def bring_in(world: World, source: Source | Path | bytes, who: str = "ada", space: str = "paper-coast") -> Report:
    if isinstance(source, Path):
        source = FolderSource(source)
    elif isinstance(source, bytes):
        source = ZipSource(io.BytesIO(source), 200 << 20)
    viewer = world.viewer(who)
    with world.reading() as session:
        where = space_for(session, viewer, space, "create")
    store = Store(world.settings.folder / "files")
    job = markdown.Import(world.catalogue, viewer, where, source, store, world.settings.max_attachment_mb << 20)
    return markdown.run(world.database, job)


def statuses(report: Report) -> dict[str, str]:
    return {outcome.path: outcome.status for outcome in report.outcomes}


def outcome(report: Report, path: str) -> Outcome:
    return next(one for one in report.outcomes if one.path == path)
