"""Decisions are numbered when they are made, within their partnership or space."""

from typing import Any

from tests.cases import act, entered, send, stored
from tests.world import World
from wiki.pages import actions


def number(world: World, title: str, **fields: Any) -> str:
    page = world.page("ada", "paper-coast", "decision", title, {"question": "?", **fields})
    return str(stored(world, page.slug).fields["number"])


def test_it_works(world: World) -> None:
    assert [number(world, title) for title in ("A", "B")] == ["D-0001", "D-0002"]


def test_each_partnership_counts_for_itself(world: World) -> None:
    one, two = (world.page("ada", "paper-coast", "partnership", title) for title in ("Pier", "Reef"))
    given = [number(world, f"A{n}", partnership=p.id) for n, p in enumerate((one, two, one))]
    assert given == ["D-0001", "D-0001", "D-0002"]
    assert number(world, "Of none") == "D-0001"


def test_the_number_of_a_deleted_page_is_not_given_again(world: World) -> None:
    number(world, "A")
    number(world, "B")
    hal = world.viewer("hal")
    act(world, "hal", "paper-coast", "b", "delete", lambda s, f: actions.delete_page(s, hal, f.page, "Wrong"))
    assert number(world, "C") == "D-0003"


def test_a_number_that_was_written_by_hand_stays(world: World) -> None:
    assert number(world, "A", number="D-0041") == "D-0041"
    assert number(world, "B") == "D-0042"


def test_a_page_that_becomes_a_decision_gets_a_number(world: World) -> None:
    number(world, "A")
    world.page("ada", "paper-coast", "article", "Tides", body="We anchor in the bay.")
    assert send(entered(world, "ada"), "/paper-coast/tides/kind", {"kind": "decision"}).status_code == 303
    assert stored(world, "tides").fields["number"] == "D-0002"
