"""Which of the two engines a session speaks to, and what every engine can do."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import CTE
from sqlalchemy.orm import Session

from wiki.search import postgres, sqlite
from wiki.search.entry import Analysed
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Plan
from wiki.search.query import Node
from wiki.search.ranking import Batch


class Engine(Protocol):
    """An index of words in a database."""

    def searching(self, session: Session) -> AbstractContextManager[None]: ...
    def put(self, session: Session, pages: Mapping[int, Analysed]) -> None: ...
    def remove(self, session: Session, page_ids: Collection[int]) -> None: ...
    def matching(self, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], name: str = ...) -> CTE: ...
    def held(
        self, session: Session, node: Node, needles: Mapping[Leaf, tuple[Needle, ...]], *, title: bool = ...
    ) -> int: ...
    def held_each(
        self, session: Session, nodes: Sequence[Node], needles: Mapping[Leaf, tuple[Needle, ...]]
    ) -> list[int]: ...
    def scored(self, session: Session, plan: Plan, found: int, listed: int) -> Iterator[Batch]: ...
    def titled(self, beginnings: Sequence[str]) -> CTE: ...


ENGINES: dict[str, Engine] = {"sqlite": sqlite, "postgresql": postgres}


def engine(session: Session) -> Engine:
    return ENGINES[session.get_bind().dialect.name]
