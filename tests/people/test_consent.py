"""Contact details are seen when the person says so, by nobody else's word, and not after they left; what is kept about somebody, they can take along."""

import json
from typing import Any

from sqlalchemy import select

from tests.cases import entered, ministry_page, send
from tests.world import World
from wiki.models import Comment, Login, Page, Space, Star, Suggestion, Thread
from wiki.pages.storing import current_revision

CONTACT = "third desk from the window"


def own_page(world: World, who: str) -> str:
    with world.reading() as session:
        query = select(Space.slug, Page.slug).join(Space, Space.id == Page.space_id)
        space, slug = session.execute(query.where(Page.id == world.account(who).person_id)).one()
        return f"/{space}/{slug}"


def write(world: World, who: str, at: str, **fields: str) -> int:
    client = entered(world, who)
    form = {f"f.{key}": value for key, value in fields.items()}
    return send(client, f"{at}/edit", {**client.read(f"{at}/edit").form(f"{at}/edit").values, **form}).status_code


def test_it_works(world: World) -> None:
    at = own_page(world, "dan")
    slug = at.rpartition("/")[2]
    assert write(world, "dan", at, contact=CONTACT) == 303
    assert CONTACT not in entered(world, "ada").read(at).main
    dan = entered(world, "dan")
    page = dan.read("/account")
    assert "hidden from others" in page.main
    send(dan, "/account/listed", {"do": "yes"})
    assert CONTACT in entered(world, "ada").read(at).main
    said, number = newest(world, slug)
    assert (said["listed_ok"], "listed_on" in said) == ("yes", True)
    send(dan, "/account/listed", {"do": "no"})
    ada = entered(world, "ada")
    for rest in ("", f"/history/{number}", f"/compare/{number}/{number + 1}", ".md"):
        answer = ada.get(f"{at}{rest}")
        assert answer.status_code == 200 and CONTACT not in answer.text, rest
    assert CONTACT not in ada.get("/registers/changes?since=2026-01-01").text


def newest(world: World, slug: str) -> tuple[dict[str, Any], int]:
    with world.reading() as session:
        page = session.scalars(select(Page).where(Page.slug == slug)).one()
        return dict(current_revision(session, page).fields), page.number


def test_nobody_says_yes_for_somebody_who_can(world: World) -> None:
    at = own_page(world, "dan")
    assert write(world, "ivy", at, listed_ok="yes", listed_on="2026-11-01") == 422
    assert write(world, "ivy", at, listed_ok="no") == 303
    assert write(world, "ivy", at, thanks_shown="yes") == 422
    world.page("hal", "paper-coast", "person", "Mara Futura", {"name": "Mara Futura"})
    assert write(world, "hal", "/paper-coast/mara-futura", listed_ok="yes") == 422, "on which day did she say so?"
    assert write(world, "hal", "/paper-coast/mara-futura", listed_ok="yes", listed_on="2026-11-01") == 303


def test_details_are_hidden_when_somebody_has_left(world: World) -> None:
    fields = {
        "name": "Mara",
        "contact": CONTACT,
        "listed_ok": "yes",
        "listed_on": "2026-01-01",
        "pronouns": "she",
        "languages": "Shore talk",
    }
    mara = world.page("hal", "paper-coast", "person", "Mara", fields, state="active")
    ada = entered(world, "ada")
    assert all(word in ada.read("/paper-coast/mara").main for word in (CONTACT, "Shore talk"))
    with world.writing() as session:
        session.get_one(Page, mara.id).state = "left"
    for at in (
        "/paper-coast/mara",
        "/paper-coast/mara.md",
        "/paper-coast/mara/history/1",
        "/api/v1/pages/paper-coast/mara",
    ):
        assert not any(word in ada.get(at).text for word in (CONTACT, "Shore talk")), at


def test_somebody_takes_along_what_is_kept_about_them(world: World) -> None:
    hidden = ministry_page(world, title="Secret tides")
    with world.writing() as session:
        star = {"time": hidden.created_at, "page_id": hidden.id}
        session.add_all([Star(account_id=world.account(who).id, **star) for who in ("dan", "ada")])
    world.page("dan", "paper-coast", "article", "Boats", note="A first text")
    dan = entered(world, "dan")
    told = dan.get("/account/kept.json")
    kept = json.loads(told.text)
    assert told.headers["Content-Disposition"].startswith("attachment")
    assert kept["account"]["email"] == world.email("dan")
    assert kept["page"]["title"] == "Dan Corbel"
    assert [one["page_id"] for one in kept["star"]] == [hidden.id]
    assert "A first text" in [one["note"] for one in kept["revisions"]]
    assert "Secret" not in told.text and str(hidden.id) not in kept["pages"]
    with world.reading() as session:
        secrets = [world.account("dan").password_hash, *session.scalars(select(Login.digest))]
    assert not any(secret in told.text for secret in secrets if secret)
    assert entered(world, "visitor").get("/account/kept.json").status_code == 401


def test_what_was_written_on_a_page_that_closed_since_stays_there(world: World) -> None:
    """Texts of a line belong to the page it speaks of: words of one's own there may quote it."""
    page = world.page("ada", "paper-coast", "article", "Boats", body="Planks")
    open_one = world.page("ada", "paper-coast", "article", "Oars", body="Ash")
    dan = world.account("dan")
    when = page.created_at
    mine = {"author_id": dan.id, "author_name": "Dan", "written_at": when}
    offered = {"author_id": dan.id, "author_name": "Dan", "base": 1, "made_at": when, "fields": {}, "declined": []}
    with world.writing() as session:
        for one, word in ((page, "planks"), (open_one, "ash")):
            thread = Thread(page_id=one.id, number=1, quote=f"quoted {word}", opened_at=when, changed_at=when)
            session.add(thread)
            session.flush()
            session.add(Comment(thread_id=thread.id, text=f"I wrote {word}", **mine))
            session.add(Suggestion(page_id=one.id, title=f"Title {word}", body=f"Better {word}", **offered))
    client = entered(world, "dan")
    before = client.get("/account/kept.json").text
    assert all(f"{said} planks" in before for said in ("I wrote", "Title", "Better"))
    with world.writing() as session:
        session.get_one(Page, page.id).access = "steward_only"
    told = client.get("/account/kept.json")
    assert "planks" not in told.text
    assert all(f"{said} ash" in told.text for said in ("I wrote", "Title", "Better"))
    assert not any("fields" in one for one in json.loads(told.text)["suggestion"])
    assert len(json.loads(told.text)["comment"]) == 2, "that something was written is said"
