"""Looking after the site: accounts, spaces, the event log, mails, settings. Only for administrators."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, request
from flask.typing import ResponseReturnValue

from wiki import clock, outbox
from wiki.admin import event_lines, queries
from wiki.errors import Forbidden, HoldfastError, Invalid, NotFound, Problem
from wiki.handover.closing import actions as closing
from wiki.i18n import gettext as _
from wiki.kinds import BadValue
from wiki.models import Account, Outgoing, Space
from wiki.pages.typed import TypedPages
from wiki.people import actions
from wiki.people.queries import account_by_email
from wiki.spaces import members as membership
from wiki.spaces.words import ROLE_NAMES
from wiki.text import number_in, tidy
from wiki.web.state import catalogue, session, settings, signed_in_viewer, viewer
from wiki.web.templating import render

admin = Blueprint("admin", __name__)


@admin.before_request
def only_administrators() -> None:
    if not signed_in_viewer().admin:
        raise Forbidden(_("Only administrators look after the site."))


def _page_number() -> int:
    asked = request.args.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1


def _refusal(problems: list[Problem]) -> dict[str, Any]:
    return {"problems": problems, "errors": {problem.field: problem.message for problem in problems}}


@admin.get("/admin")
def accounts() -> ResponseReturnValue:
    words = request.args.get("q", "")
    return render("admin/accounts.html", batch=queries.accounts(session(), words, _page_number()), words=words)


@admin.route("/admin/accounts/new", methods=["GET", "POST"])
def new_account() -> ResponseReturnValue:
    problems: list[Problem] = []
    if request.method == "POST":
        form = request.form
        try:
            made = actions.add_person(
                session(), catalogue(), viewer(), form.get("email", ""), form.get("name", ""), admin="admin" in form
            )
        except Invalid as refused:
            problems = refused.problems
        else:
            actions.invite(session(), settings(), viewer(), made)
            flash(_("%(name)s is invited by mail.", name=made.name), "good")
            return _to(made)
    page = render("admin/new_account.html", values=request.form, **_refusal(problems))
    return page, 422 if problems else 200


def _account(account_id: int) -> Account:
    found = session().get(Account, account_id)
    if found is None:
        raise NotFound(_("There is no such account."))
    return found


def _to(account: Account) -> ResponseReturnValue:
    return redirect(f"/admin/accounts/{account.id}", 303)


@admin.get("/admin/accounts/<int:account_id>")
def account(account_id: int) -> ResponseReturnValue:
    return _account_page(_account(account_id))


def _account_page(found: Account, problems: list[Problem] | None = None) -> str:
    return render(
        "admin/account.html",
        account=found,
        spaces=queries.account_spaces(session(), found.id),
        role_names=ROLE_NAMES,
        values={"email": found.email, **request.form.to_dict()},
        **_refusal(problems or []),
    )


def _refused(found: Account, refused: HoldfastError) -> ResponseReturnValue:
    """Nothing was changed: the page again, with the reason."""
    problems = refused.problems if isinstance(refused, Invalid) else [Problem("", str(refused))]
    session().rollback()
    return _account_page(_account(found.id), problems), refused.status


@admin.post("/admin/accounts/<int:account_id>/email")
def set_email(account_id: int) -> ResponseReturnValue:
    found = _account(account_id)
    try:
        actions.set_email(session(), viewer(), found, request.form.get("email", ""))
    except Invalid as refused:
        return _refused(found, refused)
    flash(_("%(name)s signs in with %(email)s now.", name=found.name, email=found.email), "good")
    return _to(found)


@admin.post("/admin/accounts/<int:account_id>/invitation")
def invite(account_id: int) -> ResponseReturnValue:
    found = _account(account_id)
    if not found.active or found.password_hash is not None:
        raise Forbidden(_("%(name)s has chosen a password already.", name=found.name))
    actions.invite(session(), settings(), viewer(), found)
    flash(_("%(name)s is invited by mail.", name=found.name), "good")
    return _to(found)


@admin.get("/admin/accounts/<int:account_id>/closing")
def consider_closing(account_id: int) -> ResponseReturnValue:
    """What the person still holds, and who will look after it."""
    return _closing_page(_account(account_id))


def _closing_page(found: Account, problems: list[Problem] | None = None) -> str:
    return render(
        "handover/closing.html",
        name=found.name,
        ends=closing.left_open(session(), catalogue(), viewer(), found, _today()),
        action=f"/admin/accounts/{found.id}/closing",
        back=f"/admin/accounts/{found.id}",
        crumb=found.name,
        values=request.form,
        **_refusal(problems or []),
    )


def _today() -> date:
    return clock.today(settings().time_zone)


@admin.post("/admin/accounts/<int:account_id>/closing")
def close(account_id: int) -> ResponseReturnValue:
    """Close the account; of what its person holds a handover begins."""
    found = _account(account_id)
    seen, typed = request.form.get("seen", ""), tidy(request.form.get("caretaker", ""))
    try:
        caretaker = TypedPages(session(), viewer(), "").page(typed, ("person",)) if typed else None
    except BadValue:
        caretaker = None
    try:
        note = closing.close(session(), catalogue(), viewer(), found, _today(), seen=seen, caretaker=caretaker)
    except Invalid as refused:
        session().rollback()
        return _closing_page(_account(account_id), refused.problems), refused.status
    flash(_("The account of %(name)s is closed; every login and token of it has ended.", name=found.name), "good")
    if note is not None:
        flash(_("A handover of what they hold has begun; the caretaker is told."), "note")
    return _to(found)


@admin.post("/admin/accounts/<int:account_id>/reopening")
def reopen(account_id: int) -> ResponseReturnValue:
    found = _account(account_id)
    closing.reopen(session(), catalogue(), viewer(), found)
    flash(_("%(name)s can sign in again.", name=found.name), "good")
    return _to(found)


@admin.post("/admin/accounts/<int:account_id>/administrator")
def make_administrator(account_id: int) -> ResponseReturnValue:
    return _set_admin(account_id, True)


@admin.post("/admin/accounts/<int:account_id>/administrator/withdrawal")
def withdraw_administrator(account_id: int) -> ResponseReturnValue:
    return _set_admin(account_id, False)


def _set_admin(account_id: int, wished: bool) -> ResponseReturnValue:
    found = _account(account_id)
    try:
        actions.set_admin(session(), settings(), viewer(), found, wished)
    except Invalid as refused:
        return _refused(found, refused)
    message = _("%(name)s is an administrator now.") if wished else _("%(name)s is no longer an administrator.")
    flash(message % {"name": found.name}, "good")
    return _to(found) if found.id != viewer().account_id else redirect("/", 303)


@admin.get("/admin/spaces")
def spaces() -> ResponseReturnValue:
    return _spaces_page([])


def _spaces_page(problems: list[Problem]) -> str:
    listed = queries.spaces(session())
    choices = {space.slug: space.name for space, _names in listed}
    return render("admin/spaces.html", spaces=listed, choices=choices, values=request.form, **_refusal(problems))


@admin.post("/admin/spaces")
def make_coordinator() -> ResponseReturnValue:
    """Give a space a coordinator, with a reason that its present ones are told."""
    form = request.form
    space = session().query(Space).filter_by(slug=form.get("space", "")).one_or_none()
    chosen = account_by_email(session(), form.get("email", ""))
    try:
        if space is None:
            raise Invalid([Problem("space", _("Choose a space."))])
        if chosen is None:
            raise Invalid([Problem("email", _("There is no account with this e-mail address."))])
        membership.make_coordinator(session(), settings(), viewer(), space, chosen, form.get("reason", ""))
    except Invalid as refused:
        return _spaces_page(refused.problems), refused.status
    flash(_("%(name)s is a coordinator of “%(space)s” now.", name=chosen.name, space=space.name), "good")
    return redirect("/admin/spaces", 303)


@admin.get("/admin/events")
def events() -> ResponseReturnValue:
    found = event_lines.events(session(), viewer(), _page_number())
    return render("admin/events.html", batch=found, years=event_lines.years(session()))


@admin.get("/admin/events.csv")
def events_file() -> ResponseReturnValue:
    asked = number_in(request.args.get("year", ""))
    year = asked if 1970 <= asked < 9999 else None
    text = event_lines.csv_text(session(), viewer(), year)
    name = f"events-{year or _today().isoformat()}.csv"
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@admin.get("/admin/mail")
def mail() -> ResponseReturnValue:
    return render(
        "admin/mail.html",
        batch=queries.mails(session(), _page_number()),
        given_up=queries.given_up,
        has_server=bool(settings().smtp_url),
    )


@admin.post("/admin/mail/<int:mail_id>/try")
def try_mail_again(mail_id: int) -> ResponseReturnValue:
    found = session().get(Outgoing, mail_id)
    if found is None or found.sent_at is not None:
        raise NotFound(_("There is no such mail that waits."))
    outbox.try_again(found)
    flash(_("The mail is tried again within seconds."), "good")
    return redirect("/admin/mail", 303)


@admin.get("/admin/settings")
def settings_in_force() -> ResponseReturnValue:
    return render("admin/settings.html", settings=queries.settings_shown(settings()))
