"""Counts said in words: "4 on track, 1 disputed"."""

from collections.abc import Mapping

from wiki.i18n import format_number
from wiki.i18n import gettext as _
from wiki.registers.named.register import Status


def listed_counts(counts: Mapping[str, int], statuses: Mapping[str, Status]) -> str:
    """Each count with the words of its status, inside a sentence."""
    said = [
        _("%(count)s %(status)s", count=format_number(count), status=inside(statuses[key].label))
        for key, count in counts.items()
        if count
    ]
    return ", ".join(said)


def inside(label: str) -> str:
    """A label as it stands inside a sentence: its first letter small, unless it is an abbreviation."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
