"""A folder of Markdown files brought in, as `wiki import markdown` does it."""

import tempfile
import time
from pathlib import Path

from tests.bench import texts, wikis
from wiki import memory
from wiki.access import space_for_operator
from wiki.attachments.store import Store
from wiki.cli.site import OPERATOR
from wiki.db import Database
from wiki.imports import markdown
from wiki.imports.sources import FolderSource
from wiki.serve import prepare
from wiki.spaces.actions import add_space

FILES = 1000


def pages_a_second() -> float:
    """Pages for each second of processor time."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        source.mkdir()
        for number in range(1, FILES + 1):
            (source / f"page-{number}.md").write_text(texts.as_markdown(number), "utf-8")
        settings = wikis.settings_of(Path(folder, "instance"))
        prepare(settings)
        database = Database(settings.database_url)
        with database.transaction() as session:
            add_space(session, OPERATOR, "Commons")
        with database.read() as session:
            where = space_for_operator(session, "commons")
        job = markdown.Import(
            wikis.catalogue_of(settings),
            OPERATOR,
            where,
            FolderSource(source),
            Store(settings.folder / "files"),
            1 << 20,
        )
        memory.settle()
        before = time.process_time()
        report = markdown.run(database, job)
        took = time.process_time() - before
        database.close()
    assert report.count("created") == FILES, [
        outcome.notes for outcome in report.outcomes if outcome.status == "failed"
    ]
    return FILES / took
