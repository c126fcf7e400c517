"""When a notice becomes a mail: at once, in the morning, once a week; never while somebody wants quiet."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wiki.notices.topics import Channel
from wiki.notices.wishes import Wish

#: "At once" waits so long: what is seen meanwhile is not mailed, and what comes together goes together.
PAUSE = timedelta(minutes=2)
#: After a mail the next one of "at once" waits so long: what somebody is told within a few minutes is in one mail.
BETWEEN = timedelta(minutes=5)
_SATURDAY = 5


def mail_time(
    wish: Wish, channel: Channel, since: datetime, site_zone: str, mailed: datetime | None = None
) -> datetime | None:
    """When to mail what happened at `since`; None for never. `mailed`: the mail after which this one waits a little."""
    if channel == "never":
        return None
    zone = ZoneInfo(wish.zone or site_zone)
    if channel == "now":
        wanted = since + PAUSE if mailed is None else max(since + PAUSE, mailed + BETWEEN)
    else:
        wanted = _next_digest(wish, channel, since.astimezone(zone))
    return _after_quiet(wish, wanted.astimezone(zone)).astimezone(UTC)


def _next_digest(wish: Wish, channel: Channel, since: datetime) -> datetime:
    """The next time of the digest after `since`, by the reader's own clock."""
    at = _at(since, wish.hour)
    while at <= since or (channel == "weekly" and at.weekday() != wish.weekday):
        at = _at(at + timedelta(days=1), wish.hour)
    return at


def _after_quiet(wish: Wish, wanted: datetime) -> datetime:
    """The same moment, or the first after it at which mails are welcome."""
    if wish.quiet_weekends and wanted.weekday() >= _SATURDAY:
        monday = wanted + timedelta(days=7 - wanted.weekday())
        wanted = _at(monday, wish.hour)
    begin, end = wish.quiet_from, wish.quiet_until
    if begin is None or end is None or begin == end:
        return wanted
    quiet = begin <= wanted.hour < end if begin < end else wanted.hour >= begin or wanted.hour < end
    if not quiet:
        return wanted
    morning = _at(wanted if wanted.hour < end else wanted + timedelta(days=1), end)
    return _after_quiet(wish, morning) if wish.quiet_weekends and morning.weekday() >= _SATURDAY else morning


def _at(day: datetime, hour: int) -> datetime:
    return datetime.combine(day.date(), time(hour), day.tzinfo)
