"""A handover note as the API gives it: what its reader may not see has neither title, number nor address."""

from collections.abc import Mapping
from typing import Any

from wiki.api.blueprint import address
from wiki.handover.listing import Head
from wiki.handover.notes import Parties
from wiki.handover.showing import Item, Progress, Shown
from wiki.kinds import Content
from wiki.models import Page
from wiki.web.state import settings


def head_json(head: Head) -> dict[str, Any]:
    return {
        **_head(head.page, head.space, head.content, head.parties, head.names),
        "progress": _progress(head.progress),
        "gap_count": head.gaps,
    }


def handover_json(shown: Shown) -> dict[str, Any]:
    names = {number: named[0] for number, named in shown.names.items()}
    rows = {row["id"]: row for row in shown.content.rows("items")}
    return {
        **_head(shown.found.page, shown.found.space.slug, shown.content, shown.parties, names),
        "progress": _progress(shown.progress),
        "gap_count": shown.count,
        "items": [_item(one, rows[one.id], names) for one in shown.items],
        "gaps": [
            {
                "code": sort.code,
                "label": sort.label,
                "places": [
                    {"item": place.row, "text": place.text, "said": place.said, "url": _whole(place.href)}
                    for place in sort.places
                ],
            }
            for sort in shown.gaps
        ],
        "questions": [
            {
                "row": row["id"],
                "question": row.get("question", ""),
                "answer": row.get("answer", ""),
                "answered_by": _person(names, row.get("answered_by")),
                "answered_on": row.get("on"),
            }
            for row in shown.content.rows("questions")
        ],
    }


def _head(page: Page, space: str, content: Content, parties: Parties, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "id": page.id,
        "space": space,
        "slug": page.slug,
        "title": page.title,
        "url": address(space, page.slug),
        "state": page.state,
        "revision": page.number,
        "kind": content.fields.get("kind", ""),
        "last_day": content.fields.get("last_day"),
        "person": _person(names, parties.leaver),
        "successor": _person(names, parties.successor),
        "manager": _person(names, parties.manager),
    }


def _progress(progress: Progress) -> dict[str, int]:
    return {"total": progress.total, "passed_on": progress.passed, "settled": progress.settled}


def _item(item: Item, row: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "row": item.id,
        "kind": row.get("kind", ""),
        "title": item.title or None,
        "url": _whole(item.href) if item.href else None,
        "on_page": item.where or None,
        "due": item.due.isoformat() if item.due else None,
        "status": item.status,
        "what_to_know": item.note,
        "next_owner": _person(names, row.get("next_owner")),
        "sent_back": item.sent_back,
        "accepted_by": _person(names, row.get("accepted_by")),
        "accepted_on": item.accepted_on or None,
        "caretaker": item.caretaker,
        "gaps": sorted({gap.code for gap in item.gaps}),
        "offered_as": item.may or None,
        "within_reach": item.reachable,
    }


def _person(names: Mapping[int, str], number: Any) -> dict[str, Any] | None:
    return {"id": number, "name": names[number]} if isinstance(number, int) and number in names else None


def _whole(href: str) -> str:
    return f"{settings().base_url}{href}"
