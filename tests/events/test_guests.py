"""Guests: a form, a mail that asks back, a page of their own, an address that ends."""

from sqlalchemy import select

from tests.cases import entered, plainly_entered, send, shown
from tests.events.gathering import change, event, guest, invited_path, look_after, mails, own_path, standing, subjects
from tests.moments import Moments, moments
from tests.world import World
from wiki.models import EventSignup

__all__ = ["moments"]

FORM = {"name": "Gus Gill", "email": "Gus@Guests.example", "needs.food": "no whelks"}


def test_it_works(world: World, moments: Moments) -> None:
    page = event(world, places=5)
    where = invited_path(world, page)
    visitor = entered(world, "visitor")
    assert "Tie a knot" in visitor.read(where).main
    assert "Look in your mail" in shown(send(visitor, where, FORM)).heading
    assert standing(world, page) == {"Gus Gill": "unconfirmed"}
    (asked,) = mails(world)
    assert subjects([asked]) == [("gus", "Confirm that you want to come: Knots")]
    assert "Gus" not in asked.get_content()  # whoever typed the address may have typed a lie as the name
    with world.reading() as session:
        mine = own_path(world, session.scalars(select(EventSignup)).one())
    assert mine in asked.get_content()
    visitor.read(mine)
    assert standing(world, page) == {"Gus Gill": "unconfirmed"}  # looking confirms nothing
    assert "You are on the list" in shown(send(visitor, mine, {"do": "confirm"}, follow_redirects=True)).main
    assert subjects(mails(world)) == [("gus", "You are on the list: Knots")]
    send(visitor, where, FORM)
    assert subjects(mails(world)) == [("gus", "You have signed up before: Knots")]
    assert visitor.get(f"{mine}/event.ics").mimetype == "text/calendar"
    send(visitor, mine, {"do": "leave"})
    assert standing(world, page) == {"Gus Gill": "out"}


def test_addresses_that_were_not_made_here_lead_nowhere(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    mine, where = own_path(lone_world, guest(lone_world, page, "Gus Gill")), invited_path(lone_world, page)
    client = plainly_entered(lone_world, "visitor")
    for path in (mine, where):
        assert client.get(path).status_code == 200
        assert client.get(path[:-1] + ("0" if path[-1] != "0" else "1")).status_code == 404
    swapped = mine.replace("/mine/", "/invited/")
    assert client.get(swapped).status_code == 404
    ada = entered(lone_world, "ada")
    send(ada, f"/paper-coast/{page.slug}/signed-up/invitation", {"do": "end"})
    assert client.get(where).status_code == 404 and client.get(mine).status_code == 200


def test_guests_are_not_invited_to_what_is_for_some_only(lone_world: World, moments: Moments) -> None:
    ministry = lone_world.org("ministry")
    page = event(lone_world, access="named_orgs", access_orgs=[ministry])
    ada = entered(lone_world, "ada")
    assert "cannot be invited by an address" in ada.read(f"/paper-coast/{page.slug}/signed-up").main
    assert send(ada, f"/paper-coast/{page.slug}/signed-up/invitation").status_code == 403


def test_a_page_that_is_closed_later_tells_guests_nothing_more(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    mine, where = own_path(lone_world, guest(lone_world, page, "Gus Gill")), invited_path(lone_world, page)
    change(lone_world, page, access="named_orgs", access_orgs=[lone_world.org("ministry")], place="The secret cove")
    client = plainly_entered(lone_world, "visitor")
    assert [client.get(path).status_code for path in (mine, where, f"{mine}/event.ics")] == [404, 404, 404]
    look_after(lone_world)
    assert mails(lone_world) == []


def test_a_form_that_is_not_filled_is_shown_again(lone_world: World, moments: Moments) -> None:
    where = invited_path(lone_world, event(lone_world))
    client = entered(lone_world, "visitor")
    answer = send(client, where, {"name": "", "email": "gus@nowhere@example", "needs.food": "no whelks"})
    assert answer.status_code == 422 and 'value="no whelks"' in answer.text
    assert "Say your name" in answer.text and mails(lone_world) == []


def test_a_form_does_not_send_mail_after_mail(lone_world: World, moments: Moments) -> None:
    where = invited_path(lone_world, event(lone_world))
    client = entered(lone_world, "visitor")
    statuses = [send(client, where, FORM).status_code for _each in range(6)]
    assert statuses == [200, 200, 200, 200, 429, 429]


def test_visitors_of_a_public_event_sign_up_on_its_page(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, who="founder", access="public", owner=lone_world.viewer("ada").person_id)
    client = entered(lone_world, "visitor")
    assert "/sign-up" in client.get(f"/paper-coast/{page.slug}").text
    assert "Look in your mail" in shown(send(client, f"/paper-coast/{page.slug}/sign-up", FORM)).heading
    assert len(mails(lone_world)) == 1
    assert client.get(f"/paper-coast/{page.slug}/signed-up").status_code in (401, 403)
