"""The kept HTML of a page: made once per revision and language, the same for every reader."""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.kinds import Catalogue, Content
from wiki.models import Attachment, Page, Rendering, Space
from wiki.pages.display import SHOWN_ELSEWHERE, Display, mentioned
from wiki.pages.links import AllNames, PageLinks, missing_href
from wiki.rendering.markdown import render
from wiki.text import url_part

#: Raised by one whenever the HTML of the same text would differ: kept HTML of other numbers is made anew.
MADE_WITH = "1"


@dataclass(frozen=True)
class Html:
    """A page's HTML for readers, before the references that one reader may not open are taken out."""

    fields: str
    body: str
    extras: dict[str, Any]


def make(session: Session, catalogue: Catalogue, page: Page, content: Content) -> Html:
    """Render the page's current content in the present language."""
    kind = catalogue[page.kind]
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    links = PageLinks(session, space_slug, page.id, page.slug)
    display = Display(AllNames(session, *mentioned(kind, content)), links)
    fields = display.fields(
        kind,
        content,
        lambda field: field.key not in SHOWN_ELSEWHERE and not field.visible_to and not field.visible_if,
    )
    body = render(content.body, links, hide_empty=True)
    fields_html = str(fields + display.kept(kind, content))
    extras = {
        "pages": sorted(page_references(fields_html) | page_references(body.html)),
        "contents": [[heading.level, heading.text, heading.anchor] for heading in body.contents],
        "too_hard": body.too_hard,
        "attachments": attachments(session, page, space_slug),
    }
    return Html(fields_html, body.html, extras)


def attachments(session: Session, page: Page, space_slug: str) -> list[list[str]]:
    """Name and address of each file of the page."""
    names = session.scalars(select(Attachment.name).where(Attachment.page_id == page.id).order_by(Attachment.name))
    return [[name, f"/{url_part(space_slug)}/{url_part(page.slug)}/files/{url_part(name)}"] for name in names]


def keep(session: Session, page: Page, html: Html) -> None:
    """Store the HTML for the next readers of this language."""
    session.merge(
        Rendering(
            page_id=page.id,
            language=language(),
            number=page.number,
            made_with=MADE_WITH,
            fields_html=html.fields,
            body_html=html.body,
            extras=html.extras,
        )
    )


_LINK = re.compile(r'<a (?P<marks>[^>]*\bdata-page="(?P<page>\d+)"[^>]*)>(?P<text>.*?)</a>', re.DOTALL)
_TYPED = re.compile(r'data-typed="([^"]*)"')


def page_references(html: str) -> set[int]:
    """The pages that HTML of ours links to."""
    return {int(match["page"]) for match in _LINK.finditer(html)}


def without_hidden(html: str, hidden: set[int], space: str) -> Markup:
    """The HTML for a reader who may not open the pages `hidden`: as if they were not there."""
    if not hidden:
        return Markup(html)

    def replace(match: re.Match[str]) -> str:
        if int(match["page"]) not in hidden:
            return match[0]
        if "wikilink" not in match["marks"]:
            return Markup('<span class="hidden-ref">{}</span>').format(_("not visible to you"))
        typed = _TYPED.search(match["marks"])
        text = Markup(typed[1] if typed else match["text"])
        return Markup('<a class="wikilink missing" href="{}" title="{}">{}</a>').format(
            missing_href(space, text.striptags()), _("This page does not exist yet."), text
        )

    return Markup(_LINK.sub(replace, html))
