"""The results of a search as a CSV file that spreadsheets open."""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.errors import TooLarge
from wiki.finding.asking import Asked
from wiki.finding.found import searching
from wiki.finding.names import Names
from wiki.finding.showing import Shown, show
from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless

MOST_PAGES = 4_000
BATCH = 200


def csv_text(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    spaces: Mapping[str, SpaceInfo],
    asked: Asked,
    today: date,
    base_url: str,
) -> str:
    """All results in their order. Raises TooLarge when there are more than fit: a part would be taken for the whole."""
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow([harmless(head) for head in _heads()])
    for shown in _all(session, catalogue, viewer, spaces, asked, today):
        writer.writerow([harmless(cell) for cell in _cells(shown, base_url)])
    return written.getvalue()


def _all(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    spaces: Mapping[str, SpaceInfo],
    asked: Asked,
    today: date,
) -> Iterator[Shown]:
    search = searching(session, viewer, asked)
    names = Names(session, viewer)
    seen = 0
    while True:
        results = search.results(sort=asked.order, limit=BATCH, offset=seen)
        if results.total > MOST_PAGES:
            most, total = format_number(MOST_PAGES), format_number(results.total)
            said = _(
                "These are %(count)s pages; a file holds %(most)s. Narrow the search first.", count=total, most=most
            )
            raise TooLarge(said)
        yield from show(session, catalogue, viewer, results.hits, spaces, names, today)
        seen += len(results.hits)
        if not results.hits or seen >= results.total:
            return


def _heads() -> list[str]:
    return [
        _("Title"),
        _("Number"),
        _("Kind"),
        _("State"),
        _("Still holds"),
        _("Replaced by"),
        _("Space"),
        _("Kept right by"),
        _("Changed"),
        _("Passage"),
        "url",
    ]


def _cells(shown: Shown, base_url: str) -> list[str]:
    hit = shown.hit
    state = shown.kind.state(hit.state).label if shown.kind and shown.kind.in_state(hit.state) else ""
    return [
        hit.title,
        shown.number,
        _(shown.kind.label) if shown.kind else hit.kind,
        _(state) if state else hit.state,
        shown.holds.text if shown.holds else "",
        shown.successor.title if shown.successor else "",
        shown.space,
        shown.keeper.title if shown.keeper else "",
        hit.changed_at.date().isoformat() if hit.changed_at else "",
        "".join(text for text, _marked in hit.snippet),
        f"{base_url}{shown.url}",
    ]
