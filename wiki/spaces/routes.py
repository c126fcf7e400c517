"""Spaces: the list, a new one, the front of one, its members and settings."""

from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.access import SpaceInfo, space_for, visible_spaces
from wiki.errors import Forbidden, Invalid, NotFound, Problem
from wiki.i18n import gettext as _
from wiki.i18n import language_name
from wiki.models import Account
from wiki.people import actions as people
from wiki.spaces import actions, forms, listing, queries
from wiki.spaces import members as membership
from wiki.spaces.words import DEFAULT_ROLE_CHOICES, DEFAULT_ROLE_SENTENCES, ROLE_MEANINGS, ROLE_NAMES
from wiki.text import number_in, url_part
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render
from wiki.web.unchanged import unless_unchanged

spaces = Blueprint("spaces", __name__)


def _space(slug: str, verb: str) -> SpaceInfo:
    g.space = space_for(session(), viewer(), slug, verb)
    found: SpaceInfo = g.space
    return found


@spaces.get("/spaces")
def all_spaces() -> ResponseReturnValue:
    return render(
        "spaces/spaces.html",
        spaces=visible_spaces(session(), viewer()),
        counts=queries.counts_by_space(session(), viewer()),
        role_names=ROLE_NAMES,
    )


@spaces.route("/spaces/new", methods=["GET", "POST"])
def new_space() -> ResponseReturnValue:
    if not signed_in_viewer().admin:
        raise Forbidden(_("Only administrators make spaces. Ask one of them."))
    problems: list[Problem] = []
    values = {"default_role": "member", "language": settings().language, **request.form.to_dict()}
    if request.method == "POST":
        try:
            made = actions.add_space(
                session(),
                viewer(),
                values.get("name", ""),
                slug=values.get("slug") or None,
                default_role=values["default_role"],
                language=_language(values["language"]),
                description=values.get("description", ""),
            )
        except Invalid as refused:
            problems = refused.problems
        else:
            flash(_("The space is there. Say who takes part."), "good")
            return redirect(f"/{url_part(made.slug)}/members", 303)
    page = render("spaces/new.html", values=values, **_choices(), **_refusal(problems))
    return page, 422 if problems else 200


def _language(code: str) -> str:
    return code if code in settings().languages else str(settings().language)


def _choices() -> dict[str, Any]:
    return {
        "default_roles": DEFAULT_ROLE_CHOICES,
        "languages": {code: language_name(code) for code in settings().languages},
    }


def _refusal(problems: list[Problem]) -> dict[str, Any]:
    return {"problems": problems, "errors": {problem.field: problem.message for problem in problems}}


@spaces.get("/<space>/members")
def members(space: str) -> ResponseReturnValue:
    info = _members_space(space, "view")
    return _members_page(info, [])


def _members_space(slug: str, verb: str) -> SpaceInfo:
    """A space whose members somebody may see: its own members, and whoever may read it by default when signed in."""
    info = _space(slug, verb)
    if info.role == "none":
        raise NotFound(_("There is no such page, or you may not see it."))
    return info


def _organisations(also: int | None = None) -> dict[str, str]:
    known = queries.organisations(session(), viewer(), [also])
    return {str(page_id): title for page_id, title in known.items()}


def _members_page(info: SpaceInfo, problems: list[Problem]) -> str:
    return render(
        "spaces/members.html",
        members=queries.members(session(), viewer(), info),
        organisations=_organisations(),
        values={**request.form.to_dict(), "roles": request.form.getlist("roles") or ["member"]},
        role_names=ROLE_NAMES,
        role_meanings=ROLE_MEANINGS,
        others=DEFAULT_ROLE_SENTENCES[info.default_role],
        active_nav="members",
        **_refusal(problems),
    )


@spaces.post("/<space>/members")
def add_member(space: str) -> ResponseReturnValue:
    """Give roles to somebody by e-mail address; who is unknown is invited."""
    info = _members_space(space, "manage")
    form = request.form
    try:
        account, is_new = membership.add_by_email(
            session(),
            settings(),
            catalogue(),
            viewer(),
            queries.space_of(session(), info),
            email=form.get("email", ""),
            name=form.get("name", ""),
            roles=form.getlist("roles"),
            org_id=forms.read_org(session(), viewer(), form.get("org", "")),
        )
    except Invalid as refused:
        return _members_page(info, refused.problems), refused.status
    message = _("%(name)s is invited by mail.") if is_new else _("%(name)s takes part now and gets a mail.")
    flash(message % {"name": account.name}, "good")
    return _to_members(info)


def _to_members(info: SpaceInfo) -> ResponseReturnValue:
    return redirect(f"/{url_part(info.slug)}/members", 303)


def _member(info: SpaceInfo, account_id: int) -> Account:
    found = queries.member_account(session(), info, account_id)
    if found is None:
        raise NotFound(_("Nobody like that is a member here."))
    return found


