"""What arriving adds to pages: the steps with the reader's progress on a path's own page, the bar above the page of a step, how
things stand today on an orientation page."""

from flask import g, get_template_attribute
from markupsafe import Markup

from wiki import clock
from wiki.access import visible_spaces
from wiki.orientation.aging import KIND as ORIENTATION
from wiki.orientation.today import today
from wiki.pages.reading import Reading
from wiki.paths.actions import CURRENT, KIND
from wiki.paths.beside import beside
from wiki.paths.who import may_enrol_others
from wiki.registers.listing import Place
from wiki.web.form_tokens import form_token
from wiki.web.state import catalogue, session, settings, viewer


def path_panel(reading: Reading) -> Markup:
    """The steps of a path, for the reader of its page."""
    if reading.kind.key != KIND:
        return Markup()
    found = beside(session(), viewer(), reading.page.id)
    if found is None or not found.steps:
        return Markup()
    current = reading.page.state == CURRENT and not reading.page.archived_at
    others = may_enrol_others(viewer(), reading.found.space.id)
    made: Markup = get_template_attribute("paths/parts.html", "path_panel")(found, viewer().signed_in, current, others)
    return made


def path_bar(reading: Reading) -> Markup:
    """Which step of their path a page is, for somebody who is on one."""
    if reading.head.on_path is None:
        return Markup()
    found = beside(session(), viewer(), reading.head.on_path)
    step = found.on_page(reading.page.id) if found is not None and found.enrolment else None
    if found is None or step is None:
        return Markup()
    g.holds_form = True
    made: Markup = get_template_attribute("paths/parts.html", "path_bar")(found, step, form_token())
    return made


def as_of_today(reading: Reading) -> Markup:
    """How the partnership of an orientation page stands, worked out for its reader."""
    if reading.kind.key != ORIENTATION:
        return Markup()
    spaces = {one.slug: one for one in visible_spaces(session(), viewer())}
    zone = settings().time_zone
    place = Place(catalogue(), viewer(), spaces, clock.today(zone), zone)
    now = today(session(), place, reading.page, reading.head.fields, reading.found.space.slug)
    made: Markup = get_template_attribute("orientation/today.html", "today_section")(now, catalogue())
    return made
