"""`wiki person close`: an account is closed from the command line, after what its person holds was printed."""

import re

from sqlalchemy import select

from tests.cli.conftest import done, refused
from tests.world import FOUNDER
from wiki.cli.site import catalogue_of
from wiki.config import Settings
from wiki.db import Database
from wiki.kinds import Content
from wiki.models import Account, Page, Space
from wiki.pages.actions import create_page

DAN, HAL = "dan@paper-coast.example", "hal@paper-coast.example"


def test_it_works(lone_installed: Settings) -> None:
    database, catalogue = Database(lone_installed.database_url), catalogue_of(lone_installed)
    with database.transaction() as session:
        dan = session.scalars(select(Account).where(Account.email == DAN)).one()
        space = session.scalars(select(Space).where(Space.slug == "paper-coast")).one()
        content = Content("Tides", fields={"owner": dan.person_id})
        create_page(session, catalogue, FOUNDER, space, catalogue["article"], content)
    said = refused("person", "close", DAN)
    assert "/paper-coast/tides" in said
    seen = re.search(r"--seen ([0-9a-f]{16})", said)
    assert seen is not None
    assert "can sign in" in refused("person", "close", DAN, "--seen", seen[1])
    told = done("person", "close", DAN, "--seen", seen[1], "--caretaker", HAL)
    assert "A handover of what they hold has begun: /p/" in told
    with database.read() as session:
        account = session.scalars(select(Account).where(Account.email == DAN)).one()
        assert not account.active
        assert session.get_one(Page, account.person_id).state == "left"
    database.close()
