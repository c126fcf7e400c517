"""A page that starts from a copy or from another page."""

from tests.cases import answers, entered, ministry_page, stored
from tests.world import World


def test_it_works(world: World) -> None:
    meeting = world.page("ada", "paper-coast", "meeting", "Spring talk", {"themes": ["youth"]})
    client = entered(world, "ada")
    chooser = client.read("/paper-coast/new?from=paper-coast/spring-talk")
    assert "Spring talk" in chooser.main
    form = client.read(next(u for u in chooser.links().values() if "kind=decision" in u)).form(having="body")
    assert form.values["f.made_at"] == "Spring talk"
    page = client.send(form, {"title": "Anchor in the bay", "f.question": "Where?"})
    assert page.links()["Spring talk"] == "/paper-coast/spring-talk"
    assert stored(world, "anchor-in-the-bay").fields["made_at"] == meeting.id
    assert "Anchor in the bay" in client.read("/paper-coast/spring-talk").links(), "the source does not point to it"


def test_a_copy_begins_its_own_life(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}]
    answered = [{"id": "e1", "org": world.org("keel"), "answer": "agreed"}]
    world.page("hal", "paper-coast", "agreement", "Charter", {"purpose": "Row.", "endorsements": answered}, "Text.")
    world.page("ada", "paper-coast", "meeting", "Talk", {"actions": rows, "place": "Pier"}, "Notes.")
    client = entered(world, "ada")
    form = client.read("/paper-coast/new?kind=meeting&copy=1&from=paper-coast/talk").form(having="body")
    assert (form.values["title"], form.values["f.place"], form.values["body"]) == ("Copy of Talk", "Pier", "Notes.")
    assert (form.values["r.actions.0.what"], form.values["r.actions.0.id"]) == ("Paint", "")
    charter = client.read("/paper-coast/new?kind=agreement&copy=1&from=paper-coast/charter").form(having="body")
    assert charter.values["f.purpose"] == "Row."
    assert "r.endorsements.0.org" not in charter.values, "the answers of others were copied"


def test_the_four_cases(world: World) -> None:
    ministry_page(world, "meeting")
    url = "/paper-coast/new?kind=decision&from=paper-coast/tides"
    assert answers(world, lambda c: c.get(url)) == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200}


def test_hidden_values_of_the_source_are_not_carried_over(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben."}
    world.page("hal", "paper-coast", "role", "Harbour master", fields)
    url = "/paper-coast/new?kind=role&copy=1&from=paper-coast/harbour-master"
    assert "Only for Ben." not in entered(world, "ada").get(url).text
    url = "/paper-coast/new?kind=role&from=paper-coast/harbour-master"
    assert "Only for Ben." not in entered(world, "ada").get(url).text


def test_a_source_that_is_not_there_is_not_found(lone_world: World) -> None:
    client = entered(lone_world, "ada")
    assert client.get("/paper-coast/new?kind=decision&from=paper-coast/nothing").status_code == 404
    assert client.get("/paper-coast/new?kind=decision&from=nonsense").status_code == 200


def test_every_kind_can_be_begun_and_made_with_a_title_alone(lone_world: World) -> None:
    """Nothing but the title is ever needed to save. That no form of any kind changes what it is sent back with, the demo's test says."""
    client = entered(lone_world, "ada")
    for n, key in enumerate(lone_world.catalogue):
        form = client.read(f"/paper-coast/new?kind={key}").form(having="body")
        page = client.send(form, {"title": f"A new {key}"})
        assert page.heading == f"A new {key}"
        if n % 4 == 0:
            again = client.read(f"{page.url}/edit").form(having="body")
            assert "Nothing was changed" in client.send(again).html, key


def test_a_source_may_be_named_as_people_name_it(world: World) -> None:
    ministry_page(world, "meeting", "Spring talk")
    client = entered(world, "ada")
    assert "Starting from “Spring talk”" in client.read("/paper-coast/new?from=Spring+talk").main
    for who in ("ada", "dan"):
        page = entered(world, who).read("/paper-coast/new?from=Autumn+talk")
        assert "There is no page called “Autumn talk”" in page.main and "Starting from" not in page.main
    assert (
        "There is no page called “Spring talk”" in entered(world, "dan").read("/paper-coast/new?from=Spring+talk").main
    )


def test_kinds_are_found_by_words_and_those_made_lately_come_first(world: World) -> None:
    client = entered(world, "ada")
    assert "What you made lately" not in client.read("/paper-coast/new").main
    world.page("ada", "paper-coast", "lesson", "Tides")
    assert "What you made lately" in client.read("/paper-coast/new").main
    assert "What you made lately" not in entered(world, "dan").read("/paper-coast/new").main
    found = client.read("/paper-coast/new?q=LESSON").main
    assert "Note one thing we learned" in found and "Write down what a meeting decided" not in found
    assert "No kind of page fits these words" in client.read("/paper-coast/new?q=zebra").main
