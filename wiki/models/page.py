"""Pages, the revisions they are made of, and what is derived from the current one."""

import datetime as dt
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base

#: Who can see a page inside its space; only ever narrower than the space, but for `public`.
ACCESS_LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")


class Page(Base):
    """One page: where it is, what kind it is, who may see it. Its text is in `revision`."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("space_id", "slug"),
        Index("ix_page_space_id_title_key", "space_id", "title_key"),
        Index("ix_page_kind_space_id", "kind", "space_id"),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id"))
    slug: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(300))
    title_key: Mapped[str] = mapped_column(String(300), index=True)
    summary: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column(default=0)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    partnership_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    steward_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    access: Mapped[str] = mapped_column(String(20), default="members")
    language: Mapped[str] = mapped_column(String(20), default="en")
    review_due: Mapped[date | None] = mapped_column(index=True)
    last_reviewed: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(index=True)
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    archived_at: Mapped[datetime | None]
    #: Why its state says that it no longer counts, one of wiki.kinds.definition.OVER; "" if it does.
    over: Mapped[str] = mapped_column(String(20), default="", server_default=text("''"))
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    deleted_why: Mapped[str | None]


class PageReader(Base):
    """An organisation that may see a page whose access is `named_orgs`."""

    __tablename__ = "page_reader"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    org_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)


class Redirect(Base):
    """An address that a page used to have."""

    __tablename__ = "redirect"
    __table_args__ = (UniqueConstraint("space_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(80))
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)


_MATERIAL = text("material")


class Revision(Base):
    """The whole content of a page at one moment. Never changed; `digest` seals it and the one before it.

    `author_id` is the author's person page; `author_name` is the name as it was. Both are sealed, so both stay when that page goes.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("page_id", "number"),
        Index("ix_revision_page_id_number_state_time", "page_id", "number", "state", "time"),
        # Who has edited what, without reading what was written.
        Index("ix_revision_page_id_author_id_time", "page_id", "author_id", "time"),
        Index("ix_revision_material", "page_id", "number", sqlite_where=_MATERIAL, postgresql_where=_MATERIAL),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    body: Mapped[str]
    fields: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(String(40))
    kind_version: Mapped[int]
    state: Mapped[str] = mapped_column(String(40))
    author_id: Mapped[int | None] = mapped_column(index=True)
    author_name: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(default="")
    time: Mapped[datetime] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(String(64))
    previous_digest: Mapped[str] = mapped_column(String(64), default="")
    #: Whether who has read the one before should read this one too; not sealed, as it may be said later.
    material: Mapped[bool] = mapped_column(default=True, server_default=true())


_THEMES, _REFERS = text("\"key\" = 'themes'"), text("ref_id IS NOT NULL")


class FieldValue(Base):
    """A value of the current revision, typed and indexed, so that registers are queries. Derived."""

    __tablename__ = "field_value"
    __table_args__ = (
        Index("ix_field_value_key_text", "key", "text"),
        Index("ix_field_value_key_date", "key", "date"),
        Index("ix_field_value_key_ref_id", "key", "ref_id"),
        # What facets count: small, and nothing but the index is read.
        Index("ix_field_value_themes", "page_id", "text", sqlite_where=_THEMES, postgresql_where=_THEMES),
        Index("ix_field_value_ref_id_page_id", "ref_id", "page_id", sqlite_where=_REFERS, postgresql_where=_REFERS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str | None] = mapped_column(String(300))
    number: Mapped[float | None]
    date: Mapped[dt.date | None]
    date_end: Mapped[dt.date | None]
    ref_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))


class Row(Base):
    """A row of a table of the current revision: what registers read. Derived; `row_id` is the permanent id."""

    __tablename__ = "row"
    __table_args__ = (
        UniqueConstraint("page_id", "table", "row_id"),
        Index("ix_row_row_type_status", "row_type", "status"),
        Index("ix_row_row_type_due", "row_type", "due"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    table: Mapped[str] = mapped_column(String(60))
    row_type: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[str] = mapped_column(String(12))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(default="")
    status: Mapped[str | None] = mapped_column(String(40))
    due: Mapped[date | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    data: Mapped[dict[str, Any]]


class Link(Base):
    """A relation from a page (or one of its rows) to a page or row; `name` is "body", "field" or "table.column".

    A link to a page that does not exist yet has no `target_id`; `target_space` and `target_key` say what it waits for.
    """

    __tablename__ = "link"
    __table_args__ = (
        Index("ix_link_target_id_name", "target_id", "name"),
        Index("ix_link_target_space_target_key", "target_space", "target_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    row_id: Mapped[str | None] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    target_row: Mapped[str | None] = mapped_column(String(12))
    target_space: Mapped[str | None] = mapped_column(String(80))
    target_key: Mapped[str | None] = mapped_column(String(300))


class Rendering(Base):
    """The HTML of a page's current revision in one language; `extras` holds its table of contents and attachments. May be emptied at any time."""

    __tablename__ = "rendering"

    page_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int]
    made_with: Mapped[str] = mapped_column(String(40))
    fields_html: Mapped[str]
    body_html: Mapped[str]
    extras: Mapped[dict[str, Any]]
