"""The days of a named register as a calendar file (RFC 5545) that calendar programs subscribe to."""

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from wiki.registers.named.showing import ShownRegister

MOST = 5_000


def calendar(shown: ShownRegister, base_url: str, site_name: str, now: datetime) -> bytes:
    """One whole-day event for each line with a day."""
    host = base_url.partition("://")[2] or "localhost"
    made = Calendar()
    made.add("prodid", "-//Holdfast//Registers//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", f"{shown.register.label()} · {site_name}")
    for line in [one for one in shown.lines_shown if one.due][:MOST]:
        day = date.fromisoformat(str(line.due))
        event = Event()
        event.add("uid", f"{shown.register.key}-{line.key}@{host}")
        event.add("dtstamp", now)
        event.add("last-modified", line.page.changed_at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", f"{line.text or line.page.title} ({shown.cells.status(line).label})")
        event.add("description", line.page.title)
        event.add("url", f"{base_url}{shown.cells.href(line)}")
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    written: bytes = made.to_ical()
    return written
