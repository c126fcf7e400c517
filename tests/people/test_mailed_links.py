"""Invitations and new passwords: by a link that works once, for a while, and tells nobody who has an account."""

import re

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.moments import Moments
from tests.world import PASSWORD, World
from wiki.models import Outgoing, Ticket
from wiki.people import actions, queries, tickets

ADA = "ada@paper-coast.example"
NEW = "gulls over the harbour"


def mails(world: World) -> list[Outgoing]:
    with world.reading() as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


def link_in(mail: Outgoing) -> str:
    found = re.search(r"http://localhost(/\S+/\S+)", mail.text)
    assert found, mail.text
    return found[1]


def ask(world: World, email: str = ADA) -> str:
    """Ask for a new password; the link that was mailed."""
    client = world.browser()
    client.send(client.read("/reset").form(), {"email": email})
    return link_in(mails(world)[-1])


def choose(client: Browser, link: str, password: str = NEW, status: int = 303) -> None:
    form = client.read(link).form()
    assert client.post(link, data=form.filled({"password": password})).status_code == status


def invite(world: World, who: str = "zoe") -> str:
    with world.writing() as session:
        account = queries.account_by_email(session, world.email(who))
        assert account is not None
        account.password_hash = None
        return actions.invite(session, world.settings, world.viewer("hal"), account).removeprefix("http://localhost")


def can_sign_in(world: World, email: str, password: str) -> bool:
    client = world.browser()
    form = client.read("/sign-in").form()
    return client.post("/sign-in", data=form.filled({"email": email, "password": password})).status_code == 303


def test_it_works(world: World) -> None:
    client = world.browser()
    choose(client, ask(world))
    assert client.get("/account").status_code == 200, "whoever has the link is signed in at once"
    assert can_sign_in(world, ADA, NEW)
    assert not can_sign_in(world, ADA, PASSWORD)


def test_an_invitation_works(world: World) -> None:
    link = invite(world)
    mail = mails(world)[-1]
    assert mail.recipient == "zoe@paper-coast.example"
    assert "Hal Calibri invites you" in mail.text
    client = world.browser()
    assert client.read(link).heading == "Welcome, Zoe Rockwell"
    choose(client, link)
    assert client.get("/account").status_code == 200


def test_the_answer_is_the_same_whether_there_is_an_account_or_not(lone_world: World) -> None:
    client = lone_world.browser()
    pages = [
        client.send(client.read("/reset").form(), {"email": email}).main.replace(email, "…")
        for email in (ADA, "nobody@paper-coast.example", "not an address")
    ]
    assert pages[0] == pages[1] == pages[2]
    assert [mail.recipient for mail in mails(lone_world)] == [ADA]


def test_a_closed_account_gets_no_mail(lone_world: World) -> None:
    with lone_world.writing() as session:
        account = queries.account_by_email(session, ADA)
        assert account is not None
        actions.close_account(session, lone_world.viewer("ivy"), account)
    client = lone_world.browser()
    client.send(client.read("/reset").form(), {"email": ADA})
    assert mails(lone_world) == []


def test_a_link_works_once(world: World) -> None:
    link = ask(world)
    choose(world.browser(), link)
    other = world.browser()
    assert other.read(link, status=410).heading == "This link no longer works"
    token = other.read("/sign-in").form().values["csrf_token"]
    assert other.post(link, data={"password": "another good one", "csrf_token": token}).status_code == 410
    assert can_sign_in(world, ADA, NEW)


def test_a_refused_password_leaves_the_link_as_it_was(lone_world: World) -> None:
    link = ask(lone_world)
    client = lone_world.browser()
    choose(client, link, "short", status=422)
    choose(client, link)


def test_looking_at_a_link_does_not_use_it(lone_world: World) -> None:
    link = ask(lone_world)
    for _ in range(3):
        lone_world.browser().read(link)
    choose(lone_world.browser(), link)


