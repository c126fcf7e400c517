"""Somebody asks others to read a page and confirm it by a day: the whole way, from the form to the confirmation."""

import csv
from io import StringIO

from tests.cases import FORM, SENT, answers, entered, ministry_page, send
from tests.history.test_timeline import save
from tests.moments import Moments
from tests.page import text_of
from tests.receipts.asks import ask, everybody, read, standing, stored, withdraw
from tests.world import World
from wiki.models import Account
from wiki.receipts.groups import Group

TIDES = "/paper-coast/tides"
ASK = f"{TIDES}/acknowledge/new"
WISH = {"due": "2026-12-31", "why": "New rules"}


def test_it_works(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    client = world.browser("ada")
    assert "Nobody is asked" in client.read(f"{TIDES}/acknowledge").main
    form = client.read(ASK).form(ASK)
    assert "Say who should read it" in client.send(form, {"who": "", "why": "x"}, status=422).main
    check = client.send(form, {"who": "Dan Corbel\nBen Optima", **WISH, "do": "check"})
    assert "Ben Optima, Dan Corbel" in check.main
    follow = client.send(check.form(ASK), {"do": "ask"})
    assert "0 of 2 people have read and confirmed it." in follow.main
    dan = world.browser("dan")
    band = dan.read(TIDES)
    assert "Please read and confirm by Dec 31, 2026" in band.main and "Asked by Ada Verdana: New rules" in band.main
    assert "Tides" in dan.read("/").main
    after = dan.send(band.form(f"{TIDES}/acknowledge"))
    assert "Please read" not in after.main
    assert "1 of 2 people have read and confirmed it." in client.read(follow.url).main
    assert "Please read" in world.browser("ben").read(TIDES).main


def test_the_four_cases(world: World, moments: Moments) -> None:
    ministry_page(world)
    assert answers(world, lambda client: client.get(ASK)) == FORM
    wish = {**WISH, "do": "ask", "who": "Ben Optima"}
    assert answers(world, lambda client: send(client, ASK, wish)) == SENT
    number = ask(world, "ada", ("ben",))
    seen = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 404, "ada": 200}
    for rest in ("", ".csv", "/withdraw"):
        at = f"{TIDES}/acknowledge/{number}{rest}"
        assert {who: entered(world, who).get(at).status_code for who in seen} == seen
    end = f"{TIDES}/acknowledge/{number}/withdraw"
    assert answers(world, lambda client: send(client, end, {"why": "x"})) == {**seen, "ada": 303}


def test_confirming_is_for_those_who_are_asked_and_never_for_somebody_else(world: World, moments: Moments) -> None:
    ministry_page(world)
    ask(world, "ada", ("ben",))
    at = f"{TIDES}/acknowledge"
    expected = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 303, "ada": 403}
    sent = {"revision": "1", "account": str(world.account("dan").id)}
    assert {who: send(entered(world, who), at, sent).status_code for who in expected} == expected
    for strange in ("0", "2", "x", ""):
        assert send(entered(world, "ben"), at, {"revision": strange}).status_code == 422


def test_who_cannot_read_it_is_named_before_anything_is_sent_and_not_asked(world: World, moments: Moments) -> None:
    ministry_page(world)
    client = world.browser("ada")
    check = client.send(client.read(ASK).form(ASK), {"who": "Dan Corbel\nBen Optima", **WISH, "do": "check"})
    assert "1 person cannot read this page" in check.main and "Dan Corbel" in check.main
    follow = client.send(check.form(ASK), {"do": "ask"})
    assert "0 of 1 person" in follow.main and "Dan Corbel" not in follow.main
    nobody = client.send(client.read(ASK).form(ASK), {"who": "Dan Corbel", **WISH, "do": "ask"}, status=422)
    assert "None of them can read this page: Dan Corbel" in nobody.main


