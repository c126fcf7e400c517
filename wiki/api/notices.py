"""`/api/v1/notices`: what the caller is told, and marking it as seen."""

from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.api.blueprint import LARGEST, MOST, api, caller, number, sent
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.notices import inbox
from wiki.notices.inbox import Group
from wiki.notices.sentences import Said
from wiki.notices.topics import TOPICS
from wiki.web.state import session, settings

SEEN: dict[str, type | tuple[type, ...]] = {"notices": (list, str)}


@api.get("/notices")
def list_notices() -> ResponseReturnValue:
    """The caller's notices of pages that they may read now, newest first; `new`, `topic`, `limit`, `before`."""
    who = caller()
    topic = request.args.get("topic", "")
    if topic and topic not in TOPICS:
        known = ", ".join(TOPICS)
        raise Invalid([Problem("topic", _("There is no topic of that name. Known: %(known)s.", known=known))])
    found = inbox.look(
        session(),
        who,
        unseen=request.args.get("new") == "yes",
        topic=topic,
        before=number("before", 0) or None,
        limit=max(1, number("limit", 50, MOST)),
    )
    told = [_as_json(group, one) for group in found.groups for one in group.notices]
    told.sort(key=lambda one: (one["time"], one["id"]), reverse=True)
    return jsonify(new=sum(inbox.counts(session(), who).values()), notices=told, before=found.older)


def _as_json(group: Group, one: Said) -> dict[str, Any]:
    about = group.about
    return {
        "id": one.id,
        "reason": one.reason,
        "topic": one.topic,
        "text": one.sentence,
        "why": one.why,
        "time": one.time.isoformat(),
        "seen": one.seen,
        "count": one.count,
        "page": {"title": about.title, "kind": about.kind, "space": about.space_slug, "slug": about.slug}
        if about
        else None,
        "url": f"{settings().base_url}{one.href}",
    }


@api.post("/notices/seen")
def mark_notices() -> ResponseReturnValue:
    """Mark `notices` (their ids, or "all") as seen. Says how many are still new."""
    who, asked = caller(), sent(SEEN)
    ids = asked.get("notices", [])
    if ids == "all":
        inbox.mark(session(), who, until=clock.now())
    elif ids and isinstance(ids, list) and all(_is_id(one) for one in ids):
        inbox.mark(session(), who, ids=ids)
    else:
        raise Invalid([Problem("notices", _("“notices” should be a list of numbers, or “all”."))])
    return jsonify(new=sum(inbox.counts(session(), who).values()))


def _is_id(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST
