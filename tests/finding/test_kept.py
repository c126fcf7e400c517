"""Searches that people keep: what is new in them, the notices that tell it, and that nobody learns what they may not read."""

import pytest
from sqlalchemy import select

from tests.cases import entered, ministry_page
from tests.notices.told import later, sentences, whys
from tests.world import World
from wiki.errors import Invalid, NotFound
from wiki.finding.asking import Asked
from wiki.finding.kept import saving, telling
from wiki.kinds import Content
from wiki.models import Account, Page, SavedSearch
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.people import actions as people


def keep(world: World, who: str, asked: Asked, by_mail: bool = False) -> int:
    return world.do(lambda session: saving.save(session, world.viewer(who), "Moon", asked, by_mail)).id


def seen(world: World, who: str, search_id: int) -> saving.Kept:
    with world.reading() as session:
        return saving.looked(session, world.viewer(who), saving.own(session, world.viewer(who), search_id))


def moon(world: World, title: str, **more: str) -> Page:
    return world.page("ada", "paper-coast", "article", title, body="Moonlight.", **more)


def ids(world: World) -> list[int]:
    with world.reading() as session:
        return list(session.scalars(select(SavedSearch.id)))


def test_it_works(world: World) -> None:
    moon(world, "Tides")
    client = entered(world, "ben")
    form = client.read("/search/follow?q=moonlight&kind=article").form(having="name")
    assert form.values["name"] == "moonlight"
    assert "Moon" in client.send(form, {"name": "Moon", "by_mail": "yes"}).main
    moon(world, "Ebb")
    page = client.read("/account/searches")
    assert "1 new" in page.main
    results = client.read(page.links()["Moon"])
    assert results.main.index("Ebb") < results.main.index("Tides")
    assert results.main.count("New") == 1
    (search_id,) = ids(world)
    client.send(page.form(f"/account/searches/{search_id}/seen"))
    assert "new" not in client.read("/account/searches").main.replace("new results", "")


def test_it_is_renamed_and_deleted(world: World) -> None:
    search_id = keep(world, "ben", Asked("moonlight"))
    client = entered(world, "ben")
    page = client.read("/account/searches")
    page = client.send(page.form(having="by_mail"), {"name": "Full moon", "by_mail": "yes"})
    assert "Full moon" in page.main
    refused = client.post(f"/account/searches/{search_id}", data={**page.form(having="by_mail").filled({"name": " "})})
    assert refused.status_code == 422
    assert "You keep no search yet" in client.send(page.form(f"/account/searches/{search_id}/deletion")).main


def test_nobody_touches_the_searches_of_others(world: World) -> None:
    search_id = keep(world, "ben", Asked("moonlight"))
    client = entered(world, "ada")
    token = client.read("/search/follow?q=x").form(having="name").values["csrf_token"]
    for address in ("", "/seen", "/deletion"):
        answer = client.post(f"/account/searches/{search_id}{address}", data={"csrf_token": token, "name": "Mine"})
        assert answer.status_code == 404, address
    assert "Moon" not in client.read("/account/searches").main
    assert "Moon" not in client.read(f"/search?q=moonlight&kept={search_id}").main
    with pytest.raises(NotFound), world.reading() as session:
        saving.own(session, world.viewer("visitor"), search_id)


def test_new_is_what_was_not_found_before_whatever_the_reason(world: World) -> None:
    other = world.page("ada", "paper-coast", "article", "Ebb", body="Nothing.")
    hidden = ministry_page(world, body="Moonlight.")
    search_id = keep(world, "dan", Asked("moonlight"))
    assert seen(world, "dan", search_id).new == 0
    with world.writing() as session:  # one page comes to say it, another is opened to more people
        for page_id, body, fields in ((other.id, "Moonlight.", {}), (hidden.id, "Moonlight!", {"access": "members"})):
            page = session.get_one(Page, page_id)
            old = content_of(current_revision(session, page))
            new = Content(old.title, body, {**old.fields, **fields})
            actions.save_page(session, world.catalogue, world.viewer("ada"), page, new, 1)
    assert (seen(world, "dan", search_id).total, seen(world, "dan", search_id).new) == (2, 2)


def test_there_is_an_end_to_keeping(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "MOST_KEPT", 1)
    monkeypatch.setattr(saving, "MOST_KNOWN", 0)
    moon(world, "Tides")
    for asked, by_mail, field in ((Asked(), False, "q"), (Asked("moonlight"), True, "by_mail")):
        with pytest.raises(Invalid) as refused:
            keep(world, "ben", asked, by_mail)
        assert [problem.field for problem in refused.value.problems] == [field]
    search_id = keep(world, "ben", Asked("moonlight"))
    assert seen(world, "ben", search_id).new is None
    with pytest.raises(Invalid):
        keep(world, "ben", Asked("tides"))


def tell(world: World, monkeypatch: pytest.MonkeyPatch, **time: int) -> int:
    later(monkeypatch, **time)
    return telling.tell(world.database, world.settings)


def test_a_notice_tells_once_what_is_new(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, "ben", Asked("moonlight"), by_mail=True)
    moon(world, "Tides")
    ministry_page(world, title="Spring tide", body="Moonlight.")
    assert tell(world, monkeypatch, hours=5) == 0  # not before its time
    assert tell(world, monkeypatch, hours=1, minutes=1) == 1
    assert sorted(sentences(world, "ben")) == [
        "Spring tide: New in your search “Moon”",
        "Tides: New in your search “Moon”",
    ]
    assert whys(world, "ben") == {"you asked to be told of new results of this search"}
    assert tell(world, monkeypatch, hours=7) == 0
    moon(world, "Ebb")
    assert tell(world, monkeypatch, hours=7) == 1
    assert sentences(world, "ben")[0] == "Ebb: New in your search “Moon”"
    assert len(sentences(world, "ben")) == 3


def test_nothing_is_told_that_its_keeper_may_not_open_at_that_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world, "dan", Asked("moonlight"), by_mail=True)
    open_page = moon(world, "Tides")
    ministry_page(world, title="Secret moon", body="Moonlight.")
    with world.writing() as session:  # closed before it is told
        page = session.get_one(Page, open_page.id)
        old = content_of(current_revision(session, page))
        fields = {**old.fields, "access": "named_orgs", "access_orgs": [world.org("ministry")]}
        new = Content(old.title, old.body, fields)
        actions.save_page(session, world.catalogue, world.viewer("ada"), page, new, 1)
    assert tell(world, monkeypatch, hours=7) == 0
    assert sentences(world, "dan") == []


def test_a_closed_account_is_told_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, "ben", Asked("moonlight"), by_mail=True)
    moon(world, "Tides")
    with world.writing() as session:
        account = session.get_one(Account, world.account("ben").id)
        people.close_account(session, world.viewer("ivy"), account)
    assert tell(world, monkeypatch, hours=7) == 0
    with world.reading() as session:
        assert len(session.scalars(select(SavedSearch)).all()) == 1
