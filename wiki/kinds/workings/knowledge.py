"""Meetings, reports, practices, orientation, how-tos: whether what people know is written in time and tried."""

from datetime import date

from wiki.i18n import format_date, ngettext
from wiki.i18n import gettext as _
from wiki.kinds.record import Record, Value, day
from wiki.kinds.workings.rhythm import DAYS

#: Worst first.
OUTCOMES = ("off_track", "watch", "not_started", "on_track", "reached")


def meeting_cycle(record: Record, today: date) -> Value | None:
    """Days from the meeting to its shared record; None until it is shared."""
    met, shared = record.day("date") or record.entered.get("held"), record.entered.get("record_shared")
    if met is None or shared is None or shared < met:
        return None
    days = (shared - met).days
    return Value("days", ngettext("%(count)s day", "%(count)s days", days), "good" if days <= 7 else "note", days)


def themes_talked_about(record: Record, today: date) -> Value | None:
    """How many themes of the guiding questions have an answer; question keys are like "c.motivation.1"."""
    answered = [row["question_key"] for row in record.rows("answers") if row.get("answer") and "question_key" in row]
    themes = {key.rpartition(".")[0] or key for key in answered}
    if not themes:
        return None
    text = ngettext("%(count)s theme talked about", "%(count)s themes talked about", len(themes))
    return Value("themes", text, "quiet", len(themes))


def worst_outcome(record: Record, today: date) -> Value | None:
    """The worst status that a progress report gives to an outcome."""
    labels = {
        "off_track": Value("off_track", _("Off track"), "bad", 0),
        "watch": Value("watch", _("To watch"), "warn", 1),
        "not_started": Value("not_started", _("Not started"), "quiet", 2),
        "on_track": Value("on_track", _("On track"), "good", 3),
        "reached": Value("reached", _("Reached"), "good", 4),
    }
    given = {row.get("status") for row in record.rows("outcome_status")}
    return next((labels[key] for key in OUTCOMES if key in given), None)


def maturity(record: Record, today: date) -> Value | None:
    """How far a shared practice has come: not_tried, tried, adapted, recommended.

    Another organisation is one that is not in `facts["org"]` and has not prepared the page; recommending needs two
    organisations with whom it worked, and three thanks from two others (`facts["thanked"]`: organisation and person of
    each). Thanks from the organisation of who keeps it, from nobody's organisation and from who keeps it do not count.
    """
    if record.state != "shared":
        return None
    uses = record.rows("adaptations")
    own = {record.facts.get("org"), *record.fields.get("contributing_orgs", [])}
    worked = {row.get("org") for row in uses if row.get("result") == "worked"} - {None}
    said = record.facts.get("thanked", ())
    author = record.facts.get("org"), record.fields.get("owner")
    thanks = [org for org, person in said if org not in (None, author[0]) and person != author[1]]
    if len(worked) >= 2 and len(thanks) >= 3 and len(set(thanks)) >= 2:
        return Value("recommended", _("Recommended"), "good", 3)
    if {row.get("org") for row in uses} - own - {None}:
        return Value("adapted", _("Adapted elsewhere"), "good", 2)
    if uses:
        return Value("tried", _("Tried"), "note", 1)
    return Value("not_tried", _("Not yet tried"), "quiet", 0)


def check_age(record: Record, today: date) -> Value:
    """Whether the partners have checked an orientation page within a year."""
    days = [checked for row in record.rows("checks") if (checked := day(row.get("on")))]
    if not days:
        return Value("unchecked", _("Not checked by partners yet"), "note", 10_000)
    age = (today - max(days)).days
    if age > DAYS["yearly"]:
        return Value("old", _("Last checked by partners on %(date)s", date=format_date(max(days))), "warn", age)
    return Value("checked", _("Checked by partners on %(date)s", date=format_date(max(days))), "good", age)


def path_minutes(record: Record, today: date) -> Value | None:
    minutes = sum(row.get("minutes", 0) for row in record.rows("steps"))
    if not minutes:
        return None
    return Value("minutes", ngettext("%(count)s minute", "%(count)s minutes", int(minutes)), "quiet", minutes)


def test_due(record: Record, today: date) -> Value:
    """Whether a how-to was tested within the rhythm of its review."""
    tested = record.day("last_tested")
    if tested is None:
        return Value("never", _("Never tested"), "note", 10_000)
    age = (today - tested).days
    if age > DAYS.get(record.fields.get("review_every", ""), DAYS["yearly"]):
        return Value("needs_test", _("Needs a test; last tested on %(date)s", date=format_date(tested)), "warn", age)
    return Value("tested", _("Tested on %(date)s", date=format_date(tested)), "good", age)


def late_meeting(record: Record, today: date) -> str | None:
    met = record.day("date")
    if met is None or met >= today:
        return None
    if record.state == "planned":
        return _("Planned for %(date)s and not marked as held", date=format_date(met))
    if record.state == "held" and (today - met).days > 7:
        return _("Held on %(date)s and the record is not shared", date=format_date(met))
    return None


def late_lesson(record: Record, today: date) -> str | None:
    days = record.days_in_state(today)
    if record.state == "shared" and days is not None and days > 90 and "response" not in record.fields:
        return _("Shared %(days)s days ago and not answered", days=days)
    return None


def late_report(record: Record, today: date) -> str | None:
    end, days = record.ends("period"), record.days_in_state(today)
    if record.state == "draft" and end and (today - end).days > 14:
        return _("The period ended on %(date)s and nothing is shared", date=format_date(end))
    asked = record.fields.get("needs_adjustment") == "yes" and "gathering" not in record.fields
    if record.state == "shared" and asked and days is not None and days > 14:
        return _("We need to adjust and no gathering is called")
    return None


def late_evaluation(record: Record, today: date) -> str | None:
    end, days = record.ends("period"), record.days_in_state(today)
    if record.state == "planned" and end and end < today:
        return _("The period ended on %(date)s and it has not begun", date=format_date(end))
    if record.state == "agreed" and days is not None and days > 60:
        return _("Agreed %(days)s days ago and not acted on", days=days)
    return None


def late_needs(record: Record, today: date) -> str | None:
    days = record.days_in_state(today)
    if record.state == "under_way" and days is not None and days > 90:
        return _("Under way for %(days)s days", days=days)
    return None


def late_practice(record: Record, today: date) -> str | None:
    days = record.days_in_state(today)
    if record.state == "shared" and days is not None and days > 180 and not record.rows("adaptations"):
        return _("Shared %(days)s days ago and not used yet", days=days)
    return None
