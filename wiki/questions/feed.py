"""Questions as an Atom feed: what changed last first. An entry is new whenever its question stands in another way."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.questions.answers import said
from wiki.questions.showing import Shown

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
#: Characters that no XML document may hold, however they are written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(shown: Sequence[Shown], address: str, base_url: str, site_name: str, now: datetime) -> bytes:
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(feed, "title", f"{_('Questions')} · {site_name}")
    _text(feed, "id", address)
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(feed, "updated", _moment(shown[0].seen.question.changed_at if shown else now))
    _text(SubElement(feed, "author"), "name", site_name)
    for one in shown:
        _entry(feed, one, base_url)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, one: Shown, base_url: str) -> None:
    entry, question = SubElement(feed, "entry"), one.seen.question
    _text(entry, "title", f"{question.text}: {one.status.label}")
    _text(entry, "id", f"{base_url}{one.seen.url}/{one.status.key}/{len(one.answers)}")
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": f"{base_url}{one.seen.url}"})
    _text(entry, "updated", _moment(question.changed_at))
    _text(SubElement(entry, "author"), "name", question.asker_name)
    SubElement(entry, "category", {"term": one.status.key, "label": one.status.label})
    _text(entry, "summary", said(one.best, 400) or one.status.more)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
