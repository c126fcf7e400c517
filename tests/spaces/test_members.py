"""Coordinators say who takes part in a space, as what, and for whom."""

import pytest
from sqlalchemy import select

from tests.world import FOUNDER, World
from wiki.access import Member
from wiki.errors import Invalid
from wiki.models import Event, Outgoing
from wiki.people import queries
from wiki.spaces import actions


def roles(world: World, who: str) -> set[tuple[str, int | None]]:
    space = world.space("paper-coast")
    return {(m.role, m.org_id) for m in world.viewer(who).memberships if m.space_id == space.id}


def mails(world: World) -> list[Outgoing]:
    with world.reading() as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


def events(world: World, verb: str) -> list[Event]:
    with world.reading() as session:
        return list(session.scalars(select(Event).where(Event.verb == verb).order_by(Event.id)))


def member_url(world: World, who: str) -> str:
    return f"/paper-coast/members/{world.account(who).id}"


def test_it_works(world: World) -> None:
    client = world.browser("hal")
    ministry = world.org("ministry")
    page = client.send(
        client.read("/paper-coast/members").form(having="email"),
        {"email": "zoe@paper-coast.example", "roles": ["member"], "org": str(ministry)},
    )
    assert "Zoe Rockwell" in page.main
    assert roles(world, "zoe") == {("member", ministry)}
    assert events(world, "member.set")[-1].detail["name"] == "Zoe Rockwell"
    mail = mails(world)[-1]
    assert mail.recipient == "zoe@paper-coast.example"
    assert "Hal Calibri" in mail.text
    assert "http://localhost/paper-coast" in mail.text
    assert world.browser("zoe").read("/paper-coast").status == 200


def test_somebody_unknown_is_invited(world: World) -> None:
    client = world.browser("hal")
    form = client.read("/paper-coast/members").form(having="email")
    page = client.send(form, {"email": "eva@paper-coast.example", "name": "Eva Cambria", "roles": ["reader"]})
    assert "Eva Cambria Invited" in page.main, page.main
    assert roles(world, "eva") == {("reader", None)}
    assert [mail.subject for mail in mails(world)] == ["Your invitation to Holdfast", "Your part in “Paper Coast”"]


def test_an_unknown_address_without_a_name_asks_for_one(lone_world: World) -> None:
    client = lone_world.browser("hal")
    form = client.read("/paper-coast/members").form(having="email")
    page = client.send(form, {"email": "eva@paper-coast.example", "roles": ["reader", "steward"]}, status=422)
    assert "Give their name too" in page.main
    form = page.form(having="email")
    assert form.values["email"] == "eva@paper-coast.example"
    assert form.values.getlist("roles") == ["reader", "steward"]
    assert mails(lone_world) == []


def test_a_member_can_hold_several_roles(world: World) -> None:
    client = world.browser("hal")
    council = world.org("council")
    page = client.read(member_url(world, "dan"))
    client.send(page.form(having="roles"), {"roles": ["member", "rep", "steward"], "org": str(council)})
    assert roles(world, "dan") == {("member", council), ("rep", council), ("steward", council)}
    page = client.read(member_url(world, "dan"))
    client.send(page.form(having="roles"), {"roles": ["rep"]})
    assert roles(world, "dan") == {("rep", council)}
    assert sorted(event.detail["role"] for event in events(world, "member.removed")) == ["member", "steward"]


def test_saving_the_same_is_not_a_change(lone_world: World) -> None:
    client = lone_world.browser("hal")
    before = len(events(lone_world, "member.set"))
    client.send(client.read(member_url(lone_world, "dan")).form(having="roles"))
    assert len(events(lone_world, "member.set")) == before
    assert mails(lone_world) == []


def test_a_removed_member_is_out_at_once_and_gets_a_mail(world: World) -> None:
    dan = world.browser("dan")
    assert dan.get("/paper-coast").status_code == 200
    client = world.browser("hal")
    url = member_url(world, "dan")
    client.send(client.read(url).form(f"{url}/removal"))
    assert dan.get("/paper-coast").status_code == 404
    assert roles(world, "dan") == set()
    assert mails(world)[-1].subject == "You are no longer a member of “Paper Coast”"
    assert events(world, "member.removed")[-1].detail["name"] == "Dan Corbel"


def test_the_last_coordinator_stays(world: World) -> None:
    client = world.browser("hal")
    url = member_url(world, "hal")
    page = client.send(client.read(url).form(f"{url}/removal"), status=422)
    assert "last coordinator" in page.main
    page = client.send(client.read(url).form(having="roles"), {"roles": ["member"]}, status=422)
    assert "last coordinator" in page.main
    assert roles(world, "hal") == {("coordinator", world.org("keel"))}


def test_one_of_two_coordinators_can_go(lone_world: World) -> None:
    client = lone_world.browser("hal")
    client.send(client.read(member_url(lone_world, "ada")).form(having="roles"), {"roles": ["coordinator"]})
    url = member_url(lone_world, "hal")
    assert client.send(client.read(url).form(f"{url}/removal")).url == "/spaces"
    assert roles(lone_world, "hal") == set()


