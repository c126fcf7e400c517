"""What an organisation promised and was promised, on its page, worked out for its reader."""

from flask import get_template_attribute
from markupsafe import Markup

from wiki import clock
from wiki.access import visible_spaces
from wiki.kinds.types.base import Ref
from wiki.pages.reading import Reading
from wiki.registers.listing import Place
from wiki.registers.named.asking import Chosen, Question
from wiki.registers.named.known import REGISTERS
from wiki.registers.named.parts import Part, part_of
from wiki.web.state import catalogue, session, settings, viewer

REGISTER = REGISTERS["commitments"]
LINES = 8


def promised(reading: Reading) -> Markup:
    """The section of an organisation's page; nothing on others, and nothing for visitors."""
    if reading.kind.key != "organisation" or not viewer().signed_in:
        return Markup()
    spaces = {one.slug: one for one in visible_spaces(session(), viewer())}
    zone = settings().time_zone
    place = Place(catalogue(), viewer(), spaces, clock.today(zone), zone)
    made, received = _part(place, reading, "made_by", "made_to"), _part(place, reading, "made_to", "made_by")
    shown: Markup = get_template_attribute("registers/part.html", "promises")(reading, made, received)
    return shown


def _part(place: Place, reading: Reading, side: str, other: str) -> Part:
    """Live promises with the organisation on that side, and who is on the other."""
    found = next(one for one in REGISTER.filters(catalogue()) if one.key == side)
    name = f"{reading.page.title} ({reading.found.space.slug}/{reading.page.slug})"
    chosen = Chosen(found, words=(name,), refs=(Ref(reading.page.id),))
    asked = Question(REGISTER, live=True, chosen=(chosen,), params=((side, name),), limit=LINES)
    return part_of(session(), place, asked, (other, "due"))
