"""A newer program ships another text of a template, or somebody lays one beside it: pages of before are read as they were."""

import threading
from pathlib import Path

from sqlalchemy import func, select

from tests.packs.changing import LESSON, MEETING, changed, publish
from tests.packs.test_upgrade import catalogue, fields, look, second
from tests.statements import Statements
from tests.world import World
from wiki.app import create_app
from wiki.kinds.catalogue import Catalogue
from wiki.models import Event, TemplateVersion
from wiki.packs import renewing, upgrading
from wiki.packs.keeping import found_keeper, keep_found, keep_in
from wiki.packs.shelf import FOUND, KIND
from wiki.resources import resource_folder
from wiki.web.state import site

SECOND = changed(second(), "version = 1", "version = 2", 'label = "The lesson in one sentence"', 'label = "We learned"')
ACTION = (resource_folder("page_templates") / "rows" / "action.toml").read_text("utf-8")


def started(world: World, keep: bool = True, **files: str) -> World:
    """The same site with another program: these files stand in the place of those that it had."""
    folder = Path(world.settings.folder) / "page_templates"
    (folder / "rows").mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('rows_', 'rows/')}.toml").write_text(text, "utf-8")
    app = create_app(world.settings)
    site(app).database.close()
    site(app).database = world.database
    other = World(app, world.database, world.settings)
    if keep:
        keep_in(other.database, site(other.app).library)
    return other


def kept(world: World) -> list[tuple[str, str, int]]:
    with world.reading() as session:
        found = session.scalars(select(TemplateVersion).order_by(TemplateVersion.id)).all()
    return [(one.part, one.key, one.version) for one in found]


def numbers(known: Catalogue, *keys: str) -> list[int]:
    return [known[key].version for key in keys]


def test_it_works(world: World) -> None:
    """The text of before is known: earlier revisions, pages behind, what a field was called; no statement more to read a page."""
    before = started(world)
    lesson = {"lesson": "Go", "culture_note": "Ask first", "evidence": "Log book", "affects": ["elders"]}
    page = before.page("ada", "commons", "lesson", "Tides", lesson)
    moving = before.page("ada", "commons", "lesson", "Ebb", {"lesson": "Wait", "culture_note": "Ask"})
    after = started(world, lesson=SECOND)
    known = catalogue(after)
    assert numbers(known, "lesson", "meeting") == [2, 1]
    assert known.edition("lesson", 1).field("evidence").label == known["lesson"].former["evidence"].label
    report = look(after)
    assert [one.page.id for one in report.asking] == [page.id] and [one.page.id for one in report.moving] == [moving.id]
    with after.browser("ada") as client:
        old = client.get(f"/commons/{page.slug}/history/1").text
        assert "The lesson in one sentence" in old and "Elders" in old and "Log book" in old and "Kept from" not in old
        now = client.get(f"/commons/{page.slug}").text
        assert "We learned" in now and "Kept from another template version" in now
        guided = client.read(f"/templates/lesson/behind/{page.id}").main
        assert known["lesson"].former["evidence"].label in guided and "Log book" in guided
        shown = client.read("/templates/lesson").main
        assert shown.count("came with the program") == 2 and "holds now" in shown
        assert "culture" in client.read("/templates/lesson/versions/1").main
        assert "What it changed" in client.read("/templates/lesson/versions/2").main
        heard = Statements(after.database)
        client.get(f"/commons/{page.slug}")
        assert len(heard.during(lambda: client.get(f"/commons/{page.slug}"))) <= 4
    with after.writing() as session:
        assert upgrading.bring_all_over(session, known, after.viewer("ada"), known["lesson"]) == (1, 0)
    now_said = fields(after, moving)
    assert (now_said["lesson"], now_said["culture"], "culture_note" in now_said) == ("Wait", "Ask", False)
    assert renewing.renew(after.database, site(after.app).library) == 2, "lists and search follow"


