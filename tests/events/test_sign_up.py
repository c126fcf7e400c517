"""Signing up: a place or the waiting list, one's own needs, leaving until the day."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send, shown
from tests.events.gathering import DAY, change, event, guest, leave, look_after, sign_up, standing, today
from tests.moments import Moments, moments
from tests.world import World
from wiki.errors import Forbidden, Invalid
from wiki.events import signing, turns
from wiki.events.turns import move_up, take_place
from wiki.models import Event, EventSignup

__all__ = ["moments"]


def test_it_works(world: World, moments: Moments) -> None:
    page = event(world, places=1)
    with world.browser("ben") as ben:
        told = shown(send(ben, f"/paper-coast/{page.slug}/sign-up", follow_redirects=True))
        assert "You are on the list" in told.main
    with world.browser("dan") as dan:
        assert "1 of 1 places taken" in dan.read(f"/paper-coast/{page.slug}").main
        told = shown(send(dan, f"/paper-coast/{page.slug}/sign-up", follow_redirects=True))
        assert "You are number 1 on the waiting list" in told.main
        send(dan, f"/paper-coast/{page.slug}/sign-up")  # twice is once
    assert standing(world, page) == {"Ben Optima": "in", "Dan Corbel": "waiting"}
    with world.browser("ben") as ben:
        send(ben, f"/paper-coast/{page.slug}/sign-up", {"do": "leave"})
        assert "You are on the list" not in ben.read(f"/paper-coast/{page.slug}").main
    assert standing(world, page) == {"Ben Optima": "out", "Dan Corbel": "in"}


def test_a_closed_event_is_not_there_for_strangers(lone_world: World, moments: Moments) -> None:
    page = ministry_page(lone_world, "event", "Knots", fields={"dates": {"from": DAY, "until": DAY}}, state="open")
    for rest in ("sign-up", "event.ics", "feedback"):
        url = f"/paper-coast/{page.slug}/{rest}"
        assert answers(lone_world, lambda client, url=url: client.get(url)) == {
            "visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200
        }  # fmt: skip
    signing_up = answers(lone_world, lambda client: send(client, f"/paper-coast/{page.slug}/sign-up"))
    assert signing_up == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 303, "ada": 303}


def test_nobody_signs_up_when_it_is_not_open(lone_world: World, moments: Moments) -> None:
    for state, fields in (
        ("idea", {}),
        ("planned", {}),
        ("held", {}),
        ("cancelled", {}),
        ("open", {"sign_up_by": "2026-11-20"}),
        ("open", {"dates": {"from": "2026-11-20", "until": "2026-11-22"}}),
    ):
        page = event(lone_world, title=f"Knots {state} {len(str(fields))}", state=state, **fields)
        with pytest.raises(Invalid):
            sign_up(lone_world, "ben", page)
        assert "Sign up" not in entered(lone_world, "ben").read(f"/paper-coast/{page.slug}").main.replace(
            "Sign up by", ""
        )


def test_people_leave_until_the_day_and_not_after_it(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    first, second = sign_up(lone_world, "ben", page), sign_up(lone_world, "dan", page)
    moments.pass_by(days=17)
    leave(lone_world, first)
    moments.pass_by(days=1)
    with pytest.raises(Forbidden):
        leave(lone_world, second)
    assert standing(lone_world, page) == {"Ben Optima": "out", "Dan Corbel": "in"}


def test_only_hosts_read_what_somebody_needs(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    guest(lone_world, page, "Gus Gill", **{"needs.food": "no whelks"})
    with lone_world.browser("ben") as ben:
        send(ben, f"/paper-coast/{page.slug}/sign-up")
        send(
            ben, f"/paper-coast/{page.slug}/sign-up", {"do": "needs", "needs.access": "a ramp, please", "named": "yes"}
        )
    url = f"/paper-coast/{page.slug}/signed-up"
    assert answers(lone_world, lambda client: client.get(url)) == {
        "visitor": 401, "zoe": 404, "dan": 403, "ben": 403, "ada": 200
    }  # fmt: skip
    ada = entered(lone_world, "ada")
    assert "a ramp, please" in ada.read(url).main and "no whelks" in ada.get(f"{url}.csv").text
    for who in ("dan", "hal", "ivy"):
        client = entered(lone_world, who)
        for path in (page.slug, f"{page.slug}.md", f"{page.slug}/history", f"{page.slug}/sign-up", "changes"):
            text = client.get(f"/paper-coast/{path}").text
            assert "a ramp" not in text and "whelks" not in text and "gus@" not in text
    with lone_world.reading() as session:
        logged = session.scalars(select(Event).where(Event.verb.startswith("event.")))
        assert {(one.actor_id, one.actor_name) for one in logged} == {(None, "")}


def test_only_who_agrees_is_named(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    for who in ("ben", "dan"):
        sign_up(lone_world, who, page)
    with lone_world.browser("ben") as ben:
        send(ben, f"/paper-coast/{page.slug}/sign-up", {"do": "needs", "named": "yes"})
    main = entered(lone_world, "hal").read(f"/paper-coast/{page.slug}").main
    assert "Ben Optima and 1 more" in main and "Dan Corbel" not in main


def test_more_places_are_given_to_who_waits_longest(lone_world: World, moments: Moments) -> None:
    page = event(lone_world, places=1)
    for who in ("ben", "dan", "hal"):
        moments.pass_by(minutes=1)
        sign_up(lone_world, who, page)
    change(lone_world, page, places=2)
    assert look_after(lone_world) == 1
    assert standing(lone_world, page) == {"Ben Optima": "in", "Dan Corbel": "in", "Hal Calibri": "waiting"}
    assert look_after(lone_world) == 0


def test_of_two_who_take_the_last_place_at_once_one_has_it(world: World) -> None:
    far = (today(world) + timedelta(days=30)).isoformat()
    page = event(world, places=1, dates={"from": far, "until": far})
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda who: sign_up(world, who, page), ("ada", "ben", "dan", "hal")))
    assert sorted(standing(world, page).values()) == ["in", "waiting", "waiting", "waiting"]


Step = tuple[str, int]
STEPS = st.lists(st.tuples(st.sampled_from(("come", "leave", "places")), st.integers(0, 7)), max_size=25)


class Oracle:
    """The waiting list as one would keep it on paper."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.coming: list[int] = []
        self.waiting: list[int] = []

    def step(self, what: str, who: int) -> None:
        if what == "places":
            self.places = who
        elif what == "come" and who not in self.coming + self.waiting:
            self.fill()
            (self.coming if len(self.coming) < self.places and not self.waiting else self.waiting).append(who)
        elif what == "leave":
            self.coming, self.waiting = [o for o in self.coming if o != who], [o for o in self.waiting if o != who]
        self.fill()

    def fill(self) -> None:
        while self.waiting and len(self.coming) < self.places:
            self.coming.append(self.waiting.pop(0))


def test_the_waiting_list_is_the_one_on_paper(lone_world: World) -> None:
    """Whatever people do in whatever order; each run is undone at its end."""
    page = event(lone_world, title="A long list", places=0)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.integers(0, 3), STEPS)
    def run(places: int, steps: Sequence[Step]) -> None:
        paper = Oracle(places)
        session = lone_world.database.write()
        try:
            stored: dict[int, EventSignup] = {}
            for what, who in steps:
                paper.step(what, who)
                signup = stored.get(who)
                if what == "places":
                    places = who
                elif what == "come" and (signup is None or signup.status == turns.OUT):
                    if signup is None:
                        signup = stored[who] = signing.new_signup(page.id, str(who))
                        session.add(signup)
                    take_place(session, signup, places)
                elif what == "leave" and signup is not None:
                    signup.status = turns.OUT
                    session.flush()
                move_up(session, page.id, places)
                coming = {who for who, one in stored.items() if one.status == turns.IN}
                waiting = [int(one.name) for one in turns.queue(session, page.id)]
                assert (coming, waiting) == (set(paper.coming), paper.waiting)
        finally:
            session.rollback()
            session.close()

    run()
