"""Events as calendar files (RFC 5545) and as invitations by mail (RFC 5546): one UID for each event, however it comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from icalendar import Calendar, Event, vCalAddress, vText

from wiki.config import Settings
from wiki.events.plan import CANCELLED, IDEA, Plan

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
LONG_ENOUGH = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """An event for one calendar. `url` is where it is read, "" if the calendar's owner cannot; `changed` when that was last so."""

    plan: Plan
    url: str
    changed: datetime
    sequence: int = 0


@dataclass(frozen=True)
class Guest:
    """To whom an invitation goes."""

    name: str
    email: str


def invitation(settings: Settings, entry: Entry, guest: Guest, cancelled: bool, now: datetime) -> str:
    """The calendar part of a mail: come, something has changed, or not any more."""
    made = _calendar(CANCEL if cancelled else REQUEST)
    event = _event(settings, entry, now)
    event.add("organizer", _organizer(settings))
    attendee = vCalAddress(f"mailto:{guest.email}")
    attendee.params["CN"] = vText(guest.name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("DECLINED" if cancelled else "ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    event["status"] = vText("CANCELLED" if cancelled else "CONFIRMED")
    made.add_component(event)
    return _text(made)


def published(settings: Settings, entries: Iterable[Entry], name: str, now: datetime) -> str:
    """Events as a file that calendar programs fetch."""
    made = _calendar(PUBLISH)
    made.add("x-wr-calname", name)
    for entry in entries:
        if entry.plan.first is None:
            continue
        event = _event(settings, entry, now)
        event.add("organizer", _organizer(settings))
        tentative = entry.plan.state == IDEA
        gone = entry.plan.state == CANCELLED
        event.add("status", "CANCELLED" if gone else "TENTATIVE" if tentative else "CONFIRMED")
        made.add_component(event)
    return _text(made)


def _calendar(method: str) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Holdfast//Events//EN")
    made.add("version", "2.0")
    made.add("method", method)
    return made


def _event(settings: Settings, entry: Entry, now: datetime) -> Event:
    plan = entry.plan
    host = settings.base_url.partition("://")[2].split("/")[0].split(":")[0] or "localhost"
    event = Event()
    event.add("uid", f"event-{plan.page_id}@{host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", now)
    event.add("last-modified", entry.changed)
    _when(event, plan, settings.time_zone)
    event.add("summary", plan.title)
    if plan.place:
        event.add("location", plan.place)
    if plan.words or entry.url:
        event.add("description", "\n".join(part for part in (plan.words, entry.url) if part))
    if entry.url:
        event.add("url", entry.url)
    event.add("transp", "OPAQUE" if plan.begins else "TRANSPARENT")
    return event


def _when(event: Event, plan: Plan, time_zone: str) -> None:
    """A time in UTC, which needs no table of time zones; or whole days, of which the end is the day after."""
    starts, stops = plan.starts(time_zone), plan.stops(time_zone)
    if starts is not None:
        from_utc = starts.astimezone(UTC)
        event.add("dtstart", from_utc)
        event.add("dtend", stops.astimezone(UTC) if stops is not None else from_utc + LONG_ENOUGH)
    elif plan.first is not None and plan.last is not None:
        event.add("dtstart", plan.first)
        event.add("dtend", plan.last + timedelta(days=1))


def _organizer(settings: Settings) -> vCalAddress:
    name, address = parseaddr(settings.mail_from)
    made = vCalAddress(f"mailto:{address}")
    made.params["CN"] = vText(settings.site_name or name)
    return made


def _text(made: Calendar) -> str:
    written: bytes = made.to_ical()
    return written.decode()
