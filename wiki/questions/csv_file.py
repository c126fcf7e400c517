"""Questions as a CSV file that spreadsheets open. Its heads are the same in every language."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from wiki.questions.showing import Shown, day_of
from wiki.registers.csv_file import BYTE_ORDER_MARK, harmless

HEADS = ("id", "question", "page", "space", "theme", "asked_by", "organisation", "asked_on", "status", "asked_of")
MORE_HEADS = ("goes_on", "partner", "partner_since", "answers", "answer", "answered_on", "written_into", "url")


def csv_text(shown: Sequence[Shown], base_url: str) -> str:
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written)
    writer.writerow([*HEADS, *MORE_HEADS])
    for one in shown:
        writer.writerow([*_who(one), *_outcome(one, base_url)])
    return written.getvalue()


def _who(one: Shown) -> list[str]:
    question = one.seen.question
    return [
        str(question.id),
        harmless(question.text),
        harmless(one.seen.title),
        harmless(one.seen.space_name),
        harmless(question.theme),
        harmless(question.asker_name),
        harmless(one.org),
        _day(question.asked_at),
        one.status.key,
        harmless(", ".join(person.name for person in one.asked)),
    ]


def _outcome(one: Shown, base_url: str) -> list[str]:
    question, best = one.seen.question, one.best
    return [
        _day(question.goes_at),
        harmless(one.partner) if question.partner_at or question.goes_at else "",
        _day(question.partner_at),
        str(len(one.answers)),
        harmless(best.text) if best is not None else "",
        _day(question.answered_at),
        harmless(one.written[0]) if one.written else "",
        f"{base_url}{one.seen.url}",
    ]


def _day(moment: datetime | None) -> str:
    return day_of(moment).isoformat() if moment is not None else ""
