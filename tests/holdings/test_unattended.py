"""Nothing without an active holder goes unseen: in the reviews, and once a day in a notice to coordinators."""

import csv
from io import StringIO
from typing import Any

from sqlalchemy import select, update

from tests.cases import send
from tests.holdings.test_footprint import edit, people_of
from tests.moments import Moments
from tests.statements import Statements
from tests.world import World
from wiki.holdings.telling import teller
from wiki.models import Account, Notice, Page

ORPHANS = "/registers/reviews.csv?status=orphan"


def lines(world: World, who: str, url: str) -> list[dict[str, str]]:
    """The lines of a register's file."""
    return list(csv.DictReader(StringIO(world.browser(who).get(url).text.lstrip("\ufeff"))))


def whys(world: World, who: str = "hal") -> dict[str, str]:
    return {line["page"]: line["why"] for line in lines(world, who, ORPHANS)}


def gone(world: World, who: str) -> None:
    with world.writing() as session:
        session.execute(update(Page).where(Page.id == world.viewer(who).person_id).values(state="left"))


def with_everything(world: World) -> None:
    """A page, an action, a risk, a group and a measure of Ben's, and a promise of nobody's."""
    ben, hal = people_of(world)["ben"], people_of(world)["hal"]
    action = {"id": "a1", "what": "Ring the bell", "responsible": ben, "status": "open"}
    done = {"id": "a2", "what": "Paint it", "responsible": ben, "status": "done"}
    promise = {"id": "c1", "promise": "Ring it each day", "status": "on_track"}
    fields = {"owner": hal, "actions": [action, done], "commitments": [promise]}
    world.page("hal", "paper-coast", "meeting", "Spring meeting", fields)
    world.page("hal", "paper-coast", "article", "Tide tables", {"owner": ben})
    world.page("hal", "paper-coast", "terms_of_reference", "Circle", {"owner": hal, "chair": [ben, hal]})
    world.page("hal", "paper-coast", "measure", "Bells heard", {"owner": hal, "collected_by": [ben]}, state="retired")


def test_it_works(world: World, moments: Moments) -> None:
    with_everything(world)
    assert whys(world) == {"Ring it each day": "Nobody is named for it"}
    gone(world, "ben")
    assert whys(world) == {
        "Ring it each day": "Nobody is named for it",
        "Ring the bell": "Whoever held it is not there any more",
        "Circle": "Whoever held it is not there any more",
        "Tide tables": "Nobody keeps it right",
    }
    heard = Statements(world.database)
    client = world.browser("hal")
    client.get("/registers/reviews")
    assert len(heard.during(lambda: client.get("/registers/reviews"))) <= 6


def test_an_action_without_a_holder_is_handed_on_from_the_list(world: World, moments: Moments) -> None:
    with_everything(world)
    gone(world, "ben")
    hal = world.browser("hal")
    page = hal.read("/registers/reviews?status=orphan")
    acts = [link.get("href", "") for link in page.all("a") if "/hand-on?" in link.get("href", "")]
    ring = next(href for href in acts if ".a1" in href)
    assert len(acts) == 2, "the action and the promise"
    row = ring.partition("row=")[2].partition("&")[0]
    send(hal, "/registers/reviews/hand-on", {"row": row, "person": "Ada Verdana"})
    assert "Ring the bell" not in whys(world)


def test_somebody_whose_account_is_closed_holds_nothing_any_more(world: World, moments: Moments) -> None:
    with_everything(world)
    with world.writing() as session:
        session.execute(update(Account).where(Account.id == world.account("ben").id).values(active=False))
    assert {"Ring the bell", "Circle", "Tide tables"} <= whys(world).keys()


def test_who_may_not_read_it_is_not_told_of_it(world: World, moments: Moments) -> None:
    secret = {"access": "named_orgs", "access_orgs": [world.org("keel")], "owner": people_of(world)["ben"]}
    row = {"id": "a1", "what": "Open the vault", "responsible": people_of(world)["ben"], "status": "open"}
    world.page("hal", "paper-coast", "meeting", "Vault", {**secret, "actions": [row]})
    gone(world, "ben")
    assert {"Vault", "Open the vault"} <= whys(world).keys()
    assert not whys(world, "dan").keys() & {"Vault", "Open the vault"}


def handed_to_caretaker(world: World) -> None:
    """A closed note without a successor: Ben's things are with Ada until somebody is found."""
    ben, ada = people_of(world)["ben"], people_of(world)["ada"]
    kept = world.page("hal", "paper-coast", "article", "Tide tables", {"owner": ada, "review_every": "never"})
    late = {"owner": ada, "review_every": "monthly", "review_due": "2026-11-01"}
    late_page = world.page("hal", "paper-coast", "article", "Bell rules", late)
    action = {"id": "a1", "what": "Ring the bell", "responsible": ada, "status": "open"}
    meeting = world.page("hal", "paper-coast", "meeting", "Spring meeting", {"actions": [action]})
    items = [
        {"id": f"i{n}", "item": item, "status": "accepted", "accepted_by": ada, "caretaker": "yes"}
        for n, item in enumerate(({"page": kept.id}, {"page": late_page.id}, {"page": meeting.id, "row": "a1"}))
    ]
    fields = {"person": ben, "manager": ada, "items": items, "owner": people_of(world)["hal"]}
    world.page("hal", "paper-coast", "handover", "Ben leaves", fields, state="closed")


def flagged(world: World) -> dict[str, str]:
    """What is marked as with a caretaker: its status."""
    found = lines(world, "hal", "/registers/reviews.csv")
    return {line["page"]: line["status"] for line in found if "caretaker" in line["flags"]}


def test_what_a_caretaker_has_says_so_until_somebody_else_has_it(world: World, moments: Moments) -> None:
    handed_to_caretaker(world)
    assert flagged(world) == {"Tide tables": "caretaker", "Bell rules": "overdue", "Ring the bell": "caretaker"}
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.title == "Tide tables")).one()
    edit(world, page, {"owner": people_of(world)["dan"]})
    assert flagged(world).keys() == {"Bell rules", "Ring the bell"}


def notices(world: World) -> list[tuple[int, dict[str, Any]]]:
    with world.reading() as session:
        found = session.scalars(select(Notice).where(Notice.reason == "unattended").order_by(Notice.id))
        return [(one.account_id, one.words) for one in found]


def test_coordinators_hear_of_it_once_a_day_and_only_of_what_is_new(world: World, moments: Moments) -> None:
    hal = world.account("hal").id
    tell = teller(world.database, world.settings, world.catalogue)
    assert tell() == 0 and notices(world) == []
    with_everything(world)
    assert tell() == 0, "it has looked today"
    moments.pass_by(days=1)
    assert tell() == 1
    assert notices(world) == [(hal, {"new": "1", "all": "1"})]
    assert teller(world.database, world.settings, world.catalogue)() == 0, "another process looks in vain"
    moments.pass_by(days=1)
    assert tell() == 0, "nothing is new"
    gone(world, "ben")
    moments.pass_by(days=1)
    assert tell() == 1
    assert notices(world)[-1] == (hal, {"new": "3", "all": "4"})
    assert "New without anybody who looks after it: 3 (4 in all)" in world.browser("hal").read("/inbox").main
