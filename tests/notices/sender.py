"""A process whose children deliver mails until they are killed: `python -m tests.notices.sender INSTANCE-FOLDER SMTP-URL`.

A line on its standard input is a number of seconds: a child whose clock is ahead by so much, as if that time had gone by
since the last one died, so that what died with it may be taken up again. Its number is written, then "ended" when it is no more.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

from tests import network
from wiki import clock, config
from wiki.chores import makers
from wiki.config import Settings
from wiki.db import Database
from wiki.packs.library import Library
from wiki.resources import resource_folder
from wiki.worker import Maker, deliver


def deliver_all(settings: Settings, known: dict[str, Maker], ahead: timedelta) -> None:
    clock._now = lambda: datetime.now(UTC) + ahead
    database = Database(settings.database_url)
    while deliver(database, settings, makers=known):
        pass


def main(folder: str, url: str) -> None:
    network.refuse()
    settings = config.load({}, instance=folder, database_url=f"sqlite:///{folder}/wiki.db", smtp_url=url)
    known = dict(makers(settings, Library([resource_folder("page_templates")])))
    for line in sys.stdin:
        ahead = timedelta(seconds=float(line))
        child = os.fork()
        if not child:
            deliver_all(settings, known, ahead)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("ended", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
