"""The results of a search as an Atom feed: what changed last first."""

import re
from dataclasses import replace
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.config import Settings
from wiki.finding.asking import Asked
from wiki.finding.found import searching
from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.kinds import Catalogue
from wiki.search import Hit
from wiki.text import url_part

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 50
#: Characters that no XML document may hold, however they are written.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(
    session: Session, catalogue: Catalogue, viewer: Viewer, asked: Asked, settings: Settings, now: datetime
) -> bytes:
    """The feed as this viewer reads it."""
    search = searching(session, viewer, asked, strict=True)  # a feed tells of answers, not of what is merely near
    hits = search.results(sort="newest", limit=ENTRIES).hits if asked.anything else []
    address = f"{settings.base_url}{replace(asked, page=1, sort='best').address()}"
    title = _("Search: %(words)s", words=asked.words) if asked.words else _("Search")
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": language()})
    _text(feed, "title", f"{title} · {settings.site_name}")
    _text(feed, "id", address)
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": address})
    _text(feed, "updated", _moment(max((hit.changed_at for hit in hits if hit.changed_at), default=now)))
    _text(SubElement(feed, "author"), "name", settings.site_name)
    for hit in hits:
        _entry(feed, catalogue, hit, settings.base_url, now)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, catalogue: Catalogue, hit: Hit, base_url: str, now: datetime) -> None:
    entry = SubElement(feed, "entry")
    fragment = f"#r-{hit.row_id}" if hit.row_id else ""
    _text(entry, "title", hit.title)
    _text(entry, "id", f"{base_url}/p/{hit.page_id}")
    href = f"{base_url}/{url_part(hit.space)}/{url_part(hit.slug)}{fragment}"
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    _text(entry, "updated", _moment(hit.changed_at or now))
    label = _(catalogue[hit.kind].label) if hit.kind in catalogue else hit.kind
    SubElement(entry, "category", {"term": hit.kind, "label": label})
    _text(entry, "summary", "".join(text for text, _marked in hit.snippet) or hit.summary)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub("", text)


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
