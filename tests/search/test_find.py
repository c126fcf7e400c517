"""One contract for both engines: what is found, in what order, and how it is shown."""

from tests.search.world import World


def test_it_works(world: World) -> None:
    world.page("Thirty days for permit notices", "Partners asked for more time to answer.")
    world.page("Water tests", "Measured every month at the tidal beaches.")
    found = world.find("permit notice")
    assert found.total == 1
    assert [hit.title for hit in found.hits] == ["Thirty days for permit notices"]
