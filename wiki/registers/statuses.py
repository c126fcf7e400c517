"""What the computed values of functions can be, by their keys: the choices of a register's filter."""

from collections.abc import Mapping

from wiki.i18n import gettext as _


def freshness_choices() -> dict[str, str]:
    return {
        "overdue": _("Look is overdue"),
        "orphan": _("Nobody keeps this right"),
        "due_soon": _("Next look is soon"),
        "not_set": _("No next look set"),
        "fresh": _("Looked at, still right"),
    }


def function_choices(function: str) -> Mapping[str, str]:
    """Key -> label for a function of wiki.kinds.computed; empty for one whose keys are not told apart here."""
    choices = {
        "standing": {
            "not_yet": _("Not yet in force"),
            "in_force": _("In force"),
            "ends_soon": _("Ends soon"),
            "lapsed": _("Lapsed"),
            "replaced": _("Replaced"),
            "ended": _("Ended"),
        },
        "still_stands": {
            "stands": _("Stands"),
            "review_overdue": _("Stands; the next look is overdue"),
            "condition_met": _("Stands; the condition for a new look has occurred"),
            "not_decided": _("Not decided yet"),
            "replaced": _("Replaced"),
            "retired": _("Retired"),
            "rejected": _("Rejected"),
        },
        "handover_gaps": {"some": _("With gaps"), "none": _("No gaps"), "over": _("Handed over")},
        "late": {"late": _("Late")},
        "maturity": {
            "not_tried": _("Not yet tried"),
            "tried": _("Tried"),
            "adapted": _("Adapted elsewhere"),
            "recommended": _("Recommended"),
        },
        "measure_status": {
            "off_track": _("Off track"),
            "watch": _("To watch"),
            "on_track": _("On track"),
            "reached": _("Reached"),
            "no_target": _("No target with a day yet"),
            "no_baseline": _("No starting point; the first reading could serve"),
            "no_reading": _("No reading yet"),
            "words": _("Told in words; see the reports"),
        },
        "test_due": {"tested": _("Tested"), "needs_test": _("Needs a test"), "never": _("Never tested")},
        "places_left": {"some": _("Some"), "none": _("None")},
        "vacancy": {"held": _("Held"), "vacant": _("Vacant")},
        "quiet_now": {"now": _("Quiet now"), "later": _("Later")},
    }
    return choices.get(function, {})
