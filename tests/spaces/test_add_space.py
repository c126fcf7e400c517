"""Administrators make spaces, at addresses that the site does not need itself."""

import pytest
from sqlalchemy import select

from tests.world import FOUNDER, World
from wiki.errors import Invalid
from wiki.models import Event, Space
from wiki.reserved import SPACES
from wiki.spaces import actions


def test_it_works(world: World) -> None:
    client = world.browser("ivy")
    page = client.send(client.read("/spaces/new").form(), {"name": "River Watch", "default_role": "none"})
    assert (page.url, page.heading) == ("/river-watch/members", "Members of River Watch")
    space = world.space("river-watch")
    assert (space.name, space.default_role) == ("River Watch", "none")
    assert {member.role for member in world.viewer("ivy").memberships if member.space_id == space.id} == {"coordinator"}
    with world.reading() as session:
        events = session.scalars(select(Event.verb).where(Event.space_id == space.id)).all()
    assert events == ["space.created"]


@pytest.mark.parametrize("who", ["hal", "ada", "zoe"])
def test_only_administrators_make_spaces(lone_world: World, who: str) -> None:
    client = lone_world.browser(who)
    client.read("/spaces/new", status=403)
    token = client.read("/account").form("/account").values["csrf_token"]
    assert client.post("/spaces/new", data={"name": "Mine", "csrf_token": token}).status_code == 403
    with lone_world.reading() as session:
        assert session.scalars(select(Space.slug).order_by(Space.slug)).all() == ["commons", "directory", "paper-coast"]


def test_visitors_are_asked_to_sign_in(lone_world: World) -> None:
    lone_world.browser().read("/spaces/new", status=401)


@pytest.mark.parametrize("slug", sorted(slug for slug in SPACES if "." not in slug))  # no address of a space has a dot
def test_an_address_that_the_site_uses_is_refused(lone_world: World, slug: str) -> None:
    with pytest.raises(Invalid), lone_world.writing() as session:
        actions.add_space(session, FOUNDER, slug, slug=slug)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Give the space a name"),
        ({"name": "Other", "slug": "paper-coast"}, "is taken"),
        ({"name": "Paper  Coast"}, "is taken"),
        ({"name": "Admin"}, "is taken"),
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "Other", "description": "x" * 2001}, "at most 2000"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    lone_world: World, values: dict[str, str], words: str
) -> None:
    client = lone_world.browser("ivy")
    page = client.send(client.read("/spaces/new").form(), values, status=422)
    assert words in page.main
    assert page.form().values["name"] == values["name"]


def test_a_role_for_everybody_that_does_not_exist_is_refused(lone_world: World) -> None:
    with pytest.raises(Invalid), lone_world.writing() as session:
        actions.add_space(session, FOUNDER, "Other", default_role="coordinator")


@pytest.mark.parametrize(("name", "slug"), [("Café du Port", "cafe-du-port"), ("潮汐", "潮汐"), ("../etc", "etc")])
def test_the_address_is_made_from_the_name(lone_world: World, name: str, slug: str) -> None:
    with lone_world.writing() as session:
        assert actions.add_space(session, FOUNDER, name).slug == slug
    assert lone_world.browser("ada").read(f"/{slug}").heading == name
