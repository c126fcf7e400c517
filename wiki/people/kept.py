"""Everything that the wiki keeps of one person, as data: for that person, who may take it along."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, FromClause, Integer, Table, literal, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, titles_of
from wiki.models import Account, Base, Event, Page, Revision
from wiki.models.base import Moment
from wiki.pages.storing import content_of, current_revision
from wiki.text import url_part

#: Columns that would let somebody else in, or are of use to the program alone.
SECRET = frozenset({"password_hash", "digest", "seed", "reader", "stop_key", "known", "told", "folding", "stems"})
#: Columns with words of others, or of pages that the person may not read any more.
OF_OTHERS = frozenset({"words", "pages", "link", "heading", "ended_why", "fields"})
#: Columns that name pages; who reads this finds their addresses under "pages".
_PAGES = ("page_id", "person_id", "org_id", "path_id", "buddy_id", "role_id", "partner_id", "written_id")
#: What a line says of a page that the person may not read now: which, when, yes or no, and its state. Texts belong to the page.
_BARE = (Integer, Boolean, Moment, Date)
#: Revisions and events are listed up to here, the newest first.
MOST = 5_000


def kept_about(session: Session, viewer: Viewer) -> dict[str, Any]:
    """Account, page, and by table every line that belongs to the account; revisions and events only by what they are.

    Names of pages are those that the person may read now; of others there is the number, and lines that speak of them are
    without their texts.
    """
    account = session.get_one(Account, viewer.account_id)
    lines = {table.name: _lines(session, viewer, table, columns, account.id) for table, columns in _belonging().items()}
    revisions = _mine(session, Revision, Revision.author_id, account.person_id, ("page_id", "number", "time", "note"))
    events = _mine(session, Event, Event.actor_id, account.person_id, ("time", "verb", "page_id", "revision"))
    listed = [*(line for some in lines.values() for line in some), *revisions, *events]
    known = titles_of(
        session, viewer, {line[key] for line in listed for key in _PAGES if isinstance(line.get(key), int)}
    )
    return {
        "account": _plain(Account.__table__, account.__dict__),
        "page": _page(session, account.person_id),
        **{name: some for name, some in lines.items() if some},
        "revisions": [one if one["page_id"] in known else {**one, "note": None} for one in revisions],
        "events": events,
        "pages": {
            str(number): f"/{url_part(space)}/{url_part(slug)}"
            for number, (_title, space, slug) in sorted(known.items())
        },
    }


def _belonging() -> dict[Table, list[str]]:
    """The tables whose lines belong to accounts, with the columns that say to which."""
    found: dict[Table, list[str]] = {}
    for table in Base.metadata.sorted_tables:
        columns = sorted(key.parent.name for key in table.foreign_keys if key.column.table.name == "account")
        if columns:
            found[table] = columns
    return found


def _lines(session: Session, viewer: Viewer, table: Table, columns: list[str], account: int) -> list[dict[str, Any]]:
    joined, page = _with_page(table, table)
    query = select(table, (literal(None) if page is None else page).label("its_page")).select_from(joined)
    rows = session.execute(query.where(or_(*(table.c[name] == account for name in columns)))).mappings().all()
    seen = titles_of(session, viewer, {row["its_page"] for row in rows if row["its_page"] is not None})
    return [_plain(table, row, bare=row["its_page"] is not None and row["its_page"] not in seen) for row in rows]


def _with_page(table: Table, joined: FromClause) -> tuple[FromClause, ColumnElement[Any] | None]:
    """`joined` with the tables that lead from `table` to the page it speaks of, and that page: a comment's is its thread's."""
    if "page_id" in table.c:
        return joined, table.c.page_id
    for key in sorted(table.foreign_keys, key=lambda one: one.parent.name):
        above = key.column.table
        if above.name in ("account", "page", "space"):
            continue
        further, page = _with_page(above, joined.outerjoin(above, key.parent == key.column))
        if page is not None:
            return further, page
    return joined, None


def _mine(
    session: Session, model: Any, column: Any, person: int | None, names: tuple[str, ...]
) -> list[dict[str, Any]]:
    if person is None:
        return []
    query = select(*(getattr(model, name) for name in names)).where(column == person)
    rows = session.execute(query.order_by(model.id.desc()).limit(MOST)).mappings()
    return [{key: _json(value) for key, value in row.items()} for row in rows]


def _plain(table: Any, values: Any, *, bare: bool = False) -> dict[str, Any]:
    return {
        column.name: _json(values[column.name])
        for column in table.columns
        if column.name in values
        and column.name not in SECRET | OF_OTHERS
        and (not bare or column.name == "state" or isinstance(column.type, _BARE))
    }


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _page(session: Session, person: int | None) -> dict[str, Any] | None:
    """What the page says that stands for the person, with what others do not see of it."""
    page = session.get(Page, person) if person is not None else None
    if page is None or page.deleted_at is not None:
        return None
    content = content_of(current_revision(session, page))
    return {"title": content.title, "state": page.state, "fields": content.fields, "body": content.body}
