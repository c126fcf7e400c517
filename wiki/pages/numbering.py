"""Numbers such as D-0009 that pages get when they are made: the next among those of their partnership."""

import re

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Content, Kind
from wiki.models import FieldValue, Page


class Numbering:
    """Gives numbers to new pages of one space. Pages of no partnership count within their space."""

    def __init__(self, session: Session, space_id: int) -> None:
        self._session = session
        self._space_id = space_id
        self._given: dict[tuple[str, str, int | None], int] = {}

    def numbered(self, kind: Kind, content: Content) -> Content:
        """`content` with every empty field that the kind numbers filled in."""
        fields = dict(content.fields)
        for field in kind.fields:
            if field.numbered and field.key not in fields:
                number = self._next(kind, field.key, field.numbered, fields.get("partnership"))
                fields[field.key] = f"{field.numbered}{number:04d}"
        return Content(content.title, content.body, fields)

    def _next(self, kind: Kind, key: str, prefix: str, partnership: int | None) -> int:
        """The number after the one given last: pages of one import are numbered before they are stored."""
        counted = (kind.key, key, partnership)
        last = self._given.get(counted)
        if last is None:
            last = highest_number(self._session, kind, key, prefix, self._space_id, partnership)
        self._given[counted] = last + 1
        return last + 1


def highest_number(session: Session, kind: Kind, key: str, prefix: str, space_id: int, partnership: int | None) -> int:
    """The highest number that any page of the kind ever had there, deleted pages included; 0 if none had one."""
    given = session.scalars(
        select(FieldValue.text)
        .join(Page, Page.id == FieldValue.page_id)
        .where(FieldValue.key == key, Page.kind == kind.key, _same_count(space_id, partnership))
    )
    pattern = re.compile(re.escape(prefix) + r"(\d+)")
    return max((int(found[1]) for text in given if (found := pattern.fullmatch(text or ""))), default=0)


def check_number(
    session: Session, kind: Kind, space_id: int, page_id: int | None, before: Content, after: Content
) -> None:
    """Raises Invalid when somebody gives the page a number that another of its partnership has, or had before it was deleted."""
    for field in kind.fields:
        number, partnership = after.fields.get(field.key), after.fields.get("partnership")
        same = number == before.fields.get(field.key) and partnership == before.fields.get("partnership")
        if not field.numbered or number is None or same:
            continue
        taken = (
            select(Page.id)
            .join(FieldValue, FieldValue.page_id == Page.id)
            .where(FieldValue.key == field.key, FieldValue.text == number, Page.kind == kind.key)
            .where(_same_count(space_id, partnership), Page.id != (page_id or 0))
        )
        if session.execute(taken.limit(1)).first() is not None:
            message = _(
                "The number %(number)s was given to another page. Leave it empty: the next one is given.", number=number
            )
            raise Invalid([Problem(f"f.{field.key}", message)], after)


def _same_count(space_id: int, partnership: int | None) -> ColumnElement[bool]:
    """The pages among which numbers are counted."""
    if partnership:
        return Page.partnership_id == partnership
    return Page.partnership_id.is_(None) & (Page.space_id == space_id)
