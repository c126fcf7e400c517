"""What a page's readers are shown, in few statements whatever the size of the wiki."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    and_,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.conversation.counting import open_suggestions, open_threads
from wiki.facts.look import href
from wiki.facts.signs import sign_columns
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import Link, Page, Rendering, Revision, Star
from wiki.notices.watching import state_for
from wiki.pages.standing import Pointing
from wiki.paths.beside import path_of_reader
from wiki.prepared import Prepared
from wiki.questions.about_page import questions_about
from wiki.quick_access import reading_statement
from wiki.receipts.waiting import still_asked

_Owner = aliased(Page)
_Partnership = aliased(Page)
_Revision = aliased(Revision)


#: One statement for a page, the reader's right to it, and everything shown of it that is the same for all readers.
READ = Prepared(
    reading_statement(
        _Owner.title.label("owner_title"),
        _Owner.state.label("owner_state"),
        _Owner.kind.label("owner_kind"),
        Page.last_reviewed,
        _Partnership.title.label("partnership_title"),
        _Revision.author_name,
        _Revision.fields,
        Rendering.fields_html,
        Rendering.body_html,
        Rendering.extras,
        exists()
        .where(Star.account_id == bindparam("account_id", type_=Integer), Star.page_id == Page.id)
        .correlate(Page)
        .label("starred"),
        state_for(bindparam("account_id", type_=Integer)).label("watched"),
        path_of_reader().label("on_path"),
        questions_about().label("questions"),
        open_threads().label("talked_about"),
        open_suggestions().label("suggestions"),
        still_asked(bindparam("account_id", type_=Integer)).label("to_read"),
        *sign_columns(),
    )
    .join(_Revision, and_(_Revision.page_id == Page.id, _Revision.number == Page.number))
    .outerjoin(_Owner, and_(_Owner.id == Page.owner_id, _Owner.deleted_at.is_(None)))
    .outerjoin(_Partnership, and_(_Partnership.id == Page.partnership_id, _Partnership.deleted_at.is_(None)))
    .outerjoin(
        Rendering,
        and_(
            Rendering.page_id == Page.id,
            Rendering.language == bindparam("language"),
            Rendering.number == Page.number,
            Rendering.made_with == bindparam("made_with"),
        ),
    )
)


@dataclass
class Backlinks:
    """Pages that point here, by what this page calls the relation."""

    groups: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    hidden_targets: set[int] = field(default_factory=set)
    replaced: list[Pointing] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group) for group in self.groups.values())


def around(catalogue: Catalogue, rows: Iterable[Any]) -> Backlinks:
    """Who points to a page, and which pages it mentions that are hidden from its reader: what `look_at` has found."""
    found = Backlinks()
    seen: set[tuple[str, int]] = set()
    for row in rows:
        if row.what == "hidden":
            found.hidden_targets.add(row.page)
        if row.what != "incoming":
            continue
        label = inverse_label(catalogue, row)
        if (label, row.page) not in seen:
            seen.add((label, row.page))
            space, _slash, slug = row.address.partition("/")
            found.groups.setdefault(label, []).append((row.text, space, slug))
            if _no_longer_carries(catalogue, row):
                found.replaced.append(Pointing(row.page, row.kind, row.text, href(row.address)))
    return found


def _no_longer_carries(catalogue: Catalogue, row: Row[Any]) -> bool:
    """Whether the linking page says that this one rests on it, and was replaced."""
    said = catalogue[row.kind].replaces if row.kind in catalogue else None
    return said is not None and row.name == said.affects and row.word == said.becomes


def inverse_label(catalogue: Catalogue, row: Row[Any]) -> str:
    """What the target calls a link: the field's inverse label, or plainly that it is mentioned."""
    if row.name == "body":
        return _("Mentioned in")
    return _(catalogue.link_label(row.kind, row.name)) or _("Named in")


@dataclass(frozen=True)
class Tombstone:
    title: str
    kind: str
    when: Any
    by: str | None
    why: str


def tombstone(session: Session, page: Page) -> Tombstone:
    """What is said of a deleted page."""
    by = session.execute(select(Page.title).where(Page.id == page.deleted_by)).scalar() if page.deleted_by else None
    return Tombstone(page.title, page.kind, page.deleted_at, by, page.deleted_why or "")


def changed_in_space(session: Session, viewer: Viewer, space_id: int, limit: int = 20) -> list[Row[Any]]:
    """The pages of a space that changed last, newest first."""
    return list(
        session.execute(
            select(
                Page.id,
                Page.title,
                Page.slug,
                Page.kind,
                Page.state,
                Page.changed_at,
                _Revision.author_name,
                _Revision.note,
            )
            .join(_Revision, and_(_Revision.page_id == Page.id, _Revision.number == Page.number))
            .where(Page.space_id == space_id, visible_pages(viewer))
            .order_by(Page.changed_at.desc(), Page.id.desc())
            .limit(limit)
        )
    )


def pages_by_kind(session: Session, viewer: Viewer, space_id: int) -> dict[str, int]:
    """How many pages of each kind the viewer may see in a space (archived ones aside)."""
    rows = session.execute(
        select(Page.kind, func.count())
        .where(Page.space_id == space_id, Page.archived_at.is_(None), visible_pages(viewer))
        .group_by(Page.kind)
    )
    return {row[0]: row[1] for row in rows}


def waiting_links(session: Session, viewer: Viewer, space: str, limit: int = 50) -> list[tuple[str, int]]:
    """Titles that pages of a space link to and that do not exist yet, most wanted first."""
    rows = session.execute(
        select(Link.target_key, func.count())
        .join(Page, Page.id == Link.page_id)
        .where(Link.target_id.is_(None), Link.target_space == space, visible_pages(viewer))
        .group_by(Link.target_key)
        .order_by(func.count().desc())
        .limit(limit)
    )
    return [(str(row[0]).removeprefix("slug:"), row[1]) for row in rows]
