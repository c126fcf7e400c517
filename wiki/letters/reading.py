"""The letters of a space, as one reader meets them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer, space_for, visible_pages
from wiki.errors import NotFound
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.letters.months import Month, read_month
from wiki.letters.record import Span
from wiki.letters.words import Section, sections
from wiki.models import Page, SpaceLetter
from wiki.pages import rendered
from wiki.pages.links import PageLinks
from wiki.rendering.headings import below_title
from wiki.rendering.links import Target
from wiki.rendering.markdown import render
from wiki.text import url_part


@dataclass(frozen=True)
class Reading:
    """A letter for one reader; `letter` is None while nobody has begun one about the month."""

    month: Month
    letter: SpaceLetter | None
    greeting: Markup
    sections: list[Section]

    @property
    def sent(self) -> bool:
        return self.letter is not None and self.letter.sent_at is not None


def letters_space(session: Session, viewer: Viewer, slug: str, verb: str = "view") -> SpaceInfo:
    """The space, if the viewer takes part in it: its letters name its people. Raises NotFound, SignInNeeded, Forbidden."""
    space = space_for(session, viewer, slug, verb)
    if space.role == "none":
        raise no_letter()
    return space


def no_letter() -> NotFound:
    return NotFound(_("There is no letter here."))


def past_month(key: str, today: date) -> Month:
    """The month of an address, if it is over. Raises NotFound."""
    month = read_month(key)
    if month is None or month.next.first > today:
        raise no_letter()
    return month


def letters(session: Session, space_id: int, *, sent: bool | None = None) -> list[SpaceLetter]:
    """The letters of a space, the newest month first."""
    query = select(SpaceLetter).where(SpaceLetter.space_id == space_id)
    if sent is not None:
        query = query.where(SpaceLetter.sent_at.is_not(None) if sent else SpaceLetter.sent_at.is_(None))
    return list(session.scalars(query.order_by(SpaceLetter.month.desc())))


def letter_of(session: Session, space_id: int, month: Month) -> SpaceLetter | None:
    query = select(SpaceLetter).where(SpaceLetter.space_id == space_id, SpaceLetter.month == month.key)
    return session.scalars(query).one_or_none()


def span_of(
    catalogue: Catalogue,
    viewer: Viewer | None,
    space: SpaceInfo,
    month: Month,
    letter: SpaceLetter | None,
    zone: str,
    today: date,
) -> Span:
    """The month for one reader. What is coming up is counted from the day on which the letter was sent."""
    sent = letter.sent_at if letter is not None else None
    return Span(
        catalogue=catalogue,
        viewer=viewer,
        space_id=space.id,
        space_slug=space.slug,
        since=month.begin(zone),
        until=month.next.begin(zone),
        zone=zone,
        coming_from=sent.astimezone(ZoneInfo(zone)).date() if sent is not None else today,
    )


def read(
    session: Session, space: SpaceInfo, span: Span, month: Month, letter: SpaceLetter | None, base_url: str = ""
) -> Reading:
    """The letter in words. `base_url` stands before all addresses of the greeting, for mails."""
    left_out: Sequence[str] = letter.left_out if letter is not None else ()
    said = letter.greeting if letter is not None else ""
    assert span.viewer is not None
    greeting = greeting_html(session, span.viewer, space.slug, said, base_url)
    return Reading(month, letter, greeting, sections(session, span, left_out))


class _FromOutside:
    """Resolves wikilinks to whole addresses: a mail is read elsewhere. Without files, since a letter has none."""

    def __init__(self, links: PageLinks, base_url: str) -> None:
        self._links = links
        self._base_url = base_url

    def wikilink(self, target: str) -> Target:
        found = self._links.wikilink(target)
        return Target(found.page_id, f"{self._base_url}{found.href}", found.title, found.missing)

    def attachment(self, name: str) -> None:
        return None


def greeting_html(session: Session, viewer: Viewer, space_slug: str, text: str, base_url: str = "") -> Markup:
    """What the coordinator wrote, without the names of pages that the reader may not know."""
    if not text.strip():
        return Markup()
    links = _FromOutside(PageLinks(session, space_slug, None, None), base_url)
    html = below_title(render(text, links).html)
    named = rendered.page_references(html)
    seen = set(session.scalars(select(Page.id).where(Page.id.in_(named), visible_pages(viewer)))) if named else set()
    return rendered.without_hidden(html, named - seen, space_slug)


def address(space_slug: str, month: Month | str) -> str:
    """Where the letter of a month is."""
    return f"/{url_part(space_slug)}/letters/{month if isinstance(month, str) else month.key}"
