"""Pages with only what search needs, made in one line each."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from wiki import search
from wiki.access import Member, Viewer
from wiki.models import Page, PageReader, Space
from wiki.search import Chosen, Completion, Entry, Results
from wiki.text import slugify, title_key

DAY = datetime(2026, 3, 1, tzinfo=UTC)


class World:
    """Makes spaces, pages and viewers, and asks search as one of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.spaces: dict[str, Space] = {}
        self.pages: dict[str, Page] = {}
        self.ada = Viewer(1, None, "Ada")

    def space(self, slug: str, default_role: str = "reader") -> Space:
        if slug not in self.spaces:
            space = Space(slug=slug, name=slug.title(), default_role=default_role, created_at=DAY)
            self.session.add(space)
            self.session.flush()
            self.spaces[slug] = space
        return self.spaces[slug]

    def page(
        self,
        title: str,
        body: str = "",
        *,
        space: str = "coast",
        kind: str = "article",
        state: str = "current",
        access: str = "members",
        readers: tuple[int, ...] = (),
        steward: int | None = None,
        owner: Page | None = None,
        archived: bool = False,
        deleted: bool = False,
        over: str = "",
        days: int = 0,
        **parts: object,
    ) -> Page:
        """A page, indexed. `parts` are those of an Entry: language, lead, fields, rows."""
        moment = DAY + timedelta(days=days)
        page = Page(
            space_id=self.space(space).id,
            slug=slugify(title),
            kind=kind,
            title=title,
            title_key=title_key(title),
            state=state,
            over=over,
            access=access,
            steward_id=steward,
            owner_id=owner.id if owner else None,
            created_at=moment,
            changed_at=moment,
            archived_at=moment if archived else None,
            deleted_at=moment if deleted else None,
        )
        self.session.add(page)
        self.session.flush()
        self.session.add_all(PageReader(page_id=page.id, org_id=org) for org in readers)
        self.session.flush()
        self.pages[title] = page
        self.index(page, body, **parts)
        return page

    def bare_page(self, space: Space, title: str) -> Page:
        """A page that is not indexed."""
        page = Page(
            space_id=space.id,
            slug=slugify(title),
            kind="article",
            title=title,
            title_key=title_key(title),
            state="current",
            created_at=DAY,
            changed_at=DAY,
        )
        self.session.add(page)
        self.session.flush()
        return page

    def index(self, page: Page, body: str = "", language: str = "en", **parts: object) -> None:
        search.index_page(self.session, page.id, Entry(language, page.title, body=body, **parts))  # type: ignore[arg-type]

    def member(self, *spaces: str, role: str = "member", org: int | None = None) -> Viewer:
        memberships = tuple(Member(self.space(space).id, role, org) for space in spaces)
        return Viewer(2, None, "Ben", memberships=memberships)

    def find(self, text: str, viewer: Viewer | None = None, **filters: object) -> Results:
        asked = {name: filters.pop(name) for name in ("sort", "limit", "offset") if name in filters}
        chosen = {name: value if isinstance(value, bool) else tuple(_listed(value)) for name, value in filters.items()}
        return search.find(self.session, viewer or self.ada, text, Chosen(**chosen), **asked)  # type: ignore[arg-type]

    def titles(self, text: str, viewer: Viewer | None = None, **filters: object) -> list[str]:
        return [hit.title for hit in self.find(text, viewer, **filters).hits]

    def complete(self, text: str, viewer: Viewer | None = None, **options: object) -> list[Completion]:
        return search.complete(self.session, viewer or self.ada, text, **options)  # type: ignore[arg-type]


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)
