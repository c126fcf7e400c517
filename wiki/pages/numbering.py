"""Numbers such as D-0009 that pages get when they are made: the next among those of their partnership."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.kinds import Content, Kind
from wiki.models import FieldValue, Page


def numbered(session: Session, kind: Kind, space_id: int, content: Content) -> Content:
    """`content` with every empty field that the kind numbers filled in. Pages of no partnership count within their space."""
    fields = dict(content.fields)
    for field in kind.fields:
        if field.numbered and field.key not in fields:
            fields[field.key] = next_number(
                session, kind, field.key, field.numbered, space_id, fields.get("partnership")
            )
    return Content(content.title, content.body, fields)


def next_number(session: Session, kind: Kind, key: str, prefix: str, space_id: int, partnership: int | None) -> str:
    """The number after the highest that any page of the kind ever had there, deleted pages included."""
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
    numbers = [int(found[1]) for text in given if (found := pattern.fullmatch(text or ""))]
    return f"{prefix}{max(numbers, default=0) + 1:04d}"
