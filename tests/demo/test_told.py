"""The demo says what its story tells: states, owners, agreement, readings and every value that somebody counts on."""

from typing import Any

import pytest

from tests.demo.conftest import Pages
from tests.demo.told_values import AGREED, ALL_FIVE, MEASURES, OWNERS, STATES, VALUES
from wiki.demo.read import DemoPage


def value(page: DemoPage, path: str) -> Any:
    """What stands at `field`, `field/part`, `table/row` or `table/row/column`."""
    found: Any = page.fields
    table = ""
    for part in path.split("/"):
        found = page.row(table, part) if isinstance(found, list) else found.get(part)
        table = part
    return found


def test_it_works(pages: Pages) -> None:
    assert {name: page.state for name, page in pages.items()} == STATES


@pytest.mark.parametrize(("name", "path"), VALUES)
def test_a_value_is_as_told(pages: Pages, name: str, path: str) -> None:
    expected, found = VALUES[name, path], value(pages[name], path)
    if isinstance(expected, dict) and isinstance(found, dict) and "id" in found:
        found = {key: found.get(key) for key in expected}
    assert found == expected


def test_pages_are_kept_by_those_who_are_told(pages: Pages) -> None:
    found = {name: page.fields.get("owner") for name, page in pages.items() if name.startswith("P")}
    assert found == {name: OWNERS.get(name, "U8") for name in found}


def test_joint_pages_are_agreed(pages: Pages) -> None:
    for name, page in pages.items():
        if page.rows("endorsements"):
            agreed = [row["org"] for row in page.rows("endorsements") if row["answer"] == "agreed"]
            assert agreed == AGREED.get(name, ALL_FIVE), name


def test_measures_have_the_readings_that_are_told(pages: Pages) -> None:
    for name, readings in MEASURES.items():
        assert [(row["on"], row["value"]) for row in pages[name].rows("readings")] == readings
        assert pages[name].fields["baseline_on"] == "D-400"
        assert pages[name].fields["target_on"] == "D+330"
        assert pages[name].fields["tolerance"] == 10
        assert pages[name].fields["access"] == "public"
    assert [(pages[name].fields["baseline"], pages[name].fields["target"]) for name in MEASURES] == [
        (58, 85),
        (6, 40),
        (10, 75),
        (2.9, 4.0),
    ]


def test_the_relationship_scores_of_the_second_quarter(pages: Pages) -> None:
    scores = {row["org"]: row["score"] for row in pages["P19"].rows("relationship_check")}
    assert scores == {"O1": 4, "O2": 3, "O3": 4, "O4": 4, "O5": 4}


def test_four_options_were_weighed_and_the_municipality_saw_it_differently(pages: Pages) -> None:
    options = [row["option"].split(",")[0] for row in pages["P24"].rows("options")]
    assert options == ["Ten days", "Twenty days", "Thirty working days", "Case by case"]
    assert "Municipality feared delays" in pages["P24"].fields["disagreement"]


def test_the_role_has_been_relieved_of_two_reports(pages: Pages) -> None:
    role = pages["P32"]
    stopped = [row["task"] for row in role.rows("responsibilities") if row["change"] == "stop"]
    assert len(stopped) == 2
    assert [row["behaviour"] for row in role.rows("competencies")] == ["b10", "b13", "b15", "b08"]
    assert [row["person"] for row in role.rows("holders")] == ["U3", "U2"]
    assert {row["who"] for row in role.rows("relationships_held")} == {"U4", "U6"}
    shares = [row["share"] for row in role.rows("responsibilities") if row["collaborative"] == "yes"]
    assert sum(shares) == role.fields["time_share"]


def test_the_path_leads_through_five_pages_a_person_a_try_and_a_question(pages: Pages) -> None:
    steps = pages["P35"].rows("steps")
    assert [row["page"] for row in steps if row["kind"] == "read"] == ["P34", "P05", "O2", "P24", "P10"]
    assert [row["kind"] for row in steps[5:]] == ["meet", "try", "answer"]
    assert steps[6]["page"] == "P39"
