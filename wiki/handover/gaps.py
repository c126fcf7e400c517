"""What is missing in a note, by sort, each with the place where it is mended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from wiki.handover.words import gap_sorts
from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds import Kind
from wiki.kinds.record import Record
from wiki.kinds.workings.handovers import DONE, Gap, handover_gap_list


@dataclass(frozen=True)
class Place:
    """One gap: what it is about, and where it is mended. `said` is there where the sort does not say all."""

    code: str
    row: str
    text: str
    href: str
    said: str = ""


@dataclass(frozen=True)
class Sort:
    """All gaps of one sort."""

    code: str
    label: str
    places: tuple[Place, ...]


def gaps_of(record: Record, today: date) -> list[Gap]:
    return [] if record.state in DONE else handover_gap_list(record, today)


def sorts(gaps: Iterable[Gap], kind: Kind, url: str) -> list[Sort]:
    """`url` is the address of the note."""
    found: dict[str, list[Place]] = {}
    for gap in gaps:
        found.setdefault(gap.code, []).append(_place(gap, kind, url))
    labels = gap_sorts()
    return [Sort(code, labels[code], tuple(places)) for code, places in found.items()]


def _place(gap: Gap, kind: Kind, url: str) -> Place:
    said = _("due %(date)s", date=format_date(gap.due)) if gap.due else ""
    return Place(gap.code, gap.row, _text(gap, kind), _href(gap, url), said)


def _text(gap: Gap, kind: Kind) -> str:
    if gap.name:
        return gap.name
    field = kind.field(gap.field)
    if gap.code == "G10" and field is not None:
        return _(field.label)
    return _("Something that you may not see")


def _href(gap: Gap, url: str) -> str:
    """An action and a page are mended where they stand, everything else in the working view."""
    row = gap.thing.row if gap.thing else None
    if gap.code == "G5" and gap.page_href:
        return f"{gap.page_href}#r-{row}"
    if gap.code == "G6" and gap.page_href:
        return f"{gap.page_href}/confirm"
    if gap.code == "G7" and gap.page_href:
        return gap.page_href
    if gap.row:
        return f"{url}/items#i-{gap.row}"
    return f"{url}/items#{'partners' if gap.code == 'G9' else f'f.{gap.field}'}"