@pytest.mark.parametrize("who", ["ada", "ben", "dan"])
def test_members_see_members_but_change_nothing(lone_world: World, who: str) -> None:
    client = lone_world.browser(who)
    page = client.read("/paper-coast/members")
    assert "Hal Calibri" in page.main
    assert "hal@paper-coast.example" not in page.html, "addresses are for coordinators"
    assert page.main.count("Add somebody") == 0
    values = {
        "csrf_token": client.read("/account").form("/account").values["csrf_token"],
        "email": "zoe@paper-coast.example",
        "roles": "coordinator",
    }
    url = member_url(lone_world, who)
    for address in ("/paper-coast/members", url, f"{url}/removal", f"{url}/invitation", "/paper-coast/settings"):
        assert client.post(address, data=values).status_code == 403
    assert client.get("/paper-coast/settings").status_code == 403
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("who", ["zoe", "ivy"])
def test_strangers_and_administrators_find_no_members_page(lone_world: World, who: str) -> None:
    client = lone_world.browser(who)
    token = client.read("/account").form("/account").values["csrf_token"]
    url = member_url(lone_world, "dan")
    for address in ("/paper-coast/members", "/paper-coast/settings", url):
        assert client.get(address).status_code == 404
        assert client.post(address, data={"csrf_token": token, "roles": "coordinator"}).status_code == 404


def test_in_an_open_space_those_who_may_read_see_the_members(lone_world: World) -> None:
    page = lone_world.browser("zoe").read("/commons/members")
    assert "may read and write here" in page.main


def test_a_coordinator_of_one_space_changes_nobody_in_another(lone_world: World) -> None:
    client = lone_world.browser("hal")
    token = client.read("/account").form("/account").values["csrf_token"]
    address = f"/commons/members/{lone_world.account('dan').id}"
    assert client.post(address, data={"csrf_token": token, "roles": "reader"}).status_code == 403
    assert client.get(f"/paper-coast/members/{lone_world.account('zoe').id}").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"roles": []}, "Tick at least one role"),
        ({"roles": ["emperor"]}, "no role"),
        ({"roles": ["member"], "org": "999999"}, "one of the organisations"),
        ({"roles": ["member"], "org": "x"}, "one of the organisations"),
        ({"roles": ["rep"], "org": ""}, "for which organisation"),
        ({"roles": ["steward"], "org": ""}, "for which organisation"),
    ],
)
def test_what_cannot_be_is_refused(lone_world: World, changes: dict[str, object], words: str) -> None:
    client = lone_world.browser("hal")
    before = roles(lone_world, "dan")
    page = client.send(client.read(member_url(lone_world, "dan")).form(having="roles"), changes, status=422)
    assert words in page.main
    assert roles(lone_world, "dan") == before


def test_an_organisation_that_the_coordinator_may_not_see_cannot_be_given(lone_world: World) -> None:
    secret = lone_world.page(
        "dan",
        "paper-coast",
        "organisation",
        "Quiet one",
        {"access": "named_orgs", "access_orgs": [lone_world.org("council")]},
    )
    client = lone_world.browser("hal")
    form = client.read(member_url(lone_world, "dan")).form(having="roles")
    assert "Quiet one" not in client.read(member_url(lone_world, "dan")).html
    client.send(form, {"org": str(secret.id)}, status=422)


def test_a_page_that_is_no_organisation_is_refused(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        dan = queries.account_by_email(session, world.email("dan"))
        assert dan is not None
        with pytest.raises(Invalid):
            actions.set_member(session, FOUNDER, world.space("paper-coast"), dan, "member", page.id)


def test_a_closed_account_gets_no_role(lone_world: World) -> None:
    with lone_world.writing() as session:
        zoe = queries.account_by_email(session, lone_world.email("zoe"))
        assert zoe is not None
        zoe.active = False
        with pytest.raises(Invalid):
            actions.set_member(session, FOUNDER, lone_world.space("paper-coast"), zoe, "member")


def test_set_member_and_remove_member_are_what_viewers_are_made_of(world: World) -> None:
    space = world.space("commons")
    with world.writing() as session:
        zoe = queries.account_by_email(session, world.email("zoe"))
        assert zoe is not None
        actions.set_member(session, FOUNDER, space, zoe, "member", world.org("keel"))
        actions.set_member(session, FOUNDER, space, zoe, "member", world.org("council"))
        actions.set_member(session, FOUNDER, space, zoe, "rep", world.org("council"))
    council = world.org("council")
    assert set(world.viewer("zoe").memberships) == {
        Member(space.id, "member", council),
        Member(space.id, "rep", council),
    }
    with world.writing() as session:
        zoe = queries.account_by_email(session, world.email("zoe"))
        assert zoe is not None
        actions.remove_member(session, FOUNDER, space, zoe)
    assert world.viewer("zoe").memberships == ()


def test_an_invitation_can_be_sent_again_until_it_is_accepted(lone_world: World) -> None:
    client = lone_world.browser("hal")
    form = client.read("/paper-coast/members").form(having="email")
    client.send(form, {"email": "eva@paper-coast.example", "name": "Eva Cambria", "roles": ["reader"]})
    url = member_url(lone_world, "eva")
    client.send(client.read(url).form(f"{url}/invitation"))
    assert [mail.recipient for mail in mails(lone_world)].count("eva@paper-coast.example") == 3
    token = client.read(url).form(having="roles").values["csrf_token"]
    dan = member_url(lone_world, "dan")
    assert client.post(f"{dan}/invitation", data={"csrf_token": token}).status_code == 403


def test_a_name_with_line_ends_stays_out_of_the_headers(lone_world: World) -> None:
    client = lone_world.browser("hal")
    client.send(client.read("/paper-coast/settings").form(), {"name": "Coast\r\nBcc: all@paper-coast.example"})
    client.send(client.read(member_url(lone_world, "dan")).form(having="roles"), {"roles": ["reader"]})
    assert mails(lone_world)[-1].subject == "Your part in “Coast Bcc: all@paper-coast.example”"
