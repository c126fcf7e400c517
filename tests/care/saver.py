"""Saves one page on and on and says each save once it is committed: what the kill test kills.

`python -m tests.care.saver INSTANCE` reads lines from standard input; for each it starts a child that saves. The child
writes its process number, then one line "<revision> <digest>" for each acknowledged save, into standard output.
"""

import os
import sys
from itertools import count

from sqlalchemy import select

from wiki import config, kinds
from wiki.cli.site import OPERATOR
from wiki.db import Database
from wiki.kinds import Catalogue, Content
from wiki.models import Page
from wiki.pages import actions
from wiki.resources import resource_folder

PARAGRAPH = "Who saved this wants it back, whatever happens to the machine. " * 60


def save_on_and_on(url: str, catalogue: Catalogue) -> None:
    database = Database(url)
    say(str(os.getpid()))
    for number in count():
        with database.transaction() as session:
            page = session.scalars(select(Page).where(Page.slug == "busy")).one()
            rows = [{"id": f"a{n}", "what": f"Step {n} of {number}"} for n in range(5)]
            content = Content("Busy", body=f"{os.getpid()} {number} {PARAGRAPH}", fields={"actions": rows})
            saved = actions.save_page(session, catalogue, OPERATOR, page, content, base=page.number).revision
            assert saved is not None
        say(f"{saved.number} {saved.digest}")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    settings = config.load({}, instance=sys.argv[1])
    catalogue = kinds.load([resource_folder("page_templates")])
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            save_on_and_on(settings.database_url, catalogue)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
