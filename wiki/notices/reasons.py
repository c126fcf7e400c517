"""Why people are told something: each reason with its sentence and with what it says to "why am I told this?".

A new reason is one line in REASONS, under the topic that people set their wishes for. Sentences are translated when they
are read or mailed. They may use %(who)s (those who caused it: "Aya Tanaka and 2 others", "Somebody" when no name is to
be shown), %(count)s (how many were folded into the notice), what was given to `tell` as `words`, and the names of
`pages`. The page itself always stands beside the sentence; leave its title out.
"""

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
    """`one` is the sentence, `many` the one for several that were folded; `why` completes "You are told because …".

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

_KEEP = N_("you keep this page")
_WATCH = N_("you watch this page")
_TALK = N_("you take part in this conversation")

REASONS: Final[Mapping[str, Reason]] = {
    reason.key: reason
    for reason in (
        # conversations and suggested changes
        Reason("mention", "asked", N_("%(who)s mentioned you: “%(text)s”"), N_("you were mentioned"), icon="at-sign"),
        Reason(
            "reply",
            "asked",
            N_("%(who)s answered you: “%(text)s”"),
            N_("it is an answer to you"),
            N_("%(who)s answered you %(count)s times, last: “%(text)s”"),
            "reply",
        ),
        Reason(
            "talk",
            "talk",
            N_("%(who)s wrote: “%(text)s”"),
            _TALK,
            N_("%(count)s more in a conversation, last from %(who)s: “%(text)s”"),
            "message-square",
        ),
        Reason(
            "comment",
            "kept",
            N_("%(who)s commented: “%(text)s”"),
            _KEEP,
            N_("%(count)s comments, last from %(who)s: “%(text)s”"),
            "message-square",
        ),
        Reason(
            "comment_watched",
            "watched",
            N_("%(who)s commented: “%(text)s”"),
            _WATCH,
            N_("%(count)s comments, last from %(who)s: “%(text)s”"),
            "message-square",
        ),
        Reason("resolved", "talk", N_("%(who)s closed a conversation: “%(text)s”"), _TALK, icon="circle-check"),
        Reason(
            "suggestion",
            "kept",
            N_("%(who)s suggests a change"),
            _KEEP,
            N_("%(count)s suggested changes, last from %(who)s"),
            "pencil-line",
        ),
        Reason(
            "suggestion_answered",
            "asked",
            N_("%(who)s answered your suggestion: %(text)s"),
            N_("you suggested it"),
            icon="pencil-line",
        ),
        # practices and thanks
        Reason("thanks", "thanks", N_("%(who)s thanks you: “%(text)s”"), N_("the thanks are for you"), icon="heart"),
        Reason(
            "tried",
            "thanks",
            N_("%(who)s tried it too: %(text)s"),
            _KEEP,
            N_("%(count)s more tried it, last %(who)s: %(text)s"),
            "repeat",
        ),
        Reason(
            "tried_watched",
            "watched",
            N_("%(who)s tried it too: %(text)s"),
            _WATCH,
            N_("%(count)s more tried it, last %(who)s: %(text)s"),
            "repeat",
        ),
        Reason("adapted", "thanks", N_("%(who)s made a version of their own: %(other)s"), _KEEP, icon="git-branch"),
        # events
        Reason(
            "event_signed_up",
            "events",
            N_("%(who)s signed up"),
            N_("you look after this event"),
            N_("%(count)s people signed up, last %(who)s"),
            "calendar-plus",
        ),
        Reason(
            "event_place",
            "events",
            N_("A place is free for you: you are on the list now"),
            N_("you were on its waiting list"),
            icon="calendar-check",
        ),
        Reason(
            "event_changed",
            "events",
            N_("Something changed: %(text)s"),
            N_("you signed up for this event"),
            icon="calendar-clock",
        ),
        Reason(
            "event_feedback",
            "events",
            N_("How was it? Your word is asked for"),
            N_("you took part in this event"),
            icon="message-square",
        ),
        # lessons, letters, template packs
        Reason("lesson", "kept", N_("%(who)s wrote down a lesson here: %(other)s"), _KEEP, icon="lightbulb"),
        Reason(
            "lesson_check",
            "asked",
            N_("%(who)s asks you to check a lesson"),
            N_("you look after lessons here"),
            N_("%(count)s lessons wait to be checked"),
            "lightbulb",
        ),
        Reason(
            "letter",
            "letters",
            N_("A letter of your space is there: %(text)s"),
            N_("you belong to this space"),
            icon="mail",
        ),
        Reason(
            "kind_proposed",
            "asked",
            N_("%(who)s proposes a change to a kind of page: %(text)s"),
            N_("you look after kinds of pages"),
            icon="layout-template",
        ),
        # what happens to pages
        Reason(
            "edited",
            "watched",
            N_("%(who)s changed it: %(text)s"),
            _WATCH,
            N_("%(count)s changes, last by %(who)s: %(text)s"),
            "pencil",
            A_DAY,
        ),
        Reason(
            "edited_kept",
            "kept",
            N_("%(who)s changed it: %(text)s"),
            _KEEP,
            N_("%(count)s changes, last by %(who)s: %(text)s"),
            "pencil",
            A_DAY,
        ),
        Reason("state", "watched", N_("%(who)s moved it from “%(was)s” to “%(to)s”"), _WATCH, icon="workflow"),
        Reason("state_kept", "kept", N_("%(who)s moved it from “%(was)s” to “%(to)s”"), _KEEP, icon="workflow"),
        Reason(
            "accepted",
            "asked",
            N_("It is accepted. %(who)s moved it from “%(was)s” to “%(to)s”"),
            N_("you are named there as somebody to be told"),
            icon="circle-check",
        ),
        Reason("condition", "asked", N_("The condition for a new look has occurred: “%(text)s”"), _KEEP, icon="eye"),
        Reason(
            "condition_watched",
            "watched",
            N_("The condition for a new look has occurred: “%(text)s”"),
            _WATCH,
            icon="eye",
        ),
        Reason(
            "condition_informed",
            "asked",
            N_("The condition for a new look has occurred: “%(text)s”"),
            N_("you are named there as somebody to be told"),
            icon="eye",
        ),
        Reason("replaced", "watched", N_("It is replaced by %(other)s"), _WATCH, icon="replace"),
        Reason(
            "new_in_space",
            "watched",
            N_("%(who)s began this page"),
            N_("you watch the space %(space)s"),
            icon="file-plus",
        ),
        Reason(
            "new_with_theme",
            "watched",
            N_("A page on the theme “%(theme)s”, by %(who)s"),
            N_("you watch this theme"),
            icon="tag",
        ),
        Reason(
            "new_of_person",
            "watched",
            N_("A page that %(other)s keeps"),
            N_("you watch that person’s page"),
            icon="file-plus",
        ),
        Reason(
            "handed_over",
            "asked",
            N_("%(who)s made you the keeper of this page"),
            N_("you keep this page now"),
            icon="arrow-right-left",
        ),
        Reason(
            "found",
            "searches",
            N_("New in your search “%(search)s”"),
            N_("you asked to be told of new results of this search"),
            icon="search",
        ),
    )
}
