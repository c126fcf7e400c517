"""A kind goes from version 1 to 2 over fifty pages: no value lost, the report exact, old pages readable as they were."""

from typing import Any

from sqlalchemy import select

from tests.packs.changing import LESSON, changed, publish
from tests.world import World
from wiki import search
from wiki.kinds.catalogue import Catalogue
from wiki.models import FieldValue, Page, Revision, Thread
from wiki.packs import behind, renewing, upgrading
from wiki.packs.behind import NO_CHOICE, REMOVED, Report
from wiki.packs.upgrading import DROP, INTO, Answer
from wiki.pages.storing import content_of, current_revision
from wiki.web.state import site

COST = '[[fields]]\nkey = "cost"\nlabel = "What it cost us"\ntype = "text"\nform = "more"\n\n'


def second() -> str:
    """The template of lessons with a field added, one renamed, one removed, a choice renamed and one removed."""
    start, _, rest = LESSON.partition('[[fields]]\nkey = "evidence"')
    removed = start + "[[fields]]" + rest.partition("[[fields]]")[2]
    return changed(
        removed,
        *('[[fields]]\nkey = "culture_note"\n', f'{COST}[[fields]]\nkey = "culture"\nwas = ["culture_note"]\n'),
        *('youth = "Young people", elders = "Elders", ', 'young = "Young people", '),
        *('[[fields]]\nkey = "culture"', '[[fields]]\nkey = "culture"'),
        *("choices = {partners", 'choices_were = {youth = "young"}\nchoices = {partners'),
    )


def values(n: int) -> dict[str, Any]:
    found: dict[str, Any] = {"lesson": f"Leave at {n}", "why": "Tides wait for nobody."}
    if n % 2 == 0:
        found["culture_note"] = f"Asked the elders first, {n}"
    if n % 5 == 0:
        found["evidence"] = f"Log book, page {n}"
    if n % 10 == 1:
        found["affects"] = ["partners", "elders"]
    if n % 10 == 3:
        found["affects"] = ["staff", "youth"]
    return found


def written(world: World) -> list[Page]:
    return [world.page("ada", "commons", "lesson", f"Lesson {n}", values(n)) for n in range(50)]


def catalogue(world: World) -> Catalogue:
    return site(world.app).catalogue


def look(world: World, who: str = "ada") -> Report:
    known = catalogue(world)
    with world.reading() as session:
        return behind.report(session, known, world.viewer(who), known["lesson"])


def fields(world: World, page: Page) -> dict[str, Any]:
    with world.reading() as session:
        return content_of(current_revision(session, session.get_one(Page, page.id))).fields


def test_it_works(world: World) -> None:
    pages = written(world)
    before = [fields(world, page) for page in pages]
    publish(world, second())
    found = look(world)
    asking = {n for n in range(50) if n % 5 == 0 or n % 10 == 1}
    moving = {n for n in range(50) if n % 2 == 0 or n % 10 == 3} - asking
    assert (found.total, found.earlier, found.behind) == (50, 50, len(asking | moving))
    assert {one.page.id for one in found.asking} == {pages[n].id for n in asking}
    assert {one.page.id for one in found.moving} == {pages[n].id for n in moving}
    assert found.values == len(asking)
    assert {(one.key, one.why) for page in found.asking for one in page.needs.asked} == {
        ("evidence", REMOVED),
        ("affects", NO_CHOICE),
    }
    known = catalogue(world)
    with world.writing() as session:
        assert upgrading.bring_all_over(session, known, world.viewer("ada"), known["lesson"]) == (len(moving), 0)
    after = look(world)
    assert (len(after.moving), len(after.asking)) == (0, len(asking))
    for n, page in enumerate(pages):
        now = fields(world, page)
        if n in moving:
            assert "culture_note" not in now
            assert now.get("culture") == before[n].get("culture_note")
            assert now.get("affects") == (["staff", "young"] if n % 10 == 3 else None)
        else:
            assert now == before[n], "nobody has touched it"


def test_a_person_answers_and_nothing_else_changes(world: World) -> None:
    kept, moved, gone = (
        world.page(
            "ada", "commons", "lesson", f"Lesson {n}", {"lesson": "Go", "evidence": "Log book", "affects": ["elders"]}
        )
        for n in range(3)
    )
    publish(world, second())
    known = catalogue(world)
    with world.writing() as session:
        for page, answers in (
            (kept, {}),
            (moved, {"a.evidence": Answer(INTO, "why"), "a.affects": Answer("choose", "partners")}),
            (gone, {"a.evidence": Answer(DROP)}),
        ):
            page = session.get_one(Page, page.id)
            assert upgrading.bring_over(session, known, world.viewer("ada"), page, page.number, answers)
    assert fields(world, kept) | {"evidence": "Log book", "affects": ["elders"]} == fields(world, kept)
    assert (fields(world, moved)["why"], fields(world, moved)["affects"]) == ("Log book", ["partners"])
    assert "evidence" not in fields(world, moved) | fields(world, gone)
    assert look(world).behind == 0
    with world.reading() as session:
        versions = session.scalars(
            select(Revision.kind_version).where(Revision.page_id == kept.id).order_by(Revision.number)
        )
        assert list(versions) == [1, 2]


