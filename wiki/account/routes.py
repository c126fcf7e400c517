"""One's own account: name, language, password, logins, API tokens."""

from typing import Any

from flask import Blueprint, flash, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.errors import HoldfastError, Invalid, NotFound, Problem, TooMany
from wiki.i18n import gettext as _
from wiki.i18n import language_name
from wiki.models import Account, Page
from wiki.people import actions, consent, logins, queries
from wiki.people.back import own_path
from wiki.people.kept import kept_about
from wiki.web import speaking
from wiki.web.identity import login_secret
from wiki.web.state import catalogue, session, settings, signed_in_viewer
from wiki.web.templating import render

account = Blueprint("account", __name__)

YEAR = 365 * 24 * 3600


def _own() -> Account:
    """The account of whoever asks. Raises SignInNeeded."""
    found = session().get(Account, signed_in_viewer().account_id)
    if found is None:
        raise NotFound(_("There is no such page, or you may not see it."))
    return found


@account.get("/account")
def overview() -> ResponseReturnValue:
    return _page(_own())


def _page(own: Account, refused: HoldfastError | None = None, **more: Any) -> str:
    problems = _problems(refused)
    person = session().get(Page, own.person_id) if own.person_id is not None else None
    return render(
        "account/account.html",
        account=own,
        values={"name": own.name, "language": own.language or "", **request.form.to_dict()},
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
        languages={code: language_name(code) for code in speaking.offered()},
        logins=logins.listed(session(), settings(), own.id),
        device=logins.device,
        this_login=queries.digest(login_secret()),
        tokens=actions.open_tokens(session(), own.id),
        person=person,
        given=consent.given(session(), person) if person else None,
        **{"made": None, **more},
    )


def _problems(refused: HoldfastError | None) -> list[Problem]:
    if isinstance(refused, Invalid):
        return refused.problems
    return [Problem("current", str(refused))] if refused is not None else []


@account.post("/account")
def describe() -> ResponseReturnValue:
    own = _own()
    language = request.form.get("language", "")
    try:
        actions.describe(
            session(),
            catalogue(),
            signed_in_viewer(),
            own,
            request.form.get("name", ""),
            language if language in speaking.offered() else None,
        )
    except Invalid as refused:
        return _page(own, refused), refused.status
    flash(_("Your account is changed."), "good")
    return redirect("/account", 303)


@account.post("/account/listed")
def let_see() -> ResponseReturnValue:
    """Let others see how to reach me, or what I was thanked for; or not any more."""
    own = _own()
    about, yes = request.form.get("about", consent.LISTED), request.form.get("do") == consent.YES
    try:
        consent.say(session(), catalogue(), signed_in_viewer(), about, yes, clock.today(settings().time_zone))
    except Invalid as refused:
        return _page(own, refused), refused.status
    flash(_("Others see it now.") if yes else _("It is hidden from others now."), "good")
    return redirect("/account#seen-of-you", 303)


@account.get("/account/kept.json")
def kept() -> ResponseReturnValue:
    """Everything that is kept about whoever asks."""
    _own()
    answer = jsonify(kept_about(session(), signed_in_viewer()))
    answer.headers["Content-Disposition"] = 'attachment; filename="kept-about-me.json"'
    return answer


@account.get("/language")
def choose_language() -> ResponseReturnValue:
    """A visitor's language, kept in a cookie of a year: a link in the foot of every page leads here and back."""
    wished = request.args.get("to", "")
    if wished not in speaking.offered():
        raise NotFound(_("This site does not speak that language."))
    response = redirect(own_path(request.args.get("back", ""), doorsteps=True), 303)
    response.set_cookie(speaking.COOKIE, wished, max_age=YEAR, secure=settings().secure, httponly=True, samesite="Lax")
    return response


@account.post("/account/password")
def change_password() -> ResponseReturnValue:
    own = _own()
    try:
        actions.change_own_password(
            session(),
            settings(),
            signed_in_viewer(),
            own,
            request.form.get("current", ""),
            request.form.get("password", ""),
            login_secret(),
        )
    except (Invalid, TooMany) as refused:
        g.keep_in_spite_of_error = True  # the try counts; nothing else was written
        return _page(own, refused), refused.status
    flash(_("Your password is changed. You were signed out everywhere else."), "good")
    return redirect("/account", 303)


@account.post("/account/logins/<int:login_id>/ending")
def end_login(login_id: int) -> ResponseReturnValue:
    if not logins.end_one(session(), signed_in_viewer(), login_id):
        raise NotFound(_("That login has ended already."))
    flash(_("That browser is signed out."), "good")
    return redirect("/account", 303)


@account.post("/account/tokens")
def make_token() -> ResponseReturnValue:
    """The page after it shows the token, this once; nothing is kept of it but its digest."""
    own = _own()
    try:
        made = actions.make_token(session(), own, request.form.get("token_name", ""))
    except Invalid as refused:
        return _page(own, refused), refused.status
    return _page(own, made=made)


@account.post("/account/tokens/<int:token_id>/ending")
def end_token(token_id: int) -> ResponseReturnValue:
    if not actions.end_token(session(), signed_in_viewer(), token_id):
        raise NotFound(_("That token has ended already."))
    flash(_("The token no longer works."), "good")
    return redirect("/account", 303)
