"""What people hold, in the reader's words."""

from wiki.i18n import gettext as _


def holdings() -> dict[str, str]:
    """By key, as lists are called; the keys are kinds.HOLDINGS."""
    return {
        "page": _("Pages kept right"),
        "action": _("Open actions"),
        "promise": _("Promises to keep"),
        "activity": _("Activities led"),
        "risk": _("Risks watched"),
        "decision": _("Decisions moved forward"),
        "group": _("Groups chaired or joined"),
        "role": _("Roles"),
        "relationship": _("Relationships"),
        "measure": _("Measures collected"),
        "representative": _("Speaks for"),
        "other": _("Other things"),
    }
