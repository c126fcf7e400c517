"""Administrators look after accounts: invite, find, close, reopen, make administrators."""

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.world import FOUNDER, World
from wiki.models import Account, Event, Outgoing
from wiki.people import actions, queries

PAGES = (
    "/admin",
    "/admin/accounts/new",
    "/admin/accounts/1",
    "/admin/spaces",
    "/admin/events",
    "/admin/events.csv",
    "/admin/mail",
    "/admin/settings",
)


def act(world: World, client: Browser, who: str, noun: str, status: int = 303) -> None:
    url = f"/admin/accounts/{world.account(who).id}"
    form = client.read(f"{url}/closing" if noun == "closing" else url).form(f"{url}/{noun}")
    assert client.post(form.action, data=form.values).status_code == status


def verbs(world: World) -> list[str]:
    with world.reading() as session:
        return list(session.scalars(select(Event.verb).order_by(Event.id)))


def test_it_works(world: World) -> None:
    client = world.browser("ivy")
    page = client.send(
        client.read("/admin/accounts/new").form(having="email"),
        {"name": "Eva Cambria", "email": "eva@paper-coast.example"},
    )
    assert page.heading == "Eva Cambria"
    assert "Eva Cambria" in client.read("/admin?q=cambria").links()
    assert "Hal Calibri" not in client.read("/admin?q=cambria").links()
    with world.reading() as session:
        mail = session.scalars(select(Outgoing)).one()
    assert (mail.recipient, mail.subject) == ("eva@paper-coast.example", "Your invitation to Holdfast")
    assert verbs(world)[-2:] == ["account.added", "account.invited"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("who", ["hal", "ada", "zoe"])
def test_others_are_kept_out(lone_world: World, who: str, path: str) -> None:
    lone_world.browser(who).read(path, status=403)


@pytest.mark.parametrize("path", PAGES)
def test_visitors_are_asked_to_sign_in(lone_world: World, path: str) -> None:
    lone_world.browser().read(path, status=401)


def test_nobody_else_can_send_the_forms(lone_world: World) -> None:
    client = lone_world.browser("hal")
    token = client.read("/account").form("/account").values["csrf_token"]
    hal = lone_world.account("hal").id
    for address in (
        f"/admin/accounts/{hal}/administrator",
        f"/admin/accounts/{hal}/closing",
        f"/admin/accounts/{hal}/email",
        "/admin/accounts/new",
        "/admin/spaces",
        "/admin/mail/1/try",
    ):
        assert client.post(address, data={"csrf_token": token, "email": "h@x.example"}).status_code == 403
    assert not lone_world.account("hal").is_admin


def test_a_closed_account_is_out_at_once(world: World) -> None:
    dan = world.browser("dan")
    with world.writing() as session:
        account = queries.account_by_email(session, world.email("dan"))
        assert account is not None
        token = actions.make_token(session, account, "script")
    act(world, world.browser("ivy"), "dan", "closing")
    assert dan.get("/account").status_code == 401
    with world.reading() as session:
        assert queries.viewer_for_token(session, token) is None
        assert queries.viewer_for_email(session, world.email("dan")) is None
    assert verbs(world)[-1] == "account.closed"


def test_a_reopened_account_does_not_bring_old_logins_and_tokens_back(world: World) -> None:
    dan = world.browser("dan")
    with world.writing() as session:
        account = queries.account_by_email(session, world.email("dan"))
        assert account is not None
        token = actions.make_token(session, account, "script")
    client = world.browser("ivy")
    act(world, client, "dan", "closing")
    act(world, client, "dan", "reopening")
    assert dan.get("/account").status_code == 401
    with world.reading() as session:
        assert queries.viewer_for_token(session, token) is None
    world.browser("dan").read("/paper-coast")


def test_somebody_becomes_an_administrator_and_is_one_no_longer(world: World) -> None:
    client = world.browser("ivy")
    act(world, client, "hal", "administrator")
    hal = world.browser("hal")
    assert hal.get("/admin").status_code == 200
    act(world, client, "hal", "administrator/withdrawal")
    assert hal.get("/admin").status_code == 403
    assert [verb for verb in verbs(world) if verb.startswith("admin.")] == ["admin.granted", "admin.withdrawn"]
    with world.reading() as session:
        subjects = session.scalars(select(Outgoing.subject).order_by(Outgoing.id)).all()
    assert subjects == ["You look after Holdfast now", "You no longer look after Holdfast"]


@pytest.mark.parametrize("noun", ["closing", "administrator/withdrawal"])
def test_the_last_administrator_stays(world: World, noun: str) -> None:
    client = world.browser("ivy")
    act(world, client, "ivy", noun, status=422)
    assert client.get("/admin").status_code == 200


def test_an_address_can_be_changed_but_not_to_one_that_is_taken(lone_world: World) -> None:
    client = lone_world.browser("ivy")
    url = f"/admin/accounts/{lone_world.account('dan').id}"
    page = client.send(client.read(url).form(having="email"), {"email": "ada@paper-coast.example"}, status=422)
    assert "already" in page.main
    assert page.form(having="email").values["email"] == "ada@paper-coast.example"
    client.send(client.read(url).form(having="email"), {"email": "Daniel@paper-coast.example"})
    assert lone_world.account("daniel").name == "Dan Corbel"


def test_mistakes_in_an_invitation_are_named_and_nothing_typed_is_lost(lone_world: World) -> None:
    client = lone_world.browser("ivy")
    page = client.send(
        client.read("/admin/accounts/new").form(having="email"), {"name": "", "email": "eva"}, status=422
    )
    assert "A name is needed" in page.main
    assert page.form(having="email").values["email"] == "eva"


def test_a_long_list_comes_in_pages(lone_world: World) -> None:
    with lone_world.writing() as session:
        for number in range(120):
            account = actions.add_person(
                session,
                {},
                FOUNDER,
                f"p{number}@x.example",
                f"Person {number:03}",  # type: ignore[arg-type]
            )
            assert account.person_id is None
    client = lone_world.browser("ivy")
    page = client.read("/admin?q=person")
    assert "120 accounts" in page.main
    assert "Page 1 of 3" in page.main
    second = client.read(page.links()["Next"])
    assert "Person 050" in second.links()
    assert "Page 3 of 3" in client.read("/admin?q=person&page=99").main
    assert client.read("/admin?page=x").status == 200


@pytest.mark.parametrize("words", ["%", "_", "'", '"', "\\", "nobody at all"])
def test_signs_in_the_search_are_only_signs(world: World, words: str) -> None:
    page = world.browser("ivy").send(world.browser("ivy").read("/admin").form("/admin"), {"q": words})
    assert "Nobody is called that" in page.main


def test_a_missing_account_is_not_found(lone_world: World) -> None:
    lone_world.browser("ivy").read("/admin/accounts/99999", status=404)


def test_the_list_of_accounts_is_whole(world: World) -> None:
    page = world.browser("ivy").read("/admin")
    with world.reading() as session:
        assert set(session.scalars(select(Account.name))) <= set(page.links())
