"""Values that are worked out when shown: the functions by name, and counting, which needs no function."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds.definition import Computed, Condition, Field, Kind
from wiki.kinds.record import Record, Value
from wiki.kinds.types import TYPES
from wiki.kinds.types.choices import choice_label
from wiki.kinds.workings import (
    agreements,
    care,
    decisions,
    handovers,
    knowledge,
    measures,
    money,
    paths,
    people,
    plans,
    risks,
)

PageFunction = Callable[[Record, date], Value | None]
RowFunction = Callable[[Record, Mapping[str, Any], date], Value | None]
Reason = Callable[[Record, date], str | None]

freshness = care.freshness

#: Kind -> its own reasons for being overdue, beside the review of the page.
REASONS: dict[str, tuple[Reason, ...]] = {
    "action_plan": (plans.late_plan,),
    "communication_plan": (plans.late_plan,),
    "decision": (decisions.late_decision,),
    "evaluation": (knowledge.late_evaluation,),
    "event": (people.late_event,),
    "financial_plan": (money.late_money, plans.late_plan),
    "handover": (handovers.late_handover,),
    "lesson": (knowledge.late_lesson,),
    "measure": (measures.late_reading,),
    "meeting": (knowledge.late_meeting,),
    "needs_assessment": (knowledge.late_needs,),
    "partnership": (agreements.late_partnership,),
    "practice": (knowledge.late_practice,),
    "progress_report": (knowledge.late_report,),
    "reading_path": (paths.late_path,),
    "risk_register": (risks.late_risks,),
    "role": (people.late_role,),
    "strategic_plan": (plans.late_plan,),
    "terms_of_reference": (agreements.late_group,),
}


def late(record: Record, today: date) -> Value | None:
    """The first reason for which a page is overdue, other than its review; None if there is none."""
    waiting = care.waiting_for_answers(record, today)
    if waiting:
        return Value("late", waiting, "warn", 0)
    lapsed = agreements.standing(record, today) if record.kind == "agreement" else None
    if lapsed and lapsed.key == "lapsed":
        return Value("late", lapsed.text, "bad", 0)
    kept = agreements.promises(record, today) if record.kind == "agreement" else None
    if kept and kept.key == "in_trouble":
        return Value("late", _("A promise is in trouble"), "warn", 0)
    for key, due in (("orientation", knowledge.check_age), ("howto", knowledge.test_due)):
        value = due(record, today) if record.kind == key and record.state == "current" else None
        if value and value.tone == "warn":
            return Value("late", value.text, "warn", 0)
    reasons = (reason(record, today) for reason in REASONS.get(record.kind, ()))
    return next((Value("late", said, "warn", 0) for said in reasons if said), None)


PAGE_FUNCTIONS: dict[str, PageFunction] = {
    "capacity_share": money.capacity_share,
    "check_age": knowledge.check_age,
    "collaborative_share": people.collaborative_share,
    "completeness": agreements.completeness,
    "days_to_finish": paths.days_to_finish,
    "endorsed": care.endorsed,
    "handover_gaps": handovers.handover_gaps,
    "highest_risk": risks.highest_risk,
    "last_reading": measures.last_reading,
    "late": late,
    "late_audiences": plans.late_audiences,
    "late_lines": money.late_lines,
    "late_tapers": people.late_tapers,
    "maturity": knowledge.maturity,
    "measure_status": measures.measure_status,
    "measure_trend": measures.measure_trend,
    "meeting_cycle": knowledge.meeting_cycle,
    "next_reading": measures.next_reading,
    "path_minutes": knowledge.path_minutes,
    "people_on_path": paths.people_on_path,
    "places_left": people.places_left,
    "plan_flags": plans.plan_flags,
    "promised_total": money.promised_total,
    "promises": agreements.promises,
    "quiet_now": people.quiet_now,
    "received_total": money.received_total,
    "signed_up": people.signed_up,
    "smart_goals": plans.smart_goals,
    "standing": agreements.standing,
    "still_stands": decisions.still_stands,
    "task_shares": people.task_shares,
    "test_due": knowledge.test_due,
    "themes_talked_about": knowledge.themes_talked_about,
    "vacancy": people.vacancy,
    "worst_outcome": knowledge.worst_outcome,
}

ROW_FUNCTIONS: dict[str, RowFunction] = {
    "action_standing": plans.action_standing,
    "activity_late": plans.activity_late,
    "audience_late": plans.audience_late,
    "commitment_standing": agreements.commitment_standing,
    "goal_smart": plans.goal_smart,
    "jointly_assessed": risks.jointly_assessed,
    "line_late": money.line_late,
    "risk_score": risks.risk_score,
    "risk_stale": risks.risk_stale,
    "taper_late": people.taper_late,
}


def compute(kind: Kind, computed: Computed, record: Record, today: date) -> Value | None:
    """The value for one page; None if there is nothing to say, or if other pages are needed (`linked`, `via`)."""
    if computed.function:
        return PAGE_FUNCTIONS[computed.function](record, today)
    if computed.linked or computed.via:
        return None
    if computed.entered:
        entered = record.entered.get(computed.entered)
        return Value("entered", format_date(entered), sort=entered.toordinal()) if entered else None
    if computed.values:
        return _values(kind, computed, record)
    return _count(computed, record)


def compute_all(kind: Kind, record: Record, today: date) -> dict[str, Value]:
    """Key -> value, for those that the page itself can say; "freshness" among them."""
    found = {one.key: compute(kind, one, record, today) for one in kind.computed}
    return {"freshness": freshness(record, today), **{key: value for key, value in found.items() if value}}


def compute_row(table: Field, record: Record, row: Mapping[str, Any], today: date) -> dict[str, Value]:
    """Key -> value of the computed values that a row of `table` has."""
    computed = table.row_type.computed if table.row_type else ()
    found = {one.key: ROW_FUNCTIONS[one.function](record, row, today) for one in computed}
    return {key: value for key, value in found.items() if value}


def matching(rows: Iterable[Mapping[str, Any]], where: Condition) -> list[Mapping[str, Any]]:
    """The rows of which every named column has one of the values."""
    return [row for row in rows if all(_among(row.get(key), values) for key, values in where.items())]


def _among(value: Any, values: tuple[str, ...]) -> bool:
    return any(one in values for one in value) if isinstance(value, list) else str(value) in values


def _count(computed: Computed, record: Record) -> Value | None:
    entries = record.fields.get(computed.count) or []
    count = len(matching(entries, computed.where)) if computed.where else len(entries)
    if not computed.of:
        return Value("count", str(count), sort=count)
    if not entries:
        return None
    return Value("count", _("%(count)s of %(total)s", count=count, total=len(entries)), sort=count / len(entries))


def _values(kind: Kind, computed: Computed, record: Record) -> Value | None:
    """The different values of a column: words in the text, pages and rows in the references."""
    key, _dot, name = computed.values.partition(".")
    table = kind.field(key)
    column = table.row_type.column(name) if table and table.row_type else None
    if column is None:
        return None
    cells = [row[name] for row in matching(record.rows(key), computed.where) if name in row]
    refs = tuple(dict.fromkeys(ref for cell in cells for ref in TYPES[column.type].refs(column, cell)))
    words = [word for cell in cells for word in (cell if isinstance(cell, list) else [cell]) if isinstance(word, str)]
    text = ", ".join(dict.fromkeys(choice_label(column, word) for word in words))
    return Value("values", text, sort=len(refs) or text, refs=refs) if refs or text else None
