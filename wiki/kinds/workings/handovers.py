"""Handovers: what the next person would miss, as far as the note and the things that it lists show it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day
from wiki.kinds.types.base import Ref
from wiki.kinds.workings.rhythm import working_days
from wiki.kinds.workings.standings import action_status, promise_status

WARNING = 10
#: A page is known to one person alone if nobody else has changed it for that many days.
ALONE = 365
SETTLED = frozenset({"accepted", "closed", "not_needed"})
DONE = frozenset({"accepted", "closed", "cancelled"})
#: What a note is made for; an empty one of these is missed.
SECTIONS = ("first_week", "unwritten", "relationships", "manager")


@dataclass(frozen=True)
class Handed:
    """What an item of a note points to, as far as the reader may see it; `row` is "" for a page as a whole."""

    page: int
    row: str
    text: str
    row_type: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    review_due: date | None = None
    page_kind: str = ""
    page_state: str = ""
    page_href: str = ""

    @property
    def ref(self) -> Ref:
        return Ref(self.page, self.row or None)


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its code (G1 …), the field, the row ("" = the field itself), what to say.

    `name` is what it is about, if the reader may see it; `thing` where that stands, `page_href` the address of that page,
    `due` the day that is over.
    """

    code: str
    field: str
    row: str
    text: str
    name: str = ""
    thing: Ref | None = None
    page_href: str = ""
    due: date | None = None


def handover_gap_list(record: Record, today: date) -> list[Gap]:
    """G1 to G10 in this order. What other pages say comes in `facts`: "handed", "touched", "partners" (wiki.facts.handed)."""
    found = [
        *_item_gaps(record, today),
        *_relationship_gaps(record),
        *_partner_gaps(record),
        *_empty_sections(record),
    ]
    return sorted(found, key=lambda gap: int(gap.code[1:]))


def handover_gaps(record: Record, today: date) -> Value:
    if record.state in DONE:
        return Value("over", _("Handed over"), "quiet", 0)
    gaps = handover_gap_list(record, today)
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


def _item_gaps(record: Record, today: date) -> Iterator[Gap]:
    things: Mapping[str, Handed] = record.facts.get("handed", {})
    for row in record.rows("items"):
        if row.get("status") in SETTLED:
            continue
        thing = things.get(row["id"])
        for code, text in _lacks(record, row, thing, today):
            yield _about(thing, code, "items", row["id"], text)


def _about(thing: Handed | None, code: str, field_key: str, row: str, text: str) -> Gap:
    if thing is None:
        return Gap(code, field_key, row, text)
    due = {"G5": day(thing.data.get("due")), "G6": thing.review_due}.get(code)
    return Gap(code, field_key, row, text, thing.text, thing.ref, thing.page_href, due)


def _lacks(record: Record, row: Mapping[str, Any], thing: Handed | None, today: date) -> Iterator[tuple[str, str]]:
    if "what_to_know" not in row:
        yield "G1", _("Nothing is said about what to know")
    if "next_owner" not in row:
        yield "G2", _("It is not said who takes it")
    if thing is None:
        return
    if thing.row_type == "commitment" and "what_to_know" not in row and _in_trouble(thing, today):
        yield "G3", _("This promise is disputed or in trouble, and nothing is said about it")
    if thing.row_type == "action" and action_status(thing.data, today) == "overdue":
        yield "G5", _("It was due on %(date)s and is neither done nor given another day", date=_due(thing))
    yield from _page_lacks(record, thing, today)
    if thing.page_kind == "role" and "next_owner" not in row and "successor" not in record.fields:
        yield "G8", _("Nobody is named who takes on this role")


def _in_trouble(thing: Handed, today: date) -> bool:
    return promise_status(thing.page_state, thing.data, today) in ("disputed", "overdue", "in_trouble")


def _due(thing: Handed) -> str:
    return format_date(thing.data["due"])


def _page_lacks(record: Record, thing: Handed, today: date) -> Iterator[tuple[str, str]]:
    """Of a page that the leaver keeps right. For other things there is nothing in "touched"."""
    touched: Mapping[tuple[int, bool], datetime] = record.facts.get("touched", {})
    by_leaver, by_others = (touched.get((thing.page, leaver)) for leaver in (True, False))
    if thing.row or not (by_leaver or by_others):
        return
    if thing.review_due and thing.review_due < today:
        yield "G6", _("Its next look was due on %(date)s", date=format_date(thing.review_due))
    if by_leaver and _lately(by_leaver, today) and not (by_others and _lately(by_others, today)):
        yield "G7", _("Nobody else has changed this page in a year")


def _lately(when: datetime, today: date) -> bool:
    return when.date() >= today - timedelta(days=ALONE)


def _relationship_gaps(record: Record) -> Iterator[Gap]:
    things: Mapping[str, Handed] = record.facts.get("handed", {})
    for row in record.rows("relationships"):
        if row.get("introduced", "not_yet") == "not_yet":
            text = _("No introduction is made or planned")
            yield _about(things.get(row["id"]), "G4", "relationships", row["id"], text)


def _partner_gaps(record: Record) -> Iterator[Gap]:
    told = {row.get("org") for row in record.rows("partners_told") if row.get("told_on")}
    partners = record.facts.get("partners", {})
    names: Mapping[int, str] = partners if isinstance(partners, Mapping) else dict.fromkeys(partners, "")
    for org in sorted(set(names) - told):
        text = _("This partner organisation has not been told")
        yield Gap("G9", "partners_told", "", text, names[org], Ref(org))


def _empty_sections(record: Record) -> Iterator[Gap]:
    for key in SECTIONS:
        if not record.fields.get(key):
            yield Gap("G10", key, "", _("This needed part is still empty"))