@pytest.mark.parametrize(
    ("purpose", "works", "too_late"), [("reset", 29, 31), ("invitation", 60 * 24 * 7 - 1, 60 * 24 * 7)]
)
def test_a_link_grows_old(lone_world: World, moments: Moments, purpose: str, works: float, too_late: float) -> None:
    link = ask(lone_world) if purpose == "reset" else invite(lone_world)
    moments.pass_by(minutes=works)
    lone_world.browser().read(link)
    moments.pass_by(minutes=too_late - works)
    lone_world.browser().read(link, status=410)


def test_a_new_link_makes_the_one_before_void(lone_world: World) -> None:
    first, second = ask(lone_world), ask(lone_world)
    lone_world.browser().read(first, status=410)
    choose(lone_world.browser(), second)


def test_any_change_of_the_password_makes_links_void(lone_world: World) -> None:
    link = ask(lone_world)
    with lone_world.writing() as session:
        account = queries.account_by_email(session, ADA)
        assert account is not None
        actions.set_password(session, lone_world.settings, lone_world.viewer("ada"), account, NEW)
    lone_world.browser().read(link, status=410)


def test_another_address_makes_links_void(lone_world: World) -> None:
    link = ask(lone_world)
    with lone_world.writing() as session:
        account = queries.account_by_email(session, ADA)
        assert account is not None
        actions.set_email(session, lone_world.viewer("ivy"), account, "ada.verdana@paper-coast.example")
    lone_world.browser().read(link, status=410)


def test_a_link_for_one_purpose_does_not_serve_another(lone_world: World) -> None:
    link = ask(lone_world)
    lone_world.browser().read(link.replace("/reset/", "/invitation/"), status=410)


def test_the_database_holds_no_secret_of_a_link(lone_world: World) -> None:
    secret = ask(lone_world).rpartition("/")[2]
    with lone_world.reading() as session:
        ticket = session.scalars(select(Ticket)).one()
    assert ticket.digest == queries.digest(secret)
    assert len(secret) >= 43


def test_a_new_password_ends_every_login(world: World) -> None:
    thief = world.browser("ada")
    choose(world.browser(), ask(world))
    assert thief.get("/account").status_code == 401


def test_the_owner_is_told_about_a_new_password(lone_world: World) -> None:
    choose(lone_world.browser(), ask(lone_world))
    assert mails(lone_world)[-1].subject == "Your password was changed"


def test_links_are_made_from_the_setting_and_not_from_what_a_browser_says(lone_world: World) -> None:
    client = lone_world.browser()
    form = client.read("/reset").form()
    client.post("/reset", data=form.filled({"email": ADA}), headers={"X-Forwarded-Host": "evil.example"})
    client.post("/reset", data=form.filled({"email": "ben@paper-coast.example"}), headers={"Host": "evil.example"})
    assert all("evil" not in mail.text for mail in mails(lone_world))


def test_three_mails_an_hour_are_enough(lone_world: World, moments: Moments) -> None:
    client = lone_world.browser()
    form = client.read("/reset").form()
    answers = [client.post("/reset", data=form.filled({"email": ADA})).status_code for _ in range(5)]
    assert answers == [200, 200, 200, 429, 429]
    assert len(mails(lone_world)) == 3
    moments.pass_by(hours=1)
    assert client.post("/reset", data=form.filled({"email": ADA})).status_code == 200


def test_the_limit_is_the_same_for_unknown_addresses(lone_world: World) -> None:
    client = lone_world.browser()
    form = client.read("/reset").form()
    answers = [
        client.post("/reset", data=form.filled({"email": "n@paper-coast.example"})).status_code for _ in range(4)
    ]
    assert answers == [200, 200, 200, 429]


def test_two_who_come_at_once_do_not_both_use_a_link(world: World) -> None:
    secret = ask(world).rpartition("/")[2]
    with world.writing() as session:
        tickets.use(session, secret, tickets.RESET)
    with world.writing() as session, pytest.raises(tickets.Gone):
        tickets.use(session, secret, tickets.RESET)
