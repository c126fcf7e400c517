"""Loading the demo: its pages with their histories, its people with their roles, beside whatever is there already."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.demo.conftest import Pages
from tests.page import text_of
from tests.paper_coast import DAY0, NOON, SLUGS, Coast, load
from tests.world import FOUNDER, PASSWORD, World
from wiki import clock, eventlog
from wiki.demo.days import in_words
from wiki.demo.load import is_loaded, load_demo
from wiki.demo.people import PARTS
from wiki.errors import Invalid
from wiki.kinds import Catalogue, Content
from wiki.models import Account, Event, FieldValue, Link, Page, PageReader, Revision, Row, SearchText, Space
from wiki.pages import actions, deriving
from wiki.pages.storing import content_of, current_revision, digest_of
from wiki.people import actions as people
from wiki.spaces import actions as spaces


def test_it_works(coast: Coast, pages: Pages) -> None:
    with coast.reading() as session:
        assert is_loaded(session)
        stored = {page.slug: page for page in session.scalars(select(Page))}
        space = session.scalars(select(Space)).one()
        front = session.get_one(Page, space.front_page_id)
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert (space.slug, space.name, space.default_role, space.demo) == ("paper-coast", "Paper Coast", "none", True)
    assert {slug: (page.title, page.kind, page.state, page.number) for slug, page in stored.items()} == {
        page.slug: (page.title, page.kind, page.state, len(page.revisions)) for page in pages.values()
    }
    assert front.title == "Paper Coast Shoreline Partnership"
    assert last is not None and (last.verb, last.detail["pages"]) == ("demo.loaded", 55)


def test_every_revision_has_the_day_the_author_and_the_note_of_its_file(lone_coast: Coast, pages: Pages) -> None:
    told = {
        (page.slug, number): (DAY0 + timedelta(days=one.day), pages[one.by].title, one.state, in_words(one.note, DAY0))
        for page in pages.values()
        if page.id != "P29"
        for number, one in enumerate(page.revisions, start=1)
    }
    with lone_coast.reading() as session:
        rows = session.execute(select(Page.slug, Revision).join(Revision, Revision.page_id == Page.id)).all()
    found = {
        (slug, one.number): (one.time.date(), one.author_name, one.state, one.note)
        for slug, one in rows
        if slug != SLUGS["P29"]
    }
    assert found == told


def test_revisions_follow_each_other_in_working_hours_and_none_lies_ahead(lone_coast: Coast) -> None:
    with lone_coast.reading() as session:
        revisions = session.scalars(select(Revision).order_by(Revision.page_id, Revision.number)).all()
    assert all(9 <= one.time.hour < 17 and one.time < NOON for one in revisions)
    pairs = list(zip(revisions, revisions[1:], strict=False))
    assert all(one.time < two.time for one, two in pairs if one.page_id == two.page_id)
    assert len({one.time.hour for one in revisions}) == 8


def test_what_the_program_does_because_of_a_page_comes_after_it(lone_coast: Coast) -> None:
    accepted, replaced = lone_coast.named("P24"), lone_coast.named("P23")
    assert accepted.changed_at.date() != replaced.changed_at.date() or accepted.changed_at < replaced.changed_at
    with lone_coast.reading() as session:
        entered = select(func.min(Revision.time)).where(Revision.page_id == accepted.id, Revision.state == "accepted")
        when = session.execute(entered).scalar_one()
    assert when.date() == replaced.changed_at.date()
    assert when < replaced.changed_at


def test_seals_hold(coast: Coast) -> None:
    with coast.reading() as session:
        assert list(eventlog.broken(session)) == []
        before: dict[int, str] = {}
        for one in session.scalars(select(Revision).order_by(Revision.page_id, Revision.number)):
            assert (one.previous_digest, one.digest) == (before.get(one.page_id, ""), digest_of(one))
            before[one.page_id] = one.digest


def test_every_revision_has_an_event_by_its_author_at_its_time(lone_coast: Coast) -> None:
    with lone_coast.reading() as session:
        events = session.scalars(select(Event).where(Event.revision.is_not(None))).all()
        revisions = session.scalars(select(Revision)).all()
    when = {(one.page_id, one.revision): (one.time, one.verb) for one in events}
    assert {key: time for key, (time, _verb) in when.items()} == {
        (one.page_id, one.number): one.time for one in revisions
    }
    assert {verb for (_page, number), (_time, verb) in when.items() if number == 1} == {"page.created"}
    assert len(events) == len(revisions)
    times = [one.time for one in sorted(events, key=lambda one: one.id)]
    assert times == sorted(times)


def test_what_is_derived_is_what_saving_would_derive(coast: Coast) -> None:
    def tables() -> dict[str, list[tuple[Any, ...]]]:
        with coast.reading() as session:
            return {
                table.__tablename__: sorted(
                    (tuple(value for key, value in one._mapping.items() if key != "id") for one in found), key=repr
                )
                for table in (FieldValue, Row, Link, PageReader, SearchText)
                for found in [session.execute(select(table.__table__)).all()]
            }

    loaded = tables()
    assert min(len(rows) for name, rows in loaded.items() if name != "page_reader") >= 55
    with coast.writing() as session:
        for page in session.scalars(select(Page)):
            deriving.derive(session, coast.catalogue, page, content_of(current_revision(session, page)))
    assert tables() == loaded


def test_a_page_s_columns_say_what_its_fields_say(lone_coast: Coast) -> None:
    protocol, officer, hal = (lone_coast.named(name) for name in ("P06", "O2", "U8"))
    assert (protocol.access, protocol.steward_id, protocol.partnership_id) == (
        "partnership",
        officer.id,
        lone_coast.named("P01").id,
    )
    assert protocol.review_due == DAY0 - timedelta(days=20)
    assert lone_coast.named("P24").owner_id == hal.id
    assert lone_coast.named("P39").owner_id is None


@pytest.mark.parametrize("name", PARTS)
def test_everybody_signs_in_and_finds_the_front_page(lone_coast: Coast, name: str) -> None:
    who = SLUGS[name].split("-")[0]
    page = lone_coast.browser(who).read("/paper-coast")
    assert "Paper Coast Shoreline Partnership" in page.html
    assert "Demo" in page.html


def test_cleo_has_left_and_has_no_account(lone_coast: Coast) -> None:
    with lone_coast.reading() as session:
        emails = set(session.scalars(select(Account.email)))
    assert emails == {f"{who}@paper-coast.example" for who in "ada ben dan eva finn gia hal ivy".split()}
    assert lone_coast.named("U3").state == "left"


def test_people_have_their_roles_and_act_for_their_organisations(lone_coast: Coast) -> None:
    space = lone_coast.space("paper-coast").id
    names = {lone_coast.named(name).id: name for name in SLUGS if name.startswith("O")}
    held = {}
    for who in ("ada", "dan", "eva", "hal"):
        viewer = lone_coast.viewer(who)
        held[who] = (viewer.roles(space), {names[org] for org in viewer.orgs(space)}, viewer.admin)
    assert held == {
        "ada": ({"member"}, {"O1"}, False),
        "dan": ({"member", "rep"}, {"O2"}, False),
        "eva": ({"member", "steward"}, {"O2"}, False),
        "hal": ({"coordinator", "rep"}, {"O5"}, True),
    }


def test_who_caught_the_anonymous_lesson_shows_nowhere_but_in_the_log(lone_coast: Coast) -> None:
    finn, lesson = lone_coast.named("U6"), lone_coast.named("P29")
    assert (lesson.created_by, lesson.changed_by) == (None, None)
    hal = lone_coast.browser("hal")
    for rest in ("", "/edit", "/history", "/history/1", "/compare/1/2", "/authors", ".md"):
        answer = hal.get(lone_coast.url("P29", rest))
        assert (answer.status_code, "Finn" in answer.text) == (200, False), rest
    told = [text_of(row) for row in hal.read("/registers/kind/lesson").all("tr")]
    about = [text for text in told if "nobody asked" in text]
    assert len(about) == 1 and "Finn" not in about[0]
    assert "Finn" not in hal.read("/search?q=dashboard+nobody+asked").main
    with lone_coast.reading() as session:
        actors = set(session.scalars(select(Event.actor_id).where(Event.page_id == lesson.id)))
    assert actors == {finn.id}


def test_each_page_says_that_it_is_a_demo_and_others_do_not(lone_coast: Coast) -> None:
    hal = lone_coast.browser("hal")
    with lone_coast.writing() as session:
        spaces.add_space(session, lone_coast.viewer("hal"), "Our own")
    assert ribbons(hal.read(lone_coast.url("P24")).html) == 1
    assert ribbons(hal.read(lone_coast.url("P24", "/edit")).html) == 1
    assert ribbons(hal.read("/our-own").html) == 0


def ribbons(html: str) -> int:
    return html.count('class="demo-ribbon"')


def test_it_loads_beside_other_content(empty_world: World) -> None:
    with empty_world.writing() as session:
        account = people.add_person(session, empty_world.catalogue, FOUNDER, "zoe@x.example", "Zoe Rockwell")
        own = spaces.add_space(session, FOUNDER, "Ours", default_role="member")
        kind = empty_world.catalogue["article"]
        content = Content("Words we use", "Ours, not theirs.", {})
        page = actions.create_page(session, empty_world.catalogue, FOUNDER, own, kind, content)
    load(empty_world)
    with empty_world.reading() as session:
        assert session.get_one(Page, page.id).number == 1
        assert session.get_one(Account, account.id).active
        twins = session.execute(select(func.count()).where(Page.title_key == page.title_key)).scalar()
        assert twins == 2


def test_what_is_taken_is_said_at_once_and_nothing_is_loaded(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        load(world)
    said = [problem.message for problem in refused.value.problems]
    assert "paper-coast" in said[0]
    assert [message.split("@")[0].split()[-1] for message in said[1:]] == ["ada", "ben", "dan", "hal", "ivy"]
    with world.reading() as session:
        assert not is_loaded(session)
        assert session.execute(select(func.count()).select_from(Revision)).scalar_one() < 20


def test_it_is_not_loaded_twice(lone_coast: Coast) -> None:
    with pytest.raises(Invalid, match="paper-coast"):
        load(lone_coast)


def test_without_a_password_nothing_is_loaded(empty_world: World) -> None:
    with pytest.raises(Invalid, match="password"), empty_world.writing() as session:
        load_demo(session, empty_world.catalogue, empty_world.store, DAY0, "")
    with empty_world.reading() as session:
        assert session.execute(select(func.count()).select_from(Page)).scalar_one() == 0


def test_page_templates_that_cannot_hold_it_are_named(empty_world: World) -> None:
    all_kinds = empty_world.catalogue
    without = {key: kind for key, kind in all_kinds.items() if key != "howto"}
    fewer = Catalogue(without, all_kinds.envelope, all_kinds.rows)
    with pytest.raises(Invalid, match="“howto”.*last_tested.*needs_test"), empty_world.writing() as session:
        load_demo(session, fewer, empty_world.store, DAY0, PASSWORD)


def test_in_the_east_too_nothing_lies_ahead(empty_world: World, noon: None) -> None:
    with empty_world.writing() as session:
        day0 = date(2026, 11, 22)
        load_demo(session, empty_world.catalogue, empty_world.store, day0, PASSWORD, "Pacific/Auckland")
    with empty_world.reading() as session:
        newest = session.execute(select(func.max(Revision.time))).scalar_one()
    assert newest < clock.now()
