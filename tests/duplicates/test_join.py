"""Two pages about the same become one: what named either of them names the one that stays, and nothing is shown to more people."""

from io import BytesIO

import pytest
from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send, shown, stored
from tests.world import World
from wiki.attachments.actions import attach
from wiki.duplicates import references
from wiki.models import Account, Base, Link, Page, Revision, Star

#: Columns that stay with the page that goes: its own parts, what is derived anew, and what was done with it as it was.
STAY = {
    "attachment.page_id",
    "draft.page_id",
    "field_value.page_id",
    "field_value.ref_id",
    "imported.page_id",
    "link.page_id",
    "link.target_id",
    "notice.page_id",
    "page_reader.page_id",
    "presence.page_id",
    "receipt.page_id",
    "redirect.page_id",
    "rendering.page_id",
    "revision.page_id",
    "row.page_id",
    "row.person_id",
    "search_passage.page_id",
    "search_past.page_id",
    "search_synonym.page_id",
    "search_text.page_id",
    "seen.page_id",
    "step_taken.page_id",
}


def two_people(world: World) -> tuple[Page, Page]:
    """Mara twice, the second time with more said of her, and what names them."""
    mara = world.page("hal", "paper-coast", "person", "Mara Futura", {"name": "Mara Futura"})
    fields = {
        "name": "Futura, Mara",
        "languages": "French",
        "ask_me_about": ["tides"],
        "links_across": [{"id": "k1", "org": world.org("council"), "nature": "Boats"}],
    }
    other = world.page("hal", "paper-coast", "person", "Futura, Mara", fields, body="Knows boats.")
    actions = [
        {"id": "a1", "what": "Paint", "responsible": other.id},
        {"id": "a2", "what": "Sand", "responsible": mara.id},
    ]
    world.page(
        "ada",
        "paper-coast",
        "meeting",
        "Boats",
        {"owner": other.id, "actions": actions},
        body="See [[Futura, Mara]].",
    )
    return mara, other


def test_it_works(world: World) -> None:
    mara, other = two_people(world)
    ministry_page(world, "article", "Closed tides", fields={"owner": other.id})
    with world.writing() as session:
        session.add(Star(account_id=world.account("dan").id, page_id=other.id, time=other.created_at))
    client = entered(world, "hal")
    listed = client.read("/paper-coast/duplicates")
    assert "Mara Futura" in listed.main
    page = client.read(next(href for text, href in listed.links().items() if text.startswith("Compare")))
    assert "French" in page.main and "Knows boats" in page.main
    done = client.send(page.form("/paper-coast/mara-futura/join"), {"body": "theirs", "title": "mine"})
    assert "2 other pages that named it were changed. 1 of them you may not see" in done.text("body")
    now = stored(world, "mara-futura")
    assert (now.title, now.body.strip(), now.fields["languages"], now.fields["ask_me_about"]) == (
        "Mara Futura",
        "Knows boats.",
        "French",
        ["tides"],
    )
    assert [row["nature"] for row in now.fields["links_across"]] == ["Boats"]
    plan = stored(world, "boats")
    assert (plan.fields["owner"], [row["responsible"] for row in plan.fields["actions"]]) == (
        mara.id,
        [mara.id, mara.id],
    )
    assert stored(world, "closed-tides").fields["owner"] == mara.id
    with world.reading() as session:
        assert session.scalar(select(Page.owner_id).where(Page.slug == "closed-tides")) == mara.id
        assert session.scalars(select(Star.page_id)).all() == [mara.id]
        assert set(session.scalars(select(Link.target_id).where(Link.name == "body"))) == {mara.id}
        left = select(Revision.number).join(Page, Page.id == Revision.page_id)
        assert sorted(session.scalars(left.where(Page.slug == "boats"))) == [1, 2], (
            "one revision for each page that named it"
        )
    moved = client.get("/paper-coast/futura-mara")
    assert moved.status_code in (301, 302, 303, 308) and moved.location.endswith("/paper-coast/mara-futura")
    assert "Mara Futura" in client.read("/paper-coast/boats").main
    assert "Nothing is there twice" in client.read("/paper-coast/duplicates").main
    gone = world.do(lambda session: session.get_one(Page, other.id))
    assert gone.deleted_at is not None and "part of it now" in (gone.deleted_why or "")


def test_only_coordinators_join_and_only_pages_that_they_see(world: World) -> None:
    two_people(world)
    at = "/paper-coast/mara-futura/join"
    assert answers(world, lambda client: client.get(at)) == {
        "visitor": 401,
        "zoe": 404,
        "dan": 403,
        "ben": 403,
        "ada": 403,
    }
    assert answers(world, lambda client: send(client, at, {"with": "Futura, Mara"})) == {
        "visitor": 401,
        "zoe": 404,
        "dan": 403,
        "ben": 403,
        "ada": 403,
    }
    ministry_page(world, "person", "Hidden Mara")
    told = entered(world, "hal").get(f"{at}?with=Hidden+Mara")
    never = entered(world, "hal").get(f"{at}?with=Nobody+Mara")
    assert told.status_code == never.status_code == 422
    assert told.text.replace("Hidden", "Nobody") == never.text
    for who, status in (("visitor", 401), ("zoe", 404), ("ada", 403), ("hal", 200)):
        assert entered(world, who).get("/paper-coast/duplicates").status_code == status


def test_pages_that_the_viewer_may_not_see_are_not_said_to_be_the_same(lone_world: World) -> None:
    lone_world.page("hal", "paper-coast", "person", "Mara Futura")
    ministry_page(lone_world, "person", "Mara Futura", slug="mara-2")
    assert "Nothing is there twice" in entered(lone_world, "hal").read("/paper-coast/duplicates").main


