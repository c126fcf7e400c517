"""Who may open a page further: the steward its own, an administrator any other to the public."""

import pytest

from tests.world import World
from wiki.errors import Invalid
from wiki.kinds.content import Content
from wiki.models import Page
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision


def save(world: World, who: str, page: Page, **fields: object) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        old = content_of(current_revision(session, mine))
        content = Content(old.title, old.body, {**old.fields, **fields})
        actions.save_page(session, world.catalogue, world.viewer(who), mine, content, mine.number)


def stewarded(world: World, access: str = "partnership") -> Page:
    return world.page(
        "founder", "paper-coast", "article", "Shoreline names", {"steward_org": world.org("council"), "access": access}
    )


def test_it_works(world: World) -> None:
    page = stewarded(world)
    save(world, "dan", page, access="public")
    assert world.found("visitor", "paper-coast", "shoreline-names").page.access == "public"


@pytest.mark.parametrize("access", ["members", "public"])
def test_nobody_else_opens_it_further(world: World, access: str) -> None:
    page = stewarded(world)
    with pytest.raises(Invalid, match="belongs to"):
        save(world, "hal", page, access=access)


def test_nobody_else_takes_the_belonging_away(world: World) -> None:
    page = stewarded(world)
    with pytest.raises(Invalid):
        save(world, "ada", page, steward_org=world.org("ministry"))


def test_others_may_still_write_on_it(world: World) -> None:
    page = stewarded(world)
    save(world, "ada", page, summary="What the places are called")


def test_only_an_administrator_makes_an_ordinary_page_public(world: World) -> None:
    page = world.page("ada", "commons", "article", "Tides")
    with pytest.raises(Invalid, match="administrator"):
        save(world, "ada", page, access="public")
    save(world, "ivy", page, access="public")


def test_a_new_page_is_not_public_at_once_either(world: World) -> None:
    with pytest.raises(Invalid, match="administrator"):
        world.page("ada", "commons", "article", "Tides", {"access": "public"})
