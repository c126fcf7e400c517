"""Why people are told something: each reason with its sentence and with what it says to "why am I told this?".

A new reason is one line in REASONS, under the topic that people set their wishes for. Sentences are translated when they
are read or mailed. They may use %(who)s (those who caused it: "Aya Tanaka and 2 others", "Somebody" when no name is to
be shown), %(count)s (how many were folded into the notice), what was given to `tell` as `words`, and the names of
`pages`. The page itself always stands beside the sentence; leave its title out.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from wiki.i18n import N_
from wiki.notices.conversations import CONVERSATIONS
from wiki.notices.handovers import HANDOVERS
from wiki.notices.page_templates import PAGE_TEMPLATES
from wiki.notices.topics import A_DAY, SOON, Reason

_KEEP = N_("you keep this page")
_WATCH = N_("you watch this page")
_SPACE = N_("you watch this space")
_NAMED = N_("you are named there as somebody to be told")


def _both(
    key: str, one: str, many: str = "", icon: str = "bell", folds: timedelta = SOON, plain: str = ""
) -> tuple[Reason, Reason]:
    """The same news for those who watch a page and, with `_kept` behind the key, for who keeps it."""
    return (
        Reason(key, "watched", one, _WATCH, many, icon, folds, plain),
        Reason(f"{key}_kept", "kept", one, _KEEP, many, icon, folds, plain),
    )


REASONS: Final[Mapping[str, Reason]] = {
    reason.key: reason
    for reason in (
        *CONVERSATIONS,
        *PAGE_TEMPLATES,
        # questions
        Reason(
            "question_asked",
            "asked",
            N_("%(who)s asks you: “%(text)s”"),
            N_("the question was put to you"),
            icon="circle-help",
        ),
        Reason(
            "question_partner",
            "asked",
            N_("%(who)s asks your organisation: “%(text)s”"),
            N_("you speak for your organisation"),
            icon="circle-help",
        ),
        Reason(
            "question_carried",
            "asked",
            N_("Nobody inside has answered “%(text)s” in two working days. It is with %(other)s now"),
            N_("you asked it"),
            icon="arrow-right",
        ),
        Reason(
            "question_answered",
            "asked",
            N_("%(who)s answered your question “%(text)s”"),
            N_("you asked it"),
            N_("%(count)s answers to your question “%(text)s”, last from %(who)s"),
            icon="message-square",
        ),
        Reason(
            "question_settled",
            "thanks",
            N_("Your answer was what %(who)s needed: “%(text)s”"),
            N_("you answered it"),
            icon="circle-check",
        ),
        Reason(
            "question_suggested",
            "kept",
            N_("%(who)s suggests to put a question and its answer into the page: “%(text)s”"),
            _KEEP,
            icon="pencil-line",
        ),
        # practices and thanks
        Reason("thanks", "thanks", N_("%(who)s thanks you: “%(text)s”"), N_("the thanks are for you"), icon="heart"),
        Reason(
            "tried",
            "thanks",
            N_("%(who)s tried it too: %(text)s (%(said)s)"),
            _KEEP,
            N_("%(who)s tried it too; last: %(text)s (%(said)s)"),
            icon="repeat",
        ),
        Reason(
            "tried_watched",
            "watched",
            N_("%(who)s tried it too: %(text)s (%(said)s)"),
            _WATCH,
            N_("%(who)s tried it too; last: %(text)s (%(said)s)"),
            icon="repeat",
        ),
        Reason("adapted", "thanks", N_("%(who)s made a version of their own: %(other)s"), _KEEP, icon="git-branch"),
        Reason(
            "reuse_asked",
            "asked",
            N_("%(who)s asks whether they may use it elsewhere: “%(text)s”"),
            _KEEP,
            icon="git-branch",
        ),
        Reason("reuse_answered", "asked", N_("%(who)s answered: %(text)s"), N_("you asked"), icon="git-branch"),
        # events
        Reason(
            "event_signed_up",
            "events",
            N_("%(who)s signed up"),
            N_("you look after this event"),
            N_("%(count)s people signed up, last %(who)s"),
            icon="calendar-plus",
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
            N_("Changed: %(now)s"),
            N_("you signed up for this event"),
            icon="calendar-clock",
        ),
        Reason(
            "event_cancelled",
            "events",
            N_("It does not take place"),
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
            icon="lightbulb",
        ),
        Reason(
            "letter",
            "letters",
            N_("The letter of %(space)s is there: what %(month)s brought"),
            N_("you take part in this space"),
            icon="mail",
        ),
        Reason(
            "letter_proposed",
            "asked",
            N_("A letter about %(month)s can go to all of %(space)s: look at it, and send it if it is right"),
            N_("you coordinate this space"),
            icon="mail",
        ),
        Reason(
            "kind_proposed",
            "asked",
            N_("%(who)s proposes a change to a kind of page: %(text)s"),
            N_("you look after kinds of pages"),
            icon="layout-template",
        ),
        # pages that somebody is asked to read and confirm (wiki.receipts.telling)
        Reason(
            "reading_asked",
            "asked",
            N_("%(who)s asks you to read this and confirm it by %(day)s: “%(text)s”"),
            N_("you are asked to read this page"),
            icon="book-open-check",
        ),
        Reason(
            "reading_again",
            "asked",
            N_("It has changed since you read it. See what changed, and confirm it again"),
            N_("you are asked to read this page"),
            icon="book-open-check",
        ),
        Reason(
            "reading_soon",
            "asked",
            N_("You are asked to read and confirm this by %(day)s"),
            N_("you are asked to read this page"),
            icon="clock",
        ),
        Reason(
            "reading_late",
            "asked",
            N_("You were asked to read and confirm this by %(day)s"),
            N_("you are asked to read this page"),
            icon="clock-alert",
        ),
        Reason(
            "reading_withdrawn",
            "asked",
            N_("You need not confirm this any more: “%(text)s”"),
            N_("you were asked to read this page"),
            icon="book-open-check",
        ),
        Reason(
            "reading_reminder",
            "asked",
            N_("%(who)s reminds you to read this and confirm it by %(day)s"),
            N_("you are asked to read this page"),
            icon="book-open-check",
        ),
        Reason(
            "reading_complete",
            "asked",
            N_("Everybody whom you asked has read this and confirmed it"),
            N_("you asked them to read this page"),
            icon="circle-check",
        ),
        # reading paths
        Reason("path_begun", "asked", N_("%(who)s put you on this reading path"), N_("you are on it"), icon="route"),
        Reason(
            "path_buddy",
            "asked",
            N_("You walk along with %(person)s on this reading path"),
            N_("you are the buddy of somebody who is new"),
            icon="route",
        ),
        Reason(
            "path_with", "asked", N_("%(buddy)s walks along with you now"), N_("you are on this path"), icon="route"
        ),
        Reason(
            "path_newcomer",
            "kept",
            N_("%(person)s has begun this reading path"),
            N_("you made room for this person’s work"),
            icon="route",
        ),
        Reason(
            "path_finished",
            "asked",
            N_("%(person)s has finished this reading path"),
            N_("you walk along, or look after somebody who is new"),
            icon="flag",
        ),
        Reason(
            "path_late",
            "asked",
            N_("You were to finish this reading path by %(day)s. Go on where you stopped, or let another day be set"),
            N_("you are on this path"),
            icon="clock-alert",
        ),
        Reason(
            "path_tried",
            "asked",
            N_("%(who)s has made a first small edit here: a good moment to say thanks"),
            N_("you are the buddy of somebody who is new"),
            icon="sprout",
        ),
        Reason(
            "path_ended",
            "kept",
            N_("%(person)s is not on this reading path any more"),
            N_("you were on this path, or walked along"),
            icon="route",
        ),
        # what happens to pages: told from the log (wiki.notices.happenings)
        *_both(
            "edited",
            N_("%(who)s changed it: “%(text)s”"),
            N_("%(count)s changes, last by %(who)s: “%(text)s”"),
            icon="pencil",
            folds=A_DAY,
            plain=N_("%(who)s changed it"),
        ),
        *_both("state", N_("%(who)s moved it from “%(was)s” to “%(now)s”"), "", icon="workflow"),
        *_both("condition", N_("The condition for a new look has occurred: “%(text)s”"), "", icon="eye"),
        Reason(
            "state_in_space", "watched", N_("%(who)s moved it from “%(was)s” to “%(now)s”"), _SPACE, icon="workflow"
        ),
        Reason(
            "accepted",
            "asked",
            N_("%(who)s settled it: “%(now)s”"),
            _NAMED,
            icon="circle-check",
        ),
        Reason(
            "condition_informed",
            "asked",
            N_("The condition for a new look has occurred: “%(text)s”"),
            _NAMED,
            icon="eye",
        ),
        Reason("new_in_space", "watched", N_("%(who)s began this page"), _SPACE, icon="file-plus"),
        Reason(
            "new_with_theme",
            "watched",
            N_("%(who)s began this page, on “%(theme)s”"),
            N_("you watch this theme"),
            icon="tag",
        ),
        Reason(
            "new_of_person",
            "watched",
            N_("A new page that %(other)s keeps"),
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
            "unattended",
            "kept",
            N_("New without anybody who looks after it: %(new)s (%(all)s in all)"),
            N_("you coordinate a space"),
            icon="user-x",
        ),
        *HANDOVERS,
        Reason(
            "found",
            "searches",
            N_("New in your search “%(search)s”"),
            N_("you asked to be told of new results of this search"),
            icon="search",
        ),
    )
}
