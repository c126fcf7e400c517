"""What calendar programs and feed readers get of a register: what the person may read whose address it is, as long as it works."""

from datetime import date
from urllib.parse import urlsplit
from xml.etree import ElementTree

from icalendar import Calendar

from tests.client import Browser
from tests.paper_coast import Coast
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"


def addresses(client: Browser, url: str) -> dict[str, str]:
    """Program -> the address that somebody gets for it, as path and query."""
    page = client.send(client.read(url).form())
    found = {}
    for field in page.all("input"):
        if (field.get("id") or "").startswith("address-"):
            parts = urlsplit(field.get("value", ""))
            found[field.get("id", "")[8:]] = f"{parts.path}?{parts.query}"
    return found


def summaries(answer: str) -> list[str]:
    return [str(event["summary"]) for event in Calendar.from_ical(answer).walk("VEVENT")]


def test_it_works(lone_coast: Coast) -> None:
    gia = lone_coast.browser("gia")
    where = addresses(gia, "/registers/actions/follow?live=yes")
    nobody = lone_coast.browser()
    answer = nobody.get(where["ics"])
    assert answer.mimetype == "text/calendar" and len(summaries(answer.text)) == 5
    event = next(one for one in Calendar.from_ical(answer.text).walk("VEVENT") if "wage fund" in one["summary"])
    assert event["dtstart"].dt == date(2026, 11, 14) and "Overdue" in event["summary"]
    feed = ElementTree.fromstring(nobody.get(where["atom"]).text)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert len(titles) == 5 and "Draft the letter to the wage fund: Overdue" in titles
    assert (
        nobody.get(where["atom"], headers={"If-None-Match": nobody.get(where["atom"]).headers["ETag"]}).status_code
        == 304
    )


def test_an_address_is_good_for_its_own_list_and_ends_when_its_maker_ends_it(lone_coast: Coast) -> None:
    gia = lone_coast.browser("gia")
    where = addresses(gia, "/registers/actions/follow?live=yes")["ics"]
    nobody = lone_coast.browser()
    assert nobody.get(where.replace("live=yes", "status=done")).status_code == 404
    assert nobody.get(where.replace("actions", "commitments")).status_code == 404
    assert nobody.get(where.replace("key=", "key=x")).status_code == 404
    gia.send(gia.read("/account/searches").form("/search/feeds/ending"))
    assert nobody.get(where).status_code == 404


def test_programs_read_what_their_maker_may_read_now(lone_world: World) -> None:
    rows = [{"id": "a1", "what": "Whisper to the tide", "due": "2026-12-01", "status": "open"}]
    named = {"access": "named_orgs", "access_orgs": [lone_world.org("ministry")], "actions": rows}
    lone_world.page("ada", "paper-coast", "meeting", "Closed circle", named)
    inside = addresses(lone_world.browser("ada"), "/registers/actions/follow")
    outside = addresses(lone_world.browser("dan"), "/registers/actions/follow")
    nobody = lone_world.browser()
    for form in ("atom", "ics"):
        assert "Whisper" in nobody.get(inside[form]).text
        assert "Whisper" not in nobody.get(outside[form]).text
        assert "Whisper" not in nobody.get(f"/registers/actions.{form}").text


def test_what_has_no_days_has_no_calendar(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    assert ada.get("/registers/changes.ics").status_code == 404
    assert ada.get("/registers/changes.atom").status_code == 200
    assert lone_world.browser().get("/registers/mine.ics").status_code == 401
