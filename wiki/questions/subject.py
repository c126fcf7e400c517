"""What somebody wants to ask about: a page or a part of it, or just a space."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import Found, SpaceInfo, Viewer, page_by_id, space_for
from wiki.i18n import language
from wiki.kinds import Catalogue
from wiki.models import FieldValue, Page, Rendering, Row
from wiki.questions.insiders import Subject
from wiki.text import shorten, tidy

#: Parts of a page that are offered.
MOST_PARTS, LONGEST_PART = 200, 90


@dataclass(frozen=True)
class About:
    """Where a question is asked from. `themes` are those of the page."""

    subject: Subject
    space: SpaceInfo
    found: Found | None = None
    themes: tuple[str, ...] = ()

    def asking(self, text: str, theme: str = "") -> "About":
        """The same with the words of the question."""
        return replace(self, subject=replace(self.subject, text=text, theme=theme))

    @property
    def page_id(self) -> int | None:
        return self.found.page.id if self.found is not None else None


def about_page(session: Session, viewer: Viewer, page_id: int) -> About:
    """A question about a page. Raises NotFound, and Forbidden for who has no role in its space."""
    found = page_by_id(session, viewer, page_id, "comment")
    subject = Subject(found.space.id, org_of(viewer, found.space.id), found.page, language=found.page.language)
    return About(subject, found.space, found, _themes(session, found.page))


def about_space(session: Session, viewer: Viewer, slug: str) -> About:
    """A question about no page. Raises NotFound, Forbidden."""
    space = space_for(session, viewer, slug, "comment")
    return About(Subject(space.id, org_of(viewer, space.id), language=space.language), space)


def org_of(viewer: Viewer, space_id: int) -> int | None:
    """The organisation for which the viewer asks there."""
    return min(viewer.orgs(space_id), default=None)


def _themes(session: Session, page: Page) -> tuple[str, ...]:
    found = select(FieldValue.text).where(FieldValue.page_id == page.id, FieldValue.key == "themes")
    return tuple(one for one in session.scalars(found.order_by(FieldValue.position)) if one)


def parts_of(session: Session, catalogue: Catalogue, page: Page) -> dict[str, dict[str, str]]:
    """Sections and rows of the page that a question can be about: group -> anchor -> words. Rows that only some readers see are not among them."""
    kind = catalogue[page.kind]
    kept = session.get(Rendering, (page.id, language()))
    sections = {anchor: shorten(text, LONGEST_PART) for _level, text, anchor in kept.extras["contents"]} if kept else {}
    tables = {one.key: one.label for one in kind.tables if not (one.visible_to or one.visible_if)}
    rows = session.execute(
        select(Row.table, Row.row_id, Row.text)
        .where(Row.page_id == page.id, Row.table.in_(tables), Row.text != "")
        .order_by(Row.table, Row.position)
        .limit(MOST_PARTS)
    )
    found: dict[str, dict[str, str]] = {"": sections} if sections else {}
    for table, row_id, text in rows:
        found.setdefault(tables[table], {})[f"r-{row_id}"] = shorten(text, LONGEST_PART)
    return found


def part_named(parts: dict[str, dict[str, str]], anchor: str) -> tuple[str, str]:
    """(anchor, words) of a part that there is; else of none."""
    words = next((group[anchor] for group in parts.values() if anchor in group), "")
    return (anchor, tidy(words)) if words else ("", "")
