"""A register as a CSV file that spreadsheets open: UTF-8 with a mark, and no cell that they would run as a formula."""

import csv
import io
import re
from collections.abc import Sequence
from itertools import islice

from sqlalchemy.orm import Session

from wiki.errors import TooLarge
from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.registers.answering import answer_whole, load
from wiki.registers.asking import Asked
from wiki.registers.cells import Cells, references
from wiki.registers.listing import Place
from wiki.registers.names import Names
from wiki.text import url_part

MOST_PAGES = 20_000
BATCH = 400
BYTE_ORDER_MARK = "\ufeff"

_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def csv_text(session: Session, place: Place, asked: Asked, base_url: str) -> str:
    """All pages that were asked for, with the columns of the register and each page's address behind them.

    Raises TooLarge when there are more than fit: a file that leaves some out would be taken for the whole.
    """
    found = answer_whole(session, place, asked, MOST_PAGES)
    if found.total > MOST_PAGES:
        most, count = format_number(MOST_PAGES), format_number(found.total)
        message = _(
            "These are %(count)s pages; a file holds %(most)s. Narrow the list with a filter.", count=count, most=most
        )
        raise TooLarge(message)
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow([harmless(column.label) for column in found.columns] + ["url"])
    ids = iter(found.ids)
    while batch := list(islice(ids, BATCH)):
        entries = load(session, place, found, batch)
        cells = Cells(found.kind, Names(session, place.viewer, references(found.columns, entries)))
        for entry in entries:
            texts: Sequence[str] = [harmless(cells.text(column, entry)) for column in found.columns]
            writer.writerow([*texts, f"{base_url}/{url_part(entry.page.space)}/{url_part(entry.page.slug)}"])
    return written.getvalue()


def harmless(text: str) -> str:
    """A cell that a spreadsheet would run begins with an apostrophe; numbers stay numbers."""
    if text[:1] in ("=", "+", "-", "@", "\t", "\r") and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text
