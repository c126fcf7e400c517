"""One's own account: name, language, password, logins, tokens."""

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.page import Page
from tests.world import PASSWORD, World
from wiki.models import Event, Outgoing, Revision, Token
from wiki.people import actions, logins, queries

NEW = "gulls over the harbour"


def account_page(world: World, who: str = "ada") -> tuple[Browser, Page]:
    client = world.browser(who)
    return client, client.read("/account")


def test_it_works(world: World) -> None:
    client, page = account_page(world)
    page = client.send(page.form("/account"), {"name": "Ada B. Verdana", "language": "fr"})
    assert (world.account("ada").name, world.account("ada").language) == ("Ada B. Verdana", "fr")
    assert world.found("zoe", "directory", "ada-verdana").page.title == "Ada B. Verdana"


def test_the_name_is_changed_in_a_revision_of_the_persons_page(lone_world: World) -> None:
    client, page = account_page(lone_world)
    client.send(page.form("/account"), {"name": "Ada B. Verdana"})
    with lone_world.reading() as session:
        last = session.scalars(select(Revision).order_by(Revision.id.desc())).first()
    assert last is not None
    assert (last.title, last.author_name) == ("Ada B. Verdana", "Ada Verdana")


def test_nothing_changed_writes_nothing(lone_world: World) -> None:
    client, page = account_page(lone_world)
    with lone_world.reading() as session:
        before = session.scalars(select(Event.id)).all()
    client.send(page.form("/account"))
    with lone_world.reading() as session:
        assert session.scalars(select(Event.id)).all() == before


@pytest.mark.parametrize("name", ["", "   ", "x" * 201])
def test_a_name_that_cannot_be_is_refused(lone_world: World, name: str) -> None:
    client, page = account_page(lone_world)
    page = client.send(page.form("/account"), {"name": name}, status=422)
    assert page.form("/account").values["name"] == name
    assert lone_world.account("ada").name == "Ada Verdana"


def test_line_ends_in_a_name_become_blanks(lone_world: World) -> None:
    client, page = account_page(lone_world)
    client.send(page.form("/account"), {"name": "Ada\r\nBcc: all@paper-coast.example"})
    assert lone_world.account("ada").name == "Ada Bcc: all@paper-coast.example"


def test_visitors_are_asked_to_sign_in(lone_world: World) -> None:
    page = lone_world.browser().read("/account", status=401)
    assert page.form(having="password").values["next"] == "/account"


def change_password(client: Browser, page: Page, current: str, new: str, status: int = 200) -> Page:
    return client.send(page.form("/account/password"), {"current": current, "password": new}, status)


def test_a_new_password_ends_all_other_logins(world: World) -> None:
    other = world.browser("ada")
    client, page = account_page(world)
    change_password(client, page, PASSWORD, NEW)
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 401
    with world.reading() as session:
        mail = session.scalars(select(Outgoing)).one()
    assert (mail.recipient, mail.subject) == ("ada@paper-coast.example", "Your password was changed")


def test_the_present_password_is_needed(lone_world: World) -> None:
    client, page = account_page(lone_world)
    page = change_password(client, page, "wrong", NEW, status=422)
    assert "not your present password" in page.main
    lone_world.browser("ada")


def test_guessing_the_present_password_ends_after_ten_tries(lone_world: World) -> None:
    client, page = account_page(lone_world)
    form = page.form("/account/password")
    answers = [
        client.post(form.action, data=form.filled({"current": f"wrong {number}", "password": NEW})).status_code
        for number in range(12)
    ]
    assert answers == [422] * 10 + [429] * 2


def test_an_easy_password_is_refused_beside_its_field(lone_world: World) -> None:
    client, page = account_page(lone_world)
    page = change_password(client, page, PASSWORD, "ada verdana", status=422)
    assert "mostly your own name" in page.main
    lone_world.browser("ada")


def test_logins_are_listed_and_can_be_ended(lone_world: World) -> None:
    other = lone_world.browser("ada")
    client, page = account_page(lone_world)
    endings = [form for form in page.forms() if form.action.endswith("/ending")]
    assert len(endings) == 1, "all but this one"
    client.send(endings[0])
    assert other.get("/account").status_code == 401
    assert client.get("/account").status_code == 200


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("curl/8.1", "curl/8.1"),
        ("", ""),
    ],
)
def test_a_login_is_named_by_browser_and_system(agent: str, device: str) -> None:
    assert logins.device(agent) == device


def test_nobody_ends_the_logins_of_others(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    login = next(form for form in lone_world.browser("ada").read("/account").forms() if "/logins/" in form.action)
    client = lone_world.browser("ben")
    token = client.read("/account").form("/account").values["csrf_token"]
    assert client.post(login.action, data={"csrf_token": token}).status_code == 404
    assert ada.get("/account").status_code == 200


def test_a_token_is_shown_once(lone_world: World) -> None:
    client, page = account_page(lone_world)
    page = client.send(page.form("/account/tokens"), {"token_name": "backup script"})
    token = page.by_id("made").get("value", "")
    assert token.startswith("hf_")
    assert token not in client.read("/account").html
    assert "backup script" in client.read("/account").main
    with lone_world.reading() as session:
        found = queries.viewer_for_token(session, token)
        stored = session.scalars(select(Token)).one()
    assert found is not None
    assert found[0].name == "Ada Verdana"
    assert token not in str(vars(stored))


def test_a_token_can_be_ended(lone_world: World) -> None:
    with lone_world.writing() as session:
        account = queries.account_by_email(session, lone_world.email("ada"))
        assert account is not None
        token = actions.make_token(session, account, "backup script")
    client, page = account_page(lone_world)
    client.send(next(form for form in page.forms() if "/tokens/" in form.action))
    with lone_world.reading() as session:
        assert queries.viewer_for_token(session, token) is None


@pytest.mark.parametrize("name", ["", "  ", "x" * 101])
def test_a_token_wants_a_name(lone_world: World, name: str) -> None:
    client, page = account_page(lone_world)
    client.send(page.form("/account/tokens"), {"token_name": name}, status=422)
    with lone_world.reading() as session:
        assert session.scalars(select(Token)).all() == []


@pytest.mark.parametrize("address", ["/account", "/account/password", "/account/tokens", "/account/logins/1/ending"])
def test_without_the_forms_token_nothing_happens(lone_world: World, address: str) -> None:
    client = lone_world.browser("ada")
    values = {"name": "Mallory", "token_name": "x", "current": PASSWORD, "password": NEW}
    assert client.post(address, data=values).status_code == 400
    assert lone_world.account("ada").name == "Ada Verdana"
