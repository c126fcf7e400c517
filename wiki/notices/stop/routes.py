"""One click to stop the mails of notices (RFC 8058): the address in a mail is enough, nobody signs in, and nothing is told.

Mail programs send a POST of their own, so no token of a form is asked for: the address itself is the secret.
"""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.notices.stop import addresses
from wiki.notices.topics import TOPICS
from wiki.web.state import session, settings
from wiki.web.templating import render

stopping = Blueprint("stopping", __name__)


@stopping.get(f"{addresses.PATH}/<token>")
def ask(token: str) -> ResponseReturnValue:
    """A page with the button: looking at an address stops nothing, since programs look at the addresses in mails."""
    if addresses.account_of(session(), settings(), token) is None:
        raise _unknown()
    return _show(token, "")


@stopping.post(f"{addresses.PATH}/<token>")
def stop(token: str) -> ResponseReturnValue:
    """Stop them, or (`do=again`) send them again."""
    stopped = request.form.get("do") != "again"
    if not addresses.stop(session(), settings(), token, stopped, _topic()):
        raise _unknown()
    return _show(token, "stopped" if stopped else "again")


def _show(token: str, done: str) -> ResponseReturnValue:
    return render("notices/stop.html", token=token, done=done, topic=TOPICS.get(_topic()))


def _topic() -> str:
    """The one topic that the address is about; "" for all."""
    asked = request.args.get("topic", "")
    return asked if asked in TOPICS else ""


def _unknown() -> NotFound:
    return NotFound(_("This address does not stop anything any more. You can do it in your notice settings."))
