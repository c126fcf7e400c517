"""A page made ready for one reader: kept HTML without what they may not know of, live facts, what they may do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from markupsafe import Markup
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from wiki.access import Found, Viewer, visible_pages
from wiki.conversation.counting import count
from wiki.db import Database
from wiki.facts.look import Facts, look_at
from wiki.facts.thanked import Thank, read_thanks, shows_thanks
from wiki.i18n import gettext as _
from wiki.i18n import language, time_zone
from wiki.kinds import Catalogue, Content, Field, Kind, computed
from wiki.kinds.definition import Transition
from wiki.kinds.record import Record, Value
from wiki.kinds.redact import hidden_keys, redact
from wiki.models import Page, Row, Space
from wiki.pages import actions, queries, rendered
from wiki.pages.display import Display, mentioned
from wiki.pages.kept import Kept, kept
from wiki.pages.links import AllNames, PageLinks
from wiki.pages.standing import Standing, named_by, standing
from wiki.pages.storing import content_of, current_revision
from wiki.pages.typed import fits
from wiki.quick_access import page_to_read
from wiki.receipts.confirming import Band, band
from wiki.rendering.headings import below_title
from wiki.search import Completion
from wiki.text import shorten, url_part

ROWS_OFFERED = 12


@dataclass(frozen=True)
class Reading:
    """All that the page's template shows."""

    found: Found
    kind: Kind
    head: Any
    backlinks: queries.Backlinks
    fields_html: Markup
    private_html: Markup
    body_html: Markup
    contents: list[list[Any]]
    attachments: list[list[str]]
    too_hard: str | None
    freshness: str
    banner: tuple[str, Value] | None
    refs: dict[int, tuple[str, str]]
    facts: list[tuple[str, Value]]
    transitions: list[Transition]
    standing: Standing
    record: Record
    kept: Kept
    band: Band | None
    thanks: list[Thank]
    thanked: list[Thank]
    #: Open threads of its conversation; None where there is none for this reader.
    talk: int | None
    as_state: Value | None

    @property
    def page(self) -> Page:
        return self.found.page

    @property
    def warns(self) -> bool:
        """Whether what stands above the page is a warning, and not only good to know."""
        value = self.banner[1] if self.banner else None
        return value is not None and (value.tone in ("warn", "bad") or value.key in ("replaced", "retired", "rejected"))

    @property
    def is_replaced(self) -> bool:
        """Whether another page counts in its place: its state says so, or a later page that the reader sees does."""
        over = self.kind.state(self.page.state).over
        return over == "replaced" or (bool(self.standing.later) and not over and self.counts)

    @property
    def counts(self) -> bool:
        """Whether it has taken the place of what it replaces."""
        return self.page.state in self.kind.counted

    @property
    def watched(self) -> str:
        """The condition on which people want to look again, while the page counts."""
        said = self.kind.watches
        still = said is not None and self.counts and not self.kind.state(self.page.state).over
        return str(self.head.fields.get(said.when, "")) if said is not None and still else ""

    @property
    def seen_then(self) -> str:
        """What was seen when the condition was met."""
        return str(self.head.fields.get(self.kind.watches.note, "")) if self.kind.watches else ""

    @property
    def asks_for_a_look(self) -> bool:
        said = self.kind.watches
        return said is not None and bool(self.watched) and self.head.fields.get(said.met) == "yes"

    @property
    def may_report(self) -> bool:
        """Whether this reader can say that the condition has been met."""
        return bool(self.watched) and not self.asks_for_a_look and self.found.may("edit")

    @property
    def locked(self) -> bool:
        """Whether this reader may write here, but not what the page said when it was accepted."""
        return bool(self.kind.locked.get(self.page.state)) and self.found.may("edit")

    @property
    def replace_href(self) -> str:
        """Where a page that replaces this one is begun, with what this one says."""
        if self.kind.replaces is None or self.kind.retired or not self.found.space.may("create"):
            return ""
        space, slug = url_part(self.found.space.slug), url_part(self.page.slug)
        return f"/{space}/new?kind={self.kind.key}&replaces={space}/{slug}"

    def label(self, key: str) -> str:
        """What a field of the page is called."""
        field = self.kind.field(key)
        return _(field.label) if field else ""

    @cached_property
    def url(self) -> str:
        return f"/{url_part(self.found.space.slug)}/{url_part(self.page.slug)}"

    @property
    def access_label(self) -> str:
        field = self.kind.field("access")
        return _(field.choices.get(self.page.access, self.page.access)) if field else self.page.access


