"""Why people are told of handovers. See wiki.notices.reasons."""

from typing import Final

from wiki.i18n import N_
from wiki.notices.topics import Reason

_HANDOVER = N_("you have a part in this handover")

HANDOVERS: Final[tuple[Reason, ...]] = (
    Reason(
        "handover_yours",
        "asked",
        N_("%(who)s began a handover of what you hold; your last day there is %(day)s"),
        N_("it is about what you hold"),
        icon="arrow-right-left",
    ),
    Reason(
        "handover_manager",
        "asked",
        N_("%(leaver)s hands over what they hold until %(day)s; you look after it"),
        N_("you are named there as the manager"),
        icon="arrow-right-left",
    ),
    Reason(
        "handover_successor",
        "asked",
        N_("%(leaver)s hands over to you until %(day)s"),
        N_("you are named there as the one who takes over"),
        icon="arrow-right-left",
    ),
    Reason(
        "handover_given",
        "asked",
        N_("The handover of %(leaver)s is ready: read it, ask, and take things on one by one"),
        _HANDOVER,
        icon="arrow-right-left",
    ),
    Reason(
        "handover_offered",
        "asked",
        N_("Something that %(leaver)s holds is offered to you"),
        _HANDOVER,
        N_("Several things that %(leaver)s holds are offered to you"),
        "arrow-right-left",
    ),
    Reason(
        "handover_back",
        "asked",
        N_("%(who)s wants to know more before taking something on: “%(text)s”"),
        _HANDOVER,
        icon="arrow-right-left",
    ),
    Reason(
        "handover_taken",
        "kept",
        N_("%(who)s took something on from %(leaver)s"),
        _HANDOVER,
        N_("%(who)s took several things on from %(leaver)s"),
        "arrow-right-left",
    ),
    Reason("handover_question", "asked", N_("%(who)s asks: “%(text)s”"), _HANDOVER, icon="circle-help"),
    Reason("handover_answer", "asked", N_("%(who)s answers: “%(text)s”"), _HANDOVER, icon="reply"),
    Reason(
        "handover_left",
        "asked",
        N_("The last day of %(leaver)s is over, and not everything has been taken on"),
        N_("you look after it, or after the space"),
        icon="user-x",
    ),
    Reason(
        "last_administrator",
        "asked",
        N_("The last administrator has left and can still sign in. Make somebody else one first"),
        N_("you can mend it, or ask for it"),
        icon="user-x",
    ),
    Reason(
        "handover_partner",
        "asked",
        N_("%(name)s told %(org)s on %(day)s that somebody hands over their work: %(how)s"),
        N_("you speak for your organisation"),
        icon="arrow-right-left",
    ),
    Reason(
        "handover_partner_plainly",
        "asked",
        N_("%(name)s told %(org)s on %(day)s that somebody hands over their work"),
        N_("you speak for your organisation"),
        icon="arrow-right-left",
    ),
)