def test_only_what_matters_asks_again_and_links_to_what_changed(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    number = ask(world, "ada", ("dan",))
    moments.pass_by(hours=1)
    read(world, "dan")
    moments.pass_by(days=1)
    save(world, "ada", "tides", "They come!")
    assert standing(world, number) == {"dan": "confirmed"}
    save(world, "ada", "tides", "They come and go.")
    assert standing(world, number) == {"dan": "changed"}
    dan = world.browser("dan")
    page = dan.read(TIDES)
    assert "It has changed since you read it" in page.main
    compared = dan.read(page.links()["See what changed since"])
    assert compared.url == f"{TIDES}/compare/1/3" and "and go" in compared.main
    moments.pass_by(days=15)
    assert standing(world, number) == {"dan": "overdue"}
    read(world, "dan")
    assert standing(world, number) == {"dan": "confirmed"}


def test_the_author_says_in_the_form_that_a_change_is_small_and_who_keeps_the_page_that_it_is_not(
    world: World, moments: Moments
) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.", fields={})
    number = ask(world, "hal", ("dan",))
    moments.pass_by(hours=1)
    read(world, "dan")
    client = world.browser("hal")
    form = client.read(f"{TIDES}/edit").form(f"{TIDES}/edit")
    client.send(form, {"body": "They come every day.", "weight": "small", "do": "save"})
    assert standing(world, number) == {"dan": "confirmed"}
    again = client.read(f"{TIDES}/acknowledge").form(f"{TIDES}/acknowledge/again")
    client.send(again, {"why": "The days matter after all"})
    assert standing(world, number) == {"dan": "changed"}
    assert "Everybody must read it again" not in world.browser("dan").read(f"{TIDES}/edit").main
    refused = send(entered(world, "dan"), f"{TIDES}/edit", {"base": "2", "title": "Tides", "weight": "again"})
    assert refused.status_code == 403
    assert send(entered(world, "dan"), f"{TIDES}/acknowledge/again", {"why": "x"}).status_code == 403


def test_what_changed_while_somebody_read_is_not_confirmed_with_it(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    number = ask(world, "ada", ("dan",))
    client = world.browser("dan")
    form = client.read(TIDES).form(f"{TIDES}/acknowledge")
    moments.pass_by(minutes=5)
    save(world, "ada", "tides", "They come and go.")
    after = client.send(form)
    assert (
        "the page was changed while you read it" in text_of(after.root)
        and "It has changed since you read it" in after.main
    )
    assert standing(world, number) == {"dan": "changed"}


def test_a_request_that_is_withdrawn_asks_nobody_and_keeps_what_was_confirmed(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    number = ask(world, "ada", ("dan", "ben"))
    read(world, "ben")
    hal = world.browser("hal")
    form = hal.read(f"{TIDES}/acknowledge/{number}/withdraw").form()
    assert "Say why" in hal.send(form, {"why": ""}, status=422).main
    assert "Not needed any more" in hal.send(form, {"why": "Not needed any more"}).main
    assert standing(world, number) == {"dan": "withdrawn", "ben": "confirmed"}
    assert "Please read" not in world.browser("dan").read(TIDES).main
    assert stored(world, number).ended_by_name == world.viewer("hal").name


def test_the_file_for_an_auditor_has_every_confirmation_with_the_seal_of_its_revision(
    world: World, moments: Moments
) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    number = ask(world, "ada", ("dan", "ben"), why="=1+1")
    moments.pass_by(hours=1)
    read(world, "dan")
    moments.pass_by(days=1)
    save(world, "ada", "tides", "They come and go.")
    read(world, "dan")
    with world.writing() as session:  # somebody leaves; what they confirmed stays
        session.get_one(Account, world.account("dan").id).active = False
    answer = entered(world, "hal").get(f"{TIDES}/acknowledge/{number}.csv")
    lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    found = [(line["person"], line["status"], line["revision"], line["revision_now"]) for line in lines]
    assert found == [
        ("Ben Optima", "asked", "", "2"),
        ("Dan Corbel", "confirmed", "2", "2"),
        ("Dan Corbel", "confirmed_earlier", "1", "2"),
    ]
    assert len({line["seal"] for line in lines if line["seal"]}) == 2
    assert {line["why"] for line in lines} == {"'=1+1"}


def test_roles_organisations_and_everybody_are_asked_together(world: World, moments: Moments) -> None:
    space = world.space("paper-coast").id
    world.page("ada", "paper-coast", "article", "Tides")
    ben = world.account("ben").person_id
    role = world.page("hal", "paper-coast", "role", "Harbour master", {"holders": [{"id": "h1", "person": ben}]}).id
    for group, expected in (
        (Group("space", space), {"ada", "ben", "dan"}),
        (Group("space_role", space, "member"), {"ada", "dan"}),
        (Group("organisation", space, page=world.org("ministry")), {"ada", "ben"}),
        (Group("role", page=role), {"ben"}),
    ):
        assert set(standing(world, ask(world, "hal", groups=(group,)))) == expected, group
    client = world.browser("hal")
    form = client.read(ASK).form(ASK)
    check = client.send(form, {"who": "Harbour master", "groups": ["coordinator"], **WISH, "do": "check"})
    assert "Ben Optima" in check.main and "Hal" not in check.main, "who asks is not asked"


def test_an_answer_before_the_request_is_not_an_answer_to_it(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    first = ask(world, "ada", ("dan",))
    moments.pass_by(hours=1)
    read(world, "dan")
    moments.pass_by(days=300)
    second = ask(world, "ada", ("dan",))
    assert (standing(world, first), standing(world, second)) == ({"dan": "confirmed"}, {"dan": "asked"})
    moments.pass_by(hours=1)
    read(world, "dan")
    assert (standing(world, first), standing(world, second)) == ({"dan": "confirmed"}, {"dan": "confirmed"})
    withdraw(world, "ada", second)
    assert [one.status for one in everybody(world, second)] == ["confirmed"]
