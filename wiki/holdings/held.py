"""One thing that one person holds."""

from dataclasses import dataclass
from datetime import date

from wiki.kinds.types.base import Ref
from wiki.text import url_part


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """`what` is one of kinds.HOLDINGS; `field` names the holder on the page ("owner", "actions.responsible"), "" if nothing does.

    `text` is the row's text or the page's title, `says` the untranslated words for what it is. `opened`: a row that somebody can finish. `due` is the row's day, or
    the next look of a page that is kept. `through` is the role that holds it, `about` the other side of a relationship.
    """

    person: int
    what: str
    page_id: int
    row_id: str
    field: str
    text: str
    says: str
    title: str
    kind: str
    state: str
    space_id: int
    space: str
    slug: str
    partnership_id: int | None
    due: date | None = None
    since: date | None = None
    status: str = ""
    through: int | None = None
    about: int | None = None
    opened: bool = False

    @property
    def ref(self) -> Ref:
        return Ref(self.page_id, self.row_id or None)

    @property
    def key(self) -> str:
        """What tells it from all else that the person holds, as long as they hold it."""
        if self.about is not None:
            return f"relationship.{self.about}"
        return f"{self.page_id}.{self.row_id}.{self.field}"

    @property
    def page_href(self) -> str:
        return f"/{url_part(self.space)}/{url_part(self.slug)}"

    @property
    def href(self) -> str:
        return f"{self.page_href}#r-{self.row_id}" if self.row_id else self.page_href

    @property
    def moves(self) -> bool:
        """Whether handing it over changes its page: what is held through a role, and a relationship, go with something else."""
        return bool(self.field) and self.through is None
