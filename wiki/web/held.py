"""What somebody holds, on their page, for its reader."""

from flask import get_template_attribute
from markupsafe import Markup

from wiki import clock
from wiki.holdings.showing import on_page
from wiki.pages.reading import Reading
from wiki.web.state import catalogue, session, settings, viewer


def held_by(reading: Reading) -> Markup:
    """The section of a person's or an organisation's page; nothing on others, and nothing for readers who do not see it together."""
    kind, page = reading.kind.key, reading.page
    if not viewer().signed_in or kind not in ("person", "organisation"):
        return Markup()
    if kind == "organisation":
        acts = any(member.org_id == page.id or member.role == "coordinator" for member in viewer().memberships)
        made: Markup = get_template_attribute("holdings/section.html", "of_organisation")(reading) if acts else Markup()
        return made
    org = reading.record.fields.get("org")
    today = clock.today(settings().time_zone)
    groups = on_page(session(), catalogue(), viewer(), page, org if isinstance(org, int) else None, today)
    if groups is None:
        return Markup()
    made = get_template_attribute("holdings/section.html", "of_person")(reading, groups, today)
    return made
