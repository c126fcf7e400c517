"""Searches that people keep: what is new in them, the mails that tell it, and that nobody learns what they may not read."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cases import entered, ministry_page
from tests.world import World
from wiki import clock
from wiki.errors import Invalid, NotFound
from wiki.finding.asking import Asked
from wiki.finding.kept import saving, telling
from wiki.kinds import Content
from wiki.models import Account, Outgoing, Page, SavedSearch
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.people import actions as people
from wiki.worker import deliver


def keep(world: World, who: str, asked: Asked, by_mail: bool = False) -> int:
    return world.do(lambda session: saving.save(session, world.viewer(who), "Moon", asked, by_mail)).id


def seen(world: World, who: str, search_id: int) -> saving.Kept:
    with world.reading() as session:
        return saving.looked(session, world.viewer(who), saving.own(session, world.viewer(who), search_id))


def moon(world: World, title: str, **more: str) -> Page:
    return world.page("ada", "paper-coast", "article", title, body="Moonlight.", **more)


def later(monkeypatch: pytest.MonkeyPatch, **time: int) -> None:
    moment = clock.now() + timedelta(**time)
    monkeypatch.setattr(clock, "_now", lambda: moment)


def ids(world: World) -> list[int]:
    with world.reading() as session:
        return list(session.scalars(select(SavedSearch.id)))


def mails(world: World) -> list[Outgoing]:
    with world.reading() as session:
        return list(session.scalars(select(Outgoing).order_by(Outgoing.id)))


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


def test_a_mail_tells_once_what_is_new(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, "ben", Asked("moonlight"), by_mail=True)
    moon(world, "Tides")
    ministry_page(world, title="Spring tide", body="Moonlight.")
    assert telling.tell(world.database, world.settings, world.catalogue) == 0  # not before a day has passed
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 1
    (mail,) = mails(world)
    assert mail.recipient == world.email("ben")
    assert mail.subject == "2 new results: Moon"
    assert "- Tides (Page)" in mail.text and "- Spring tide (Page)" in mail.text
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 0
    moon(world, "Ebb")
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 1
    assert "Tides" not in mails(world)[1].text and "- Ebb (Page)" in mails(world)[1].text


def test_a_mail_holds_only_what_its_reader_may_open_at_that_moment(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(world, "dan", Asked("moonlight"), by_mail=True)
    open_page = moon(world, "Tides")
    ministry_page(world, title="Secret moon", body="Moonlight.")
    with world.writing() as session:  # closed before the mail is made
        page = session.get_one(Page, open_page.id)
        old = content_of(current_revision(session, page))
        fields = {**old.fields, "access": "named_orgs", "access_orgs": [world.org("ministry")]}
        new = Content(old.title, old.body, fields)
        actions.save_page(session, world.catalogue, world.viewer("ada"), page, new, 1)
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 0
    assert mails(world) == []


def test_a_mail_that_waited_too_long_is_not_sent(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, "ben", Asked("moonlight"), by_mail=True)
    moon(world, "Tides")
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 1
    later(monkeypatch, hours=1, minutes=1)
    assert deliver(world.database, world.settings) == 0
    (mail,) = mails(world)
    assert (mail.sent_at, mail.text) == (None, "")
    assert deliver(world.database, world.settings) == 0


def test_a_closed_account_is_told_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(world, "ben", Asked("moonlight"), by_mail=True)
    moon(world, "Tides")
    with world.writing() as session:
        account = session.get_one(Account, world.account("ben").id)
        people.close_account(session, world.viewer("ivy"), account)
    later(monkeypatch, days=1, minutes=1)
    assert telling.tell(world.database, world.settings, world.catalogue) == 0
    with world.reading() as session:
        assert len(session.scalars(select(SavedSearch)).all()) == 1
