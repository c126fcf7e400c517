"""A lesson in three fields, from any page."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from wiki.access import Found, Viewer
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, Content
from wiki.models import Page
from wiki.pages.actions import create_page
from wiki.pages.storing import ANONYMOUS, content_of, current_revision
from wiki.text import normal, shorten, tidy

KIND = "lesson"
LONGEST, LONGEST_TEXT = 300, 5_000
#: Who may see a lesson is who may see the page from which it comes.
_SEEN_BY = ("access", "access_orgs", "steward_org", "partnership", "themes")


def capture(session: Session, catalogue: Catalogue, viewer: Viewer, found: Found, given: Mapping[str, str]) -> Page:
    """Make the lesson in its first state, in the space of the page and seen by as many. Raises Invalid for what is missing.

    `given`: what_happened, lesson, recommendation; anonymous = yes leaves the name of the viewer off, for good.
    """
    happened, next_time = (
        normal(given.get(key, "")).strip()[:LONGEST_TEXT] for key in ("what_happened", "recommendation")
    )
    lesson = tidy(given.get("lesson", ""))
    problems = []
    if not happened:
        problems.append(Problem("what_happened", _("Say in a sentence what happened.")))
    if not lesson or len(lesson) > LONGEST:
        problems.append(Problem("lesson", _("Say the lesson in one sentence, so that a stranger could use it.")))
    if problems:
        raise Invalid(problems)
    content = _content(session, catalogue, found, lesson)
    content.fields["what_happened"] = happened
    if next_time:
        content.fields["recommendation"] = next_time
    if given.get(ANONYMOUS) == "yes":
        content.fields[ANONYMOUS] = "yes"
    elif viewer.person_id is not None:
        content.fields["owner"] = viewer.person_id
    note = _("Noted from another page")
    return create_page(session, catalogue, viewer, found.space, catalogue[KIND], content, note=note)


def _content(session: Session, catalogue: Catalogue, found: Found, lesson: str) -> Content:
    """What the lesson takes from its page: the link, and who may see it; what anybody could read begins with the members."""
    source = content_of(current_revision(session, found.page)).fields
    fields = {key: source[key] for key in _SEEN_BY if key in source}
    if found.page.access == "public":
        fields.pop("access", None)
    fields["lesson"] = lesson
    link = catalogue[KIND].field("source")
    if link is not None and found.page.kind in link.targets:
        return Content(shorten(lesson, LONGEST), "", {**fields, "source": found.page.id})
    address = f"{found.space.slug}/{found.page.slug}"
    where = _("It came up with [[%(address)s|%(title)s]].", address=address, title=found.page.title)
    return Content(shorten(lesson, LONGEST), f"{where}\n", fields)