@spaces.route("/<space>/members/<int:account_id>", methods=["GET", "POST"])
def member(space: str, account_id: int) -> ResponseReturnValue:
    """One member: their roles and the organisation they act for."""
    info = _members_space(space, "manage")
    account = _member(info, account_id)
    before = next(one for one in queries.members(session(), viewer(), info) if one.account_id == account.id)
    problems: list[Problem] = []
    values: dict[str, Any] = {"roles": list(before.roles), "org": str(before.org_id or "")}
    if request.method == "POST":
        values = {"roles": request.form.getlist("roles"), "org": request.form.get("org", "")}
        try:
            org_id = forms.read_org(session(), viewer(), values["org"], before.org_id)
            membership.set_roles(
                session(), settings(), viewer(), queries.space_of(session(), info), account, values["roles"], org_id
            )
        except Invalid as refused:
            problems = refused.problems
        else:
            flash(_("The roles of %(name)s are changed.", name=account.name), "good")
            return _to_members(info)
    page = render(
        "spaces/member.html",
        member=before,
        values=values,
        organisations=_organisations(before.org_id),
        role_names=ROLE_NAMES,
        role_meanings=ROLE_MEANINGS,
        active_nav="members",
        **_refusal(problems),
    )
    return page, 422 if problems else 200


@spaces.post("/<space>/members/<int:account_id>/removal")
def remove_member(space: str, account_id: int) -> ResponseReturnValue:
    info = _members_space(space, "manage")
    account = _member(info, account_id)
    try:
        membership.remove(session(), settings(), viewer(), queries.space_of(session(), info), account)
    except Invalid as refused:
        return _members_page(info, refused.problems), refused.status
    flash(_("%(name)s is no longer a member. What they wrote stays.", name=account.name), "good")
    return redirect("/spaces" if account.id == viewer().account_id else f"/{url_part(info.slug)}/members", 303)


@spaces.post("/<space>/members/<int:account_id>/invitation")
def invite_again(space: str, account_id: int) -> ResponseReturnValue:
    """A new invitation for somebody who has not chosen a password yet."""
    info = _members_space(space, "manage")
    account = _member(info, account_id)
    if account.password_hash is not None or not account.active:
        raise Forbidden(_("%(name)s has chosen a password already.", name=account.name))
    people.invite(session(), settings(), viewer(), account)
    flash(_("%(name)s is invited by mail.", name=account.name), "good")
    return _to_members(info)


@spaces.route("/<space>/settings", methods=["GET", "POST"])
def space_settings(space: str) -> ResponseReturnValue:
    info = _members_space(space, "manage")
    problems: list[Problem] = []
    values = {
        "name": info.name,
        "description": info.description,
        "default_role": info.default_role,
        "language": info.language,
        "front_page": queries.typed_title(session(), viewer(), info.front_page_id),
        "readers_comment": "yes" if queries.space_of(session(), info).readers_comment else "",
        **({"readers_comment": ""} if request.method == "POST" else {}),
        **request.form.to_dict(),
    }
    if request.method == "POST":
        try:
            wished = forms.read_settings(session(), viewer(), info, request.form, settings().languages)
            actions.change_space(session(), viewer(), queries.space_of(session(), info), wished)
        except Invalid as refused:
            problems = refused.problems
        else:
            flash(_("The settings are changed."), "good")
            return redirect(f"/{url_part(info.slug)}", 303)
    page = render("spaces/settings.html", values=values, **_choices(), **_refusal(problems))
    return page, 422 if problems else 200


@spaces.get("/<space>")
def front(space: str) -> ResponseReturnValue:
    """The space's front page if it has one, else what is going on in it."""
    info = _space(space, "view")
    slug = queries.front_page_slug(session(), viewer(), info)
    if slug is not None:
        return redirect(f"/{url_part(info.slug)}/{url_part(slug)}")
    return render(
        "spaces/front.html",
        recent=queries.recent_changes(session(), viewer(), info),
        counts=queries.counts_by_kind(session(), viewer(), info),
        ahead=queries.coming_up(session(), viewer(), info, clock.today(settings().time_zone)),
        active_nav="front",
    )


@spaces.get("/<space>/pages")
@unless_unchanged
def space_pages(space: str) -> ResponseReturnValue:
    """All pages of the space: by kind, of one kind in pieces (`first`, or `at` a page), or filtered by their titles.

    `as=json` gives the same to the side column.
    """
    info = _space(space, "view")
    words = request.args.get("q", "").strip()[:200]
    kind = request.args.get("kind", "")
    asked: dict[str, Any] = {"words": words, "kind": catalogue().get(kind)}
    if words:
        found = listing.filtered(session(), viewer(), info, words)
        if _as_json():
            return jsonify(pages=[_entry(info, one.page_id, one.title, one.slug, one.kind) for one in found])
        return render("spaces/pages.html", found=found, active_nav="pages", **asked)
    if kind in catalogue():
        piece = listing.of_kind(session(), viewer(), info, kind, _number("first"), _number("at"))
        if _as_json():
            pages = [_entry(info, one.id, one.title, one.slug) for one in piece.pages]
            return jsonify(pages=pages, first=piece.first, more=piece.more)
        return render("spaces/pages.html", piece=piece, step=listing.PIECE, active_nav="pages", **asked)
    counts = queries.counts_by_kind(session(), viewer(), info)
    if _as_json():
        return jsonify(counts=counts)
    overview = listing.overview(session(), viewer(), info)
    return render("spaces/pages.html", overview=overview, counts=counts, active_nav="pages", **asked)


def _as_json() -> bool:
    return request.args.get("as") == "json"


def _number(name: str) -> int:
    return number_in(request.args.get(name, ""))


def _entry(space: SpaceInfo, page_id: int, title: str, slug: str, kind: str = "") -> dict[str, Any]:
    url = f"/{url_part(space.slug)}/{url_part(slug)}"
    label = _(catalogue()[kind].label) if kind in catalogue() else ""
    return {"id": page_id, "title": title, "url": url, "kind": label}
