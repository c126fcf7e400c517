"""Which of the two engines a session speaks to, and what every engine can do."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import CTE, ColumnElement
from sqlalchemy.orm import Session

from wiki.search import postgres, sqlite
from wiki.search.entry import Analysed
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Named, Plan, Share
from wiki.search.query import Node


class Engine(Protocol):
    """An index of words in a database. `where` is a condition on `page` that holds rights and filters."""

    MANY: int
    ENOUGH: int

    def searching(self, session: Session) -> AbstractContextManager[None]: ...
    def put(self, session: Session, pages: Mapping[int, Analysed]) -> None: ...
    def remove(self, session: Session, page_ids: Collection[int]) -> None: ...
    def matching(
        self, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], name: str = ..., *, title: bool = ...
    ) -> CTE: ...
    def held(self, session: Session, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]]) -> int: ...
    def share(self, session: Session, plan: Plan, found: int) -> Share: ...
    def ranked(
        self,
        plan: Plan,
        where: ColumnElement[bool],
        weight: ColumnElement[float],
        extra: Mapping[str, ColumnElement[Any]],
        share: Share,
        called: Named | None = ...,
    ) -> CTE: ...
    def titled(self, beginnings: Sequence[str]) -> CTE: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}


def engine(session: Session) -> Engine:
    return ENGINES[session.get_bind().dialect.name]
