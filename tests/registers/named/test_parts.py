"""What an organisation promised and was promised stands on its page, as far as its reader may see it."""

from tests.cases import entered
from tests.page import text_of
from tests.paper_coast import Coast
from tests.world import World


def test_it_works(still_coast: Coast) -> None:
    page = still_coast.browser("ada").read(still_coast.url("O1"))
    section = page.by_id("promises-title")
    assert text_of(section).startswith("Promises of Example Province Ministry")
    assert "Pay capacity support to the Council each year" in page.main and "Disputed" in page.main
    council = still_coast.browser("ada").read(still_coast.url("O2")).main
    made, received = council.split("What it was promised")
    assert "Pay capacity support to the Council each year" in received.split("Held by one")[0]
    assert "Pay capacity support to the Council each year" not in made.split("What it promised")[-1]


def test_promises_that_the_reader_may_not_see_are_only_counted(world: World) -> None:
    orgs = {"made_by": [world.org("keel")], "made_to": [world.org("ministry")]}
    fields = {"access": "named_orgs", "access_orgs": [world.org("ministry")], "parties": [world.org("keel")]}
    rows = [{"id": "c1", "promise": "A quiet word", "kind": "task", **orgs}]
    world.page("ada", "paper-coast", "agreement", "Closed accord", {**fields, "commitments": rows}, state="active")
    at = "/directory/keel-office"
    seen, hidden = (entered(world, who).read(at).main for who in ("ada", "dan"))
    assert "A quiet word" in seen and "A quiet word" not in hidden and "Closed accord" not in hidden
    assert (
        "promised" not in entered(world, "zoe").read(at).main.lower()
        or "A quiet word" not in entered(world, "zoe").read(at).main
    )
