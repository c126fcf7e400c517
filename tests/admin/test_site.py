"""What else administrators look after: spaces without coordinators, the event log, mails, settings."""

import ast
import re

import pytest
from sqlalchemy import select

from tests.world import World, new_world
from wiki import eventlog, outbox
from wiki.admin import queries
from wiki.admin.event_words import DETAILS, WORDS
from wiki.models import Event, Outgoing
from wiki.outbox import PATIENCE
from wiki.resources import PACKAGE

#: A verb given to the log: as an argument, or under a name.
RECORDED = re.compile(
    r'''(?:eventlog\.record(?:_all)?\([^"()]*?|\b_?record\([^"()]*?|^[A-Z_]+(?:: [\w\[\]]+)? = )"([a-z]+\.[a-z_]+)"''',
    re.MULTILINE,
)


def test_it_works(world: World) -> None:
    client = world.browser("ivy")
    for path in ("/admin", "/admin/spaces", "/admin/events", "/admin/mail", "/admin/settings"):
        assert client.read(path).status == 200


def test_a_space_gets_a_coordinator_and_the_present_ones_are_told_why(world: World) -> None:
    client = world.browser("ivy")
    page = client.send(
        client.read("/admin/spaces").form(having="reason"),
        {"space": "paper-coast", "email": "zoe@paper-coast.example", "reason": "Hal is ill\nfor long"},
    )
    assert "Zoe Rockwell" in page.main
    assert "coordinator" in {member.role for member in world.viewer("zoe").memberships}
    with world.reading() as session:
        mails = {mail.recipient: mail for mail in session.scalars(select(Outgoing))}
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert "Hal is ill for long" in mails["hal@paper-coast.example"].text
    assert "zoe@paper-coast.example" in mails
    assert event is not None
    assert (event.verb, event.actor_name, event.detail["name"]) == ("member.set", "Ivy Constantia", "Zoe Rockwell")


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": " "},
        {"email": "nobody@x.example"},
        {"space": ""},
    ],
)
def test_without_space_person_or_reason_nothing_happens(lone_world: World, changes: dict[str, str]) -> None:
    client = lone_world.browser("ivy")
    whole = {"space": "paper-coast", "email": "zoe@paper-coast.example", "reason": "Hal is ill"}
    client.send(client.read("/admin/spaces").form(having="reason"), whole | changes, status=422)
    assert lone_world.viewer("zoe").memberships == ()


def test_every_event_is_said_in_words(world: World) -> None:
    """Whatever the program writes into the log has words: each verb that stands in its source."""
    sources = [module.read_text(encoding="utf-8") for module in PACKAGE.rglob("*.py")]
    verbs = {verb for source in sources if " eventlog" in source for verb in RECORDED.findall(source)}
    assert len(verbs) > 60 and verbs - set(WORDS) == set()
    world.page("ivy", "commons", "article", "Tides")
    shown = world.browser("ivy").read("/admin/events").main
    assert "Page begun" in shown and "Title: Tides" in shown and "page.created" not in shown


def test_every_detail_of_the_log_has_a_label() -> None:
    told: set[str] = set()
    for module in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "eventlog.record":
                told.update(named.arg for named in call.keywords if named.arg)
    assert len(told) > 40 and told - set(DETAILS) == {"page", "space_id", "revision", "time"}


def test_the_event_log_hides_pages_that_the_administrator_may_not_see(world: World) -> None:
    world.page("ada", "paper-coast", "article", "A quiet matter", note="Between us")
    world.page("ada", "commons", "article", "A loud matter")
    page = world.browser("ivy").read("/admin/events")
    assert "A loud matter" in page.main
    assert "A quiet matter" not in page.html
    assert "Between us" not in page.html
    assert "a page that is not visible to you" in page.main


def test_the_event_log_comes_in_pages_newest_first(world: World) -> None:
    with world.writing() as session:
        for number in range(120):
            eventlog.record(session, world.viewer("ivy"), "test.done", number=number)
    page = world.browser("ivy").read("/admin/events")
    assert "Revision: 119" in page.main
    assert "Revision: 19;" not in page.main
    assert "Page 1 of" in page.main


def test_the_log_is_whole_after_all_this(world: World) -> None:
    client = world.browser("ivy")
    client.send(client.read("/admin/accounts/new").form(having="email"), {"name": "Eva", "email": "eva@x.example"})
    with world.reading() as session:
        assert list(eventlog.broken(session)) == []


def test_a_mail_that_was_given_up_can_be_tried_again(world: World) -> None:
    with world.writing() as session:
        mail = outbox.send(session, "eva@x.example", "Tides", "https://localhost/reset/secret-in-the-text")
        mail.tries, mail.problem = PATIENCE, "mailbox full"
    client = world.browser("ivy")
    page = client.read("/admin/mail")
    assert "Given up" in page.main
    assert "mailbox full" in page.main
    assert "secret-in-the-text" not in page.html
    client.send(page.form(f"/admin/mail/{mail.id}/try"))
    with world.reading() as session:
        assert session.scalars(select(Outgoing.tries)).one() == 0


def test_a_mail_that_went_out_is_not_tried_again(lone_world: World) -> None:
    with lone_world.writing() as session:
        mail = outbox.send(session, "eva@x.example", "Tides", "")
        mail.sent_at = mail.created_at
    client = lone_world.browser("ivy")
    token = client.read("/admin/spaces").form(having="reason").values["csrf_token"]
    assert client.post(f"/admin/mail/{mail.id}/try", data={"csrf_token": token}).status_code == 404


def test_settings_are_shown_without_secrets(lone_world: World) -> None:
    world = new_world(
        lone_world.database,
        lone_world.settings.folder,
        smtp_url="smtp://keel:hush-hush@mail.example:587",
        site_name="Shoreline wiki",
    )
    page = world.browser("ivy").read("/admin/settings")
    assert "Shoreline wiki" in page.main
    assert "smtp://keel:••••••••@mail.example:587" in page.main
    assert "hush-hush" not in page.html
    assert world.settings.secret_key not in page.html


def test_every_setting_is_shown(lone_world: World) -> None:
    shown = [name for name, _value, _help in queries.settings_shown(lone_world.settings)]
    assert shown == list(lone_world.settings.values)
