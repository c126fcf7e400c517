"""Whether derived tables are what the current revisions give, and whether what they name is there."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import Session

from wiki.care import indexes
from wiki.care.seals import name_of
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind
from wiki.kinds.definition import Field
from wiki.kinds.types import TYPES
from wiki.models import FieldValue, Link, Page, PageReader, Revision, Row, SearchText
from wiki.pages import deriving
from wiki.pages.deriving import content_of
from wiki.pages.display import mentioned
from wiki.search import version
from wiki.search.batches import batches

BATCH = 100

_VALUES = ("key", "position", "text", "number", "date", "date_end", "ref_id")
_ROWS = ("table", "row_type", "row_id", "position", "text", "status", "due", "person_id", "data")
#: Not where links lead: a link whose page came, went or was renamed since is looked at again when the page is saved.
_LINKS = ("name", "row_id", "target_row")
_READERS = ("org_id",)
_SEARCHED = ("title", "body")

Stored = dict[int, list[tuple[Any, ...]]]


def problems(session: Session, catalogue: Catalogue) -> Iterator[str]:
    """Pages whose kind nobody knows, references to nothing, and derived tables that are not what they should be."""
    ids = session.scalars(select(Page.id).order_by(Page.id)).all()
    for some in batches(ids, BATCH):
        pages = session.scalars(select(Page).where(Page.id.in_(some)).order_by(Page.id)).all()
        yield from _Batch(session, catalogue, pages).problems()
    if not version.is_current(session):
        yield _(
            "The search index was made by an earlier version of this program. A server that runs makes it anew by itself; or: wiki reindex"
        )
    strays = indexes.strays(session)
    if strays:
        yield _("Search keeps words of pages that it does not know: %(count)s. Mend: wiki reindex", count=len(strays))


class _Batch:
    """Some pages with what is stored of them."""

    def __init__(self, session: Session, catalogue: Catalogue, pages: Sequence[Page]) -> None:
        self.session = session
        self.catalogue = catalogue
        self.pages = pages
        ids = [page.id for page in pages]
        self.values = self._stored(FieldValue, _VALUES, ids)
        self.rows = self._stored(Row, _ROWS, ids)
        self.links = self._stored(Link, _LINKS, ids)
        self.readers = self._stored(PageReader, _READERS, ids)
        self.searched = self._stored(SearchText, _SEARCHED, ids)

    def _stored(self, model: Any, names: Sequence[str], ids: Collection[int]) -> Stored:
        """JSON is fetched as text, because somebody may have put there what is none."""
        columns = [cast(model.data, String) if name == "data" else getattr(model, name) for name in names]
        found: Stored = defaultdict(list)
        for row in self.session.execute(select(model.page_id, *columns).where(model.page_id.in_(ids))):
            found[row[0]].append(tuple(row[1:]))
        return found

    def problems(self) -> Iterator[str]:
        for page, revision in indexes.current(self.session, self.pages):
            if revision is None:
                continue  # the chain of revisions says so
            if revision.kind not in self.catalogue:
                yield _(
                    "%(page)s: no page template defines its kind “%(kind)s”. "
                    "Mend: put %(kind)s.toml back into page_templates of the instance folder.",
                    page=name_of(self.session, page.id),
                    kind=revision.kind,
                )
            else:
                yield from self._problems_of(page, revision)

    def _problems_of(self, page: Page, revision: Revision) -> Iterator[str]:
        kind = self.catalogue[revision.kind]
        try:
            content = content_of(revision)
            yield from self._references_to_nothing(page, kind, content)
            differing = self._differing(page, revision, kind, content)
        except indexes.UNREADABLE:
            yield _(
                "%(page)s: its template “%(kind)s” cannot read what revision %(number)s holds. "
                "Mend: if the template was changed, change it back; else save the page again with right values.",
                page=name_of(self.session, page.id),
                kind=kind.key,
                number=revision.number,
            )
            return
        if differing:
            yield _(
                "%(page)s: what lists and search know (%(parts)s) is not what revision %(number)s says. "
                "Mend: wiki reindex",
                page=name_of(self.session, page.id),
                parts=", ".join(differing),
                number=revision.number,
            )

    def _references_to_nothing(self, page: Page, kind: Kind, content: Content) -> Iterator[str]:
        wanted = mentioned(kind, content)[0]
        known = set(self.session.scalars(select(Page.id).where(Page.id.in_(wanted)))) if wanted else set()
        for number in sorted(wanted - known):
            yield _(
                "%(page)s: its field “%(field)s” refers to page %(number)s, which is not there. "
                "Mend: choose another page in that field, or empty it.",
                page=name_of(self.session, page.id),
                field=_(_field_naming(kind, content, number)),
                number=number,
            )

    def _differing(self, page: Page, revision: Revision, kind: Kind, content: Content) -> list[str]:
        """The parts that differ, in words."""
        found = deriving.derived(self.session, self.catalogue, page, content)
        fields = revision.fields
        own = (revision.title, revision.kind, revision.state, fields.get("access", "members"))
        searched = [] if page.deleted_at is not None else [(found.entry.title, found.entry.body)]
        same = {
            _("title, kind, state or access"): (page.title, page.kind, page.state, page.access) == own,
            _("values"): _same(self.values[page.id], _picked(found.values, _VALUES)),
            _("rows"): _same(_untitled(self.rows[page.id], kind), _untitled(_picked(found.rows, _ROWS), kind)),
            _("links"): _same(self.links[page.id], _picked(found.links, _LINKS)),
            _("organisations that may read it"): _same(self.readers[page.id], _picked(found.readers, _READERS)),
            _("search"): _same(self.searched[page.id], searched),
        }
        return [part for part, is_same in same.items() if not is_same]


def _picked(rows: Sequence[dict[str, Any]], names: Sequence[str]) -> list[tuple[Any, ...]]:
    return [tuple(json.dumps(row[name]) if name == "data" else row[name] for name in names) for row in rows]


def _same(stored: Sequence[tuple[Any, ...]], expected: Sequence[tuple[Any, ...]]) -> bool:
    return Counter(map(repr, stored)) == Counter(map(repr, expected))


def _untitled(rows: Sequence[tuple[Any, ...]], kind: Kind) -> list[tuple[Any, ...]]:
    """Rows without the text of those that are called by the name of a page, which may have another name by now."""
    return [row[:4] + ("" if _is_named_by_page(kind, row[0], row[8]) else row[4],) + row[5:] for row in rows]


def _is_named_by_page(kind: Kind, table: str, data_json: str) -> bool:
    field, data = kind.field(table), _object(data_json)
    if field is None or field.row_type is None:
        return False
    named = field.row_type.column(field.row_type.title)
    columns = [column for column in (named, *field.row_type.columns) if column and column.key in data]
    return bool(columns) and bool(TYPES[columns[0].type].refs(columns[0], data[columns[0].key]))


def _object(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _field_naming(kind: Kind, content: Content, number: int) -> str:
    """The label of the first field that refers to the page."""

    def names(field: Field) -> bool:
        if field.key not in content.fields:
            return False
        return any(ref.page == number for ref in TYPES[field.type].refs(field, content.fields[field.key]))

    return next((field.label for field in kind.every_field if names(field)), "")
