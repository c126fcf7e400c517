"""Write the next migration from the difference between the models and the migrations so far.

    .venv/bin/python scripts/new_migration.py "Let a page have two owners"

Read what it wrote before you commit it: alembic sees tables, columns and indexes, but no meaning, no data, and not
the search index; and it writes for SQLite, so a literal default must be put as `sa.false()` and not as `sa.text("0")`.
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", help="what it is for, in the imperative mood")
    options = parser.parse_args()
    number = 1 + len(list(migrate.VERSIONS.glob("[0-9]*.py")))
    with tempfile.TemporaryDirectory() as folder:
        written = write(Path(folder), options.message, number)
        shutil.copyfile(written, migrate.VERSIONS / written.name)
    subprocess.run([sys.executable, "-m", "ruff", "format", migrate.VERSIONS / written.name], check=True)


def write(folder: Path, message: str, number: int) -> Path:
    """Make the migration in a copy of the folder of migrations, so that a failure leaves nothing there."""
    migrations = folder / "migrations"
    shutil.copytree(migrate.MIGRATIONS, migrations)
    database = Database(f"sqlite:///{folder}/wiki.db")
    with migrate.alone(database) as connection:
        config = migrate.alembic_config(connection, migrations)
        command.upgrade(config, "head")
        command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
    database.close()
    return next((migrations / "versions").glob(f"{number:04d}_*.py"))


if __name__ == "__main__":
    main()
