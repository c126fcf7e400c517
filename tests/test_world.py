"""The tests' world is as its table says."""

import pytest

from tests.world import PEOPLE, World
from wiki.access import space_for
from wiki.errors import HoldfastError


def role(world: World, who: str, space: str) -> str:
    with world.reading() as session:
        try:
            return space_for(session, world.viewer(who), space, "view").role
        except HoldfastError as error:
            return type(error).__name__


def test_it_works(world: World) -> None:
    roles = {who: (role(world, who, "paper-coast"), role(world, who, "commons")) for who in [*PEOPLE, "visitor"]}
    assert roles == {
        "hal": ("coordinator", "member"),
        "ada": ("member", "member"),
        "ben": ("reader", "member"),
        "dan": ("member", "member"),
        "zoe": ("NotFound", "member"),
        "ivy": ("NotFound", "member"),
        "visitor": ("SignInNeeded", "SignInNeeded"),
    }


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_can_sign_in(lone_world: World, who: str) -> None:
    page = lone_world.browser(who).read("/spaces")
    assert PEOPLE[who] in page.html


def test_everybody_has_a_page_that_they_keep_right(lone_world: World) -> None:
    ada = lone_world.account("ada")
    found = lone_world.found("zoe", "directory", "ada-verdana")
    assert found.page.id == ada.person_id == found.page.owner_id


def test_a_page_is_there_for_those_who_may_see_it(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", body="They come and go.")
    assert world.found("dan", "paper-coast", page.slug).page.title == "Tides"
