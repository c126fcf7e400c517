"""What a page shows that is made for its reader each time: registers in its text, how far a handover has come."""

from flask import get_template_attribute
from markupsafe import Markup

from wiki import clock
from wiki.access import visible_spaces
from wiki.handover.notes import HANDOVER
from wiki.handover.panel import Panel, panel
from wiki.pages.reading import Reading
from wiki.registers.listing import Place
from wiki.registers.named.embedding import MARK, MOST_BLOCKS, Block, answered, with_blocks
from wiki.web.state import catalogue, session, settings, viewer


def with_registers(html: Markup) -> Markup:
    """The HTML of a page with its registers in place of the blocks that ask for them; nothing is asked where there is none."""
    if MARK not in html:
        return html
    spaces = {one.slug: one for one in visible_spaces(session(), viewer())}
    place = Place(catalogue(), viewer(), spaces, clock.today(settings().time_zone), settings().time_zone)

    def show(block: Block, number: int) -> Markup:
        if number >= MOST_BLOCKS:
            made: Markup = get_template_attribute("registers/block.html", "too_many")(block)
        else:
            made = get_template_attribute("registers/block.html", "block")(answered(session(), place, block), number)
        return made

    return with_blocks(html, show)


def handover_of(reading: Reading) -> Panel | None:
    """For a handover note: how far it has come and what is missing, from what the reading knows already."""
    if reading.kind.key != HANDOVER:
        return None
    return panel(reading.record, reading.kind, viewer(), reading.url, clock.today(settings().time_zone))
