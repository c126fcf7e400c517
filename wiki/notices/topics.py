"""What a reason to be told something is made of, and the topics for which people set their wishes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Literal

from wiki.i18n import N_

Channel = Literal["now", "daily", "weekly", "never"]
CHANNELS: Final[tuple[Channel, ...]] = ("now", "daily", "weekly", "never")

SOON = timedelta(hours=1)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Topic:
    """What people set their wishes for: a group of reasons, and when a mail tells of it unless they say otherwise."""

    key: str
    label: str
    help: str
    channel: Channel


@dataclass(frozen=True)
class Reason:
    """`one` is the sentence, `many` the one for several that were folded, `plain` the one when there is no text to quote;
    `why` completes "You are told because …".

    Notices of the same reason, page, row and `folding` that come within `folds` are one, as long as it was neither seen
    nor mailed.
    """

    key: str
    topic: str
    one: str
    why: str
    many: str = ""
    icon: str = "bell"
    folds: timedelta = field(default=SOON)
    plain: str = ""


TOPICS: Final[Mapping[str, Topic]] = {
    topic.key: topic
    for topic in (
        Topic("asked", N_("Asked of you"), N_("Mentions, answers to you, words that are asked of you"), "now"),
        Topic("thanks", N_("Thanks"), N_("Thanks to you, and what others made of your practices"), "now"),
        Topic("events", N_("Events"), N_("Events that you signed up for or look after"), "now"),
        Topic("talk", N_("Conversations"), N_("Conversations that you take part in"), "daily"),
        Topic("kept", N_("Pages you keep"), N_("Changes, comments and suggestions on pages that you keep"), "daily"),
        Topic("watched", N_("What you watch"), N_("Pages, spaces and themes that you watch"), "daily"),
        Topic("searches", N_("Saved searches"), N_("New results of searches that you asked to be told of"), "daily"),
        Topic("letters", N_("Letters"), N_("The monthly letters of your spaces"), "now"),
    )
}
