"""`/api/v1/search` and the description of the whole API."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from wiki import search
from wiki.api.blueprint import MOST, address, api, number
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.web.state import session

DESCRIPTION = Path(__file__).parent / "openapi.json"


@api.get("/search")
def find() -> ResponseReturnValue:
    """Pages that the caller may see, best answers first."""
    found = search.find(
        session(),
        g.viewer,
        request.args.get("q", ""),
        search.Chosen.of({name: request.args.getlist(name) for name in ("kind", "state", "space")}),
        limit=number("limit", 20, MOST),
        offset=number("offset", 0),
    )
    return jsonify(
        total=found.total,
        results=[_hit(hit) for hit in found.hits],
        suggestion=found.suggestion,
        notice=found.notice,
    )


def _hit(hit: search.Hit) -> dict[str, Any]:
    fragment = f"#r-{hit.row_id}" if hit.row_id else ""
    return {
        "space": hit.space,
        "slug": hit.slug,
        "title": hit.title,
        "kind": hit.kind,
        "state": hit.state,
        "snippet": "".join(text for text, _marked in hit.snippet),
        "url": address(hit.space, hit.slug) + fragment,
    }


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
