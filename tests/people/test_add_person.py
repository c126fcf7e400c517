"""A new account comes with a page for its person."""

import pytest
from sqlalchemy import select

from tests.world import FOUNDER, PASSWORD, World
from wiki.errors import Invalid
from wiki.models import Account, Event, Page, Space
from wiki.people import actions, queries


def add(world: World, email: str, name: str, password: str | None = None) -> Account:
    with world.writing() as session:
        return actions.add_person(session, world.catalogue, FOUNDER, email, name, password=password)


def test_it_works(empty_world: World) -> None:
    account = add(empty_world, " Eva@Paper-Coast.example ", "Eva  Cambria", PASSWORD)
    assert (account.email, account.name, account.is_admin) == ("eva@paper-coast.example", "Eva Cambria", False)
    with empty_world.reading() as session:
        page = session.get_one(Page, account.person_id)
        space = session.get_one(Space, page.space_id)
    assert (page.kind, page.title, page.owner_id) == ("person", "Eva Cambria", page.id)
    assert (space.slug, space.default_role) == ("directory", "reader")
    empty_world.browser("eva")


def test_two_of_the_same_name_get_pages_of_their_own(lone_world: World) -> None:
    first, second = add(lone_world, "a@x.example", "Jo March"), add(lone_world, "b@x.example", "Jo March")
    assert first.person_id != second.person_id


def test_it_is_in_the_event_log(lone_world: World) -> None:
    add(lone_world, "eva@paper-coast.example", "Eva Cambria")
    with lone_world.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.verb, event.actor_name, event.detail["name"]) == ("account.added", "The founder", "Eva Cambria")


@pytest.mark.parametrize(
    ("email", "name", "password", "field"),
    [
        ("eva", "Eva", None, "email"),
        ("eva@paper-coast.example\r\nBcc: x@x.example", "Eva", None, "email"),
        ("ADA@paper-coast.example", "Eva", None, "email"),
        ("eva@paper-coast.example", " \n ", None, "name"),
        ("eva@paper-coast.example", "x" * 201, None, "name"),
        ("eva@paper-coast.example", "Eva", "short", "password"),
        ("eva@paper-coast.example", "Eva Cambria", "eva cambria", "password"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    lone_world: World, email: str, name: str, password: str | None, field: str
) -> None:
    with lone_world.reading() as session:
        before = session.scalars(select(Account.id)).all(), session.scalars(select(Page.id)).all()
    with pytest.raises(Invalid) as refused:
        add(lone_world, email, name, password)
    assert [problem.field for problem in refused.value.problems] == [field]
    with lone_world.reading() as session:
        assert (session.scalars(select(Account.id)).all(), session.scalars(select(Page.id)).all()) == before


def test_a_token_made_for_somebody_acts_for_them(lone_world: World) -> None:
    with lone_world.writing() as session:
        account = queries.account_by_email(session, lone_world.email("dan"))
        assert account is not None
        token = actions.make_token(session, account, "import")
    with lone_world.reading() as session:
        found = queries.viewer_for_token(session, token)
    assert found is not None
    assert found[0] == lone_world.viewer("dan")
