"""Search in the browser: words, filters, results at once after a save."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from wiki import search
from wiki.access import SpaceInfo, visible_spaces
from wiki.errors import Problem
from wiki.i18n import gettext as _
from wiki.i18n import sort_key
from wiki.kinds.types.base import BadValue
from wiki.pages.typed import TypedPages
from wiki.web.state import catalogue, session, viewer
from wiki.web.templating import render

finding = Blueprint("finding", __name__)

PAGE_SIZE = 20
LAST_SCREEN = 500


@finding.get("/search")
def find() -> ResponseReturnValue:
    """What answers the question, best first; the whole question is in the address."""
    words = request.args.get("q", "").strip()
    spaces = visible_spaces(session(), viewer())
    chosen = {name: request.args.get(name, "") for name in ("kind", "state", "space", "owner")}
    problems: list[Problem] = []
    owner = _owner(chosen["owner"], problems)
    screen = _screen(request.args.get("p", "1"))
    results = search.find(
        session(),
        viewer(),
        words,
        search.Chosen(
            kind=(chosen["kind"],) if chosen["kind"] else (),
            state=(chosen["state"],) if chosen["state"] else (),
            space=(chosen["space"],) if chosen["space"] else (),
            owner=(owner,) if owner is not None else (),
        ),
        limit=PAGE_SIZE,
        offset=(screen - 1) * PAGE_SIZE,
    )
    return render(
        "finding/results.html",
        query=words,
        chosen=chosen,
        results=results,
        asked=bool(words or any(chosen.values())),
        screen=screen,
        screens=max(1, -(-results.total // PAGE_SIZE)),
        address=_address,
        kinds={kind.key: _(kind.label) for kind in sorted(catalogue().values(), key=lambda k: sort_key(_(k.label)))},
        states=_states(chosen["kind"]),
        spaces={space.slug: space.name for space in spaces},
        writable=_writable(spaces, chosen["space"] or request.args.get("from", "")),
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    ), 422 if problems else 200


def _screen(text: str) -> int:
    return min(max(1, int(text)), LAST_SCREEN) if text.isdecimal() and len(text) < 6 else 1


def _owner(text: str, problems: list[Problem]) -> int | None:
    """The person or role whose pages are wanted; an unknown name is said beside the field and finds nothing else."""
    if not text:
        return None
    try:
        return TypedPages(session(), viewer(), "").page(text, ("person", "role"))
    except BadValue as error:
        problems.append(Problem("owner", error.message))
        return None


def _states(kind: str) -> dict[str, str]:
    """The states of the chosen kind, else those of all kinds by their words."""
    kinds = [catalogue()[kind]] if kind in catalogue() else list(catalogue().values())
    found = {state.key: _(state.label) for one in kinds for state in one.states}
    return dict(sorted(found.items(), key=lambda item: sort_key(item[1])))


def _writable(spaces: list[SpaceInfo], wished: str) -> SpaceInfo | None:
    """Where "write it" leads: the space that was searched, else any in which this person may write."""
    possible = [space for space in spaces if space.may("create")]
    return next((space for space in possible if space.slug == wished), possible[0] if possible else None)


def _address(**changes: Any) -> str:
    """The address of this search with other values; empty ones are left out."""
    values = {**request.args.to_dict(), **changes}
    return "/search?" + urlencode({key: value for key, value in values.items() if value not in ("", None)})
