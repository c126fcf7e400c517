"""`wiki tick` and the server send mails whose addresses work: they are sealed with the key of the site."""

import re

from sqlalchemy import select

from tests.cli.conftest import wiki
from wiki.app import create_app
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Account, Wishes
from wiki.notices.telling import tell
from wiki.notices.wishes import stored_wishes


def test_it_works(lone_installed: Settings) -> None:
    """The key is in the instance folder alone, as in an installation that sets none."""
    assert lone_installed.secret_key == ""
    database = Database(lone_installed.database_url)
    with database.transaction() as session:
        dan = session.scalars(select(Account).where(Account.name == "Dan Corbel")).one()
        stored_wishes(session, dan.id).channels = {"asked": "now"}
        tell(session, [dan.id], "mention", link="/", words={"text": "High water"}, time=dan.created_at)
    said = wiki("tick").output
    stop = re.search(r"/stop-mails/\S+", said)
    assert "High water" in said and stop is not None, said
    client = create_app(lone_installed).test_client()
    assert client.post(stop[0]).status_code == 200
    with database.read() as session:
        assert session.scalars(select(Wishes.stopped_at).where(Wishes.account_id == dan.id)).one() is not None
