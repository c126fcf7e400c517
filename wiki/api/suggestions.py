"""`/api/v1/…/suggestions`: changes that somebody suggests to a page; proposed, read, accepted or declined piece by piece, withdrawn."""

from typing import Any

from flask import g, jsonify
from flask.typing import ResponseReturnValue

from wiki.access import Found
from wiki.api.blueprint import address, api, caller, number, sent
from wiki.conversation import suggesting
from wiki.conversation.pieces import Piece
from wiki.conversation.rights import check_comment, talk_for
from wiki.errors import Invalid, Problem
from wiki.history import queries as history
from wiki.i18n import gettext as _
from wiki.kinds import Content
from wiki.kinds.redact import keep_hidden
from wiki.models import Suggestion
from wiki.pages import forms
from wiki.pages.referring import Kept
from wiki.pages.storing import content_of
from wiki.pages.typed import TypedPages
from wiki.web.state import catalogue, session

NEW: dict[str, type | tuple[type, ...]] = {"base": int, "title": str, "body": str, "fields": dict, "note": str}
DECIDED: dict[str, type | tuple[type, ...]] = {"pieces": list, "answer": str}


def _page(space: str, slug: str) -> Found:
    caller()
    return talk_for(session(), g.viewer, space, slug)


@api.get("/pages/<space>/<slug>/suggestions")
def list_suggestions(space: str, slug: str) -> ResponseReturnValue:
    """All that was suggested for the page, open ones first; `limit`, `offset`."""
    found = _page(space, slug)
    listed = suggesting.of_page(session(), found.page)
    start = number("offset", 0)
    shown = listed[start : start + number("limit", 50, 200)]
    return jsonify(total=len(listed), suggestions=[_head(found, one) for one in shown])


@api.get("/pages/<space>/<slug>/suggestions/<int:suggestion>")
def read_suggestion(space: str, slug: str, suggestion: int) -> ResponseReturnValue:
    """One with the pieces that are left to decide, as they would change the page as it is now."""
    found = _page(space, slug)
    return jsonify(_whole(found, suggesting.suggestion_for(session(), found, suggestion)))


def _head(found: Found, one: Suggestion) -> dict[str, Any]:
    return {
        "suggestion": one.id,
        "url": f"{address(found.space.slug, found.page.slug)}/suggestions/{one.id}",
        "author": one.author_name,
        "made": one.made_at.isoformat(),
        "note": one.note,
        "base": one.base,
        "state": one.state,
        "accepted": one.accepted,
        "declined": len(one.declined),
        "decided_by": one.closed_by,
        "answer": one.answer,
    }


def _whole(found: Found, one: Suggestion) -> dict[str, Any]:
    shown = suggesting.shown(session(), catalogue(), g.viewer, found, one)
    return {
        **_head(found, one),
        "page_changed_since": shown.old,
        "same_place_changed": shown.clash,
        "may_decide": shown.may_decide,
        "pieces": [_piece(piece) for piece in shown.pieces.pieces],
    }


def _piece(piece: Piece) -> dict[str, Any]:
    said = {"piece": piece.key, "place": piece.place, "label": piece.label}
    if piece.row is not None:
        cells = [{"label": cell.label, "before": cell.old, "after": cell.new} for cell in piece.row.cells]
        return {**said, "change": piece.row.kind, "row": piece.row.title, "cells": cells}
    change = piece.value or piece.paragraph
    old, new = (change.old, change.new) if change is not None else ("", "")
    return {**said, "change": _change(old, new), "before": old, "after": new}


def _change(old: str, new: str) -> str:
    return "added" if not old else "removed" if not new else "changed"


@api.post("/pages/<space>/<slug>/suggestions")
def suggest_change(space: str, slug: str) -> ResponseReturnValue:
    """Suggest what the caller would make of revision `base`; what is not given stays. The page stays as it is."""
    found, person, body = _page(space, slug), caller(), sent(NEW)
    check_comment(session(), person, found)
    if "base" not in body:
        raise Invalid([Problem("base", _("Say which revision you began from: “base”."))])
    page, kind = found.page, catalogue()[found.page.kind]
    began = content_of(history.revision(session(), page, body["base"]))
    names = TypedPages(session(), person, space, Kept.of(kind, began))
    wished = _wished(body, began)
    content = forms.read_json(catalogue(), kind, wished.title, wished.body, body.get("fields", {}), names, began)
    content = keep_hidden(kind, began, content, person.person_id, page.state)
    made = suggesting.suggest(session(), catalogue(), person, found, content, body["base"], body.get("note", ""))
    return jsonify(_whole(found, made)), 201


def _wished(body: dict[str, Any], began: Content) -> Content:
    return Content(body.get("title", began.title), body.get("body", began.body))


@api.post("/pages/<space>/<slug>/suggestions/<int:suggestion>/acceptance")
def accept_suggestion(space: str, slug: str, suggestion: int) -> ResponseReturnValue:
    """Put pieces into the page: a revision by the caller that says who suggested it."""
    found, body = _page(space, slug), sent(DECIDED)
    one = suggesting.suggestion_for(session(), found, suggestion)
    suggesting.accept(session(), catalogue(), caller(), found, one, _pieces(body), body.get("answer", ""))
    return jsonify(_whole(found, one))


@api.post("/pages/<space>/<slug>/suggestions/<int:suggestion>/refusal")
def decline_suggestion(space: str, slug: str, suggestion: int) -> ResponseReturnValue:
    """Leave pieces as they stand in the page."""
    found, body = _page(space, slug), sent(DECIDED)
    one = suggesting.suggestion_for(session(), found, suggestion)
    suggesting.decline(session(), catalogue(), caller(), found, one, _pieces(body), body.get("answer", ""))
    return jsonify(_whole(found, one))


def _pieces(body: dict[str, Any]) -> list[str]:
    given = body.get("pieces", [])
    if not given or not all(isinstance(one, str) for one in given):
        raise Invalid([Problem("pieces", _("Say which pieces you mean, by their keys: “pieces”."))])
    return list(given)


@api.post("/pages/<space>/<slug>/suggestions/<int:suggestion>/withdrawal")
def withdraw_suggestion(space: str, slug: str, suggestion: int) -> ResponseReturnValue:
    """Its author takes it back."""
    found = _page(space, slug)
    one = suggesting.suggestion_for(session(), found, suggestion)
    suggesting.withdraw(session(), caller(), found, one)
    return jsonify(_whole(found, one))
