"""A role may keep pages and hold rows: whoever holds it now has all of it, and no page is touched when its holder changes."""

from typing import Any

from tests.holdings.oracle import TODAY
from tests.holdings.test_footprint import footprint_of, people_of
from tests.moments import Moments
from tests.world import World
from wiki.facts.roles import holders
from wiki.models import Page
from wiki.notices.watching import keepers
from wiki.pages.actions import save_page
from wiki.pages.guards import is_owner
from wiki.pages.storing import content_of, current_revision


def keeper_of_tides(world: World, rows: list[dict[str, Any]]) -> Page:
    holding = [{"id": f"ho{n}", **row} for n, row in enumerate(rows)]
    return world.page("ada", "paper-coast", "role", "Tide keeper", {"holders": holding}, state="in_use")


def kept_by_role(world: World, role: Page) -> tuple[Page, Page]:
    """A page that the role keeps right and whose look is late, and one with an action of it."""
    fields = {"owner": role.id, "review_every": "monthly", "review_due": "2026-11-01"}
    kept = world.page("hal", "paper-coast", "article", "Tide tables", fields)
    row = {"id": "a1", "what": "Ring the bell", "responsible": role.id, "due": "2026-11-20", "status": "open"}
    promise = {"id": "c1", "promise": "Ring it each day", "responsible": role.id, "status": "on_track"}
    fields = {"actions": [row], "commitments": [promise]}
    return kept, world.page("hal", "paper-coast", "meeting", "Spring meeting", fields)


def hand_role(world: World, role: Page, holding: list[dict[str, Any]]) -> None:
    with world.writing() as session:
        page = session.get_one(Page, role.id)
        content = content_of(current_revision(session, page))
        content.fields["holders"] = holding
        save_page(session, world.catalogue, world.viewer("hal"), page, content, page.number)


def has(world: World, who: str, page: Page) -> tuple[bool, set[str], str, bool]:
    """Whether somebody keeps the page right, what they hold through a role, their work, whether they are told of the page."""
    viewer = world.viewer(who)
    with world.reading() as session:
        owns = is_owner(session, viewer, session.get_one(Page, page.id))
        told = viewer.account_id in keepers(session, page.id)
    through = {one.text for one in footprint_of(world, viewer.person_id or 0) if one.through is not None}
    return owns, through, world.browser(who).read("/registers/actions?scope=mine").main, told


def test_it_works(world: World, moments: Moments) -> None:
    people = people_of(world)
    role = keeper_of_tides(world, [{"person": people["ada"], "from": "2026-01-01"}])
    kept, meeting = kept_by_role(world, role)
    owns, through, actions, told = has(world, "ada", kept)
    assert (owns, through, told) == (True, {"Tide tables", "Ring the bell", "Ring it each day"}, True)
    assert "Tide keeper (now: Ada Verdana)" in actions
    assert {"Tide tables", "Ring the bell"} <= mine(world, "ada")
    assert not has(world, "dan", kept)[0] and not mine(world, "dan")


def mine(world: World, who: str) -> set[str]:
    text = world.browser(who).get("/registers/mine.csv").text
    return {said for said in ("Tide tables", "Ring the bell") if said in text}


def test_a_new_holder_has_everything_at_once(world: World, moments: Moments) -> None:
    people = people_of(world)
    role = keeper_of_tides(world, [{"person": people["ada"], "from": "2026-01-01"}])
    kept, meeting = kept_by_role(world, role)
    rows = [
        {"id": "ho0", "person": people["ada"], "from": "2026-01-01", "to": "2026-11-20"},
        {"id": "ho1", "person": people["dan"], "from": "2026-11-21"},
    ]
    hand_role(world, role, rows)
    assert has(world, "ada", kept)[:2] == (False, set()) and not mine(world, "ada")
    owns, through, actions, told = has(world, "dan", kept)
    assert (owns, len(through), told) == (True, 3, True)
    assert "Tide keeper (now: Dan Corbel)" in actions
    with world.reading() as session:
        assert [session.get_one(Page, page.id).number for page in (kept, meeting)] == [1, 1]
    assert "Kept right by Tide keeper (now: Dan Corbel)" in world.browser("dan").read("/paper-coast/tide-tables").main


def test_days_decide_who_holds_it(world: World) -> None:
    people = people_of(world)
    rows = [
        {"person": people["ada"], "to": TODAY.isoformat()},
        {"person": people["ben"], "from": "2026-11-22"},
        {"person": people["dan"], "from": "2026-11-21", "to": "2026-12-01"},
        {"person": people["hal"], "from": "2020-01-01", "to": "2026-11-20"},
    ]
    role = keeper_of_tides(world, rows)
    other = world.page("ada", "paper-coast", "role", "Old post", {"holders": [{"id": "h", "person": people["ada"]}]})
    with world.writing() as session:
        session.get_one(Page, other.id).over = "retired"
    with world.reading() as session:
        assert holders(session, [role.id, other.id], TODAY) == {role.id: [people["ada"], people["dan"]]}


def test_a_role_that_nobody_holds_keeps_nothing_right(world: World, moments: Moments) -> None:
    role = keeper_of_tides(world, [{"person": people_of(world)["ada"], "to": "2026-11-01"}])
    kept_by_role(world, role)
    hal = world.browser("hal")
    reviews = hal.read("/registers/reviews?status=orphan").main
    assert "Tide tables" in reviews and "Ring the bell" in reviews and "Ring it each day" in reviews
    assert "Holder left" in hal.read("/registers/actions?status=holder_left,overdue").main or "Overdue" in reviews
    assert "nobody_keeps_it" in hal.get("/registers/commitments.csv").text


def test_who_may_not_know_of_a_person_is_not_told_that_they_hold_a_role(world: World, moments: Moments) -> None:
    people = people_of(world)
    council = world.org("council")
    fields = {"access": "steward_only", "steward_org": council, "org": council}
    secret = world.page("dan", "paper-coast", "person", "Ottilie Sablé", fields)
    role = keeper_of_tides(world, [{"person": secret.id}, {"person": people["ada"]}])
    kept_by_role(world, role)
    for url in ("/registers/actions", "/registers/actions.csv", "/paper-coast/tide-tables", "/registers/people.csv"):
        assert "Ottilie" not in world.browser("ada").get(url).text
    assert "Ottilie" in world.browser("dan").get("/registers/actions").text
