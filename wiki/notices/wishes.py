"""How people wish to be told: what they set, and what holds for those who set nothing."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import available_timezones

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wiki import clock
from wiki.access import Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.models import Notice, Wishes
from wiki.notices.topics import CHANNELS, TOPICS, Channel

MORNING = 8


@dataclass(frozen=True)
class Wish:
    """What holds for one person. Hours are whole ones of their own day; `zone` is "" for the site's."""

    channels: Mapping[str, Channel] = field(default_factory=dict)
    zone: str = ""
    hour: int = MORNING
    weekday: int = 0
    quiet_from: int | None = None
    quiet_until: int | None = None
    quiet_weekends: bool = False
    watch_kept: bool = True
    stopped: bool = False

    def channel(self, topic: str) -> Channel:
        """When a mail tells of a topic."""
        return "never" if self.stopped else self.chosen(topic)

    def chosen(self, topic: str) -> Channel:
        """The same, while mails have been stopped altogether too."""
        return self.channels.get(topic, TOPICS[topic].channel)


def wishes_of(session: Session, account_ids: Iterable[int]) -> dict[int, Wish]:
    """The wishes of each."""
    wanted = list(account_ids)
    found = session.scalars(select(Wishes).where(Wishes.account_id.in_(wanted)))
    set_by = {one.account_id: _as_wish(one) for one in found}
    return {account_id: set_by.get(account_id, Wish()) for account_id in wanted}


def _as_wish(stored: Wishes) -> Wish:
    return Wish(
        channels=stored.channels,
        zone=stored.time_zone,
        hour=stored.hour,
        weekday=stored.weekday,
        quiet_from=stored.quiet_from,
        quiet_until=stored.quiet_until,
        quiet_weekends=stored.quiet_weekends,
        watch_kept=stored.watch_kept,
        stopped=stored.stopped_at is not None,
    )


def stored_wishes(session: Session, account_id: int) -> Wishes:
    """The row of an account, made when there is none."""
    found = session.get(Wishes, account_id)
    if found is None:
        found = Wishes(account_id=account_id, channels={}, stop_key=secrets.token_urlsafe(18))
        session.add(found)
        session.flush()
    return found


def choose(session: Session, viewer: Viewer, form: Mapping[str, str]) -> None:
    """Set all that the form of one's wishes holds. Raises Invalid."""
    wish = read(form)
    assert viewer.account_id is not None
    stored = stored_wishes(session, viewer.account_id)
    stored.channels = dict(wish.channels)
    stored.time_zone, stored.hour, stored.weekday = wish.zone, wish.hour, wish.weekday
    stored.quiet_from, stored.quiet_until, stored.quiet_weekends = (
        wish.quiet_from,
        wish.quiet_until,
        wish.quiet_weekends,
    )
    stored.watch_kept = wish.watch_kept
    stored.stopped_at = (stored.stopped_at or clock.now()) if wish.stopped else None
    look_again(session, viewer.account_id)


def read(form: Mapping[str, str]) -> Wish:
    """What a form says; a field that is missing means what it meant before anybody chose. Raises Invalid."""
    problems: list[Problem] = []
    channels: dict[str, Channel] = {}
    for topic in TOPICS.values():
        said = form.get(f"channel-{topic.key}", topic.channel)
        known = next((channel for channel in CHANNELS if channel == said), None)
        if known is None:
            problems.append(Problem(f"channel-{topic.key}", _("Choose one of the times.")))
        elif known != topic.channel:
            channels[topic.key] = known
    zone = form.get("zone", "").strip()
    if zone and zone not in available_timezones():
        problems.append(Problem("zone", _("There is no time zone of that name. Write one such as America/Vancouver.")))
    hours: dict[str, int | None] = {
        name: _number(form.get(name, ""), 23, name, problems) for name in ("hour", "quiet_from", "quiet_until")
    }
    weekday = _number(form.get("weekday", ""), 6, "weekday", problems)
    if (hours["quiet_from"] is None) != (hours["quiet_until"] is None):
        missing = "quiet_from" if hours["quiet_from"] is None else "quiet_until"
        problems.append(Problem(missing, _("Quiet hours have a beginning and an end.")))
    if problems:
        raise Invalid(problems)
    return Wish(
        channels=channels,
        zone=zone,
        hour=MORNING if hours["hour"] is None else hours["hour"],
        weekday=weekday or 0,
        quiet_from=hours["quiet_from"],
        quiet_until=hours["quiet_until"],
        quiet_weekends=form.get("quiet_weekends") == "yes",
        watch_kept=form.get("watch_kept") == "yes",
        stopped=form.get("mails") == "none",
    )


def as_form(wish: Wish) -> dict[str, Any]:
    """The values of that form's fields."""
    hours = {"hour": wish.hour, "quiet_from": wish.quiet_from, "quiet_until": wish.quiet_until}
    return {
        **{f"channel-{key}": wish.chosen(key) for key in TOPICS},
        **{name: "" if hour is None else str(hour) for name, hour in hours.items()},
        "zone": wish.zone,
        "weekday": str(wish.weekday),
        "quiet_weekends": "yes" if wish.quiet_weekends else "",
        "watch_kept": "yes" if wish.watch_kept else "",
        "mails": "none" if wish.stopped else "",
    }


def stop_mails(session: Session, account_id: int, stopped: bool) -> None:
    """Send no mail of notices any more; or send them again, as they were wished before."""
    stored = stored_wishes(session, account_id)
    stored.stopped_at = clock.now() if stopped else None
    look_again(session, account_id)


def stop_topic(session: Session, account_id: int, topic: str, stopped: bool) -> None:
    """Send no mail of one topic any more; or send them again, when the program thinks best."""
    stored = stored_wishes(session, account_id)
    others = {key: channel for key, channel in stored.channels.items() if key != topic}
    stored.channels = {**others, topic: "never"} if stopped else others
    look_again(session, account_id)


def look_again(session: Session, account_id: int) -> None:
    """What waits to be mailed is looked at anew, with the wishes as they are now."""
    waiting = (Notice.account_id == account_id) & Notice.mail_after.is_not(None)
    session.flush()
    session.execute(update(Notice).where(waiting).values(mail_after=clock.now()))


def _number(text: str, most: int, name: str, problems: list[Problem]) -> int | None:
    if not text.strip():
        return None
    if text.isascii() and text.isdecimal() and int(text) <= most:
        return int(text)
    problems.append(Problem(name, _("Choose one of the list.")))
    return None
