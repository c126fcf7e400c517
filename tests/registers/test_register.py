"""The register of one kind: what it lists, how it opens, how it is paged."""

from datetime import UTC, datetime, timedelta

from tests.registers.reading import cells, listed, states, titles
from tests.world import World


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Look before you leap", "type": "worked_well"})
    page = world.browser("ben").read("/registers/kind/lesson?space=paper-coast")
    assert page.heading == "Lessons learned"
    assert titles(page) == ["Tides"]
    assert cells(page, "Tides") | {"The lesson in one sentence": "Look before you leap", "State": "Captured"} == cells(
        page, "Tides"
    )
    assert page.links()["Tides"] == "/paper-coast/tides"


def test_it_opens_on_what_its_definition_says_and_shows_all_when_asked(world: World) -> None:
    for state in ("draft", "proposed", "accepted", "superseded"):
        world.page("ada", "paper-coast", "decision", state.title(), state=state)
    client = world.browser("ada")
    page = client.read("/registers/kind/decision")
    assert sorted(titles(page)) == ["Accepted", "Proposed"]
    assert states(page) == {"All": 4, "Draft": 1, "Proposed": 1, "Accepted": 1, "Superseded": 1}
    everything = next(link for link in page.links() if link.startswith("All "))
    assert len(titles(client.read(page.links()[everything]))) == 4
    assert titles(client.read("/registers/kind/decision?state=draft")) == ["Draft"]
    assert sorted(titles(client.read("/registers/kind/decision?state=draft&state=superseded"))) == [
        "Draft",
        "Superseded",
    ]


def test_another_filter_leaves_the_opening_state_as_it_is(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "decision", "Old", {"themes": ["data"]}, state="superseded")
    lone_world.page("ada", "paper-coast", "decision", "New", {"themes": ["data"]}, state="accepted")
    client = lone_world.browser("ada")
    assert listed(client, "decision", themes="data") == ["New"]
    assert sorted(listed(client, "decision", themes="data", show="all")) == ["New", "Old"]


def test_it_comes_in_pages_of_fifty(lone_world: World) -> None:
    for number in range(53):
        lone_world.page("ada", "commons", "article", f"Page {number:03}")
    client = lone_world.browser("zoe")
    first = client.read("/registers/kind/article?sort=title")
    assert titles(first) == [f"Page {number:03}" for number in range(50)]
    assert "53 pages" in first.main
    second = client.read(first.links()["Next"])
    assert titles(second) == [f"Page {number:03}" for number in range(50, 53)]
    assert titles(client.read("/registers/kind/article?sort=title&page=99")) == titles(second)
    assert len(titles(client.read("/registers/kind/article?limit=200"))) == 53
    assert "left out" in client.read("/registers/kind/article?limit=201").main


def test_archived_pages_are_left_out_until_they_are_asked_for(world: World) -> None:
    world.page("ada", "commons", "article", "Kept")
    gone = world.page("ada", "commons", "article", "Set aside")
    with world.writing() as session:
        session.get_one(type(gone), gone.id).archived_at = datetime(2026, 11, 2, tzinfo=UTC)
    client = world.browser("ada")
    assert listed(client, "article") == ["Kept"]
    assert sorted(listed(client, "article", archived="yes")) == ["Kept", "Set aside"]
    assert listed(client, "article", archived="only") == ["Set aside"]
    assert "Archived" in cells(client.read("/registers/kind/article?archived=only"), "Set aside")["Title"]


def test_a_register_of_one_space_has_its_navigation(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Inside")
    lone_world.page("ada", "commons", "article", "Outside")
    client = lone_world.browser("ada")
    assert sorted(listed(client, "article")) == ["Inside", "Outside"]
    page = client.read("/registers/kind/article?space=paper-coast")
    assert titles(page) == ["Inside"]
    current = [link.get("href") for link in page.all("a") if link.get("aria-current") == "page"]
    assert current == ["/registers/kind/article?space=paper-coast"]
    assert "Space" not in cells(page, "Inside")


def test_an_empty_register_says_what_would_appear_and_offers_to_begin(lone_world: World) -> None:
    client = lone_world.browser("ada")
    page = client.read("/registers/kind/lesson?space=paper-coast")
    assert "it stands in this list" in page.main
    form = client.read(page.links()["Write the first"])
    assert any(one.values.get("kind") == "lesson" for one in form.forms())
    assert "Write the first" not in lone_world.browser("ben").read("/registers/kind/lesson?space=paper-coast").links()
    fitting = client.read("/registers/kind/lesson?type=worked_well")
    assert "Nothing fits these filters" in fitting.main


def test_who_writes_in_several_spaces_chooses_one_and_keeps_the_kind(lone_world: World) -> None:
    client = lone_world.browser("ada")
    page = client.read("/registers/kind/lesson")
    choice = client.read(page.links()["Write the first"])
    form = client.read(next(href for text, href in choice.links().items() if text == "Paper Coast"))
    assert any(one.values.get("kind") == "lesson" for one in form.forms())


def test_what_a_form_sends_empty_is_not_in_the_address(lone_world: World) -> None:
    answer = lone_world.browser("ada").get("/registers/kind/lesson?type=&themes=data&archived=&source=")
    assert (answer.status_code, answer.location) == (302, "/registers/kind/lesson?themes=data")


def test_the_filter_form_brings_back_what_was_chosen(lone_world: World) -> None:
    lone_world.page("ada", "commons", "lesson", "Tides", {"type": "worked_well"})
    lone_world.page("ada", "commons", "lesson", "Boats", {"type": "surprise"})
    client = lone_world.browser("ada")
    page = client.read("/registers/kind/lesson")
    filtered = client.send(page.form("/registers/kind/lesson"), {"type": "worked_well"})
    assert titles(filtered) == ["Tides"]
    again = filtered.form("/registers/kind/lesson")
    assert again.values.getlist("type") == ["worked_well"]
    assert titles(client.send(again)) == ["Tides"]
    without = next(href for text, href in filtered.links().items() if text.startswith("Without the filter"))
    assert sorted(titles(client.read(without))) == ["Boats", "Tides"]


def test_an_unknown_kind_is_not_found(lone_world: World) -> None:
    client = lone_world.browser("ada")
    assert client.get("/registers/kind/poem").status_code == 404
    assert client.get("/registers/kind/poem.csv").status_code == 404


def test_changed_days_are_those_of_the_site(lone_world: World) -> None:
    late = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    lone_world.page("ada", "commons", "article", "Before midnight", time=late)
    lone_world.page("ada", "commons", "article", "After midnight", time=late + timedelta(hours=1))
    client = lone_world.browser("ada")
    assert listed(client, "article", **{"created.until": "2026-11-05"}) == ["Before midnight"]
    assert listed(client, "article", **{"created.from": "2026-11-06"}) == ["After midnight"]
