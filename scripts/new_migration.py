"""Write the next migration from the difference between the models and the migrations so far.

    .venv/bin/python scripts/new_migration.py "Let a page have two owners"

Read what it wrote before you commit it: alembic sees tables, columns and indexes, but no meaning, no data, and not
the search index. `--first` writes the first one anew instead, which is right only until a release has carried it.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from wiki import migrate
from wiki.db import Database

FIRST = "Make the first tables"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", nargs="?", default=FIRST, help="what it is for, in the imperative mood")
    parser.add_argument("--first", action="store_true", help="write the first migration anew")
    options = parser.parse_args()
    number = 1 if options.first else 1 + len(list(migrate.VERSIONS.glob("[0-9]*.py")))
    with tempfile.TemporaryDirectory() as folder:
        written = write(Path(folder), options.message, number)
        shutil.copyfile(written, migrate.VERSIONS / written.name)
    subprocess.run([sys.executable, "-m", "ruff", "format", migrate.VERSIONS / written.name], check=True)


def write(folder: Path, message: str, number: int) -> Path:
    """Make the migration in a copy of the folder of migrations that holds only the ones before it."""
    migrations = folder / "migrations"
    shutil.copytree(migrate.MIGRATIONS, migrations)
    for file in (migrations / "versions").glob("[0-9]*.py"):
        if int(file.name[:4]) >= number:
            file.unlink()
    database = Database(f"sqlite:///{folder}/wiki.db")
    with migrate.alone(database) as connection:
        config = migrate.alembic_config(connection, migrations)
        if number > 1:
            command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    database.close()
    return next((migrations / "versions").glob(f"{number:04d}_*.py"))


if __name__ == "__main__":
    main()
