"""`/api/v1/search` and the description of the whole API."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import visible_spaces
from wiki.api.blueprint import MOST, address, api, number
from wiki.errors import Invalid, NotFound
from wiki.finding import asking
from wiki.finding.choosing import Labels, groups, named_pages
from wiki.finding.found import searching
from wiki.finding.names import Named, Names
from wiki.finding.showing import Shown, show
from wiki.i18n import gettext as _
from wiki.pages.typed import TypedPages
from wiki.web.state import catalogue, session, settings

DESCRIPTION = Path(__file__).parent / "openapi.json"


@api.get("/search")
def find() -> ResponseReturnValue:
    """Pages that the caller may see, best answers first; with `facets=yes` what they have in common, counted."""
    asked, problems = asking.read(request.args.items(multi=True), TypedPages(session(), g.viewer, "").page)
    if problems:
        raise Invalid(problems)
    search = searching(session(), g.viewer, asked)
    found = search.results(sort=asked.order, limit=number("limit", 20, MOST), offset=number("offset", 0))
    spaces = {space.slug: space for space in visible_spaces(session(), g.viewer)}
    today = clock.today(settings().time_zone)
    names = Names(session(), g.viewer)
    answer: dict[str, Any] = {
        "total": found.total,
        "left_out": found.left_out,
        "results": [_hit(one) for one in show(session(), catalogue(), g.viewer, found.hits, spaces, names, today)],
        "suggestion": found.suggestion,
        "notice": found.notice,
    }
    if request.args.get("facets") == "yes":
        facets = search.count()
        names.look_up(named_pages(asked, facets.counts))
        answer["facets"] = {
            group.name: [
                {"value": option.value, "label": option.label, "pages": option.pages, "chosen": option.chosen}
                for option in (*group.options, *group.more)
            ]
            for group in groups(asked, Labels(catalogue(), spaces, names, facets.counts))
        }
    return jsonify(answer)


def _hit(shown: Shown) -> dict[str, Any]:
    hit = shown.hit
    return {
        "space": hit.space,
        "slug": hit.slug,
        "title": hit.title,
        "kind": hit.kind,
        "state": hit.state,
        "over": hit.over,
        "number": shown.number,
        "snippet": "".join(text for text, _marked in hit.snippet),
        "row": hit.row_id,
        "owner": _named(shown.keeper),
        "replaced_by": _named(shown.successor),
        "changed": hit.changed_at.isoformat(timespec="seconds") if hit.changed_at else None,
        "reasons": list(hit.reasons),
        "url": address(hit.space, hit.slug) + (f"#r-{hit.row_id}" if hit.row_id else ""),
    }


def _named(page: Named | None) -> dict[str, Any] | None:
    return {"title": page.title, "url": f"{settings().base_url}{page.url}"} if page else None


@api.get("/openapi.json")
def describe() -> ResponseReturnValue:
    """What this API understands, as OpenAPI 3.1."""
    return Response(_description(), mimetype="application/json")


@lru_cache
def _description() -> str:
    return json.dumps(json.loads(DESCRIPTION.read_text("utf-8")), ensure_ascii=False)


@api.route("/", defaults={"path": ""}, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
@api.route("/<path:path>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def unknown(path: str) -> ResponseReturnValue:
    raise NotFound(_("There is nothing at this address. See /api/v1/openapi.json"))
