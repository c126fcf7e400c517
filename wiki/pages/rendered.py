"""The kept HTML of a page: made once per revision and language, the same for every reader."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.i18n import gettext as _
from wiki.i18n import language
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.redact import redact
from wiki.models import Attachment, Page, Rendering, Space
from wiki.pages.display import SHOWN_ELSEWHERE, Display, mentioned
from wiki.pages.links import AllNames, PageLinks, missing_href
from wiki.rendering.headings import Heading, below_title
from wiki.rendering.markdown import render
from wiki.text import url_part

#: Raised by one whenever the HTML of the same text would differ: kept HTML of other numbers is made anew.
MADE_WITH = "7"


def made_with(catalogue: Catalogue) -> str:
    """What HTML that is made now is made with: this program, and these page templates."""
    return f"{MADE_WITH}.{catalogue.mark}" if catalogue.mark else MADE_WITH


#: Tables of the short form with more rows than this stand below the text, so that the text is found.
ROWS_ABOVE = 8


@dataclass(frozen=True)
class Html:
    """A page's HTML for readers, before the references that one reader may not open are taken out.

    `fields` are those of the short form but for long tables; `body` is the text and, below it, everything else that is filled.
    """

    fields: str
    body: str
    extras: dict[str, Any]


def make(session: Session, catalogue: Catalogue, page: Page, content: Content) -> Html:
    """Render the page's current content in the present language."""
    kind = catalogue[page.kind]
    space_slug = session.execute(select(Space.slug).where(Space.id == page.space_id)).scalar_one()
    links = PageLinks(session, space_slug, page.id, page.slug)
    content = redact(kind, content, None, page.state)
    display = Display(AllNames(session, *mentioned(kind, content)), links)
    open_to_all = [field for field in kind.every_field if _is_shown(kind, field, content)]
    above = [field for field in kind.short if field in open_to_all and len(content.rows(field.key)) <= ROWS_ABOVE]
    long = [field for field in kind.short if field in open_to_all and field not in above]
    fields = display.fields(kind, content, lambda field: field in above)
    tables = display.fields(kind, content, lambda field: field in long)
    more = display.fields(kind, content, lambda field: field in open_to_all and field not in kind.short, level=3)
    more += display.kept(kind, content)
    body = render(content.body, links, hide_empty=True)
    text = (
        Markup('<div class="prose" id="body">{}</div>').format(Markup(below_title(body.html)))
        if body.html.strip()
        else Markup()
    )
    html = str(text + tables + _below(more, alone=not (fields or text or tables)))
    extras = {
        "pages": sorted(page_references(str(fields)) | page_references(html)),
        "contents": _contents(content, above, body.contents, long, bool(more)),
        "too_hard": body.too_hard,
        "attachments": attachments(session, page, space_slug),
    }
    return Html(str(fields), html, extras)


def _is_shown(kind: Kind, field: Field, content: Content) -> bool:
    """Whether every reader sees the field, here and not in another place of the page."""
    repeats_title = field.key == kind.title_field and content.fields.get(field.key) == content.title
    aside = field.apart or field.visible_to or field.visible_if
    return not (field.key in SHOWN_ELSEWHERE or aside or repeats_title)


def _below(more: Markup, alone: bool) -> Markup:
    """What is not in the short form stands below the text, under a heading unless there is nothing above it."""
    if not more:
        return Markup()
    heading = Markup("") if alone else Markup("<h2>{}</h2>").format(_("More about this"))
    return Markup('<section class="page-fields more-fields" id="more">{}{}</section>').format(heading, more)


def _contents(
    content: Content, above: Sequence[Field], headings: Sequence[Heading], below: Sequence[Field], more: bool
) -> list[list[Any]]:
    """Level, text and anchor of each part of the page: tables above the text, its headings, tables below it, the rest."""

    def tables(fields: Sequence[Field]) -> list[list[Any]]:
        return [[2, _(field.label), f"f-{field.key}"] for field in fields if content.rows(field.key)]

    parts = [*tables(above), *([one.level, one.text, one.anchor] for one in headings), *tables(below)]
    return parts + ([[2, _("More about this"), "more"]] if more and parts else [])


def attachments(session: Session, page: Page, space_slug: str) -> list[list[str]]:
    """Name and address of each file of the page."""
    names = session.scalars(select(Attachment.name).where(Attachment.page_id == page.id).order_by(Attachment.name))
    return [[name, f"/{url_part(space_slug)}/{url_part(page.slug)}/files/{url_part(name)}"] for name in names]


def keep(session: Session, catalogue: Catalogue, page: Page, html: Html) -> None:
    """Store the HTML for the next readers of this language."""
    session.merge(
        Rendering(
            page_id=page.id,
            language=language(),
            number=page.number,
            made_with=made_with(catalogue),
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


_MAKES = re.compile(r'<span data-makes="(?P<kind>\w+)" data-row="(?P<row>\w+)"></span>')


def with_makers(html: Markup, labels: Mapping[str, str], begin: str) -> Markup:
    """The HTML with a link behind each row that can become a page: `labels` by kind, `begin` is where one is begun; without them no link."""

    def replace(match: re.Match[str]) -> str:
        if match["kind"] not in labels or not begin:
            return ""
        href = f"{begin}&row={match['row']}".replace("KIND", match["kind"])
        return Markup('<a class="make-page no-print" href="{}">{}</a>').format(href, labels[match["kind"]])

    return Markup(_MAKES.sub(replace, html)) if has_makers(html) else html


def has_makers(html: str) -> bool:
    """Whether a row of the page can become a page."""
    return "data-makes" in html
