"""When the day of a path has passed, who is on it hears of it once; and once more when another day has passed."""

from datetime import timedelta

from sqlalchemy import select

from tests.paper_coast import Coast
from tests.paths.walking import told
from wiki import clock
from wiki.models import Enrolment
from wiki.paths.reminding import remind


def late(coast: Coast, days: int) -> None:
    """Let Ada's path be due so many days before today."""
    person = coast.viewer("ada").person_id
    with coast.writing() as session:
        mine = session.scalars(select(Enrolment).where(Enrolment.person_id == person)).one()
        mine.due = clock.today(coast.settings.time_zone) - timedelta(days=days)


def test_it_works(coast: Coast) -> None:
    before = told(coast, "ada").count("path_late")
    late(coast, 0)
    assert remind(coast.database, coast.settings) == 0
    late(coast, 1)
    assert remind(coast.database, coast.settings) == 1
    assert remind(coast.database, coast.settings) == 0
    assert told(coast, "ada").count("path_late") == before + 1
    late(coast, 2)
    assert remind(coast.database, coast.settings) == 1
    late(coast, 40)
    assert remind(coast.database, coast.settings) == 0, "what passed long ago is no news"
