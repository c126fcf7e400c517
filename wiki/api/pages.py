"""`/api/v1/pages`: list, read, create, update, history."""

from typing import Any

from flask import Response, g, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from wiki.access import Found, page_for, space_for, visible_pages
from wiki.api.blueprint import MOST, address, api, caller, number, page_json, sent
from wiki.errors import EditConflict, Invalid, Problem
from wiki.exports.markdown import page_markdown
from wiki.history import queries as history
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.kinds.redact import keep_hidden, redact
from wiki.models import Page, Revision, Space
from wiki.pages import actions, forms
from wiki.pages.referring import Kept
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import TypedPages
from wiki.receipts.rights import weight_said
from wiki.text import tidy
from wiki.web.error_pages import error_json
from wiki.web.state import catalogue, session

#: What a page looks like when it is read; sent back with a change, these keys do no harm.
SHAPE = {"space": str, "slug": str, "kind": str, "revision": int, "state": str, "url": str}
CREATE = {**SHAPE, "title": str, "body": str, "fields": dict, "note": str}
UPDATE = {**CREATE, "base": int, "weight": str}


@api.get("/pages")
def list_pages() -> ResponseReturnValue:
    """Pages that the caller may see, changed last first; `space`, `kind`, `state`, `limit`, `offset`."""
    where = [visible_pages(g.viewer)]
    for name, column in (("space", Space.slug), ("kind", Page.kind), ("state", Page.state)):
        if request.args.get(name):
            where.append(column.in_(request.args.getlist(name)))
    joined = select(Page, Space.slug).join(Space, Space.id == Page.space_id).where(*where)
    total = session().execute(select(func.count()).select_from(joined.subquery())).scalar_one()
    rows = session().execute(
        joined.order_by(Page.changed_at.desc(), Page.id.desc())
        .limit(number("limit", 50, MOST))
        .offset(number("offset", 0))
    )
    return jsonify(total=total, pages=[_listed(page, space) for page, space in rows])


def _listed(page: Page, space: str) -> dict[str, Any]:
    return {
        "space": space,
        "slug": page.slug,
        "title": page.title,
        "kind": page.kind,
        "revision": page.number,
        "state": page.state,
        "summary": page.summary,
        "changed": page.changed_at.isoformat(),
        "url": address(space, page.slug),
    }


@api.get("/pages/<space>/<slug>")
def read_page(space: str, slug: str) -> ResponseReturnValue:
    """One page as JSON, or as Markdown when the caller accepts only that."""
    found = page_for(session(), g.viewer, space, slug, "view")
    if request.accept_mimetypes.best_match(["application/json", "text/markdown"]) == "text/markdown":
        return Response(page_markdown(session(), catalogue(), g.viewer, found), mimetype="text/markdown")
    return jsonify(_as_json(found))


def _as_json(found: Found) -> dict[str, Any]:
    return page_json(found, _visible(found, content_of(current_revision(session(), found.page))))


def _visible(found: Found, content: Content) -> Content:
    return redact(_kind(found), content, g.viewer.person_id, found.page.state)


def _kind(found: Found) -> Kind:
    return catalogue()[found.page.kind]


@api.post("/pages")
def create_page() -> ResponseReturnValue:
    """A new page. 201 with the page, 422 with what is wrong."""
    person = caller()
    body = sent(CREATE)
    if "space" not in body:
        raise Invalid([Problem("space", _("Say in which space the page is to be: “space”."))])
    where = space_for(session(), person, tidy(body["space"]), "create")
    kind = catalogue().get(body.get("kind", "article"))
    if kind is None:
        known = ", ".join(catalogue())
        raise Invalid(
            [Problem("kind", _("There is no kind “%(kind)s”. Known: %(known)s.", kind=body["kind"], known=known))]
        )
    content = forms.read_json(
        catalogue(),
        kind,
        body.get("title", ""),
        body.get("body", ""),
        body.get("fields", {}),
        TypedPages(session(), person, where.slug),
    )
    page = actions.create_page(
        session(), catalogue(), person, where, kind, content, slug=body.get("slug"), note=body.get("note", "")
    )
    made = Found(page, where)
    return jsonify(_as_json(made)), 201, {"Location": address(where.slug, page.slug)}


@api.put("/pages/<space>/<slug>")
def update_page(space: str, slug: str) -> ResponseReturnValue:
    """Save what somebody made of revision `base`; what is not given stays. 409 with both texts when it cannot be merged."""
    person = caller()
    found = page_for(session(), person, space, slug, "edit")
    body = sent(UPDATE)
    if "base" not in body:
        raise Invalid([Problem("base", _("Say which revision you began from: “base”."))])
    kind, page = _kind(found), found.page
    began = content_of(history.revision(session(), page, body["base"]))
    content = forms.read_json(
        catalogue(),
        kind,
        body.get("title", began.title),
        body.get("body", began.body),
        body.get("fields", {}),
        TypedPages(session(), person, space, Kept.of(kind, began)),
        began,
    )
    content = keep_hidden(kind, began, content, person.person_id, page.state)
    try:
        weight = weight_said(session(), person, found, body.get("weight", ""))
        actions.save_page(
            session(), catalogue(), person, page, content, body["base"], body.get("note", ""), weight=weight
        )
    except EditConflict as conflict:
        return _conflict(found, content, conflict)
    return jsonify(_as_json(found))


def _conflict(found: Found, content: Content, conflict: EditConflict) -> ResponseReturnValue:
    theirs = _as_json(found)
    mine = _visible(found, content)
    places = [clash.place for clash in conflict.merge.clashes]
    if conflict.merge.body is not None and conflict.merge.body.conflicts:
        places.append("body")
    return error_json(
        409,
        str(conflict),
        places=places,
        current=theirs,
        yours={"title": mine.title, "body": mine.body, "fields": mine.fields},
    )


@api.get("/pages/<space>/<slug>/revisions")
def list_revisions(space: str, slug: str) -> ResponseReturnValue:
    """The revisions of a page, newest first, without their texts."""
    found = page_for(session(), g.viewer, space, slug, "history")
    total = found.page.number
    rows = session().execute(
        select(
            Revision.number,
            Revision.time,
            Revision.author_name,
            Revision.note,
            Revision.state,
            Revision.title,
            Revision.digest,
        )
        .where(Revision.page_id == found.page.id)
        .order_by(Revision.number.desc())
        .limit(number("limit", 50, MOST))
        .offset(number("offset", 0))
    )
    return jsonify(total=total, revisions=[_revision_head(row) for row in rows])


def _revision_head(row: Any) -> dict[str, Any]:
    return {
        "revision": row.number,
        "time": row.time.isoformat(),
        "author": row.author_name,
        "note": row.note,
        "state": row.state,
        "title": row.title,
        "digest": row.digest,
    }


@api.get("/pages/<space>/<slug>/revisions/<int:revision>")
def read_revision(space: str, slug: str, revision: int) -> ResponseReturnValue:
    """One revision with its text."""
    found = page_for(session(), g.viewer, space, slug, "history")
    old = history.revision(session(), found.page, revision)
    content = history.readable(session(), catalogue(), g.viewer, found, old)
    return jsonify({**_revision_head(old), "kind": old.kind, "body": content.body, "fields": content.fields})
