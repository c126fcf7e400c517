"""What is new on pages that changed: their content then and now, put side by side and sorted into what matters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import visible_pages
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.kinds.record import Record
from wiki.kinds.redact import hidden_keys, redact, without
from wiki.kinds.workings.agreements import commitment_standing
from wiki.kinds.workings.measures import measure_status
from wiki.models import Page, Revision
from wiki.registers.listing import Place
from wiki.registers.named.rows import PAGE_FACTS, PageFacts, within

#: Pages whose changes are told at once; those changed last.
MOST = 300
#: A text that changed by fewer characters than this, and nothing else with it, is a small edit.
SMALL = 120

_Base = aliased(Revision)


@dataclass(frozen=True)
class Changed:
    """A page with its content now and at the moment up to which its reader has seen it; `before` is None if it is new."""

    page: PageFacts
    number: int
    base: int
    time: datetime
    by: str
    by_id: int | None
    note: str
    now: Content
    before: Content | None
    was: str


@dataclass(frozen=True)
class Change:
    """One thing to know. `said` says what happened, in words; `compare` is where it is seen, below the page's address."""

    page: PageFacts
    group: str
    said: str
    by: str
    time: datetime
    note: str
    compare: str
    text: str = ""
    row_id: str = ""
    orgs: tuple[int, ...] = ()


def changed_pages(
    session: Session, place: Place, spaces: Sequence[int], since: datetime, seen: Mapping[int, datetime]
) -> list[Changed]:
    """The pages that others changed since then, or since the reader's mark of their space; one statement."""
    after = or_(
        *(and_(Page.space_id == space, Page.changed_at > moment) for space, moment in seen.items()),
        and_(Page.space_id.not_in(sorted(seen)), Page.changed_at > since) if seen else Page.changed_at > since,
    )
    last = select(func.max(_Base.number)).where(_Base.page_id == Page.id, _Base.time <= _mark(since, seen))
    base = aliased(Revision)
    query = (
        select(
            *PAGE_FACTS,
            Revision.number,
            Revision.body,
            Revision.fields,
            Revision.author_id,
            Revision.author_name,
            Revision.note,
            base.number.label("base"),
            base.title.label("base_title"),
            base.body.label("base_body"),
            base.fields.label("base_fields"),
            base.state.label("base_state"),
        )
        .select_from(Page)
        .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
        .outerjoin(base, and_(base.page_id == Page.id, base.number == last.correlate(Page).scalar_subquery()))
        .where(visible_pages(place.viewer), within(spaces), Page.archived_at.is_(None), after)
        .order_by(Page.changed_at.desc())
        .limit(MOST)
    )
    return [_changed(row, place) for row in session.connection().execute(query) if not _own(row, place)]


def _mark(since: datetime, seen: Mapping[int, datetime]) -> Any:
    if not seen:
        return since
    whens = [(Page.space_id == space, moment) for space, moment in seen.items()]
    return case(*whens, else_=since)


def _own(row: Any, place: Place) -> bool:
    """Whether the only one who changed it is the reader."""
    own = place.viewer.person_id is not None and row.author_id == place.viewer.person_id
    return own and row.number == (row.base or 0) + 1


def _changed(row: Any, place: Place) -> Changed:
    page = PageFacts.read(
        row,
        place,
    )
    kind = place.catalogue[row.kind]
    before = None
    if row.base is not None:
        before = _shown(kind, Content(row.base_title, row.base_body, dict(row.base_fields)), place, row.base_state)
        now = Content(row.title, row.body, dict(row.fields))
        before = without(before, hidden_keys(kind, now, place.viewer.person_id, row.state))
    return Changed(
        page=page,
        number=row.number,
        base=row.base or 0,
        time=row.changed_at,
        by=row.author_name if place.viewer.signed_in else "",
        by_id=row.author_id,
        note=row.note,
        now=_shown(kind, Content(row.title, row.body, dict(row.fields)), place, row.state),
        before=before,
        was=row.base_state or "",
    )


def _shown(kind: Kind, content: Content, place: Place, state: str) -> Content:
    return redact(kind, content, place.viewer.person_id, state)


def classify(place: Place, one: Changed) -> Iterator[Change]:
    """Everything to know of a page, the most important first; a page of which nothing else is to say is told once, as such."""
    told = [*_for_me(place, one), *_of_kind(place, one)]
    if told:
        yield from told
        return
    if one.before is None:
        yield _change(one, "other", _("New"))
    elif one.was != one.page.state:
        yield _change(one, "other", _state_said(place, one))
    else:
        yield _change(one, "minor" if _is_small(one) else "other", _("Changed"))


def _change(one: Changed, group: str, said: str, **more: Any) -> Change:
    compare = f"/compare/{one.base}/{one.number}" if one.base else "/history/1"
    return Change(one.page, group, said, one.by, one.time, one.note, compare, **more)


def _state_said(place: Place, one: Changed) -> str:
    return _("Now: %(state)s", state=_(place.catalogue[one.page.kind].state(one.page.state).label))


