"""Two fields that are the two ends of one relation: a save of one end keeps the other equal.

The other page follows where the person may edit it and where its readers may all know of this one. Elsewhere the relation
still shows there, as what points to the page, to those who may see it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki import eventlog
from wiki.access import Viewer, editable_pages, titles_of
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.models import FieldValue, Page
from wiki.pages import storing
from wiki.pages.guards import WIDTH
from wiki.pages.storing import author_of, content_of, current_revision


@dataclass(frozen=True)
class RowPlace:
    """A row from which a page is made: `column` of row `row` in `table` of the page `page` is to name it."""

    page: int
    table: str
    row: str
    column: str


@dataclass
class _Change:
    """What another page has to take over: by key of its field, whether this page is to be named there."""

    fields: dict[str, bool] = field(default_factory=dict)
    row: RowPlace | None = None


def check(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    kind: Kind,
    page_id: int | None,
    before: Content,
    after: Content,
) -> None:
    """Raises Invalid when a page that is named now holds on to a third one by the other end."""
    for one in kind.twins:
        new = set(_ids(after.fields.get(one.key))) - set(_ids(before.fields.get(one.key)))
        of, _dot, key = one.twin.partition(".")
        end = catalogue[of].field(key)
        if not new or end is None or end.type != "link":
            continue
        held = select(FieldValue.page_id, FieldValue.ref_id).join(Page, Page.id == FieldValue.page_id)
        held = held.where(FieldValue.key == key, Page.id.in_(new), Page.kind == of, FieldValue.ref_id != (page_id or 0))
        thirds = {row[0]: row[1] for row in session.execute(_editable(held, viewer))}
        _refuse_held(session, viewer, one, thirds, after)


def _editable(query: Any, viewer: Viewer) -> Any:
    return query if viewer.account_id is None else query.where(editable_pages(viewer))


def _refuse_held(session: Session, viewer: Viewer, end: Field, thirds: Mapping[int, int], content: Content) -> None:
    titles = titles_of(session, viewer, {*thirds, *thirds.values()})
    problems = [
        Problem(
            f"f.{end.key}",
            _(
                "“%(page)s” is tied to “%(third)s” already. Change that there first.",
                page=titles[one][0] if one in titles else _("A page that you may not see"),
                third=titles[third][0] if third in titles else _("a page that you may not see"),
            ),
        )
        for one, third in sorted(thirds.items())
    ]
    if problems:
        raise Invalid(problems, content)


def keep_equal(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    page: Page,
    before: Content,
    after: Content,
    when: datetime,
    made_from: RowPlace | None = None,
) -> None:
    """Write the other ends of what changed; `check` has found nothing against it."""
    changes = _changes(catalogue[page.kind], before, after)
    if made_from is not None:
        changes.setdefault(made_from.page, _Change()).row = made_from
    if not changes:
        return
    query = select(Page).where(Page.id.in_(sorted(changes)), Page.deleted_at.is_(None))
    for other in session.scalars(
        _editable(query, viewer).order_by(Page.id).with_for_update().execution_options(populate_existing=True)
    ):
        change = changes[other.id]
        names_more = any(change.fields.values()) and change.row is None
        if not names_more or known_to_readers(session, page, after, other):
            _follow(session, catalogue, viewer, page, other, change, when)


def _changes(kind: Kind, before: Content, after: Content) -> dict[int, _Change]:
    changes: dict[int, _Change] = {}
    for one in kind.twins:
        was, now = (set(_ids(content.fields.get(one.key))) for content in (before, after))
        for target in was ^ now:
            changes.setdefault(target, _Change()).fields[one.twin] = target in now
    return changes


def _ids(value: Any) -> Iterable[int]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, int)]


def _follow(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Page, other: Page, change: _Change, when: datetime
) -> None:
    """The other page in a new revision, if anything differs there."""
    kind, content = catalogue[other.kind], content_of(current_revision(session, other))
    was = content.canonical()
    for twin, named in change.fields.items():
        of, _dot, key = twin.partition(".")
        end = kind.field(key)
        if of == kind.key and end is not None and key not in kind.locked.get(other.state, ()):
            _set(page, content, end, named)
    if change.row is not None:
        _name_in_row(content, change.row, page.id)
    if content.canonical() == was:
        return
    note = _("Follows a change of “%(kind)s”", kind=_(catalogue[page.kind].label))
    author = author_of(session, viewer, other, content)
    revision = storing.store_revision(session, catalogue, other, content, author=author, note=note, time=when)
    eventlog.record(
        session, viewer, "page.saved", page=other, revision=revision.number, time=when, note=note, by="system"
    )


def _set(page: Page, content: Content, end: Field, named: bool) -> None:
    """Name the page at that end, or name it no longer."""
    held = list(_ids(content.fields.get(end.key)))
    if end.type == "link" and named and held:
        return  # `check` has seen to it that it is this page
    kept = [one for one in held if one != page.id] + ([page.id] if named and page.id not in held else [])
    kept = held if named and page.id in held else kept
    if kept:
        content.fields[end.key] = kept if end.type == "links" else kept[0]
    else:
        content.fields.pop(end.key, None)


def _name_in_row(content: Content, place: RowPlace, page_id: int) -> None:
    rows = [{**row, place.column: page_id} if row["id"] == place.row else row for row in content.rows(place.table)]
    content.fields[place.table] = rows


def known_to_readers(session: Session, page: Page, content: Content, other: Page) -> bool:
    """Whether everybody who may read the other page may know of this one: naming it there tells nobody more."""
    if page.access == "public":
        return True
    if page.space_id != other.space_id or other.access == "public":
        return False
    if page.access in ("members", "partnership"):
        return WIDTH[page.access] >= WIDTH[other.access]
    theirs = content_of(current_revision(session, other))
    return page.access == other.access and _circle(theirs) <= _circle(content)


def _circle(content: Content) -> set[Any]:
    """The organisations whose people see a page that is not for everybody of the space."""
    named = content.fields.get("access_orgs", []) if content.fields.get("access") == "named_orgs" else []
    return {content.fields.get("steward_org"), *named} - {None}
