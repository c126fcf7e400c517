"""Templates as tests change them."""

from tests.world import World
from wiki.models import TemplateVersion
from wiki.packs.publishing import Definition
from wiki.packs.publishing import publish as store
from wiki.packs.shelf import KIND
from wiki.resources import resource_folder
from wiki.web.state import site

LESSON = (resource_folder("page_templates") / "lesson.toml").read_text("utf-8")
MEETING = (resource_folder("page_templates") / "meeting.toml").read_text("utf-8")
SECTIONS = (resource_folder("page_templates") / "lesson.md").read_text("utf-8")


def changed(text: str, *pairs: str) -> str:
    """`text` with each first of two strings, which must be there, replaced by the second where it stands first."""
    for before, after in zip(pairs[::2], pairs[1::2], strict=True):
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


def publish(
    world: World, text: str, *, who: str = "ivy", part: str = KIND, key: str = "lesson", sections: str = SECTIONS
) -> list[TemplateVersion]:
    definition = Definition(part, key, text, sections if part == KIND else "")
    with world.writing() as session:
        return store(session, site(world.app).library, world.viewer(who), [definition], "Because we asked for it")
