"""Results as readers see them: beside each page whether it still holds, what took its place, whom to ask, and why it is here."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import String, and_, bindparam, select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.finding.names import Named, Names
from wiki.finding.successors import successors
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content, Kind, Value
from wiki.kinds.computed import compute, freshness
from wiki.kinds.record import Record
from wiki.kinds.redact import redact
from wiki.models import Page, Revision
from wiki.prepared import IdList, Prepared
from wiki.search import Hit
from wiki.text import url_part

#: Computed values that say whether a page still holds; the first that its kind has stands beside a result.
HOLDING = ("still_stands", "standing", "measure_status", "maturity")
#: Of these, what needs no chip: the state says it already.
_SAID = ("not_decided", "rejected", "retired", "not_yet", "ended")
#: How a page is looked after is told when there is something to tell.
_TOLD = ("overdue", "orphan", "due_soon")
_CONTENTS = Prepared(
    select(Page.id, Revision.fields)
    .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
    .where(Page.id.op("IN")(IdList(bindparam("ids", type_=String))))
)


@dataclass(frozen=True)
class Shown:
    """One result. `holds` and `looked_after` are chips; `successor` took its place, as far as the reader may know."""

    hit: Hit
    kind: Kind | None
    space: str
    number: str
    holds: Value | None
    looked_after: Value | None
    keeper: Named | None
    successor: Named | None
    make_href: str
    made_kind: Kind | None
    new: bool = False

    @property
    def page_url(self) -> str:
        return f"/{url_part(self.hit.space)}/{url_part(self.hit.slug)}"

    @property
    def url(self) -> str:
        """The page, at the row that matched if it was one."""
        return f"{self.page_url}#r-{self.hit.row_id}" if self.hit.row_id else self.page_url

    @property
    def why(self) -> list[str]:
        """Why it is here, in the reader's words."""
        said = reasons()
        return [said[key] for key in self.hit.reasons if key in said]


def reasons() -> dict[str, str]:
    return {
        "exact": _("it is called just that"),
        "title": _("title match"),
        "lead": _("match in what it says in short"),
        "row": _("match in one of its rows"),
        "some_words": _("some of the words are missing"),
        "stands": _("stands"),
        "over": _("no longer counts, so it comes later"),
        "yours": _("in a space of yours"),
        "archived": _("archived, so it comes later"),
    }


def show(
    session: Session,
    catalogue: Catalogue,
    viewer: Viewer,
    hits: Sequence[Hit],
    spaces: Mapping[str, SpaceInfo],
    names: Names,
    today: date,
    new: Iterable[int] = (),
) -> list[Shown]:
    """All that is told of these hits, in two statements and one more if some were replaced. `names` learns whom to name."""
    contents = _contents(session, [hit.page_id for hit in hits])
    after = successors(session, catalogue, viewer, [hit for hit in hits if hit.over == "replaced"])
    names.look_up([hit.owner_id for hit in hits if hit.owner_id is not None])
    fresh = set(new)
    found = []
    for hit in hits:
        kind = catalogue.get(hit.kind)
        space = spaces.get(hit.space)
        fields = _readable(kind, hit, contents.get(hit.page_id, {})) if kind else {}
        record = Record(hit.kind, hit.state, fields, hit.review_due, names.state(hit.owner_id))
        number = str(fields.get("number", ""))
        made = _made(catalogue, kind, hit, fields, space) if kind and space else None
        found.append(
            Shown(
                hit=hit,
                kind=kind,
                space=space.name if space else hit.space,
                number="" if number in hit.title else number,
                holds=_holds(kind, record, today) if kind and hit.page_id not in after else None,
                looked_after=_looked_after(hit, record, today),
                keeper=names.get(hit.owner_id),
                successor=after.get(hit.page_id),
                make_href=_make_href(made, hit) if made else "",
                made_kind=made,
                new=hit.page_id in fresh,
            )
        )
    return found


def _contents(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The fields of pages that were found, as they are stored."""
    return {row.id: row.fields for row in _CONTENTS(session, ids=json.dumps(ids))} if ids else {}


def _readable(kind: Kind, hit: Hit, fields: dict[str, Any]) -> Mapping[str, Any]:
    """What every reader of the page sees."""
    return redact(kind, Content(title=hit.title, fields=fields), None, hit.state).fields


def _holds(kind: Kind, record: Record, today: date) -> Value | None:
    for name in HOLDING:
        computed = next((one for one in kind.computed if one.function == name), None)
        value = compute(kind, computed, record, today) if computed is not None else None
        if value is not None:
            said = value.key in _SAID or value.text == _(kind.state(record.state).label)
            return None if said else value
    return None


def _looked_after(hit: Hit, record: Record, today: date) -> Value | None:
    value = freshness(record, today)
    return value if value.key in _TOLD and not hit.over and not hit.archived else None


def _made(catalogue: Catalogue, kind: Kind, hit: Hit, fields: Mapping[str, Any], space: SpaceInfo) -> Kind | None:
    """The kind of page that the row that matched can become, for those who may write and if it is none yet."""
    if not hit.row_id or not space.may("create"):
        return None
    for table in kind.tables:
        row = next((row for row in fields.get(table.key) or () if row.get("id") == hit.row_id), None)
        if row is not None:
            return catalogue[table.makes] if catalogue.offers(table.makes) and not row.get(table.makes_link) else None
    return None


def _make_href(made: Kind, hit: Hit) -> str:
    """Where a row becomes a page of its own."""
    asked = urlencode({"kind": made.key, "from": f"{hit.space}/{hit.slug}", "row": hit.row_id or ""})
    return f"/{url_part(hit.space)}/new?{asked}"
