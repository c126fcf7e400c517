"""A lesson in three fields from any page: seen by whoever sees that page, without a name when that is wished."""

from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send, stored
from tests.world import World
from wiki.models import Page, Revision

GIVEN = {"what_happened": "One rope held.", "lesson": "Two ropes, always", "recommendation": "Bring a third."}


def test_it_works(world: World) -> None:
    meeting = world.page("ada", "paper-coast", "meeting", "Harbour talk", {"themes": ["boats"]})
    dan = entered(world, "dan")
    form = dan.read(dan.read("/paper-coast/harbour-talk").links()["Something we learned"]).form(
        "/paper-coast/harbour-talk/lesson"
    )
    refused = dan.send(form, {**GIVEN, "lesson": ""}, status=422)
    assert "One rope held." in refused.main and "a stranger could use it" in refused.main
    assert "Noted" in dan.send(form, GIVEN).text("body")
    made = stored(world, "two-ropes-always")
    assert (made.fields["source"], made.fields["themes"], made.fields["owner"]) == (
        meeting.id,
        ["boats"],
        world.viewer("dan").person_id,
    )
    page = dan.read("/paper-coast/two-ropes-always")
    assert "Captured" in page.main and "Bring a third." in page.main


def test_from_a_page_that_lessons_cannot_point_to_it_is_linked_in_the_text(lone_world: World) -> None:
    lone_world.page("ada", "paper-coast", "article", "Tides")
    assert send(entered(lone_world, "ada"), "/paper-coast/tides/lesson", GIVEN).status_code == 303
    page = entered(lone_world, "ada").read("/paper-coast/two-ropes-always")
    assert page.links()["Tides"] == "/paper-coast/tides"


def test_without_a_name_nobody_is_told_who_wrote_it(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert send(entered(world, "dan"), "/paper-coast/tides/lesson", {**GIVEN, "anonymous": "yes"}).status_code == 303
    ada = entered(world, "ada")
    at = "/paper-coast/two-ropes-always"
    for where in (
        at,
        f"{at}/history",
        f"{at}.md",
        f"{at}/authors",
        "/paper-coast/changes",
        "/registers/lessons.csv",
    ):
        answer = ada.get(where)
        assert answer.status_code == 200 and "Dan Corbel" not in answer.text, where
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.slug == "two-ropes-always")).one()
        assert (page.created_by, page.owner_id, page.changed_by) == (None, None, None)
        assert session.scalars(select(Revision.author_id).where(Revision.page_id == page.id)).one() is None


def test_it_is_seen_by_no_more_people_than_its_page(world: World) -> None:
    ministry_page(world)
    may = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 200}
    assert answers(world, lambda client: client.get("/paper-coast/tides/lesson")) == may
    assert answers(world, lambda client: send(client, "/paper-coast/tides/lesson", GIVEN)) == {**may, "ada": 303}
    seen = answers(world, lambda client: client.get("/paper-coast/two-ropes-always"))
    assert seen == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
