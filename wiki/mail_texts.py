"""The words of mails: templates/mail/*.txt, whose first line is the subject. Links are built from the setting base_url only."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.orm import Session

from wiki import i18n, outbox
from wiki.config import Settings
from wiki.models import Account
from wiki.resources import PACKAGE


@dataclass(frozen=True)
class Letter:
    """What a mail says. `html` is the same for programs that show it, "" if there is none; `headers` go with it.

    `calendar` is an entry for calendar programs (RFC 5545), sent as iMIP says (RFC 6047) with its `method`.
    """

    subject: str
    text: str
    html: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    calendar: str = ""
    method: str = ""


@lru_cache
def _environment(html: bool = False) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(PACKAGE / "templates" / "mail"),
        autoescape=html,  # else it is plain text
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals.update(_=i18n.gettext, ngettext=i18n.ngettext, format_datetime=i18n.format_datetime)
    return environment


def write(
    settings: Settings, template: str, language: str | None, time_zone: str | None = None, **context: Any
) -> Letter:
    """The mail `template` in a language and a time zone (None: the site's). Templates may use `site_name` and `base_url` besides the context."""
    with i18n.use(language or settings.language, time_zone or settings.time_zone):
        whole = (
            _environment()
            .get_template(f"{template}.txt")
            .render(site_name=settings.site_name, base_url=settings.base_url, **context)
        )
    subject, _rest, text = whole.partition("\n")
    return Letter(" ".join(subject.split()), text.strip() + "\n")


def in_html(settings: Settings, template: str, **context: Any) -> str:
    """The same mail as HTML, in the language that is spoken just now: templates/mail/*.html."""
    found = _environment(html=True).get_template(f"{template}.html")
    return found.render(site_name=settings.site_name, base_url=settings.base_url, **context)


def mail(
    session: Session,
    settings: Settings,
    account: Account,
    template: str,
    good_for: timedelta | None = None,
    **context: Any,
) -> None:
    """Write the mail `template` to somebody, in their language, into the transaction; `good_for` as in `outbox.send`."""
    letter = write(settings, template, account.language, name=account.name, **context)
    outbox.send(session, account.email, letter.subject, letter.text, good_for)
