"""The single keys of the interface: one list, from which both the sheet of keys is written and the keys are made to work."""

from dataclasses import dataclass

from wiki.i18n import gettext as _


@dataclass(frozen=True)
class Key:
    """`press`: keys one after the other. `does`: an address, the selector of a link or field to use, or a word that
    static/js/keys.js knows. A key whose link is not on the page does nothing there."""

    press: str
    label: str
    does: str


def keys() -> tuple[Key, ...]:
    """All of them, in the reader's language."""
    return (
        Key("/", _("Search"), "[data-search]"),
        Key("?", _("Show these keys"), "sheet"),
        Key("c", _("Write a new page"), "[data-new]"),
        Key("e", _("Edit this page"), "[data-edit]"),
        Key("h", _("History of this page"), "[data-history]"),
        Key("s", _("Give or take away your star"), "[data-star]"),
        Key("w", _("Watch this page, or stop"), "[data-watch]"),
        Key("j", _("Next in the list"), "next"),
        Key("k", _("Previous in the list"), "previous"),
        Key("n", _("Next change in a comparison"), "[data-step='1']"),
        Key("p", _("Previous change in a comparison"), "[data-step='-1']"),
        Key("g h", _("Go home"), "/"),
        Key("g s", _("Go to the search page"), "/search"),
        Key("g r", _("Go to the registers"), "/registers"),
        Key("g f", _("Go to the front page of this space"), "[data-nav=front]"),
        Key("g p", _("Go to all pages of this space"), "[data-nav=pages]"),
        Key("g c", _("Go to recent changes of this space"), "[data-nav=changes]"),
        Key("g i", _("Go to the inbox"), "/inbox"),
        Key("g a", _("Go to my account"), "[data-account]"),
    )