def test_old_pages_are_read_as_they_were(lone_world: World) -> None:
    page = lone_world.page(
        "ada", "commons", "lesson", "Tides", {"lesson": "Go", "evidence": "Log book", "affects": ["elders"]}
    )
    publish(lone_world, changed(second(), 'label = "The lesson in one sentence"', 'label = "What we learned"'))
    with lone_world.browser("ada") as client:
        old = client.get(f"/commons/{page.slug}/history/1").text
        assert "The lesson in one sentence" in old and "Elders" in old and "Log book" in old and "Kept from" not in old
        now = client.get(f"/commons/{page.slug}").text
        assert "What we learned" in now and "Kept from another template version" in now
        assert catalogue(lone_world).edition("lesson", 1).field("evidence").label in now
        form = client.get(f"/commons/{page.slug}/edit").text
        assert 'value="elders" checked' in form, "a choice that is none any more is lost by nobody's saving"
        assert 'name="f.culture"' in form


def test_saving_the_form_carries_what_was_renamed(lone_world: World) -> None:
    page = lone_world.page(
        "ada", "commons", "lesson", "Tides", {"lesson": "Go", "culture_note": "Ask first", "evidence": "Log"}
    )
    publish(lone_world, second())
    with lone_world.browser("ada") as client:
        form = client.read(f"/commons/{page.slug}/edit").form(having="draft_place")
        assert form.values["f.culture"] == "Ask first"
        client.send(form, {"f.lesson": "Go early"})
    now = fields(lone_world, page)
    assert (now["culture"], now["evidence"], now["lesson"]) == ("Ask first", "Log", "Go early")
    assert "culture_note" not in now


def test_what_was_hidden_stays_hidden_when_its_field_goes(lone_world: World) -> None:
    """A field that only some see is removed: its kept values are seen by these alone."""
    secret = '[[fields]]\nkey = "secret"\nlabel = "For the owner"\ntype = "text"\nform = "more"\nvisible_to = ["response_owner"]\n\n'
    publish(lone_world, changed(LESSON, '[[fields]]\nkey = "why"', f'{secret}[[fields]]\nkey = "why"'))
    lone_world.catalogue = catalogue(lone_world)
    hal = lone_world.viewer("hal").person_id
    page = lone_world.page(
        "hal", "commons", "lesson", "Tides", {"lesson": "Go", "secret": "Barnacle", "response_owner": hal}
    )
    publish(lone_world, LESSON)
    for who, sees in (("hal", True), ("ada", False), ("ivy", False)):
        with lone_world.browser(who) as client:
            texts = [client.get(f"/commons/{page.slug}{rest}").text for rest in ("", "/history/1", "/edit")]
            assert [("Barnacle" in text) for text in texts[1:2]] == [sees]
            assert sees or not any("Barnacle" in text for text in texts)
        found = look(lone_world, who)
        assert any("Barnacle" in str(one.value) for each in found.asking for one in each.needs.asked) == sees


def test_threads_on_a_renamed_field_go_along(lone_world: World) -> None:
    page = lone_world.page("ada", "commons", "lesson", "Tides", {"lesson": "Go", "culture_note": "Ask"})
    with lone_world.writing() as session:
        moment = session.get_one(Page, page.id).changed_at
        session.add(Thread(page_id=page.id, field="culture_note", number=1, opened_at=moment, changed_at=moment))
    publish(lone_world, second())
    with lone_world.reading() as session:
        assert session.scalars(select(Thread.field)).all() == ["culture"]


def test_lists_and_search_follow_in_the_background(lone_world: World) -> None:
    page = lone_world.page(
        "ada", "commons", "lesson", "Tides", {"lesson": "Go", "culture_note": "Ask", "evidence": "Cormorant"}
    )
    publish(lone_world, second())
    library = site(lone_world.app).library
    assert renewing.renew(lone_world.database, library) == 1
    assert renewing.renew(lone_world.database, library) == 0, "once is enough"
    with lone_world.reading() as session:
        assert search.find(session, lone_world.viewer("ada"), "cormorant").total == 1, "what is kept is found"
    known = catalogue(lone_world)
    with lone_world.writing() as session:
        upgrading.bring_over(session, known, lone_world.viewer("ada"), session.get_one(Page, page.id), 1)
    with lone_world.reading() as session:
        texts = session.scalars(
            select(FieldValue.text).where(FieldValue.page_id == page.id, FieldValue.key == "culture")
        )
        assert list(texts) == ["Ask"]
