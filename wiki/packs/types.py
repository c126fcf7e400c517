"""What the types of fields are called, for people who add one."""

from collections.abc import Mapping

from wiki.i18n import gettext as _


def type_names() -> Mapping[str, str]:
    return {
        "text": _("one line of text"),
        "md": _("text of several lines"),
        "date": _("a day"),
        "range": _("two days, from and until"),
        "choice": _("one of several choices"),
        "multi": _("several of several choices"),
        "person": _("a person"),
        "people": _("people"),
        "org": _("an organisation"),
        "orgs": _("organisations"),
        "link": _("a page"),
        "links": _("pages"),
        "rowlink": _("a row of another page"),
        "rowlinks": _("rows of other pages"),
        "number": _("a number"),
        "percent": _("a percentage"),
        "money": _("an amount of money"),
        "rows": _("a table"),
    }


def group_names() -> Mapping[str, str]:
    """What the groups are called in which kinds are offered."""
    return {
        "agree": _("Agree"),
        "decide": _("Decide"),
        "plan": _("Plan"),
        "learn": _("Learn"),
        "hand_over": _("Hand over"),
        "know": _("Know each other"),
        "write": _("Write"),
    }


#: Types that somebody can give a new field without writing TOML.
SIMPLE = (
    "text",
    "md",
    "date",
    "range",
    "choice",
    "multi",
    "person",
    "people",
    "org",
    "orgs",
    "links",
    "number",
    "percent",
    "money",
)
#: Of these, the ones that offer choices.
CHOOSING = ("choice", "multi")
