"""What pages of earlier versions of their kind need: what goes to its new place by itself, and what a person has to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from wiki.access import Viewer, editable_pages, visible_pages
from wiki.kinds import Catalogue, Content, Field, Kind
from wiki.kinds.carrying import carried, fits
from wiki.kinds.definition import Column
from wiki.kinds.redact import redact
from wiki.models import Page, Revision, Space

#: Why a value needs a person: its field was taken away, it is no choice any more, or it does not fit the field's type.
REMOVED, NO_CHOICE, UNFIT = "removed", "no_choice", "unfit"


@dataclass(frozen=True)
class Asked:
    """A value that a person has to look at. `row` is the row's id for a cell; `column` says how the value was written."""

    why: str
    key: str
    row: str
    column: Column
    value: Any

    @property
    def name(self) -> str:
        """Names the input of its answer."""
        return f"a.{self.key}.{self.row}.{self.column.key}" if self.row else f"a.{self.key}"


@dataclass(frozen=True)
class Needs:
    """What one page needs: (old key, new key) of what moves by itself, and what a person is asked."""

    moved: tuple[tuple[str, str], ...] = ()
    asked: tuple[Asked, ...] = ()

    @property
    def anything(self) -> bool:
        return bool(self.moved or self.asked)


@dataclass(frozen=True)
class BehindPage:
    """A page whose text was written with an earlier version of its kind."""

    page: Page
    space: str
    space_name: str
    version: int
    needs: Needs
    may_edit: bool

    @property
    def url(self) -> str:
        return f"/{self.space}/{self.page.slug}"


@dataclass
class Report:
    """The pages of a kind that one viewer may read, by what they need; `total` are all of them, of whatever version."""

    total: int = 0
    same: list[BehindPage] = field(default_factory=list)
    moving: list[BehindPage] = field(default_factory=list)
    asking: list[BehindPage] = field(default_factory=list)

    @property
    def earlier(self) -> int:
        return len(self.same) + len(self.moving) + len(self.asking)

    @property
    def behind(self) -> int:
        return len(self.moving) + len(self.asking)

    @property
    def values(self) -> int:
        """How many values need a person."""
        return sum(len(one.needs.asked) for one in self.asking)


def needs_of(kind: Kind, content: Content) -> Needs:
    """What content of an earlier version needs in this one."""
    new = carried(kind, content)
    return Needs(tuple(_moved(kind, content, new)), tuple(asked(kind, new)))


def _moved(kind: Kind, old: Content, new: Content) -> Iterator[tuple[str, str]]:
    """Fields, columns and choices that have another name in the new content: each pair once."""
    seen = set()
    for one in kind.fields:
        value = new.fields.get(one.key)
        if value is None:
            continue
        before = next((was for was in one.was if was in old.fields and was not in new.fields), one.key)
        if before != one.key:
            seen.add((before, one.key))
        seen |= set(_inside(one, old.fields.get(before), value))
    yield from sorted(seen)


def _inside(one: Field, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    if not one.row_type or not isinstance(old, list) or not isinstance(new, list):
        if old != new:
            yield from _words(one.key, one, old, new)
        return
    for before, after in zip(old, new, strict=True):
        for column in one.columns if isinstance(before, dict) and before != after else ():
            key = next((was for was in column.was if was in before and was not in after), column.key)
            if key != column.key:
                yield f"{one.key}.{key}", f"{one.key}.{column.key}"
            if key in before and before[key] != after.get(column.key):
                yield from _words(f"{one.key}.{column.key}", column, before[key], after.get(column.key))


def _words(name: str, column: Column, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """Choices that have another key."""
    for word in [old] if isinstance(old, str) else old if isinstance(old, list) else ():
        if isinstance(word, str) and word in column.choices_were:
            yield f"{name}: {word}", f"{name}: {column.choices_were[word]}"


def asked(kind: Kind, content: Content) -> Iterator[Asked]:
    """The values that have no place in the kind, or do not fit theirs."""
    common = {one.key for one in kind.envelope}
    for key, value in content.fields.items():
        one = kind.field(key)
        if key in common:
            continue
        if one is None:
            yield Asked(REMOVED, key, "", kind.former.get(key) or _unknown(key), value)
        elif one.row_type and isinstance(value, list):
            for row in value:
                yield from _cells(kind, one, row) if isinstance(row, dict) else ()
        elif why := _wrong(one, value):
            yield Asked(why, key, "", one, value)


def _cells(kind: Kind, table: Field, row: dict[str, Any]) -> Iterator[Asked]:
    known = {column.key: column for column in table.columns}
    former = {column.key: column for column in kind.former_columns.get(table.key, ())}
    for key, value in row.items():
        if key == "id":
            continue
        if key not in known:
            yield Asked(REMOVED, table.key, str(row.get("id", "")), former.get(key) or _unknown(key), value)
        elif why := _wrong(known[key], value):
            yield Asked(why, table.key, str(row.get("id", "")), known[key], value)


def _wrong(column: Column, value: Any) -> str:
    words = [value] if isinstance(value, str) else value if isinstance(value, list) else ()
    if column.type in ("choice", "multi") and any(
        isinstance(word, str) and word in column.former_choices for word in words
    ):
        return NO_CHOICE
    return "" if fits(column, value) else UNFIT


def _unknown(key: str) -> Column:
    return Column(key=key, label=key.replace("_", " ").capitalize(), type="text")


def report(session: Session, catalogue: Catalogue, viewer: Viewer | None, kind: Kind) -> Report:
    """What the pages of the kind need that the viewer may read (all of them for None, the operator); archived ones too."""
    seen = visible_pages(viewer) if viewer is not None else Page.deleted_at.is_(None)
    editable = (
        set(session.scalars(select(Page.id).where(Page.kind == kind.key, editable_pages(viewer)))) if viewer else set()
    )
    rows = session.execute(
        select(Page, Space.slug, Space.name, Revision.kind_version, Revision.title, Revision.fields)
        .join(Space, Space.id == Page.space_id)
        .join(Revision, and_(Revision.page_id == Page.id, Revision.number == Page.number))
        .where(Page.kind == kind.key, seen)
        .order_by(Space.name, Page.title_key, Page.id)
    )
    found = Report()
    for page, space, name, version, title, fields in rows:
        found.total += 1
        if version >= kind.version:
            continue
        content = Content(title, "", dict(fields))
        person = viewer.person_id if viewer is not None else None
        shown = redact(kind, content, person, page.state) if viewer is not None else content
        one = BehindPage(page, space, name, version, needs_of(kind, shown), page.id in editable)
        # what moves is asked of all that stands there: a value that this viewer is not shown moves too
        moves = one.needs.moved or needs_of(kind, content).moved
        (found.asking if one.needs.asked else found.moving if moves else found.same).append(one)
    return found
