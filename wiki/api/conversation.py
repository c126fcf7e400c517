"""`/api/v1/…/conversation`: what is said about a page; begin, answer, resolve."""

from typing import Any

from flask import g, jsonify
from flask.typing import ResponseReturnValue

from wiki.access import Found
from wiki.api.blueprint import address, api, caller, sent
from wiki.conversation import actions
from wiki.conversation.about import About
from wiki.conversation.reading import ThreadShown, talk_of, thread_for
from wiki.conversation.rights import talk_for
from wiki.web.state import catalogue, session

BEGIN: dict[str, type | tuple[type, ...]] = {
    "text": str,
    "part": str,
    "quote": str,
    "before": str,
    "after": str,
    "cannot_read": str,
}
ANSWER: dict[str, type | tuple[type, ...]] = {"text": str, "cannot_read": str}
OUTCOME: dict[str, type | tuple[type, ...]] = {"outcome": str}


def _page(space: str, slug: str) -> Found:
    caller()
    return talk_for(session(), g.viewer, space, slug)


@api.get("/pages/<space>/<slug>/conversation")
def conversation_of_page(space: str, slug: str) -> ResponseReturnValue:
    """All threads that the caller may follow, with their comments."""
    found = _page(space, slug)
    talk = talk_of(session(), catalogue(), g.viewer, found)
    return jsonify(total=len(talk.threads), threads=[_as_json(found, one) for one in talk.threads])


def _as_json(found: Found, one: ThreadShown) -> dict[str, Any]:
    thread = one.thread
    return {
        "thread": thread.id,
        "url": f"{address(found.space.slug, found.page.slug)}/conversation#thread-{thread.id}",
        "field": thread.field,
        "row": thread.row_id,
        "quote": thread.quote,
        "gone": one.gone,
        "state": thread.state,
        "outcome": thread.outcome,
        "resolved_by": thread.resolved_by,
        "comments": [
            {
                "comment": said.comment.id,
                "author": said.comment.author_name,
                "text": said.comment.text,
                "written": said.comment.written_at.isoformat(),
                "edited": said.comment.edited_at.isoformat() if said.comment.edited_at else None,
                "removed_by": said.comment.removed_by,
            }
            for said in one.comments
        ],
    }


@api.post("/pages/<space>/<slug>/conversation")
def begin_conversation(space: str, slug: str) -> ResponseReturnValue:
    """Begin a thread. People named who cannot read it are refused (422), unless `cannot_read` is "leave_out"."""
    found, body = _page(space, slug), sent(BEGIN)
    about = About(*(body.get(key, "") for key in ("part", "quote", "before", "after")))
    made = actions.begin(session(), catalogue(), g.viewer, found, about, body.get("text", ""), anyway=_anyway(body))
    return jsonify(thread=made.thread_id, comment=made.id), 201


def _anyway(body: dict[str, Any]) -> bool:
    return bool(body.get("cannot_read") == "leave_out")


@api.post("/pages/<space>/<slug>/conversation/<int:number>")
def answer_in_conversation(space: str, slug: str, number: int) -> ResponseReturnValue:
    """Answer in a thread."""
    found, body = _page(space, slug), sent(ANSWER)
    thread = thread_for(session(), catalogue(), g.viewer, found, number)
    made = actions.reply(session(), catalogue(), g.viewer, found, thread, body.get("text", ""), anyway=_anyway(body))
    return jsonify(thread=number, comment=made.id), 201


@api.post("/pages/<space>/<slug>/conversation/<int:number>/outcome")
def resolve_conversation(space: str, slug: str, number: int) -> ResponseReturnValue:
    """Close a thread with what came of it."""
    found = _page(space, slug)
    thread = thread_for(session(), catalogue(), g.viewer, found, number)
    actions.resolve(session(), catalogue(), g.viewer, found, thread, sent(OUTCOME).get("outcome", ""))
    return jsonify(thread=number, state=thread.state, outcome=thread.outcome)