def read(
    database: Database, session: Session, catalogue: Catalogue, viewer: Viewer, space: str, slug: str, today: date
) -> Reading | None:
    """The page for this viewer in two statements when its HTML is kept; None when they may not read it, or it is not there."""
    got = page_to_read(
        session,
        viewer,
        queries.READ,
        space,
        slug,
        language=language(),
        made_with=rendered.made_with(catalogue),
        chained_by=catalogue.chained_by,
    )
    if got is None:
        return None
    found, row = got
    kind = catalogue[row.kind]
    html = _kept(row) or _made(database, session, catalogue, row.id)
    named = {one for one in (row.owner_id, row.partnership_id, row.steward_id) if one is not None}
    mentioned = named.union(html.extras["pages"])
    content = Content(title=row.title, body="", fields=row.fields)
    public = redact(kind, content, None, row.state).fields if kind.restricted else row.fields
    wanted = named_by(kind, public, record_of(row, public, row.owner_state, Facts()), today)
    there, rows = look_at(session, catalogue, viewer, kind, row, mentioned, wanted, time_zone())
    around = queries.around(catalogue, rows)
    hidden = around.hidden_targets
    record = record_of(row, public, row.owner_state, there)
    values = computed.compute_all(kind, record, today)
    values |= {key: value for (page_id, key), value in there.values.items() if page_id == row.id}
    labels = {one.key: _(one.label) for one in kind.computed}
    banner = next((key for key in BANNERS if key in values and key in labels), None)
    facts = [
        (label, values[key])
        for key, label in labels.items()
        if key in values and key != banner and (values[key].text or values[key].refs)
    ]
    return Reading(
        found=found,
        kind=kind,
        head=row,
        backlinks=around,
        fields_html=_with_makers(catalogue, found, kind, rendered.without_hidden(html.fields, hidden, space)),
        private_html=_private(session, catalogue, viewer, found, kind, content),
        body_html=_with_makers(catalogue, found, kind, rendered.without_hidden(html.body, hidden, space)),
        contents=html.extras["contents"],
        attachments=html.extras["attachments"],
        too_hard=html.extras["too_hard"],
        freshness=values["freshness"].key,
        banner=(labels[banner], values[banner]) if banner else None,
        facts=facts,
        refs=there.names,
        transitions=actions.offered(session, catalogue, viewer, found, content),
        standing=standing(catalogue, kind, row, there, around.replaced),
        record=record,
        kept=kept(rows, row.author_name, today),
        as_state=next((values[key] for key in AS_STATE if key in values), None),
        talk=_talk(viewer, found, row, kind, content),
        thanks=read_thanks(rows),
        thanked=read_thanks(rows, "thanks_given") if shows_thanks(kind, public) else [],
        band=band(session, viewer, found.page, today, time_zone()) if row.to_read else None,
    )


def _with_makers(catalogue: Catalogue, found: Found, kind: Kind, html: Markup) -> Markup:
    """Rows that can become pages say so to those who may make them."""
    if not rendered.has_makers(html):
        return html
    labels = {
        one.makes: _("Make it a page: %(kind)s", kind=_(catalogue[one.makes].label))
        for one in kind.tables
        if catalogue.offers(one.makes)
    }
    space, slug = url_part(found.space.slug), url_part(found.page.slug)
    may = found.may("edit") and found.space.may("create")
    return rendered.with_makers(html, labels, f"/{space}/new?kind=KIND&from={space}/{slug}" if may else "")


#: Computed values that stand above the page when they are not good: does it still hold?
BANNERS = ("still_stands", "standing", "late")


#: Computed values that say more of how a page stands than its state, and are shown in its place.
AS_STATE = ("maturity",)


def record_of(page: Page, fields: dict[str, Any], owner_state: str | None, there: Facts) -> Record:
    """The facts that computed values are worked out from."""
    return Record(
        kind=page.kind,
        state=page.state,
        fields=fields,
        review_due=page.review_due,
        owner_state=owner_state or "",
        entered=there.entered.get(page.id, {}),
        facts=there.facts.get(page.id, {}),
    )


