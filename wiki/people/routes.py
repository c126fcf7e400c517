"""Signing in and out, mailed links, and the first administrator."""

from contextlib import suppress

from flask import Blueprint, Response, current_app, flash, g, jsonify, make_response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from wiki.errors import Gone, Invalid, NotFound, Problem, TooMany
from wiki.i18n import gettext as _
from wiki.people import actions, attempts, logins, queries, tickets
from wiki.people.back import own_path, takes_text_back
from wiki.web.error_pages import error_json, wants_json
from wiki.web.form_tokens import form_token
from wiki.web.identity import let_in, login_secret, show_out
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

people = Blueprint("people", __name__)

KEPT = "kept."
#: Old buttons are not pressed again with the text that comes back.
NOT_KEPT = {"csrf_token", "do"}


@people.before_app_request
def first_visit() -> ResponseReturnValue | None:
    """A site without any account leads to where the first administrator is made."""
    if request.path not in ("/", "/sign-in") or viewer().signed_in or queries.anybody(session()):
        return None
    return redirect("/setup")


@people.get("/sign-in")
def sign_in_form() -> ResponseReturnValue:
    """A page; for the scripts of an open form, who is signed in and what its forms are sent with."""
    if wants_json():
        return _who()
    return _sign_in_page(own_path(request.args.get("next", "/")), [])


@people.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    back = own_path(request.form.get("next", "/"))
    kept = _kept()
    before = login_secret()
    try:
        secret = logins.sign_in(
            session(),
            settings(),
            request.form.get("email", ""),
            request.form.get("password", ""),
            address=request.remote_addr,
            agent=request.user_agent.string,
        )
    except Invalid as refused:
        g.keep_in_spite_of_error = True  # the try counts
        if wants_json():
            return error_json(refused.status, str(refused))
        return _sign_in_page(back, kept, problems=refused.problems), refused.status
    except TooMany as refused:
        if wants_json():
            return error_json(refused.status, str(refused))
        return _sign_in_page(back, kept, message=str(refused)), refused.status
    if before:
        logins.end(session(), viewer(), before)
    let_in(secret)
    if wants_json():
        return _who()
    if kept and takes_text_back(back):
        return render("people/signed_in_again.html", back=back, kept=kept)
    return redirect(_readable(back), 303)


def _who() -> ResponseReturnValue:
    return jsonify(who=viewer().account_id, csrf_token=form_token())


def _sign_in_page(
    back: str, kept: list[tuple[str, str]], message: str = "", problems: list[Problem] | None = None
) -> str:
    return render(
        "people/sign_in.html",
        next=back,
        kept=kept,
        message=message,
        email=request.form.get("email", ""),
        errors={problem.field: problem.message for problem in problems or []},
        problems=problems or [],
    )


def _kept() -> list[tuple[str, str]]:
    """What was being sent when the sign-in came between: the fields `kept.<name>`, in their order."""
    return [
        (name.removeprefix(KEPT), value)
        for name, values in request.form.lists()
        if name.startswith(KEPT) and name.removeprefix(KEPT) not in NOT_KEPT
        for value in values
    ]


def _readable(path: str) -> str:
    """The address itself if it can be read; for one that only takes forms, the nearest page of its area above it."""
    place = path.partition("?")[0]
    addresses = current_app.url_map.bind("")
    try:
        addresses.match(place, method="GET")
    except MethodNotAllowed:
        area = str(addresses.match(place, method="POST")[0]).partition(".")[0]
    except RequestRedirect:
        return path
    except HTTPException:
        return "/"
    else:
        return path
    while place := place.rpartition("/")[0]:
        with suppress(HTTPException):
            if str(addresses.match(place, method="GET")[0]).startswith(f"{area}."):
                return place
    return "/"


@people.get("/sign-out")
def sign_out_form() -> ResponseReturnValue:
    return render("people/sign_out.html")


@people.post("/sign-out")
def sign_out() -> Response:
    if viewer().signed_in:
        logins.end(session(), viewer(), login_secret())
    show_out()
    response = make_response(render("people/signed_out.html"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@people.get("/reset")
def reset_form() -> ResponseReturnValue:
    return _reset_page()


@people.post("/reset")
def ask_for_reset() -> ResponseReturnValue:
    """The same answer whether there is such an account or not."""
    email = queries.normal_email(request.form.get("email", ""))
    if not email:
        return _reset_page([Problem("email", _("Type the e-mail address that you sign in with."))]), 422
    try:
        attempts.take(session(), attempts.RESET_ADDRESS, attempts.network_of(request.remote_addr))
        attempts.take(session(), attempts.RESET_ACCOUNT, email)
    except TooMany as refused:
        return _reset_page([Problem("email", str(refused))]), refused.status
    actions.ask_for_reset(session(), settings(), email)
    return render("people/reset_sent.html", email=email)


def _reset_page(problems: list[Problem] | None = None) -> str:
    return render(
        "people/reset.html",
        values=request.form,
        errors={problem.field: problem.message for problem in problems or []},
        problems=problems or [],
    )


@people.route("/invitation/<secret>", methods=["GET", "POST"])
def invitation(secret: str) -> ResponseReturnValue:
    return _choose_password(secret, tickets.INVITATION)


@people.route("/reset/<secret>", methods=["GET", "POST"])
def reset(secret: str) -> ResponseReturnValue:
    return _choose_password(secret, tickets.RESET)


def _choose_password(secret: str, purpose: str) -> ResponseReturnValue:
    problems: list[Problem] = []
    try:
        account = tickets.account_for(session(), secret, purpose)
        if request.method == "POST":
            actions.redeem(session(), settings(), secret, purpose, request.form.get("password", ""))
            let_in(logins.begin(session(), settings(), account, request.user_agent.string))
            flash(_("Your password is set, and you are signed in."), "good")
            return redirect("/", 303)
    except Gone as gone:
        return render("people/ticket_gone.html", purpose=purpose, message=str(gone)), gone.status
    except Invalid as refused:
        problems = refused.problems
    page = render(
        "people/choose_password.html",
        purpose=purpose,
        account=account,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200


@people.route("/setup", methods=["GET", "POST"])
def setup() -> ResponseReturnValue:
    """The first administrator; once there is any account, this address does not exist."""
    if queries.anybody(session()):
        raise NotFound(_("There is no such page, or you may not see it."))
    problems: list[Problem] = []
    if request.method == "POST":
        form = request.form
        try:
            account = actions.first_administrator(
                session(), catalogue(), form.get("email", ""), form.get("name", ""), form.get("password", "")
            )
        except Invalid as refused:
            problems = refused.problems
        else:
            let_in(logins.begin(session(), settings(), account, request.user_agent.string))
            flash(_("The site is yours. Make a first space, then invite people."), "good")
            return redirect("/spaces", 303)
    page = render(
        "people/setup.html",
        values=request.form,
        problems=problems,
        errors={problem.field: problem.message for problem in problems},
    )
    return page, 422 if problems else 200
