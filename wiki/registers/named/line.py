"""One line of a named register: a row of a page, or a page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wiki.kinds.types.base import Ref


@dataclass(slots=True, eq=False)
class Line:
    """`page` is what it knows of its page (rows.PageFacts); `data` the row as it is stored, or what the register found out.
    `due` (ISO), `person` and `orgs` are what it has of them, for the scope and the calendar; `flags` are keys of the register's
    flags. `holders` are those who hold the role in `person`. `order` is its place where nobody asked for another."""

    page: Any
    status: str
    text: str
    row_id: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    due: str | None = None
    person: int | None = None
    orgs: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()
    order: tuple[Any, ...] = ()
    found: Any = None
    #: What stands behind the page's address where the line is not the page itself, nor a row of it: "/path/3".
    below: str = ""
    holders: tuple[int, ...] = ()

    @property
    def people(self) -> tuple[int, ...]:
        """Who has it: a person; a role, and those who hold it now."""
        return (self.person, *self.holders) if self.person is not None else ()

    @property
    def ref(self) -> Ref:
        return Ref(self.page.page_id, self.row_id or None)

    @property
    def key(self) -> str:
        """How forms and feeds name it: "12" or "12.a3"."""
        return f"{self.page.page_id}.{self.row_id}" if self.row_id else f"{self.page.page_id}{self.below}"