def _talk(viewer: Viewer, found: Found, row: Any, kind: Kind, content: Content) -> int | None:
    """Open threads that this reader may follow: those about fields that they do not see are not among them."""
    hidden = hidden_keys(kind, content, viewer.person_id, row.state) if row.talked_about else frozenset()
    return count(viewer, found, row.talked_about, hidden)


def _kept(row: Any) -> rendered.Html | None:
    return rendered.Html(row.fields_html, row.body_html, row.extras) if row.extras is not None else None


def _made(database: Database, session: Session, catalogue: Catalogue, page_id: int) -> rendered.Html:
    """Render now and keep it for the next reader, in a transaction of its own; a busy database is no reason not to show the page."""
    page = session.get_one(Page, page_id)
    html = rendered.make(session, catalogue, page, content_of(current_revision(session, page)))
    session.rollback()
    try:
        with database.transaction() as writing:
            rendered.keep(writing, catalogue, page, html)
    except OperationalError:
        pass
    return html


def _private(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    kind: Kind,
    content: Content,
) -> Markup:
    """Fields that only some readers see, for one who does; made each time."""
    private = [field for field in kind.every_field if field.visible_to or field.visible_if]
    if not any(field.key in content.fields for field in private):
        return Markup()
    allowed = redact(kind, content, viewer.person_id, found.page.state).fields
    keys = {field.key for field in private} & allowed.keys()
    if not keys:
        return Markup()
    return display_fields(session, catalogue, viewer, found, kind, content, lambda field: field.key in keys)


def display_fields(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    found: Found,
    kind: Kind,
    content: Content,
    only: Callable[[Field], bool],
    *,
    kept: bool = False,
) -> Markup:
    """Fields as HTML for one reader; with `kept` also the values that the kind has no field for."""
    links = PageLinks(session, found.space.slug, found.page.id, found.page.slug)
    names = AllNames(session, *mentioned(kind, content))
    display = Display(names, links)
    html = display.fields(kind, content, only) + (display.kept(kind, content) if kept else Markup())
    return for_viewer(session, viewer, str(html), found.space.slug)


def for_viewer(session: Session, viewer: Viewer, html: str, space: str) -> Markup:
    """HTML that was just made, as it stands on a page, without the pages that this viewer may not know of."""
    html = rendered.with_makers(Markup(below_title(html)), {}, "")
    pages = rendered.page_references(html)
    if not pages:
        return Markup(html)
    seen = set(session.scalars(select(Page.id).where(Page.id.in_(pages), visible_pages(viewer))))
    return rendered.without_hidden(html, pages - seen, space)


def completions(catalogue: Catalogue, hits: Sequence[Completion], space: str) -> list[dict[str, str]]:
    """What a picker offers: `typed` is what goes into the field so that it is found again."""
    titles = [hit.title for hit in hits]
    return [
        {
            "title": hit.title,
            "typed": hit.title if titles.count(hit.title) == 1 else f"{hit.title} ({hit.space}/{hit.slug})",
            "kind_label": _(catalogue[hit.kind].label) if hit.kind in catalogue else hit.kind,
            "icon": catalogue[hit.kind].icon if hit.kind in catalogue else "",
            "space": "" if hit.space == space else hit.space,
            "url": f"/{url_part(hit.space)}/{url_part(hit.slug)}",
        }
        for hit in hits
    ]


def complete_rows(session: Session, viewer: Viewer, text: str, targets: Sequence[str]) -> list[dict[str, str]]:
    """Rows whose text holds the words, of tables that the field may point to."""
    tables = {target.rpartition(".")[2] for target in targets if target}
    query = (
        select(Row.row_id, Row.text, Row.table, Page.kind, Page.title, Space.slug, Page.slug)
        .join(Page, Page.id == Row.page_id)
        .join(Space, Space.id == Page.space_id)
        .where(visible_pages(viewer), Row.table.in_(tables) if tables else Row.table != "")
        .order_by(Page.changed_at.desc(), Row.position)
        .limit(60)
    )
    for word in text.lower().split()[:6]:
        query = query.where(func.lower(Row.text).contains(word, autoescape=True))
    return [
        {
            "title": shorten(row[1], 90),
            "typed": f"{shorten(row[1], 80)} ({row[5]}/{row[6]}#{row[0]})",
            "kind_label": row[4],
            "space": "",
            "url": f"/{url_part(row[5])}/{url_part(row[6])}#r-{row[0]}",
        }
        for row in session.execute(query)
        if fits(row[3], row[2], targets)
    ][:ROWS_OFFERED]
