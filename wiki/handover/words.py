"""What is said of a note: its things one by one, its gaps by sort, how far it has come."""

from wiki.i18n import gettext as _


def things() -> dict[str, tuple[str, str]]:
    """What a thing is called, one of it, and its icon; the keys are kinds.HOLDINGS."""
    return {
        "page": (_("Page"), "file-text"),
        "action": (_("Action"), "list-checks"),
        "promise": (_("Promise"), "handshake"),
        "activity": (_("Activity"), "calendar-days"),
        "risk": (_("Risk"), "triangle-alert"),
        "decision": (_("Decision"), "circle-check"),
        "group": (_("Group"), "users"),
        "role": (_("Role"), "briefcase"),
        "relationship": (_("Relationship"), "users"),
        "measure": (_("Measure"), "gauge"),
        "representative": (_("Speaks for"), "message-square"),
        "other": (_("Something else"), "circle-dot"),
    }


def gap_sorts() -> dict[str, str]:
    """Code -> what is missing."""
    return {
        "G1": _("Nothing is said about what to know"),
        "G2": _("Nobody is named to take it"),
        "G3": _("Disputed or in trouble, and nothing is said about it"),
        "G4": _("No introduction is made or planned"),
        "G5": _("Overdue, and neither done nor given another day"),
        "G6": _("Past its next look"),
        "G7": _("Only one person has changed it in a year"),
        "G8": _("A role without a successor"),
        "G9": _("Partners who have not been told"),
        "G10": _("Still empty"),
    }


def kinds_of_handover() -> dict[str, str]:
    return {
        "leaving": _("Leaves"),
        "moving": _("Moves within the organisation"),
        "long_absence": _("Is away for more than four weeks"),
        "temporary_cover": _("Is covered for a time"),
    }


def statuses() -> dict[str, tuple[str, str]]:
    """Words and tone of an item's status."""
    return {
        "to_pass_on": (_("To pass on"), "quiet"),
        "passed_on": (_("Passed on"), "note"),
        "accepted": (_("Taken on"), "good"),
        "closed": (_("Settled"), "quiet"),
        "not_needed": (_("Not needed"), "quiet"),
    }
