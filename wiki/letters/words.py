"""A letter in words, for one reader: sections in a fixed order, names as they are now and as far as the reader knows them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from wiki.access import VISITOR, titles_of
from wiki.i18n import N_, format_date
from wiki.i18n import gettext as _
from wiki.letters.record import Span, Told
from wiki.letters.told_by_pages import told_by_pages
from wiki.letters.told_by_peers import told_by_promises, told_by_thanks, told_by_uses
from wiki.letters.told_by_people import told_by_events, told_by_members
from wiki.notices.sentences import in_a_row
from wiki.rendering.plain import plain_text
from wiki.text import shorten, url_part

#: Section -> its heading and its icon, in the order of the letter.
SECTIONS: Mapping[str, tuple[str, str]] = {
    "practices": (N_("Worth trying"), "sprout"),
    "tried": (N_("Tried elsewhere"), "repeat"),
    "thanks": (N_("Thanks"), "heart"),
    "decisions": (N_("Decided"), "signpost"),
    "lessons": (N_("Learned"), "lightbulb"),
    "promises": (N_("Promises kept"), "handshake"),
    "people": (N_("Who came, who went"), "users"),
    "events": (N_("Coming up"), "calendar-days"),
}
#: Characters of a text that a letter quotes.
QUOTED = 280

Names = Mapping[int, tuple[str, str, str]]


@dataclass(frozen=True)
class Item:
    """One thing of a letter. `said` is our sentence, `text` words of its page; `quoted` if somebody said them to somebody."""

    key: str
    title: str
    href: str
    said: str
    text: str
    quoted: bool
    time: datetime


@dataclass(frozen=True)
class Section:
    """Some things of the same sort."""

    key: str
    label: str
    icon: str
    items: list[Item] = field(default_factory=list)


def gather(session: Session, span: Span, left_out: Collection[str] = ()) -> list[Told]:
    """All that there is to tell, in the order of time, without what was left out; at most ten statements."""
    found = [
        *told_by_pages(session, span),
        *told_by_uses(session, span),
        *told_by_thanks(session, span),
        *told_by_promises(session, span),
        *told_by_members(session, span),
        *told_by_events(session, span),
    ]
    replaced = {other for one in found for other in one.refs.get("replaces", ())}
    told = [one for one in found if one.what != "replaced" or one.page_id not in replaced]
    return sorted((one for one in told if one.key not in left_out), key=lambda one: (one.time, one.key))


def sections(session: Session, span: Span, left_out: Collection[str] = ()) -> list[Section]:
    """The letter for the reader of the span; sections in which there is nothing are not there."""
    told = gather(session, span, left_out)
    ids = {page for one in told for pages in one.refs.values() for page in pages}
    names = titles_of(session, span.viewer or VISITOR, ids)
    made = {key: Section(key, _(label), icon) for key, (label, icon) in SECTIONS.items()}
    for one in told:
        made[one.section].items.append(_item(one, names))
    return [section for section in made.values() if section.items]


def _item(one: Told, names: Names) -> Item:
    return Item(one.key, one.title, _href(one, names), _said(one, names), _text(one), one.what == "thanked", one.time)


def _text(one: Told) -> str:
    """What it says by itself. Of a use the story is told too: it says why, where something did not work."""
    if one.what != "used":
        return one.words.get("text", "")
    changed, story = one.words.get("what_changed", "").rstrip(), plain_text(one.words.get("story", ""))
    stop = "" if not (changed and story) or changed[-1] in ".!?…" else "."
    return shorten(" ".join(f"{changed}{stop} {story}".split()), QUOTED)


def _href(one: Told, names: Names) -> str:
    """Where to read on: a person's page for those who may see it."""
    for person in one.refs.get("person", ()):
        if person in names:
            _title, space, slug = names[person]
            return f"/{url_part(space)}/{url_part(slug)}"
    return one.href


def _said(one: Told, names: Names) -> str:
    known = {name: in_a_row([names[page][0] for page in pages if page in names]) for name, pages in one.refs.items()}
    return {
        "new": _new,
        "version": _version,
        "used": _used,
        "thanked": _thanked,
        "decided": _decided,
        "replaced": _replaced,
        "checked": lambda one, known: _("Somebody else has checked it"),
        "shared": lambda one, known: _("Ready for others to use"),
        "applied": _applied,
        "kept": _kept,
        "came": lambda one, known: _("Takes part now"),
        "went": lambda one, known: _("No longer takes part"),
        "event": _event,
    }[one.what](one, known)


def _new(one: Told, known: Mapping[str, str]) -> str:
    return _("Shared by %(orgs)s", orgs=known["orgs"]) if known.get("orgs") else _("Shared")


def _version(one: Told, known: Mapping[str, str]) -> str:
    of, orgs = known.get("of"), known.get("orgs")
    if of and orgs:
        return _("A version of “%(title)s”, by %(orgs)s", title=of, orgs=orgs)
    return _("A version of “%(title)s”", title=of) if of else _("A version of something else")


def _used(one: Told, known: Mapping[str, str]) -> str:
    org, result = known.get("orgs"), one.words.get("result")
    if not org:
        anonymous = {
            "worked": _("Tried: it worked"),
            "partly": _("Tried: it worked in part"),
            "did_not": _("Tried: it did not work"),
        }
        return anonymous.get(str(result), _("Tried"))
    named = {
        "worked": _("%(org)s tried it: it worked", org=org),
        "partly": _("%(org)s tried it: it worked in part", org=org),
        "did_not": _("%(org)s tried it: it did not work", org=org),
    }
    return named.get(str(result), _("%(org)s tried it", org=org))


def _thanked(one: Told, known: Mapping[str, str]) -> str:
    if known.get("to"):
        return _("%(who)s thanks %(name)s", who=one.words["who"], name=known["to"])
    return _("%(who)s thanks everybody behind this page", who=one.words["who"])


def _decided(one: Told, known: Mapping[str, str]) -> str:
    if known.get("replaces"):
        return _("Decided; it takes the place of “%(title)s”", title=known["replaces"])
    return _("Decided")


def _replaced(one: Told, known: Mapping[str, str]) -> str:
    if known.get("by"):
        return _("“%(title)s” has taken its place", title=known["by"])
    return _("Another decision has taken its place")


def _applied(one: Told, known: Mapping[str, str]) -> str:
    return _("It changed something: %(pages)s", pages=known["in"]) if known.get("in") else _("It changed something")


def _kept(one: Told, known: Mapping[str, str]) -> str:
    where = one.words["page"]
    if known.get("orgs"):
        return _("%(orgs)s kept it, in “%(title)s”", orgs=known["orgs"], title=where)
    return _("Kept, in “%(title)s”", title=where)


def _event(one: Told, known: Mapping[str, str]) -> str:
    begin, end = one.words["from"], one.words["until"]
    if end and end != begin:
        return _("%(first)s to %(last)s", first=format_date(begin, "full"), last=format_date(end, "full"))
    return format_date(begin, "full")
