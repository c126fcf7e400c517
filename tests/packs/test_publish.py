"""An administrator changes a template: it holds for every process from the next request on, and for nobody before."""

import pytest

from tests.packs.changing import LESSON, MEETING, changed, publish
from tests.statements import Statements
from tests.world import World
from wiki import clock
from wiki.app import create_app
from wiki.errors import Forbidden, Invalid
from wiki.models import TemplateVersion
from wiki.packs.shelf import KIND
from wiki.web.state import site


def test_it_works(world: World) -> None:
    page = world.page("ada", "commons", "lesson", "Tides wait for nobody", {"lesson": "Leave early"})
    made = publish(world, changed(LESSON, 'label = "The lesson in one sentence"', 'label = "What we learned"'))
    assert [(one.key, one.version) for one in made] == [("lesson", 2)]
    assert "version = 2" in made[0].text
    with world.browser("ada") as client:
        assert "What we learned" in client.get(f"/commons/{page.slug}").text
    assert site(world.app).catalogue["lesson"].version == 2
    assert site(world.app).catalogue.edition("lesson", 1).field("lesson").label == "The lesson in one sentence"


def test_every_process_takes_it_with_the_next_request_and_no_statement_more(lone_world: World) -> None:
    page = lone_world.page("ada", "commons", "lesson", "Tides wait for nobody", {"lesson": "Leave early"})
    other = World(create_app(lone_world.settings), lone_world.database, lone_world.settings)
    address = f"/commons/{page.slug}"
    with other.browser("ada") as client:
        assert "The lesson in one sentence" in client.get(address).text
        tag = client.get(address).headers["ETag"]
        publish(lone_world, changed(LESSON, 'label = "The lesson in one sentence"', 'label = "What we learned"'))
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 200 and "What we learned" in again.text
        assert "What we learned" in client.get(f"{address}/edit").text
        heard = Statements(lone_world.database)
        client.get(address)
        assert len(heard.during(lambda: client.get(address))) <= 4


def test_what_is_wrong_is_said_with_its_line_and_nothing_is_stored(lone_world: World) -> None:
    bad = changed(LESSON, 'type = "text"', 'type = "poem"')
    with pytest.raises(Invalid) as refused:
        publish(lone_world, bad)
    line = bad.split('type = "poem"')[0].count("\n") + 1
    said = f"lesson.toml:{line}: There is no type “poem”"
    assert any(said in one.message for one in refused.value.problems)
    assert site(lone_world.app).catalogue["lesson"].version == 1


def test_the_same_is_no_version_and_only_administrators_publish(lone_world: World) -> None:
    assert publish(lone_world, LESSON) == []
    with pytest.raises(Forbidden):
        publish(lone_world, changed(LESSON, "yearly", "monthly"), who="ada")


def test_a_row_type_gives_every_kind_that_uses_it_a_new_version(lone_world: World) -> None:
    text = site(lone_world.app).library.files.row_text("action").replace('label = "What"', 'label = "To do"', 1)
    made = publish(lone_world, text, part="rows", key="action")
    catalogue = site(lone_world.app).catalogue
    using = {kind.key for kind in catalogue.values() if any(one.rows == "action" for one in kind.tables)}
    assert {one.key for one in made if one.part == KIND} == using and "meeting" in using
    assert catalogue["meeting"].version == 2 and catalogue["article"].version == 1
    columns = [catalogue.edition("meeting", version).field("actions").columns[0].label for version in (1, 2)]
    assert columns == ["What", "To do"]


def test_a_version_that_cannot_be_used_any_more_stands_back_for_the_file(lone_world: World) -> None:
    """As after an upgrade to a program that refuses what one before it took."""
    page = lone_world.page("ada", "commons", "lesson", "Tides wait for nobody", {"lesson": "Leave early"})
    publish(lone_world, changed(MEETING, 'plural = "Meeting records"', 'plural = "Gatherings"'), key="meeting")
    with lone_world.writing() as session:
        bad = changed(LESSON, 'type = "text"', 'type = "poem"', "in one sentence", "in a poem")
        session.add(
            TemplateVersion(
                part=KIND, key="lesson", version=2, text=bad, author_name="Ivy", made_at=clock.now(), mark="bad"
            )
        )
    with lone_world.browser("ada") as client:
        assert "The lesson in one sentence" in client.get(f"/commons/{page.slug}").text
    catalogue = site(lone_world.app).catalogue
    assert (catalogue["lesson"].version, catalogue["meeting"].plural) == (1, "Gatherings")
