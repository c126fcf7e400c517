"""Conditions on `page` that a question or its form sets: kind, state, space, owner, dates."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.models import Page, Space
from wiki.search.completion import complete
from wiki.search.query import Filter
from wiki.text import slugify

#: Kinds of pages that can own a page.
OWNERS = ("person", "role")

Choice = str | Sequence[str] | None


def chosen(kind: Choice, state: Choice, space: Choice, owner: int | None) -> list[ColumnElement[bool]]:
    """The filters of the form. A list means any of its values."""
    found: list[ColumnElement[bool]] = []
    if kind:
        found.append(Page.kind.in_(_values(kind)))
    if state:
        found.append(Page.state.in_(_values(state)))
    if space:
        found.append(Page.space_id.in_(select(Space.id).where(Space.slug.in_(_values(space)))))
    if owner is not None:
        found.append(Page.owner_id == owner)
    return found


def typed(session: Session, viewer: Viewer, filters: Sequence[Filter]) -> list[ColumnElement[bool]]:
    """The filters of the question: `kind:decision kind:lesson` is either, `kind:decision state:accepted` is both."""
    found: list[ColumnElement[bool]] = []
    for key in dict.fromkeys(each.key for each in filters):
        positive = [_condition(session, viewer, each) for each in filters if each.key == key and not each.negative]
        negative = [_condition(session, viewer, each) for each in filters if each.key == key and each.negative]
        joined = and_ if key in ("after", "before") else or_
        if positive:
            found.append(joined(*positive))
        found.extend(not_(condition) for condition in negative)
    return found


def _condition(session: Session, viewer: Viewer, each: Filter) -> ColumnElement[bool]:
    if each.key == "kind":
        return Page.kind == _key(each.value)
    if each.key == "state":
        return Page.state == _key(each.value)
    if each.key == "space":
        return Page.space_id.in_(select(Space.id).where(Space.slug == slugify(each.value)))
    if each.key == "owner":
        return _owned(session, viewer, each.value)
    day = datetime.fromisoformat(each.value).replace(tzinfo=UTC)
    return Page.changed_at >= day if each.key == "after" else Page.changed_at < day


def _owned(session: Session, viewer: Viewer, name: str) -> ColumnElement[bool]:
    """Pages kept by somebody of that name whose own page the reader may see; `by:me` is the reader."""
    if name.lower() == "me" and viewer.person_id is not None:
        owners = [viewer.person_id]
    else:
        owners = [found.page_id for found in complete(session, viewer, name, kinds=OWNERS, limit=50)]
    return func.coalesce(Page.owner_id, 0).in_(owners) if owners else false()


def _values(choice: str | Sequence[str]) -> list[str]:
    return [choice] if isinstance(choice, str) else list(choice)


def _key(value: str) -> str:
    return value.lower().replace(" ", "_").replace("-", "_")
