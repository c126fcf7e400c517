"""What people did for each other in a month: used a practice elsewhere, said thank you, kept a promise."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.facts.thanked import AGREED
from wiki.kinds.workings.standings import promise_status
from wiki.letters.record import Span, Told
from wiki.models import FieldValue, Page, Revision, Row, Thanks

USED, PROMISED = "adaptation", "commitment"
KEPT = "honoured_confirmed"

#: A row by its page, its table and its permanent id.
Place = tuple[int, str, str]


def told_by_uses(session: Session, span: Span) -> Iterator[Told]:
    """Uses that were told, whether it worked or not; the day that a use says is when it counts."""
    rows = session.execute(
        select(Page.id, Page.title, Page.slug, Row.row_id, Row.data)
        .join(Row, Row.page_id == Page.id)
        .where(Row.row_type == USED, span.here(), Page.state != "draft")
        .order_by(Page.id, Row.position)
    )
    first, after = span.days
    for row in rows:
        day = row.data.get("on") or ""
        if first <= day < after:
            org = row.data.get("org")
            words = {name: row.data[name] for name in ("result", "what_changed", "story") if row.data.get(name)}
            yield Told(
                "tried",
                "used",
                f"use:{row.id}:{row.row_id}",
                span.at(day),
                row.id,
                row.title,
                f"{span.url(row.slug)}#r-{row.row_id}",
                {"orgs": (org,)} if isinstance(org, int) else {},
                words,
            )


def told_by_thanks(session: Session, span: Span) -> Iterator[Told]:
    """Thanks to organisations, to whoever is behind a page, and to those people who let thanks to them be shown."""
    receiver = aliased(Page)
    agreed = exists().where(FieldValue.page_id == Thanks.to_id, FieldValue.key == AGREED, FieldValue.text == "yes")
    shown = or_(Thanks.to_id.is_(None), receiver.kind == "organisation", and_(receiver.kind == "person", agreed))
    known = or_(Thanks.to_id.is_(None), span.knows(Thanks.to_id))
    rows = session.execute(
        select(Page.id, Page.title, Page.slug, Thanks.id.label("thanks"), Thanks.by_name, Thanks.reason)
        .add_columns(Thanks.time, Thanks.to_id)
        .join(Thanks, Thanks.page_id == Page.id)
        .outerjoin(receiver, receiver.id == Thanks.to_id)
        .where(span.here(), span.within(Thanks.time), shown, known)
        .order_by(Thanks.time, Thanks.id)
    )
    for row in rows:
        yield Told(
            "thanks",
            "thanked",
            f"thanks:{row.thanks}",
            row.time,
            row.id,
            row.title,
            f"{span.url(row.slug)}#thanks-{row.thanks}",
            {"to": (row.to_id,)} if row.to_id is not None else {},
            {"text": row.reason, "who": row.by_name},
        )


def told_by_promises(session: Session, span: Span) -> Iterator[Told]:
    """Promises that were honoured in the eyes of those they were made to, and not before: they have to be so still."""
    changed = exists().where(Revision.page_id == Page.id, span.within(Revision.time))
    kept = {
        (row.id, row.table, row.row_id): row
        for row in session.execute(
            select(Page.id, Page.title, Page.slug, Page.state, Row.table, Row.row_id, Row.text, Row.data)
            .join(Row, Row.page_id == Page.id)
            .where(Row.row_type == PROMISED, Row.status == "honoured", span.here(), changed)
            .order_by(Page.id, Row.position)
        )
        if promise_status(row.state, row.data, span.coming_from) == KEPT
    }
    if not kept:
        return
    before, then = _as_they_stood(session, span, kept)
    for place in (one for one in kept if one in then and one not in before):
        row = kept[place]
        orgs = tuple(row.data.get("made_by", ()))
        key, where = f"promise:{row.id}:{row.row_id}", f"{span.url(row.slug)}#r-{row.row_id}"
        refs, words = {"orgs": orgs} if orgs else {}, {"page": row.title}
        yield Told("promises", "kept", key, then[place], row.id, row.text or row.title, where, refs, words)


def _as_they_stood(
    session: Session, span: Span, places: Iterable[Place]
) -> tuple[dict[Place, datetime], dict[Place, datetime]]:
    """Which of the rows were kept promises before the span, and which at its end, with when their page was written."""
    pages = {page for page, _table, _row in places}
    rows = session.execute(
        select(Revision.page_id, Revision.time, Revision.state, Revision.fields).where(
            Revision.page_id.in_(pages), or_(_last(span.since), _last(span.until))
        )
    )
    found: tuple[dict[Place, datetime], dict[Place, datetime]] = {}, {}
    for row in rows:
        for place in _kept_in(row, places, span):
            found[row.time >= span.since][place] = row.time
    return found


def _last(moment: datetime) -> Any:
    """The revision that held at a moment."""
    other = aliased(Revision)
    newest = select(func.max(other.number)).where(other.page_id == Revision.page_id, other.time < moment)
    return Revision.number == newest.correlate(Revision).scalar_subquery()


def _kept_in(revision: Any, places: Iterable[Place], span: Span) -> Iterator[Place]:
    for page, table, row_id in places:
        if page != revision.page_id:
            continue
        rows = revision.fields.get(table, ())
        if any(one["id"] == row_id and promise_status(revision.state, one, span.coming_from) == KEPT for one in rows):
            yield page, table, row_id
