"""Numbers such as D-0009 that pages get when they are made: the next among those of their partnership."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

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
    same = (
        Page.partnership_id == partnership
        if partnership
        else (Page.partnership_id.is_(None)) & (Page.space_id == space_id)
    )
    given = session.scalars(
        select(FieldValue.text)
        .join(Page, Page.id == FieldValue.page_id)
        .where(FieldValue.key == key, Page.kind == kind.key, same)
    )
    pattern = re.compile(re.escape(prefix) + r"(\d+)")
    return max((int(found[1]) for text in given if (found := pattern.fullmatch(text or ""))), default=0)
