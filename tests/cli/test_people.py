"""`wiki person add`, `wiki token`, `wiki space add`."""

import re

import pytest
from sqlalchemy import select

from tests.cli.conftest import done, refused
from tests.world import PASSWORD
from wiki.app import create_app
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Account, Event, Space
from wiki.people import passwords

EVA = ("person", "add", "eva@paper-coast.example", "--name", "Eva Cambria")


def account(settings: Settings, email: str) -> Account | None:
    database = Database(settings.database_url)
    with database.read() as session:
        found = session.scalars(select(Account).where(Account.email == email)).one_or_none()
    database.close()
    return found


def test_it_works(installed: Settings) -> None:
    assert done(*EVA, "--admin", "--password-stdin", given=f"{PASSWORD}\n") == (
        "Added Eva Cambria <eva@paper-coast.example>.\n"
    )
    eva = account(installed, "eva@paper-coast.example")
    assert eva is not None and eva.is_admin and eva.person_id is not None
    assert passwords.fits(eva.password_hash, PASSWORD)


def test_a_line_end_of_windows_is_no_part_of_the_password(lone_installed: Settings) -> None:
    done(*EVA, "--password-stdin", given=f"{PASSWORD}\r\n")
    eva = account(lone_installed, "eva@paper-coast.example")
    assert eva is not None and not eva.is_admin and passwords.fits(eva.password_hash, PASSWORD)


def test_a_password_is_never_shown(lone_installed: Settings) -> None:
    assert PASSWORD not in done(*EVA, "--password-stdin", given=PASSWORD)


@pytest.mark.parametrize(
    ("words", "password", "said"),
    [
        (EVA, "", "at least 10 characters"),
        (EVA, "password123", "guesser"),
        (("person", "add", "eva", "--name", "Eva"), PASSWORD, "not an e-mail address"),
        (("person", "add", "ada@paper-coast.example", "--name", "Ada"), PASSWORD, "account with this e-mail"),
        (("person", "add", "eva@paper-coast.example", "--name", " "), PASSWORD, "A name is needed"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nobody_added(
    lone_installed: Settings, words: tuple[str, ...], password: str, said: str
) -> None:
    assert said in refused(*words, "--password-stdin", given=f"{password}\n")
    assert account(lone_installed, "eva@paper-coast.example") is None


def test_an_invitation_is_shown_in_the_terminal_without_a_mail_server(lone_installed: Settings) -> None:
    said = done(*EVA, "--invite")
    assert re.search(r"mail to eva@paper-coast\.example", said)
    assert re.search(r"http://127\.0\.0\.1:8000/invitation/\S{20,}", said)
    eva = account(lone_installed, "eva@paper-coast.example")
    assert eva is not None and eva.password_hash is None


def test_a_token_is_all_that_is_printed_and_it_works(installed: Settings) -> None:
    said = done("token", "ada@paper-coast.example")
    assert re.fullmatch(r"hf_[A-Za-z0-9_-]{32,}\n", said)
    app = create_app(installed)
    answer = app.test_client().get("/api/v1/search?q=tide", headers={"Authorization": f"Bearer {said.strip()}"})
    assert answer.status_code == 200
    app.extensions["holdfast"].database.close()


def test_nobody_has_no_token(lone_installed: Settings) -> None:
    assert "no active account with the address who@x.example" in refused("token", "who@x.example")


def test_a_space_is_added_and_its_address_printed(installed: Settings) -> None:
    assert done("space", "add", "Société du Nord", "--coordinator", "ada@paper-coast.example") == "societe-du-nord\n"
    database = Database(installed.database_url)
    with database.read() as session:
        space = session.scalars(select(Space).where(Space.slug == "societe-du-nord")).one()
        event = session.scalars(select(Event).where(Event.verb == "space.created", Event.space_id == space.id)).one()
    database.close()
    assert (space.name, space.default_role, event.actor_name) == ("Société du Nord", "member", "Ada Verdana")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("Commons",), "“commons” is taken"),
        (("Search",), "“search” is taken"),
        ((" ",), "Give the space a name"),
        (("Tides", "--coordinator", "who@x.example"), "no active account"),
    ],
)
def test_a_space_that_cannot_be_is_refused(lone_installed: Settings, words: tuple[str, ...], said: str) -> None:
    assert said in refused("space", "add", *words)
