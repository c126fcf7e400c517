"""What somebody holds, made ready to be read: in groups, with what is special about each thing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Found, Viewer, visible_pages
from wiki.errors import Forbidden
from wiki.holdings.footprint import footprint
from wiki.holdings.held import Held
from wiki.holdings.seeing import Overview
from wiki.holdings.survey import Survey, survey
from wiki.holdings.words import holdings
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.models import FieldValue, Page, Space
from wiki.text import url_part

_Org = aliased(FieldValue)


@dataclass(frozen=True)
class Item:
    """`role` is the title of the role through which it is held; `alone`: nobody else has touched it in a year."""

    held: Held
    role: str = ""
    alone: bool = False

    @property
    def says(self) -> str:
        """What it is, where its list does not say it."""
        return _(self.held.says) if self.held.what in ("group", "representative", "other") else ""

    @property
    def on(self) -> str:
        """The page on which the row stands."""
        return self.held.title if self.held.row_id and self.held.text != self.held.title else ""


@dataclass(frozen=True)
class Group:
    key: str
    label: str
    items: list[Item]


@dataclass(frozen=True)
class Holder:
    """A person with what they hold; `href` is the page of the person."""

    person: int
    title: str
    href: str
    state: str
    groups: list[Group] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(group.items) for group in self.groups)

    @property
    def alone(self) -> list[Item]:
        return [item for group in self.groups for item in group.items if item.alone]


def groups(held: Sequence[Held], there: Survey | None = None) -> list[Group]:
    """In the order of lists; with a survey, what hangs on one person alone is marked."""
    roles = {one.page_id: one.title for one in held if one.what == "role"}
    single = there.relationships_alone() if there is not None else set()
    alone = there.alone if there is not None else {}

    def item(one: Held) -> Item:
        page = one.what == "page" and alone.get(one.page_id) == one.person
        lonely = page or (one.about is not None and (one.person, one.about) in single)
        return Item(one, roles.get(one.through, "") if one.through is not None else "", lonely)

    found = [Group(key, label, [item(one) for one in held if one.what == key]) for key, label in holdings().items()]
    return [group for group in found if group.items]


def of_person(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, today: date) -> Holder:
    """Everything that a person holds, as far as the reader may see it together. Raises Forbidden when they may not."""
    page, org = found.page, _org_of(session, found.page.id)
    seen = Overview.of(viewer)
    there = survey(session, catalogue, viewer, today)
    held = there.of(page.id)
    if not seen.may_see(page.id, org, page.space_id, held):
        raise Forbidden(
            _("What somebody holds is seen together by themselves, by their organisation and by coordinators.")
        )
    return _holder(page.id, page.title, found.url, page.state, groups(seen.shown(page.id, org, held), there))


def on_page(
    session: Session, catalogue: Catalogue, viewer: Viewer, page: Any, org: int | None, today: date
) -> list[Group] | None:
    """The same for the page of the person itself, without what hangs on them alone; None where the reader does not see it. One statement."""
    seen = Overview.of(viewer)
    if not seen.whole(page.id, org) and not seen.spaces:
        return None
    held = footprint(session, catalogue, viewer, page.id, today)
    if not seen.may_see(page.id, org, page.space_id, held):
        return None
    return groups(seen.shown(page.id, org, held))


def of_organisation(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, today: date) -> list[Holder]:
    """The people of an organisation with what hangs on each of them alone, and all that they hold. Raises Forbidden."""
    page, seen = found.page, Overview.of(viewer)
    if page.id not in seen.orgs and not seen.spaces:
        raise Forbidden(_("What the people of an organisation hold is seen by them and by coordinators."))
    there = survey(session, catalogue, viewer, today)
    holders = []
    for row in _people_of(session, viewer, page.id):
        shown = seen.shown(row.id, page.id, there.of(row.id))
        if shown or row.state != "left":
            href = f"/{url_part(row.space)}/{url_part(row.slug)}"
            holders.append(_holder(row.id, row.title, href, row.state, groups(shown, there)))
    return holders


def _holder(person: int, title: str, href: str, state: str, held: list[Group]) -> Holder:
    return Holder(person, title, href, state, held)


def _org_of(session: Session, person: int) -> int | None:
    query = select(FieldValue.ref_id).where(FieldValue.page_id == person, FieldValue.key == "org")
    return session.execute(query.limit(1)).scalar()


def _people_of(session: Session, viewer: Viewer, org: int) -> Iterable[Any]:
    """The people whose pages name the organisation, by name."""
    query = (
        select(Page.id, Page.title, Page.slug, Page.state, Space.slug.label("space"))
        .join(Space, Space.id == Page.space_id)
        .join(_Org, and_(_Org.page_id == Page.id, _Org.key == "org", _Org.ref_id == org))
        .where(Page.kind == "person", Page.archived_at.is_(None), visible_pages(viewer))
        .order_by(Page.title_key, Page.id)
    )
    return session.execute(query)


def lonely(holders: Iterable[Holder]) -> Iterator[tuple[Holder, list[Item]]]:
    """Those of them on whom something hangs alone."""
    for holder in holders:
        if holder.alone:
            yield holder, holder.alone
