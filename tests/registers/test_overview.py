"""The list of all registers."""

from tests.world import World


def test_it_works(world: World) -> None:
    for title in ("Tides", "Boats"):
        world.page("ada", "paper-coast", "lesson", title)
    page = world.browser("ben").read("/registers")
    assert page.heading == "Registers"
    assert "Lessons learned 2 " in page.main
    assert page.links()["Lessons learned"] == "/registers/kind/lesson"
    assert "Lessons learned 0 " in world.browser("zoe").read("/registers").main


def test_it_can_be_that_of_one_space(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "lesson", "Tides")
    lone_world.page("ada", "commons", "lesson", "Boats")
    client = lone_world.browser("ada")
    page = client.read("/registers?space=commons")
    assert page.heading == "Registers of Commons"
    assert "Lessons learned 1 " in page.main
    assert page.links()["Lessons learned"].endswith("space=commons")


def test_a_hidden_space_is_as_unknown_as_a_missing_one(lone_world: World) -> None:
    client = lone_world.browser("zoe")
    for address in ("/registers", "/registers/kind/lesson", "/registers/kind/lesson.csv"):
        answers = {client.get(f"{address}?space={space}").status_code for space in ("paper-coast", "nowhere")}
        assert answers == {404}
    visitor = lone_world.browser()
    assert {visitor.get(f"/registers?space={space}").status_code for space in ("paper-coast", "nowhere")} == {401}