def _for_me(place: Place, one: Changed) -> Iterator[Change]:
    """Actions and promises that came to the reader, and pages handed to them."""
    me = place.viewer.person_id
    if me is None:
        return
    if one.page.owner_id == me and one.before is not None and one.before.fields.get("owner") != me:
        yield _change(one, "for_me", _("You keep this right now"))
    given = _given()
    if one.page.kind == "handover" and one.before is None and one.now.fields.get("successor") == me:
        yield _change(one, "for_me", _("Something is handed over to you"))
    for field in place.catalogue[one.page.kind].fields:
        if field.row_type is None or field.row_type.key not in given:
            continue
        column = field.row_type.person
        before = {row["id"]: row for row in one.before.rows(field.key)} if one.before else {}
        for row in one.now.rows(field.key):
            if row.get(column) == me and before.get(row["id"], {}).get(column) != me:
                text = str(row.get(field.row_type.title, ""))
                yield _change(one, "for_me", given[field.row_type.key], text=text, row_id=row["id"])


def _given() -> dict[str, str]:
    """Row types that ask something of one person, and what is said of a new one."""
    return {
        "action": _("An action for you"),
        "commitment": _("A promise for you to keep"),
        "risk": _("A risk for you to watch"),
        "activity": _("An activity for you to lead"),
    }


def _of_kind(place: Place, one: Changed) -> Iterator[Change]:
    kind, new_state = one.page.kind, one.was != one.page.state
    if kind == "decision" and new_state and one.page.state in ("accepted", "superseded", "retired", "proposed"):
        yield _change(one, "decisions", _state_said(place, one))
    if kind in ("agreement", "terms_of_reference") and new_state:
        yield _change(one, "agreements", _state_said(place, one))
    yield from _promises(place, one)
    if _called_to_adjust(one):
        yield _change(one, "adjustments", _("We need to adjust"))
    if kind == "measure" and one.before is not None:
        yield from _measure(place, one)
    if kind == "person" and (new_state or one.before is None):
        yield _change(one, "people", _state_said(place, one))
    if kind == "handover" and new_state:
        yield _change(one, "people", _state_said(place, one))
    if (kind, one.page.state) in _SHARED and new_state:
        yield _change(one, "records", _state_said(place, one))
    if kind in ("lesson", "practice") and new_state:
        yield _change(one, "learned", _state_said(place, one))


_SHARED = {("meeting", "record_shared"), ("meeting", "confirmed"), ("progress_report", "shared"), ("event", "reported")}


def _promises(place: Place, one: Changed) -> Iterator[Change]:
    """Promises of which the status, the receiver's view or the day of the last look is another."""
    for field in place.catalogue[one.page.kind].fields:
        if field.row_type is None or field.row_type.key != "commitment":
            continue
        before = {row["id"]: row for row in one.before.rows(field.key)} if one.before else {}
        for row in one.now.rows(field.key):
            old = before.get(row["id"])
            if old is None and one.before is None and one.page.state in ("draft", "in_negotiation"):
                continue
            said = _promise_said(place, one, old, row)
            if said:
                orgs = tuple(org for key in ("made_by", "made_to") for org in row.get(key, ()) if isinstance(org, int))
                text = str(row.get("promise", ""))
                yield _change(one, "agreements", said, text=text, row_id=row["id"], orgs=orgs)


def _promise_said(place: Place, one: Changed, old: Mapping[str, Any] | None, row: Mapping[str, Any]) -> str:
    if old is None:
        return _("A new promise")
    if any(old.get(key) != row.get(key) for key in ("status", "receiver_view")):
        stands = commitment_standing(Record(one.page.kind, one.page.state, {}), row, place.today)
        return _("Promise: %(status)s", status=stands.text)
    return _("Promise looked at") if old.get("last_checked") != row.get("last_checked") else ""


def _called_to_adjust(one: Changed) -> bool:
    before = one.before.fields if one.before else {}
    if one.page.kind == "meeting":
        return bool(one.now.fields.get("kind") == "adjustment" and before.get("kind") != "adjustment")
    now_yes = one.now.fields.get("needs_adjustment") == "yes"
    newly = before.get("needs_adjustment") != "yes" or one.was == "draft"
    return now_yes and newly and one.page.state != "draft"


def _measure(place: Place, one: Changed) -> Iterator[Change]:
    assert one.before is not None
    now = measure_status(_record(one, one.now), place.today)
    then = measure_status(_record(one, one.before), place.today)
    if now is not None and (then is None or then.key != now.key):
        yield _change(one, "measures", _("Now: %(state)s", state=now.text))


def _record(one: Changed, content: Content) -> Record:
    return Record(one.page.kind, one.page.state, content.fields)


def _is_small(one: Changed) -> bool:
    """Whether little of the text changed and nothing else."""
    before = one.before
    if before is None or before.fields != one.now.fields or before.title != one.now.title:
        return False
    return abs(len(before.body) - len(one.now.body)) < SMALL and _differing(before.body, one.now.body) < SMALL


def _differing(a: str, b: str) -> int:
    """Characters between the first and the last place in which two texts differ."""
    start = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tail = next((n for n, (x, y) in enumerate(zip(a[::-1], b[::-1], strict=False)) if x != y), min(len(a), len(b)))
    return max(len(a), len(b)) - start - tail
