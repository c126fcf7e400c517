"""Handovers: what the next person would miss, as far as the page itself shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value
from wiki.kinds.workings.rhythm import working_days

WARNING = 10
SETTLED = frozenset({"accepted", "closed", "not_needed"})
DONE = frozenset({"accepted", "closed", "cancelled"})


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its code (G1 …), the field, the row ("" = the field itself), what to say."""

    code: str
    field: str
    row: str
    text: str


def handover_gap_list(record: Record) -> list[Gap]:
    """G1, G2, G4, G9 and G10. The others need other pages; G9 needs `facts["partners"]`, the organisations to tell."""
    return [*_item_gaps(record), *_relationship_gaps(record), *_partner_gaps(record), *_empty_sections(record)]


def handover_gaps(record: Record, today: date) -> Value:
    if record.state in DONE:
        return Value("over", _("Handed over"), "quiet", 0)
    gaps = handover_gap_list(record)
    if not gaps:
        return Value("none", _("No gaps"), "good", 0)
    return Value("some", ngettext("%(count)s gap", "%(count)s gaps", len(gaps)), "warn", len(gaps))


def late_handover(record: Record, today: date) -> str | None:
    """Why a handover is late: the last day is near, or past, or accepted things stay open."""
    last = record.day("last_day")
    if record.state not in DONE and last and last < today:
        return _("The last day was %(date)s and nobody has accepted", date=format_date(last))
    if record.state == "draft" and last and working_days(today, last) <= WARNING:
        return _("The last day is %(date)s and the note is not ready", date=format_date(last))
    days = record.days_in_state(today)
    if record.state == "accepted" and days is not None and days > 30:
        open_items = sum(row.get("status") not in SETTLED for row in record.rows("items"))
        return (
            ngettext("%(count)s thing is still open", "%(count)s things are still open", open_items)
            if open_items
            else None
        )
    return None


def _item_gaps(record: Record) -> Iterator[Gap]:
    for row in record.rows("items"):
        if row.get("status") in SETTLED:
            continue
        if "what_to_know" not in row:
            yield Gap("G1", "items", row["id"], _("Nothing is said about what to know"))
        if "next_owner" not in row:
            yield Gap("G2", "items", row["id"], _("It is not said who takes it"))


def _relationship_gaps(record: Record) -> Iterator[Gap]:
    for row in record.rows("relationships"):
        if row.get("introduced", "not_yet") == "not_yet":
            yield Gap("G4", "relationships", row["id"], _("No introduction is made or planned"))


def _partner_gaps(record: Record) -> Iterator[Gap]:
    told = {row.get("org") for row in record.rows("partners_told") if row.get("told_on")}
    for _org in sorted(set(record.facts.get("partners", ())) - told):
        yield Gap("G9", "partners_told", "", _("A partner organisation has not been told"))


def _empty_sections(record: Record) -> Iterator[Gap]:
    for key in ("first_week", "unwritten", "relationships", "manager"):
        if not record.fields.get(key):
            yield Gap("G10", key, "", _("This needed part is still empty"))
