"""Why people are told something of conversations and suggested changes."""

from wiki.i18n import N_
from wiki.notices.topics import Reason

_KEEP = N_("you keep this page")
_WATCH = N_("you watch this page")
_TALK = N_("you take part in this conversation")
_PART = N_("%(who)s commented on a part of the page")

CONVERSATIONS = (
    Reason(
        "mention",
        "asked",
        N_("%(who)s mentioned you: “%(text)s”"),
        N_("you were mentioned"),
        icon="at-sign",
        plain=N_("%(who)s mentioned you, speaking of a part of the page"),
    ),
    Reason(
        "reply",
        "asked",
        N_("%(who)s answered you: “%(text)s”"),
        N_("it is an answer to you"),
        N_("%(who)s answered you %(count)s times, last: “%(text)s”"),
        icon="reply",
        plain=N_("%(who)s answered you, speaking of a part of the page"),
    ),
    Reason(
        "talk",
        "talk",
        N_("%(who)s wrote: “%(text)s”"),
        _TALK,
        N_("%(count)s more in a conversation, last from %(who)s: “%(text)s”"),
        icon="message-square",
        plain=N_("%(who)s wrote about a part of the page"),
    ),
    Reason(
        "comment",
        "kept",
        N_("%(who)s commented: “%(text)s”"),
        _KEEP,
        N_("%(count)s comments, last from %(who)s: “%(text)s”"),
        icon="message-square",
        plain=_PART,
    ),
    Reason(
        "comment_watched",
        "watched",
        N_("%(who)s commented: “%(text)s”"),
        _WATCH,
        N_("%(count)s comments, last from %(who)s: “%(text)s”"),
        icon="message-square",
        plain=_PART,
    ),
    Reason(
        "resolved",
        "talk",
        N_("%(who)s closed a conversation: “%(text)s”"),
        _TALK,
        icon="circle-check",
        plain=N_("%(who)s closed a conversation about a part of the page"),
    ),
    Reason(
        "suggestion",
        "kept",
        N_("%(who)s suggests a change"),
        _KEEP,
        N_("%(count)s suggested changes, last from %(who)s"),
        icon="pencil-line",
    ),
    Reason(
        "suggestion_answered",
        "asked",
        N_("%(who)s answered your suggestion: %(said)s. “%(text)s”"),
        N_("you suggested it"),
        icon="pencil-line",
        plain=N_("%(who)s answered your suggestion: %(said)s"),
    ),
)
