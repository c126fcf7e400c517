"""Conversation in the browser: read, comment, answer, mend, remove, resolve, take up again."""

from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request
from flask.typing import ResponseReturnValue

from wiki.access import Found
from wiki.conversation import actions, suggesting
from wiki.conversation.about import About, parts_of
from wiki.conversation.actions import SomeCannotRead
from wiki.conversation.following import follow_text as follow_text
from wiki.conversation.listing import listed
from wiki.conversation.reading import comment_for, talk_of, thread_for
from wiki.conversation.rights import may_comment, talk_for
from wiki.errors import Invalid
from wiki.exports.conversation import talk_markdown
from wiki.i18n import gettext as _
from wiki.models import Comment
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

conversation = Blueprint("conversation", __name__)


def page_of(space: str, page: str) -> Found:
    found = talk_for(session(), viewer(), space, page)
    g.space = found.space
    return found


# --- reading


@conversation.get("/<space>/<page>/conversation")
def view(space: str, page: str) -> ResponseReturnValue:
    """What people say about the page; the page itself fetches the list alone (`part=list`)."""
    return _show(page_of(space, page))


@conversation.get("/<space>/<page>/conversation.md")
def as_markdown(space: str, page: str) -> ResponseReturnValue:
    """The same in a file of its own."""
    found = page_of(space, page)
    talk = talk_of(session(), catalogue(), viewer(), found)
    text = talk_markdown(talk, suggesting.of_page(session(), found.page), settings().base_url)
    return Response(text, mimetype="text/markdown")


def _show(found: Found, error: Invalid | None = None, at: str = "new") -> ResponseReturnValue:
    """With an error, the form `at` is shown again with what was typed."""
    talk = talk_of(session(), catalogue(), viewer(), found)
    problems = error.problems if error is not None else []
    part = request.args.get("part") == "list" and error is None
    shown = render(
        "conversation/part.html" if part else "conversation/conversation.html",
        talk=talk,
        page=found.page,
        url=talk.url,
        may=may_comment(session(), viewer(), found),
        parts=parts_of(catalogue()[found.page.kind], talk.content),
        part=request.values.get("part", "") if not part else "",
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        cannot=error.names if isinstance(error, SomeCannotRead) else (),
        at=at,
        values=request.form.to_dict(),
    )
    return shown, error.status if error is not None else 200


def _back(found: Found, said: str, anchor: str) -> ResponseReturnValue:
    """To the page, if the form was there, else to its conversation."""
    flash(said, "good")
    behind = "" if request.form.get("from") == "page" else "/conversation"
    return redirect(f"{found.url}{behind}#{anchor}", 303)


@conversation.get("/conversations")
def overview() -> ResponseReturnValue:
    """Open threads of all pages that the reader may follow."""
    who, given = signed_in_viewer(), request.args
    whose = given.get("whose", "") if given.get("whose") in ("mine", "for-me") else ""
    space, resolved = given.get("space", "")[:80], given.get("show") == "resolved"
    found = listed(session(), catalogue(), who, space=space, whose=whose, resolved=resolved)
    return render("conversation/list.html", found=found, whose=whose, space_wanted=space, resolved=resolved)


# --- writing


@conversation.post("/<space>/<page>/conversation")
def begin(space: str, page: str) -> ResponseReturnValue:
    """Begin a thread about the page, a field, a row or a passage."""
    found, form = page_of(space, page), request.form
    about = About(form.get("part", ""), form.get("quote", ""), form.get("before", ""), form.get("after", ""))
    try:
        made = actions.begin(
            session(), catalogue(), signed_in_viewer(), found, about, form.get("text", ""), anyway=_anyway()
        )
    except Invalid as error:
        return _show(found, error)
    return _back(found, _("Your comment is there."), f"comment-{made.id}")


def _anyway() -> bool:
    return request.form.get("anyway") == "yes"


@conversation.post("/<space>/<page>/conversation/<int:number>")
def reply(space: str, page: str, number: int) -> ResponseReturnValue:
    """Answer in a thread."""
    found = page_of(space, page)
    thread = thread_for(session(), catalogue(), viewer(), found, number)
    text = request.form.get("text", "")
    try:
        made = actions.reply(session(), catalogue(), signed_in_viewer(), found, thread, text, anyway=_anyway())
    except Invalid as error:
        return _show(found, error, f"thread-{number}")
    return _back(found, _("Your answer is there."), f"comment-{made.id}")


@conversation.post("/<space>/<page>/conversation/<int:number>/outcome")
def resolve(space: str, page: str, number: int) -> ResponseReturnValue:
    """Close a thread with what came of it."""
    found = page_of(space, page)
    thread = thread_for(session(), catalogue(), viewer(), found, number)
    try:
        actions.resolve(session(), catalogue(), signed_in_viewer(), found, thread, request.form.get("outcome", ""))
    except Invalid as error:
        return _show(found, error, f"outcome-{number}")
    return _back(found, _("Resolved. What came of it stands with the conversation."), f"thread-{number}")


@conversation.post("/<space>/<page>/conversation/<int:number>/reopening")
def reopen(space: str, page: str, number: int) -> ResponseReturnValue:
    found = page_of(space, page)
    thread = thread_for(session(), catalogue(), viewer(), found, number)
    actions.reopen(session(), signed_in_viewer(), found, thread)
    return _back(found, _("The conversation is open again."), f"thread-{number}")


# --- one comment


@conversation.get("/<space>/<page>/comments/<int:number>")
def change(space: str, page: str, number: int) -> ResponseReturnValue:
    """The form in which its author mends a comment, or removes it."""
    found = page_of(space, page)
    _thread, comment = comment_for(session(), catalogue(), viewer(), found, number)
    return _comment_form(found, comment, {"text": comment.text})


@conversation.post("/<space>/<page>/comments/<int:number>")
def keep(space: str, page: str, number: int) -> ResponseReturnValue:
    """Keep what was changed; `do=remove` takes the comment away."""
    found, who = page_of(space, page), signed_in_viewer()
    thread, comment = comment_for(session(), catalogue(), viewer(), found, number)
    if request.form.get("do") == "remove":
        actions.remove(session(), who, found, thread, comment)
        return _back(found, _("The comment is removed."), f"thread-{thread.id}")
    text = request.form.get("text", "")
    try:
        actions.edit(session(), catalogue(), who, found, thread, comment, text, anyway=_anyway())
    except Invalid as error:
        return _comment_form(found, comment, request.form.to_dict(), error), error.status
    return _back(found, _("The comment is changed."), f"comment-{number}")


def _comment_form(found: Found, comment: Comment, values: dict[str, Any], error: Invalid | None = None) -> str:
    problems = error.problems if error is not None else []
    return render(
        "conversation/comment.html",
        found=found,
        page=found.page,
        url=found.url,
        comment=comment,
        mine=comment.author_id == viewer().account_id,
        values=values,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        cannot=error.names if isinstance(error, SomeCannotRead) else (),
    )