def test_it_is_kept_once_whoever_comes_first_and_an_event_says_so(world: World) -> None:
    """Several processes of a new program begin at once; the first look at all files is no change."""
    started(world)
    first = kept(world)
    shipped = site(world.app).library.shipped
    assert sorted(one for one in first if one[0] == FOUND) == sorted(
        (FOUND, key, kind.version) for key, kind in shipped.items()
    )
    assert len(first) == len(shipped) + len(shipped.rows)
    events = select(func.count()).where(Event.verb == "template.found")
    with world.reading() as session:
        assert session.scalar(events) == 0
    newer = site(started(world, keep=False, lesson=SECOND).app).library
    chores = [found_keeper(world.database, newer) for _ in range(4)]
    threads = [threading.Thread(target=chore) for chore in chores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept(world)[len(first) :] == [(FOUND, "lesson", 2)]
    with world.reading() as session:
        assert session.scalar(events) == 1


def test_before_it_is_stored_it_has_the_number_that_it_will_have(lone_world: World) -> None:
    """The file does not say another number, as when an operator changes it in its folder."""
    started(lone_world)
    other = started(lone_world, keep=False, lesson=changed(LESSON, "yearly", "monthly"))
    page = other.page("ada", "commons", "lesson", "Tides", {"lesson": "Go"})
    assert numbers(catalogue(other), "lesson") == [2]
    with other.writing() as session:
        assert [one.version for one in keep_found(session, site(other.app).library)] == [2]
    assert (catalogue(other)["lesson"].version, look(other).earlier, page.kind) == (2, 0, "lesson")


def test_the_program_of_before_is_the_version_of_before(lone_world: World) -> None:
    """Also while the processes of two programs run side by side: nothing is stored to and fro."""
    started(lone_world)
    started(lone_world, lesson=SECOND)
    everything = kept(lone_world)
    back = started(lone_world, lesson=LESSON)
    assert numbers(catalogue(back), "lesson") == [1]
    assert catalogue(back).edition("lesson", 2).field("lesson").label == "We learned"
    again = started(lone_world, lesson=SECOND)
    assert numbers(catalogue(again), "lesson") == [2] and kept(lone_world) == everything


def test_what_the_site_made_itself_holds_and_numbers_do_not_clash(lone_world: World) -> None:
    first = started(lone_world)
    mine = changed(LESSON, 'label = "The lesson in one sentence"', 'label = "Ours"')
    assert [one.version for one in publish(first, mine)] == [2]
    first.catalogue = catalogue(first)
    page = first.page("ada", "commons", "lesson", "Tides", {"lesson": "Go", "evidence": "Log"})
    after = started(lone_world, lesson=SECOND)
    known = catalogue(after)
    assert (known["lesson"].version, known["lesson"].field("lesson").label) == (2, "Ours")
    assert known.edition("lesson", 3).field("lesson").label == "We learned"
    with after.browser("ivy") as ivy:
        form = ivy.read("/templates/lesson/edit?from=3").form("/templates/lesson/edit")
        ivy.send(form, {"do": "publish", "why": "Theirs is better"})
        assert "Ours" in ivy.get(f"/commons/{page.slug}/history/1").text
    known = catalogue(after)
    assert (known["lesson"].version, known["lesson"].field("lesson").label) == (4, "We learned")
    assert look(after).asking and look(after).asking[0].version == 2


def test_rows_that_come_anew_give_every_template_with_them_a_version(lone_world: World) -> None:
    first = started(lone_world)
    publish(first, changed(MEETING, 'plural = "Meeting records"', 'plural = "Gatherings"'), key="meeting")
    after = started(lone_world, rows_action=changed(ACTION, 'label = "What"', 'label = "To do"'))
    known = catalogue(after)
    using = [key for key, kind in known.items() if any(one.rows == "action" for one in kind.tables)]
    shipped = site(lone_world.app).library.shipped
    newer = {key: kind.version - shipped[key].version for key, kind in known.items()}
    assert newer == {key: 2 if key == "meeting" else int(key in using) for key in known}
    assert known["meeting"].plural == "Gatherings"
    for key in using:
        labels = [
            known.edition(key, number).field(field.key).columns[0].label
            for number in (known[key].version - 1, known[key].version)
            for field in known[key].tables
            if field.rows == "action"
        ]
        assert set(labels[: len(labels) // 2]) == {"What"} and set(labels[len(labels) // 2 :]) == {"To do"}
    assert [one for one in kept(after) if one[0] == KIND] == [(KIND, "meeting", 2), (KIND, "meeting", 3)]
