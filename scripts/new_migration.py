"""Write the next migration from the difference between the models and the migrations so far.

    .venv/bin/python scripts/new_migration.py "Let a page have two owners"

Read what it wrote before you commit it: alembic sees tables, columns and indexes, but no meaning, no data, and not
the search index. `--again` replaces the newest migration, for one that no release has carried yet.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from alembic import command

from wiki import migrate
from wiki.db import Database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("message", help="what it is for, as a sentence in the imperative mood")
    parser.add_argument("--again", action="store_true", help="replace the newest migration")
    options = parser.parse_args()
    number = len(list(migrate.VERSIONS.glob("[0-9]*.py")))
    if options.again:
        newest_file(number).unlink()
        number -= 1
    write(options.message, f"{number + 1:04d}")


def newest_file(number: int) -> Path:
    return next(migrate.VERSIONS.glob(f"{number:04d}_*.py"))


def write(message: str, number: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/wiki.db")
        if number != "0001":
            migrate.upgrade(database)
        with migrate.alone(database) as connection:
            command.revision(migrate.alembic_config(connection), message, autogenerate=True, rev_id=number)
        database.close()
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", newest_file(int(number))], check=True)


if __name__ == "__main__":
    main()
