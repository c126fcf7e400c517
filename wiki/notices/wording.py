"""A mail of notices in words: what it is called, what it begins with, in which order it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wiki import i18n, mail_texts
from wiki.config import Settings
from wiki.i18n import gettext as _
from wiki.i18n import ngettext
from wiki.kinds import Catalogue
from wiki.mail_headers import of_list
from wiki.mail_texts import Letter
from wiki.models import Notice
from wiki.notices.inbox import Group
from wiki.notices.reasons import REASONS
from wiki.notices.sentences import in_a_row
from wiki.notices.stop import addresses
from wiki.notices.topics import TOPICS, Channel
from wiki.notices.wishes import Wish
from wiki.text import shorten

#: Titles that a subject names at most, and how long they may be together: mail programs cut off what comes behind.
NAMED = 3
SUBJECT_TITLES = 90
#: So much of a title, and of a sentence, stands in a subject.
SUBJECT_PART = 70
_RANKS = {topic: rank for rank, topic in enumerate(TOPICS)}


@dataclass(frozen=True)
class Said:
    """What a mail tells one person: `groups` of the `count` notices; `rhythm` is "" for one that comes when something happens."""

    name: str
    groups: Sequence[Group]
    count: int
    rhythm: Channel | str = ""


def rank(notice: Notice) -> int:
    """What is asked of somebody comes before what they merely watch."""
    reason = REASONS.get(notice.reason)
    return _RANKS[reason.topic] if reason is not None else len(_RANKS)


def rhythm(wish: Wish, notices: Iterable[Notice]) -> Channel | str:
    """How often such a mail comes, if all in it waited for the same time."""
    known = {reason.topic for one in notices if (reason := REASONS.get(one.reason)) is not None}
    channels = {wish.channel(topic) for topic in known}
    return channels.pop() if len(channels) == 1 and channels <= {"daily", "weekly"} else ""


def letter(
    settings: Settings, catalogue: Catalogue, said: Said, stop: str, headers: tuple[tuple[str, str], ...]
) -> Letter:
    """The mail in the language and time zone of its reader, as text and as HTML."""
    told = {
        "name": said.name,
        "opening": _opening(said),
        # what is of no page has no heading: it comes first, or it would seem to be of the page before it
        "groups": sorted(said.groups, key=lambda group: group.about is not None),
        "rest": said.count - sum(len(group.notices) for group in said.groups),
        "kinds": {key: _(kind.label) for key, kind in catalogue.items()},
        "stop": stop,
    }
    written = mail_texts.write(
        settings, "notices", i18n.language(), i18n.time_zone(), subject=_subject(said.groups), **told
    )
    return Letter(
        written.subject,
        written.text,
        mail_texts.in_html(settings, "notices", subject=written.subject, language=i18n.language(), **told),
        (*headers, of_list(settings, "notices"), *addresses.headers(stop)),
    )


def _opening(said: Said) -> str:
    """Why the mail comes now, where that is a time that its reader chose."""
    if said.rhythm == "weekly":
        return ngettext("Your weekly mail: %(count)s notice.", "Your weekly mail: %(count)s notices.", said.count)
    if said.rhythm == "daily":
        return ngettext("Your daily mail: %(count)s notice.", "Your daily mail: %(count)s notices.", said.count)
    return ""


def _subject(groups: Sequence[Group]) -> str:
    notices = [one for group in groups for one in group.notices]
    titles = list(dict.fromkeys(group.about.title for group in groups if group.about is not None))
    if len(notices) == 1:
        sentence = shorten(notices[0].sentence, SUBJECT_PART)
        return f"{shorten(titles[0], SUBJECT_PART)}: {sentence}" if titles else sentence
    if not titles:
        return ngettext("%(count)s notice", "%(count)s notices", len(notices))
    named = _that_fit([shorten(title, SUBJECT_PART) for title in titles])
    pages, rest = in_a_row(named), len(titles) - len(named)
    if rest:
        return ngettext(
            "News of %(pages)s and %(count)s more", "News of %(pages)s and %(count)s more", rest, pages=pages
        )
    return _("News of %(pages)s", pages=pages)


def _that_fit(titles: Sequence[str]) -> list[str]:
    """The first, and those after it that a subject has room for."""
    fit = [number for number in range(1, NAMED + 1) if sum(map(len, titles[:number])) <= SUBJECT_TITLES]
    return list(titles[: max(fit, default=1)])
