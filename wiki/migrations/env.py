"""Alembic's entry: runs the migrations on the connection that `wiki.migrate` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from wiki.models import Base
from wiki.models.base import Moment
from wiki.models.search import UNMAPPED


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration must outlive the models: our own types are written as what they are in the database."""
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else False


def is_mapped(name: str | None, kind: str, parents: Any) -> bool:
    """The search index has a form of its own on each server, which only a person can write a migration for."""
    return kind != "table" or not (name or "").startswith(UNMAPPED)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    render_item=render,
    include_name=is_mapped,
    compare_server_default=True,
)
context.run_migrations()
