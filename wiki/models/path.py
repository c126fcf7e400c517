"""People on reading paths, and what they have done of the steps: records, not pages."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from wiki.models.base import NEVER_AGAIN, Base

_OPEN = text("ended_at IS NULL")


class Enrolment(Base):
    """Somebody on a reading path. `path_id`, `person_id` and all others are pages.

    `org_id` is the organisation that the person acts for, `role_id` the role that brought them here, if one did.
    A person is on a path once; who ended may begin anew.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        Index(
            "ix_enrolment_path_id_person_id",
            "path_id",
            "person_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        NEVER_AGAIN,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    org_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    role_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    assigned_by: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    buddy_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    started: Mapped[date]
    due: Mapped[date | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(default="")


class StepTaken(Base):
    """A step of a path that somebody has done or skipped; the steps to do have none.

    `row_id` is the step's row, which keeps its id when the path changes; `what` is how the step was called then, for steps that
    have gone since. `revision` is the one of the page that was read.
    """

    __tablename__ = "step_taken"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id", ondelete="CASCADE"), primary_key=True)
    row_id: Mapped[str] = mapped_column(String(12), primary_key=True)
    status: Mapped[str] = mapped_column(String(10))
    time: Mapped[datetime]
    page_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"), index=True)
    revision: Mapped[int | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("page.id", ondelete="SET NULL"))
    by_itself: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
