"""A named register as a CSV file. Its heads are the columns' keys, the same in every language; `status` holds the status's key."""

import csv
import io

from sqlalchemy.orm import Session

from wiki.errors import TooLarge
from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless
from wiki.registers.listing import Place
from wiki.registers.named.answering import Answer
from wiki.registers.named.cells import Cells, mentioned
from wiki.registers.names import Names

MOST_LINES = 20_000


def csv_text(session: Session, place: Place, answer: Answer, base_url: str) -> str:
    """All that was asked for. Raises TooLarge when there is more than fits: a file that leaves some out would be taken for the whole."""
    if answer.total > MOST_LINES:
        most, count = format_number(MOST_LINES), format_number(answer.total)
        message = _("These are %(count)s lines; a file holds %(most)s. Narrow the list.", count=count, most=most)
        raise TooLarge(message)
    register = answer.question.register
    columns = register.columns(place.catalogue)
    cells = Cells(place, register, Names(session, place.viewer, mentioned(columns, answer.found)))
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow([*(column.key for column in columns), "row", "url"])
    for line in answer.found:
        texts = [line.status if one.type == "status" else harmless(cells.text(one, line)) for one in columns]
        writer.writerow([*texts, line.row_id, f"{base_url}{cells.href(line)}"])
    return written.getvalue()
