"""The demo shows a letter that was sent and one that waits to be looked at."""

from datetime import timedelta

from sqlalchemy import select

from tests.cases import entered
from tests.paper_coast import NOON, Coast
from wiki.models import Event, Notice, SpaceLetter


def test_it_works(still_coast: Coast) -> None:
    with still_coast.reading() as session:
        letters = {one.month: one for one in session.scalars(select(SpaceLetter))}
        asked = list(session.scalars(select(Notice.link).where(Notice.reason == "letter_proposed")))
    assert len(letters) == 2 and letters["2026-10"].sent_at is None
    assert asked == ["/paper-coast/letters/2026-10"]
    sent = next(month for month, one in letters.items() if one.sent_at is not None)
    gia, hal = entered(still_coast, "gia"), entered(still_coast, "hal")
    page = gia.read(gia.read("/paper-coast/letters").links()["September 2026"])
    assert page.url.endswith(sent) and "Dear all" in page.main
    assert "One-page pre-read, one question" in page.main and "thanks everybody behind this page" in page.main
    waits = hal.read("/paper-coast/letters/2026-10").main
    assert "Not sent yet" in waits and "Walk the site before the agenda" in waits and "Send it to 8 people" in waits


def test_people_take_part_since_their_pages_were_begun(still_coast: Coast) -> None:
    """Else the next letter would say that all of them came this month."""
    with still_coast.reading() as session:
        set_then = session.scalars(select(Event).where(Event.verb == "member.set"))
        came = {one.detail["name"] for one in set_then if one.time > NOON - timedelta(days=31)}
    assert came == {"Ada Verdana"}
