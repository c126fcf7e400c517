"""Alembic's entry: runs the migrations on the connection that `wiki.migrate` hands over, inside its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from wiki.models import Base
from wiki.models.base import Moment


def render(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """A migration must outlive the models: our own types are written as what they are in the database."""
    return "sa.DateTime(timezone=True)" if isinstance(item, Moment) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by making it anew
    render_item=render,
    compare_server_default=True,
)
context.run_migrations()
