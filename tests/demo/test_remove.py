"""Removing the demo: it is gone, everything else stays, and it can be loaded again."""

import pytest
from sqlalchemy import func, select, text

from tests.paper_coast import DAY0, SLUGS, Coast, load
from tests.world import FOUNDER, PASSWORD, World
from wiki import eventlog
from wiki.demo.load import is_loaded, load_demo
from wiki.demo.remove import remove_demo
from wiki.errors import NotFound
from wiki.kinds import Content
from wiki.models import Account, Base, Event, Link, Page, Revision, Space
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision, digest_of
from wiki.people import actions as people
from wiki.spaces import actions as spaces


def remove(world: World) -> int:
    return world.do(lambda session: remove_demo(session, world.catalogue, FOUNDER))


def test_it_works(coast: Coast) -> None:
    coast.browser("ada").read("/paper-coast")
    assert remove(coast) == 55
    with coast.reading() as session:
        counts = {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Base.metadata.tables.items()
        }
        indexed = session.execute(text("SELECT count(*) FROM search_index")).scalar_one()
        assert not is_loaded(session)
        assert list(eventlog.broken(session)) == []
    assert {name for name, count in counts.items() if count} <= {"event", "attempt", "blob", "log_read"}
    assert indexed == 0


def test_the_log_says_so(lone_coast: Coast) -> None:
    remove(lone_coast)
    with lone_coast.reading() as session:
        last = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert last is not None
    assert (last.verb, last.actor_name, last.detail) == ("demo.removed", "The founder", {"pages": 55})


def test_it_can_be_loaded_again_and_no_number_means_something_else(coast: Coast) -> None:
    before = coast.named("P24").id
    with coast.reading() as session:
        numbers = set(session.scalars(select(Page.id)))
        accounts = set(session.scalars(select(Account.id)))
        spaces_before = set(session.scalars(select(Space.id)))
    remove(coast)
    load(coast)
    with coast.reading() as session:
        assert not numbers & set(session.scalars(select(Page.id)))
        assert not accounts & set(session.scalars(select(Account.id)))
        assert not spaces_before & set(session.scalars(select(Space.id)))
        assert session.execute(select(func.count()).select_from(Revision)).scalar_one() == 276
        assert list(eventlog.broken(session)) == []
    assert coast.named("P24").id != before
    assert "Thirty working days" in coast.browser("ben").read(coast.url("P24")).heading


def test_what_is_not_loaded_cannot_be_removed(lone_world: World) -> None:
    with pytest.raises(NotFound, match="not loaded"):
        remove(lone_world)
    assert lone_world.space("paper-coast").name == "Paper Coast"


def test_pages_that_others_wrote_in_it_go_too(lone_coast: Coast) -> None:
    lone_coast.page("hal", "paper-coast", "article", "One more")
    assert remove(lone_coast) == 56


@pytest.fixture
def neighbour(coast: Coast) -> Page:
    """A page of Ada's in another space, which points to pages of the demo and is kept right by her."""
    with coast.writing() as session:
        zoe = people.add_person(session, coast.catalogue, FOUNDER, "zoe@x.example", "Zoe Rockwell", password=PASSWORD)
        commons = spaces.add_space(session, FOUNDER, "Commons", default_role="member")
        spaces.set_member(session, FOUNDER, commons, zoe, "coordinator")
    fields = {
        "owner": coast.named("U1").id,
        "partnership": coast.named("P01").id,
        "contributing_orgs": [coast.named("O2").id],
        "access_orgs": [coast.named("O2").id],
    }
    body = f"See [[{'paper-coast/' + SLUGS['P24']}]]."
    return coast.page("ada", "commons", "article", "Our words", fields, body)


def test_what_its_people_wrote_elsewhere_stays_under_their_names(coast: Coast, neighbour: Page) -> None:
    remove(coast)
    with coast.reading() as session:
        revision = session.scalars(select(Revision).where(Revision.page_id == neighbour.id)).one()
        assert (revision.author_name, revision.digest) == ("Ada Verdana", digest_of(revision))
        assert session.execute(select(func.count()).select_from(Page)).scalar_one() == 2  # Zoe's is the other


def test_pages_that_pointed_to_it_can_be_read_and_changed(coast: Coast, neighbour: Page) -> None:
    remove(coast)
    with coast.reading() as session:
        links = set(session.scalars(select(Link.target_id).where(Link.page_id == neighbour.id)))
        page = session.get_one(Page, neighbour.id)
    assert (links, page.owner_id, page.partnership_id) == ({None}, None, None)
    with coast.writing() as session:
        page = session.get_one(Page, neighbour.id)
        content = content_of(current_revision(session, page))
        changed = Content(content.title, content.body + "\n\nOr not.", content.fields)
        actions.save_page(session, coast.catalogue, FOUNDER, page, changed, 1)
        assert page.number == 2
    client = coast.browser()
    client.sign_in("zoe@x.example", PASSWORD)
    assert "Or not." in client.read("/commons/our-words").main
    form = client.read("/commons/our-words/edit").form("/commons/our-words/edit")
    client.send(form, {"body": "Words."})
    assert "Words." in client.read("/commons/our-words").main


def test_the_accounts_that_go_are_those_that_came_with_it(lone_coast: Coast) -> None:
    with lone_coast.writing() as session:
        person = session.get_one(Page, lone_coast.named("U3").id)
        people.add_person(session, lone_coast.catalogue, FOUNDER, "cleo@x.example", "Cleo Candara", person=person)
        hal = session.get_one(Account, lone_coast.account("hal").id)
        people.set_email(session, FOUNDER, hal, "hal@x.example")
    remove(lone_coast)
    with lone_coast.reading() as session:
        assert list(session.scalars(select(Account.email))) == ["cleo@x.example"]


def test_loading_that_fails_leaves_nothing_behind(lone_coast: Coast) -> None:
    remove(lone_coast)
    with pytest.raises(RuntimeError), lone_coast.writing() as session:
        load_demo(session, lone_coast.catalogue, lone_coast.store, DAY0, PASSWORD)
        raise RuntimeError
    with lone_coast.reading() as session:
        assert not is_loaded(session)
        assert session.execute(select(func.count()).select_from(Page)).scalar_one() == 0
