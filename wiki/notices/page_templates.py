"""Why people are told something of proposed changes to page templates."""

from wiki.i18n import N_
from wiki.notices.topics import Reason

_ASKED = N_("you look after the site, and so after its page templates")
_YOURS = N_("you proposed the change")

PAGE_TEMPLATES = (
    Reason(
        "template_proposed",
        "asked",
        N_("%(who)s proposes a change to a page template: “%(text)s”"),
        _ASKED,
        icon="pencil",
    ),
    Reason(
        "template_comment",
        "talk",
        N_("%(who)s commented on a proposed change to a page template: “%(text)s”"),
        N_("you take part in this conversation"),
        N_("%(count)s comments on a proposed change to a page template, last from %(who)s: “%(text)s”"),
        icon="message-square",
    ),
    Reason(
        "template_accepted",
        "asked",
        N_("%(who)s accepted the change to a page template that you proposed: “%(text)s”"),
        _YOURS,
        icon="circle-check",
    ),
    Reason(
        "template_declined",
        "asked",
        N_("%(who)s declined the change to a page template that you proposed: “%(text)s”"),
        _YOURS,
        icon="circle-help",
    ),
)