@pytest.mark.parametrize(
    "case", ["to more people", "an organisation that opens doors", "two accounts", "another kind", "itself"]
)
def test_what_cannot_be_joined_is_refused_and_nothing_changes(lone_world: World, case: str) -> None:
    world = lone_world
    stays, goes, message = {
        "to more people": ("wide", "narrow", "seen by fewer people"),
        "an organisation that opens doors": (
            "other-council",
            "placeholder-nation-council",
            "acts for that organisation",
        ),
        "two accounts": ("ada-verdana", "dan-corbel", "account of their own"),
        "another kind": ("wide", "mara", "no page called"),
        "itself": ("wide", "wide", "That is this page"),
    }[case]
    world.page("hal", "paper-coast", "article", "Wide")
    world.page("hal", "paper-coast", "person", "Mara")
    world.page("hal", "paper-coast", "article", "Narrow", {"access": "named_orgs", "access_orgs": [world.org("keel")]})
    world.page("hal", "directory", "organisation", "Other council")
    fields = {"access": "named_orgs", "access_orgs": [world.org("ministry"), world.org("council")]}
    world.page("ada", "paper-coast", "article", "Ours", fields)
    with world.writing() as session:
        from_there = select(Page).where(Page.slug.in_((stays, goes)))
        spaces = {
            page.slug: "paper-coast" if page.slug in ("wide", "narrow", "mara") else "directory"
            for page in session.scalars(from_there)
        }
    before = _everything(world)
    answer = send(
        entered(world, "ivy" if spaces[stays] == "directory" else "hal"),
        f"/{spaces[stays]}/{stays}/join",
        {"with": f"({spaces[goes]}/{goes})"},
    )
    assert answer.status_code == 422 and message in answer.text
    assert _everything(world) == before


def _everything(world: World) -> list[tuple[int, int, str]]:
    with world.reading() as session:
        return [tuple(row) for row in session.execute(select(Page.id, Page.number, Page.slug).order_by(Page.id))]


def test_an_account_goes_with_its_person(world: World) -> None:
    """Zoe's page was made twice; the one with her account leaves."""
    world.page("hal", "paper-coast", "person", "Zoe")
    account = world.account("zoe")
    with world.writing() as session:
        page = session.get_one(Page, account.person_id)
        page.space_id = world.space("paper-coast").id
    assert send(entered(world, "hal"), "/paper-coast/zoe/join", {"with": "Zoe Rockwell"}).status_code == 303
    with world.reading() as session:
        now = session.get_one(Account, account.id)
        assert session.get_one(Page, now.person_id).slug == "zoe"


def test_files_of_both_stay(world: World) -> None:
    world.page("hal", "paper-coast", "article", "Pier")
    other = world.page("hal", "paper-coast", "article", "The pier", body="![A plan](files/plan.txt)")
    client = entered(world, "hal")
    with world.writing() as session:
        attach(
            session,
            world.store,
            world.viewer("hal"),
            session.get_one(Page, other.id),
            "plan.txt",
            BytesIO(b"Planks."),
            100,
        )
    assert send(client, "/paper-coast/pier/join", {"with": "The pier"}).status_code == 303
    with client.get("/paper-coast/pier/files/plan.txt") as file:
        assert file.data == b"Planks."
    assert "files/plan.txt" in stored(world, "pier").body


def test_what_the_coordinator_may_not_see_does_not_come_along(lone_world: World) -> None:
    """Who left the page that goes said no to showing their contact; the page that stays said yes."""
    world = lone_world
    fields = {"listed_ok": "yes", "listed_on": "2026-01-01"}
    world.page("hal", "paper-coast", "person", "Mara", {"name": "Mara", **fields})
    fields = {"listed_ok": "no", "contact": "third desk from the window", "ask_me_about": ["tides"]}
    world.page("ada", "paper-coast", "person", "Mara F.", {"name": "Mara F.", **fields})
    client = entered(world, "hal")
    page = client.read("/paper-coast/mara/join?with=Mara+F.")
    assert "third desk" not in page.main
    form = page.form("/paper-coast/mara/join")
    assert send(client, "/paper-coast/mara/join", {**form.values, "f.contact": "theirs"}).status_code == 303
    now = stored(world, "mara")
    assert (now.fields["ask_me_about"], now.fields.get("contact")) == (["tides"], None)
    assert "third desk" not in entered(world, "dan").get("/paper-coast/mara").text


def test_a_join_that_cannot_be_saved_comes_back_with_what_was_chosen(lone_world: World) -> None:
    world = lone_world
    for title, word in (("Pier", "planks "), ("The pier", "boards ")):
        world.page("hal", "paper-coast", "article", title, body=word * 20_000)
    client = entered(world, "hal")
    form = client.read("/paper-coast/pier/join?with=The+pier").form("/paper-coast/pier/join")
    answer = send(client, "/paper-coast/pier/join", {**form.values, "title": "theirs", "body": "both"})
    assert answer.status_code == 422 and "Divide it into several pages" in answer.text
    back = shown(answer).form("/paper-coast/pier/join")
    assert (back.values["title"], back.values["body"]) == ("theirs", "both")
    assert stored(world, "pier").title == "Pier"


def test_every_reference_to_a_page_is_known_here() -> None:
    """A new table that names pages has to say what becomes of it when two pages are joined."""
    follows = {f"{one.class_.__tablename__}.{one.key}" for one in references.FOLLOWS}
    follows |= {f"{column.class_.__tablename__}.{column.key}" for column, _beside in references.FOLLOWS_ONCE}
    follows |= {"account.person_id"}
    there = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name == "page"
    }
    assert there == follows | STAY
    assert not follows & STAY
