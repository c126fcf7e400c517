"""A named register as an Atom feed: the lines whose pages changed last, first."""

import re
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from wiki.i18n import format_date, language
from wiki.i18n import gettext as _
from wiki.registers.named.line import Line
from wiki.registers.named.showing import ShownRegister

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 100
#: Characters that no XML document may hold, however they are written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(shown: ShownRegister, base_url: str, site_name: str, now: datetime) -> bytes:
    """The feed of what `shown` holds whole."""
    address = f"{base_url}{shown.question.address()}"
    lines = sorted(shown.lines_shown, key=lambda line: line.page.changed_at, reverse=True)[:ENTRIES]
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(feed, "title", f"{shown.register.label()} · {site_name}")
    _text(feed, "id", address)
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(feed, "updated", _moment(lines[0].page.changed_at if lines else now))
    _text(SubElement(feed, "author"), "name", site_name)
    for line in lines:
        _entry(feed, shown, line, base_url)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, shown: ShownRegister, line: Line, base_url: str) -> None:
    """An entry is new whenever the line stands in another way: its id says how."""
    entry = SubElement(feed, "entry")
    status = shown.cells.status(line)
    _text(entry, "title", f"{line.text or line.page.title}: {status.label}")
    row = f"/{line.row_id}" if line.row_id else line.below
    _text(entry, "id", f"{base_url}/p/{line.page.page_id}{row}/{shown.register.key}/{line.status}")
    href = f"{base_url}{shown.cells.href(line)}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    _text(entry, "updated", _moment(line.page.changed_at))
    SubElement(entry, "category", {"term": line.status, "label": status.label})
    due = _("By when: %(date)s", date=format_date(line.due)) if line.due else ""
    said = [str(line.data.get("said") or ""), str(line.data.get("note") or ""), due, line.page.title]
    _text(entry, "summary", " · ".join(part for part in said if part))


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
