"""An index that an earlier program made is made anew by itself."""

from sqlalchemy import delete, select, update

from tests.world import World
from wiki import search
from wiki.care import checks, index_version
from wiki.models import SearchText, SearchVersion
from wiki.search import version


def test_it_works(lone_world: World) -> None:
    world = lone_world
    world.page("ada", "paper-coast", "article", "Tides", body="Moonlight.")
    with world.writing() as session:
        version.set_current(session)
        session.execute(update(SearchVersion).values(version=version.VERSION - 1))
        session.execute(delete(SearchText))
    with world.reading() as session:
        said = list(checks.run(session, world.settings, world.catalogue))
        assert any("earlier version" in problem for problem in said)
    index_version.keep_current(world.database, world.catalogue)
    with world.reading() as session:
        assert version.made_with(session) == version.VERSION
        assert session.scalars(select(SearchText.title).where(SearchText.title == "Tides")).all() == ["Tides"]
        assert search.find(session, world.viewer("ada"), "moonlight").total == 1
        assert not [problem for problem in checks.run(session, world.settings, world.catalogue) if "earlier" in problem]


def test_two_processes_do_not_do_it_twice(lone_world: World) -> None:
    world = lone_world
    with world.writing() as session:
        version.set_current(session)
        session.execute(update(SearchVersion).values(version=version.VERSION - 1))
    assert index_version._claimed(world.database)
    assert not index_version._claimed(world.database)


def test_a_wiki_that_begins_now_has_nothing_to_make_anew(lone_world: World) -> None:
    world = lone_world
    with world.writing() as session:
        session.execute(delete(SearchVersion))
    with world.reading() as session:
        assert version.is_current(session)
    index_version.keep_current(world.database, world.catalogue)
    with world.reading() as session:
        assert version.made_with(session) == version.VERSION
