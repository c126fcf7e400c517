"""What somebody holds, on a page of its own."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from wiki import clock
from wiki.errors import NotFound
from wiki.holdings import showing
from wiki.i18n import gettext as _
from wiki.web.doors import enter_page_signed_in
from wiki.web.state import catalogue, session, settings, viewer
from wiki.web.templating import render

holdings = Blueprint("holdings", __name__)


@holdings.get("/<space>/<page>/holds")
def show(space: str, page: str) -> ResponseReturnValue:
    """What a person holds; of an organisation, what each of its people holds, and what hangs on one of them alone."""
    found = enter_page_signed_in(space, page, "view")
    today = clock.today(settings().time_zone)
    url = found.url
    if found.page.kind == "person":
        holder = showing.of_person(session(), catalogue(), viewer(), found, today)
        return render("holdings/person.html", page=found.page, url=url, holder=holder, today=today)
    if found.page.kind == "organisation":
        holders = showing.of_organisation(session(), catalogue(), viewer(), found, today)
        return render("holdings/organisation.html", page=found.page, url=url, holders=holders, today=today)
    raise NotFound(_("Only people hold something. This page is of another kind."))
