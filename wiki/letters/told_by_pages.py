"""What pages came to in a month: practices that were shared, decisions that were made or replaced, lessons that went on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.kinds import Kind
from wiki.letters.record import Span, Told
from wiki.models import FieldValue, Link, Page, Revision

PRACTICE, DECISION, LESSON = "practice", "decision", "lesson"
SHARED, GREW_FROM, APPLIED_IN = "shared", "grew_from", "applied_in"
#: How far a lesson has come, in this order.
LEARNED = ("checked", "shared", "applied")
#: What a letter says of a page besides its title.
_SAYS = {PRACTICE: "problem", DECISION: "outcome"}

Refs = dict[tuple[int, str], tuple[int, ...]]


def told_by_pages(session: Session, span: Span) -> Iterator[Told]:
    """Each page once, by what it came to last; three statements."""
    rows = _entered(session, span)
    ids = {row.id for row in rows}
    if not ids:
        return
    refs, said = _refs(session, span, ids), _said(session, ids)
    for row in rows:
        kind = span.catalogue[row.kind]
        tell = {PRACTICE: _practice, DECISION: _decision, LESSON: _lesson}[row.kind]
        yield from tell(span, kind, row, refs, said.get(row.id, ""))


def _entered(session: Session, span: Span) -> Sequence[Any]:
    """Of each page the last state that it came into for the first time within the span, if letters tell of that state."""
    earlier = aliased(Revision)
    again = exists().where(
        earlier.page_id == Revision.page_id, earlier.number < Revision.number, earlier.state == Revision.state
    )
    found = session.execute(
        select(Page.id, Page.title, Page.slug, Page.kind, Revision.state, Revision.time)
        .join(Revision, Revision.page_id == Page.id)
        .where(span.here(), _told(span), span.within(Revision.time), ~again)
        .order_by(Revision.time, Revision.number)
    )
    return list({row.id: row for row in found}.values())


def _told(span: Span) -> ColumnElement[bool]:
    """The states of which letters tell. A practice that is a draft again is told by none."""
    decisions = _states(span.catalogue.get(DECISION))
    return or_(
        and_(Page.kind == PRACTICE, Revision.state == SHARED, Page.state != "draft"),
        and_(Page.kind == LESSON, Revision.state.in_(LEARNED), Page.state.in_((*LEARNED, "retired"))),
        and_(Page.kind == DECISION, Revision.state.in_(decisions)),
    )


def _states(kind: Kind | None) -> list[str]:
    """Those in which a decision begins to stand, and in which another has taken its place."""
    if kind is None or kind.replaces is None:
        return []
    return sorted({*kind.replaces.on_entering, *(state.key for state in kind.states if state.over == "replaced")})


def _refs(session: Session, span: Span, ids: Iterable[int]) -> Refs:
    """What the pages name, and, as "by …", what names them: only pages that the reader may know."""
    decision = span.catalogue.get(DECISION)
    replaces = decision.replaces.named_in if decision is not None and decision.replaces is not None else ""
    target = aliased(Page)
    out = (
        select(Link.page_id, Link.name, Link.target_id)
        .join(target, target.id == Link.target_id)
        .where(Link.page_id.in_(ids), Link.name.in_((GREW_FROM, APPLIED_IN, replaces)), span.knows(Link.target_id))
        .where(or_(Link.name != GREW_FROM, target.kind == PRACTICE))
    )
    back = select(Link.target_id, "by " + Link.name, Link.page_id).where(
        Link.target_id.in_(ids), Link.name == replaces, span.knows(Link.page_id)
    )
    orgs = select(FieldValue.page_id, FieldValue.key, FieldValue.ref_id).where(
        FieldValue.page_id.in_(ids), FieldValue.key == "contributing_orgs", span.knows(FieldValue.ref_id)
    )
    found: Refs = {}
    for page, name, other in session.execute(out.union(back, orgs)):
        if other is not None:
            found[page, name] = (*found.get((page, name), ()), other)
    return found


def _said(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The one text of each page that a letter quotes."""
    found = session.execute(
        select(FieldValue.page_id, FieldValue.text)
        .join(Page, Page.id == FieldValue.page_id)
        .where(
            FieldValue.page_id.in_(ids),
            or_(*(and_(Page.kind == kind, FieldValue.key == key) for kind, key in _SAYS.items())),
        )
    )
    return {page: text or "" for page, text in found}


def _practice(span: Span, kind: Kind, row: Any, refs: Refs, said: str) -> Iterator[Told]:
    grew, orgs = refs.get((row.id, GREW_FROM), ()), refs.get((row.id, "contributing_orgs"), ())
    section, what = ("tried", "version") if grew else ("practices", "new")
    yield _one(span, row, section, what, {"of": grew, "orgs": orgs}, said)


def _decision(span: Span, kind: Kind, row: Any, refs: Refs, said: str) -> Iterator[Told]:
    name = kind.replaces.named_in if kind.replaces is not None else ""
    if kind.state(row.state).over != "replaced":
        yield _one(span, row, "decisions", "decided", {"replaces": refs.get((row.id, name), ())}, said)
    else:
        yield _one(span, row, "decisions", "replaced", {"by": refs.get((row.id, f"by {name}"), ())}, "")


def _lesson(span: Span, kind: Kind, row: Any, refs: Refs, said: str) -> Iterator[Told]:
    applied = refs.get((row.id, APPLIED_IN), ()) if row.state == "applied" else ()
    yield _one(span, row, "lessons", row.state, {"in": applied}, "")


def _one(span: Span, row: Any, section: str, what: str, refs: dict[str, tuple[int, ...]], said: str) -> Told:
    filled = {name: ids for name, ids in refs.items() if ids}
    words = {"text": said} if said else {}
    return Told(section, what, f"{row.kind}:{row.id}", row.time, row.id, row.title, span.url(row.slug), filled, words)
