"""What somebody may not read shows in no step, count, file, feed or answer of a path."""

import pytest

from tests.api.programs import program
from tests.cases import entered
from tests.paper_coast import Coast
from tests.paths.walking import PATH, arrive, save, walk_of
from tests.registers.named.reading import file_of

TITLE = "D-0009"


def test_it_works(coast: Coast) -> None:
    """A step whose page the newcomer may not open is no step for them, whoever looks."""
    save(coast, "hal", "P24", access="named_orgs", access_orgs=[coast.named("O5").id])
    ada = entered(coast, "ada")
    for url in (PATH, f"{PATH}/path", f"{PATH}/path/people", "/paths", "/", "/registers/onboarding.atom"):
        assert TITLE not in ada.get(url, follow_redirects=True).text, url
    assert TITLE not in program(coast, "ada").call("GET", "/enrolments/1").text
    for who in ("ada", "ivy", "hal"):
        walk = walk_of(coast, who)
        assert (walk.total, [step.row_id for step in walk.steps if step.row_id == "st4"]) == (7, []), who
    (line,) = file_of(ada, "onboarding")
    assert line["steps_needed"] == "7"
    assert ada.post(f"{PATH}/path/1/steps/st4", data={"do": "done"}).status_code in (400, 403, 404)


def test_a_buddy_meets_no_title_that_they_may_not_see(lone_coast: Coast) -> None:
    """The newcomer may read it, the buddy may not: they see that there is a step, and how it stands."""
    save(lone_coast, "hal", "P35", steps=[
        {"id": "st1", "kind": "read", "page": lone_coast.named("P24").id, "why": "Why thirty days"},
        {"id": "st2", "kind": "read", "page": lone_coast.named("P05").id},
        {"id": "st3", "kind": "read", "page": lone_coast.named("P34").id},
    ])  # fmt: skip
    gia = lone_coast.named("U7").id
    ada = entered(lone_coast, "ada")
    ada.send(ada.read(f"{PATH}/path/1/change").form(having="buddy"), {"buddy": "Gia Lucida"})
    save(
        lone_coast,
        "hal",
        "P24",
        access="named_orgs",
        access_orgs=[lone_coast.named("O1").id, lone_coast.named("O5").id],
    )
    page = entered(lone_coast, "gia").read(f"{PATH}/path/1").main
    assert TITLE not in page
    assert "Why thirty days" not in page
    assert "A page that is not visible to you" in page
    assert walk_of(lone_coast, "ada").step("st1") is not None
    assert walk_of(lone_coast, "gia").buddy.id == gia


@pytest.mark.parametrize("who", ["zoe", "dan"])
def test_a_path_that_one_may_not_read_has_nobody_on_it(lone_coast: Coast, who: str) -> None:
    save(
        lone_coast,
        "hal",
        "P35",
        access="named_orgs",
        access_orgs=[lone_coast.named("O1").id, lone_coast.named("O5").id],
    )
    if who == "zoe":
        arrive(lone_coast, "zoe", "Zoe Rockwell", "O4")
    client = entered(lone_coast, who)
    for url in (f"{PATH}/path", f"{PATH}/path/people", f"{PATH}/path/1", f"{PATH}/enrol"):
        assert client.get(url).status_code == 404, url
    assert file_of(client, "onboarding") == []
    assert "Ada" not in client.read("/paths").main
