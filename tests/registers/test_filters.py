"""Filters in the query string: each type of field, what cannot be understood, what is nobody's business."""

from typing import Any

import pytest

from tests.registers.reading import listed, titles
from tests.world import World
from wiki.models import Page
from wiki.pages.actions import save_page
from wiki.pages.storing import content_of, current_revision


@pytest.fixture
def decisions(world: World) -> World:
    """Three decisions that differ in everything a filter can ask for."""
    ben, ada = world.account("ben").person_id, world.account("ada").person_id
    keel, council = world.org("keel"), world.org("council")
    circle = world.page("ada", "paper-coast", "terms_of_reference", "Circle")
    made: list[dict[str, Any]] = [
        {"decided_on": "2026-03-10", "decided_by": [ben], "approvers": [keel], "themes": ["data", "été"], "owner": ben},
        {"decided_on": "2026-05-20", "decided_by": [ada, circle.id], "approvers": [keel, council], "owner": ada},
        {"question": "Which 100% boat?", "themes": ["Ölpreis"], "review_due": "2026-12-24"},
    ]
    for name, fields in zip(("Spring", "Summer", "Boat"), made, strict=True):
        world.page("ada", "paper-coast", "decision", name, fields, state="accepted")
    return world


CASES = [
    ({"decided_on.from": "2026-05-01"}, {"Summer"}),
    ({"decided_on.from": "2026-03-10", "decided_on.until": "2026-03-10"}, {"Spring"}),
    ({"decided_on.until": "2026-12-31"}, {"Spring", "Summer"}),
    ({"decided_on": "-"}, {"Boat"}),
    ({"themes": "data"}, {"Spring"}),
    ({"themes": ["été", "Ölpreis"]}, {"Spring", "Boat"}),
    ({"themes": ["été", "-"]}, {"Spring", "Summer"}),
    ({"approvers": "directory/keel-office"}, {"Spring", "Summer"}),
    ({"approvers": "Placeholder Nation Council"}, {"Summer"}),
    ({"decided_by": "Circle"}, {"Summer"}),
    ({"question": "100%"}, {"Boat"}),
    ({"title": "BOA"}, {"Boat"}),
    ({"review_due.from": "2026-12-24", "review_due.until": "24 December 2026"}, {"Boat"}),
    ({"freshness": ["orphan", "overdue"]}, set()),
    ({"still_stands": "stands"}, {"Spring", "Summer", "Boat"}),
    ({"still_stands": "replaced"}, set()),
    ({"actions": "-"}, {"Spring", "Summer", "Boat"}),
    ({"created.until": "1999-01-01"}, set()),
]


def test_it_works(decisions: World) -> None:
    client = decisions.browser("ada")
    for asked, wanted in CASES:
        assert set(listed(client, "decision", **asked)) == wanted, asked


def test_a_page_is_named_by_its_number_too(decisions: World) -> None:
    client = decisions.browser("ada")
    assert listed(client, "decision", approvers=decisions.org("council")) == ["Summer"]
    assert listed(client, "decision", owner=decisions.account("ben").person_id) == ["Spring"]
    shown = client.read(f"/registers/kind/decision?approvers={decisions.org('council')}")
    assert "Had to agree: Placeholder Nation Council" in shown.main
    form = shown.form("/registers/kind/decision")
    assert form.values["approvers"] == "Placeholder Nation Council (directory/placeholder-nation-council)"
    assert titles(client.send(form)) == ["Summer"]


def test_references_in_rows_and_on_referred_pages_are_filters(world: World) -> None:
    ada, council = world.account("ada").person_id, world.org("council")
    rows = [{"id": "a1", "org": council, "part": "host"}]
    world.page("ada", "paper-coast", "meeting", "With the Council", {"attendance": rows})
    world.page("ada", "paper-coast", "meeting", "Alone")
    client = world.browser("ada")
    assert listed(client, "meeting", organisations=council) == ["With the Council"]
    assert listed(client, "meeting", organisations=world.org("keel")) == []
    role = world.page("ada", "paper-coast", "handover", "Ada goes", {"person": ada})
    with world.writing() as session:
        person = session.get_one(Page, ada)
        content = content_of(current_revision(session, person))
        content.fields["org"] = council
        save_page(session, world.catalogue, world.viewer("ivy"), person, content, person.number)
    assert listed(client, "handover", organisation=council) == [role.title]
    assert listed(client, "handover", organisation=world.org("keel")) == []


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("decided_on.from=soon", "decided_on.from", "Write a day that exists"),
        ("state=flying", "state", "not a choice here"),
        ("approvers=Nobody+at+all", "approvers", "or you may not see it"),
        ("approvers=999999", "approvers", "or you may not see it"),
        ("freshness=-", "freshness", "not a choice here"),
        ("method=guessing", "method", "not a choice here"),
    ],
)
def test_what_cannot_be_understood_is_refused_beside_its_field(
    lone_world: World, asked: str, field: str, said: str
) -> None:
    lone_world.page("ada", "paper-coast", "decision", "Boat", state="accepted")
    page = lone_world.browser("ada").read(f"/registers/kind/decision?{asked}", status=422)
    assert said in page.main
    assert titles(page) == []
    assert lone_world.browser("ada").get(f"/registers/kind/decision.csv?{asked}").status_code == 422
    if field != "state":
        assert page.by_id(field) is not None


def test_unknown_keys_are_left_out_with_a_notice(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "decision", "Boat", state="accepted")
    page = lone_world.browser("ada").read(
        "/registers/kind/decision?weather=fine&sort=-secret&sort=title;DROP+TABLE+page"
    )
    assert titles(page) == ["Boat"]
    assert "“weather”" in page.main
    assert "“-secret”" in page.main
    assert "DROP" in page.main


def test_a_hidden_page_is_as_unknown_as_a_missing_one(world: World) -> None:
    council = world.org("council")
    secret = world.page("dan", "paper-coast", "agreement", "Secret", {"access": "named_orgs", "access_orgs": [council]})
    world.page("dan", "paper-coast", "decision", "Open", {"made_under": secret.id}, state="accepted")
    assert listed(world.browser("dan"), "decision", made_under=secret.id) == ["Open"]
    ada = world.browser("ada")
    told = {
        ada.read(f"/registers/kind/decision?made_under={name}", status=422).main.replace(str(name), "…")
        for name in (secret.id, 999_999, "paper-coast/secret", "paper-coast/nothing")
    }
    assert len(told) == 1


def test_a_kind_may_have_a_field_that_is_called_like_a_parameter_of_the_register(lone_world: World) -> None:
    page = lone_world.browser("ada").read("/registers/kind/decision?f.page=3")
    assert "“f.page”" in page.main
