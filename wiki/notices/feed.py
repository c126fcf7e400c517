"""One's own notices as an Atom feed."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.notices.inbox import Group
from wiki.notices.sentences import Said

ATOM = "http://www.w3.org/2005/Atom"
#: Characters that no XML document may hold, however they are written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(groups: Sequence[Group], label: str, base_url: str, site_name: str, now: datetime) -> bytes:
    """The feed of these notices, newest first."""
    entries = [(group, one) for group in groups for one in group.notices]
    entries.sort(key=lambda entry: entry[1].time, reverse=True)
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(feed, "title", f"{label} · {site_name}")
    _text(feed, "id", f"{base_url}/inbox")
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": f"{base_url}/inbox"})
    _text(feed, "updated", _moment(entries[0][1].time if entries else now))
    _text(SubElement(feed, "author"), "name", site_name)
    for group, one in entries:
        _entry(feed, group, one, base_url)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, group: Group, one: Said, base_url: str) -> None:
    """A notice into which more was folded is an entry of its own: its id says how many."""
    entry = SubElement(feed, "entry")
    _text(entry, "title", f"{group.about.title}: {one.sentence}" if group.about else one.sentence)
    _text(entry, "id", f"{base_url}/inbox#notice-{one.id}-{one.count}")
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base_url}{one.href}"})
    _text(entry, "updated", _moment(one.time))
    SubElement(entry, "category", {"term": one.reason})
    _text(entry, "summary", _("You are told because %(reason)s.", reason=one.why))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
