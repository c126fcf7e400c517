"""An orientation page goes out of date by itself, and whoever says that it is right again has settled it."""

from datetime import date, timedelta

import pytest

from tests.cases import act
from tests.paper_coast import DAY0, NOON, Coast
from tests.paths.walking import save
from wiki import clock
from wiki.kinds import Content
from wiki.models import Page
from wiki.orientation.aging import outdate
from wiki.pages import actions as pages


def look(coast: Coast, today: date) -> int:
    hal = coast.viewer("hal")
    with coast.writing() as session:
        return outdate(session, coast.catalogue, hal, today)


def replace_decision(coast: Coast) -> None:
    """A new decision takes the place of D-0009, which the orientation page links to."""
    hal, old = coast.viewer("hal"), coast.named("P24")
    with coast.writing() as session:
        now = session.get_one(Page, old.id)
        fields = pages.content_at(session, now, now.number).fields
        kept = {key: value for key, value in fields.items() if key not in ("number", "twin", "actions")}
        content = Content("Forty working days to answer", "", {**kept, "supersedes": [old.id]})
        pages.create_page(
            session,
            coast.catalogue,
            hal,
            coast.space("paper-coast"),
            coast.catalogue["decision"],
            content,
            state="proposed",
        )
    act(
        coast,
        "hal",
        "paper-coast",
        "forty-working-days-to-answer",
        "edit",
        lambda s, f: pages.change_state(s, coast.catalogue, hal, f, "accepted", "Agreed"),
    )


def test_it_works(coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A linked decision is replaced: the page is out of date in the same request, and says why without naming the other."""
    assert look(coast, DAY0) == 0
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(minutes=5))
    replace_decision(coast)
    page = coast.named("P34")
    assert page.state == "out_of_date"
    shown = coast.browser("ada").read(coast.url("P34", "/history")).main
    assert "A page that it leads to was replaced after the partners checked it" in shown


def test_who_says_that_it_is_right_again_has_settled_it(lone_coast: Coast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(minutes=5))
    replace_decision(lone_coast)
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(minutes=6))
    hal = lone_coast.viewer("hal")
    slug = lone_coast.named("P34").slug
    act(
        lone_coast,
        "hal",
        "paper-coast",
        slug,
        "edit",
        lambda s, f: pages.change_state(s, lone_coast.catalogue, hal, f, "current"),
    )
    assert look(lone_coast, DAY0) == 0
    assert lone_coast.named("P34").state == "current"


@pytest.mark.parametrize(("days", "moved"), [(280, 0), (310, 1)])
def test_a_check_holds_for_a_year(lone_coast: Coast, monkeypatch: pytest.MonkeyPatch, days: int, moved: int) -> None:
    """The demo's partners checked it 80 days before it was loaded."""
    monkeypatch.setattr(clock, "_now", lambda: NOON + timedelta(days=days))
    assert look(lone_coast, DAY0 + timedelta(days=days)) == moved
    assert look(lone_coast, DAY0 + timedelta(days=days)) == 0


def test_a_page_that_is_replaced_and_not_linked_changes_nothing(lone_coast: Coast) -> None:
    save(lone_coast, "ben", "P34", body="\n")
    before = lone_coast.named("P34").number
    assert look(lone_coast, DAY0) == 0
    assert lone_coast.named("P34").number == before
