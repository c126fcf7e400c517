"""No account is closed with loose ends that nobody has seen: in the browser, on the command line, or by marking somebody as left."""

import pytest

from tests.handover.leaving import change, content, move, note_of, state
from tests.paper_coast import DAY0, Coast
from tests.world import World
from wiki.errors import Invalid
from wiki.handover.closing import actions
from wiki.models import Account, Page
from wiki.spaces.actions import add_space


def test_it_works(coast: Coast) -> None:
    """Hal closes Eva's account: what she holds is listed first, Dan looks after it."""
    client, url = coast.browser("hal"), coast.url("U5", "/closing")
    page = client.read(url)
    for thing in ("Permits decided jointly", "Confirm who may see monitoring data", "Protocol on shared shoreline"):
        assert thing in page.main
    form = page.form(url)
    assert client.send(form, {"seen": ""}, status=422).main.count("Look first at what Eva Cambria still holds") == 1
    assert "can sign in" in client.send(form, {"caretaker": "Cleo Candara"}, status=422).main
    assert coast.viewer("eva").signed_in
    client.send(form, {"caretaker": "Dan Corbel"})
    eva = coast.named("U5")
    note = note_of(coast, eva.id)
    fields = content(coast, note.id).fields
    assert (note.state, fields["manager"], fields["person"]) == ("draft", coast.named("U4").id, eva.id)
    assert (state(coast, eva.id), active(coast, "eva")) == ("left", False)


def active(coast: Coast, who: str) -> bool:
    with coast.reading() as session:
        return session.query(Account).filter_by(email=coast.email(who)).one().active


def test_what_came_after_looking_has_to_be_seen_too(lone_coast: Coast) -> None:
    client, url = lone_coast.browser("hal"), lone_coast.url("U5", "/closing")
    form = client.read(url).form(url)
    change(lone_coast, lone_coast.named("P39").id, "hal", owner=lone_coast.named("U5").id)
    page = client.send(form, {"caretaker": "Dan Corbel"}, status=422)
    assert "Words we use" in page.main
    assert active(lone_coast, "eva")


def test_only_those_who_look_after_people_close_accounts(lone_coast: Coast) -> None:
    for who, status in (("visitor", 401), ("ada", 403), ("dan", 403), ("hal", 200)):
        client = lone_coast.browser(None if who == "visitor" else who)
        assert client.get(lone_coast.url("U5", "/closing")).status_code == status, who


def test_an_administrator_s_list_names_nothing_that_is_hidden_from_them(lone_coast: Coast) -> None:
    """Hal is administrator and sees Paper Coast; somebody's page in a closed space that he is not in is only counted."""
    eva = lone_coast.named("U5")
    with lone_coast.writing() as session:
        closed = add_space(session, lone_coast.viewer("eva"), "Closed", default_role="none")
    lone_coast.page("eva", closed.slug, "article", "Hidden plans", {"owner": eva.id})
    page = lone_coast.browser("hal").read(lone_coast.url("U5", "/closing"))
    assert "Hidden plans" not in page.main
    assert "And 1 thing that you may not see" in page.main


def test_nobody_is_marked_as_left_while_something_is_in_no_note(lone_coast: Coast) -> None:
    ben, note = lone_coast.named("U2"), lone_coast.named("P27")
    move(lone_coast, note.id, "ivy", "cancelled", "Begun by mistake")
    with pytest.raises(Invalid, match="in no handover note"):
        move(lone_coast, ben.id, "hal", "left")
    assert (state(lone_coast, ben.id), active(lone_coast, "ben")) == ("leaving", True)


def test_whoever_holds_nothing_is_let_go_at_once(lone_world: World) -> None:
    with lone_world.writing() as session:
        account = session.get_one(Account, lone_world.account("zoe").id)
        ivy = lone_world.viewer("ivy")
        assert not actions.left_open(session, lone_world.catalogue, ivy, account, DAY0)
        assert actions.close(session, lone_world.catalogue, ivy, account, DAY0) is None
    assert not lone_world.account("zoe").active
    client, url = lone_world.browser("ivy"), f"/admin/accounts/{account.id}"
    client.send(client.read(url).form(f"{url}/reopening"))
    with lone_world.reading() as session:
        assert session.get_one(Page, account.person_id).state == "active"
