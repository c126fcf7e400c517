"""Scenarios of docs/access.md about what people know of each other: what was read, what somebody holds, what was asked."""

import csv
from functools import partial
from io import StringIO

from tests.access.gates import EVERYBODY, named, opens
from tests.conversation.talking import comment, suggest
from tests.holdings.test_footprint import edit
from tests.questions.asked import ask as put
from tests.questions.asked import speaks
from tests.receipts.asks import ask, read
from tests.world import FOUNDER, World
from wiki.access import page_for
from wiki.models import Account, Page, Question
from wiki.pages import actions as pages
from wiki.pages.storing import content_of, current_revision
from wiki.questions.actions import reach
from wiki.questions.listing import Asked, everything
from wiki.questions.seeing import question_for
from wiki.spaces import actions as spaces


def test_what_somebody_has_read_is_for_them_and_for_those_who_look_after_the_page(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", {"owner": world.viewer("ada").person_id})
    ask(world, "hal", ("ben",))
    read(world, "ben")
    listed = {
        who: world.browser(who).get("/registers/receipts.csv").text for who in ("ben", "hal", "ada", "dan", "ivy")
    }
    assert {who for who, text in listed.items() if "Ben Optima" in text} == {"ben", "hal", "ada"}
    with world.writing() as session:
        session.get_one(Page, page.id).access = "steward_only"
    assert "Ben Optima" not in world.browser("ben").get("/registers/receipts.csv").text


def test_what_somebody_holds_adds_up_for_themselves_for_their_organisation_and_for_coordinators(world: World) -> None:
    ada, ministry = world.viewer("ada").person_id, world.org("ministry")
    world.page("ada", "paper-coast", "article", "Tides", {"owner": ada})
    world.page("ada", "paper-coast", "article", "Secret tides", {"owner": ada, **named(world, "ministry")})
    person = world.found("ada", "directory", "ada-verdana").page
    edit(world, person, {"org": ministry})
    told = {who: lines(world, who).get("Ada Verdana", "") for who in ("ada", "ben", "hal", "dan", "zoe", "ivy")}
    assert told == {"ada": "2", "ben": "2", "hal": "1", "dan": "", "zoe": "", "ivy": "0"}
    assert "1 is not visible to you" in world.browser("dan").read("/registers/people").main


def lines(world: World, who: str) -> dict[str, str]:
    """Person -> how many pages the register says that they keep right."""
    found = csv.DictReader(StringIO(world.browser(who).get("/registers/people.csv").text.removeprefix("\ufeff")))
    return {line["person"]: line["page"] for line in found}


def test_a_question_is_for_those_asked_and_for_people_inside(world: World) -> None:
    speaks(world, "dan", "council")
    fields = {"owner": world.viewer("dan").person_id}
    page = world.page("dan", "paper-coast", "article", "Shells", fields)
    inside, between = put(world, "ada", "Who counts?", page), put(world, "ada", "May I?", page, close=True)
    assert (knowing(world, inside), knowing(world, between)) == ({"ada", "ben", "hal"}, {"ada", "hal"})
    with world.writing() as session:
        reach(session, session.get_one(Question, inside), world.account("dan").id)
    assert knowing(world, inside) == {"ada", "ben", "hal", "dan"}
    with world.writing() as session:
        found = page_for(session, world.viewer("dan"), "paper-coast", page.slug, "edit")
        content = content_of(current_revision(session, found.page))
        content.fields |= {"access": "named_orgs", "access_orgs": [world.org("council")]}
        pages.save_page(session, world.catalogue, world.viewer("dan"), found.page, content, found.page.number)
    assert (knowing(world, inside), knowing(world, between)) == ({"dan"}, set())


def knowing(world: World, number: int) -> set[str]:
    """Who knows of a question: the page of it and the list agree."""
    found = set()
    with world.reading() as session:
        for who in EVERYBODY:
            viewer = world.viewer(who)
            listed = number in {one.question.id for one in everything(session, viewer, Asked())}
            assert listed == opens(partial(question_for, session, viewer, number)), who
            found |= {who} if listed else set()
    return found


def test_what_is_said_about_a_page_is_for_people_with_a_role_in_its_space(world: World) -> None:
    page = world.page("founder", "paper-coast", "article", "Tides", {"access": "public"})
    said = comment(world, "hal", page, "A word inside, @Dan Corbel")
    suggest(world, "hal", page, "Other words inside.\n")
    url = "/paper-coast/tides"

    def follow(who: str) -> bool:
        client = world.browser(who)
        pages = (f"{url}/conversation", f"{url}/conversation.md", f"{url}/suggestions/1", "/conversations", "/inbox")
        told = [client.get(one).status_code == 200 and "inside" in client.get(one).text for one in pages]
        counted = "Read it and take part" in client.get(url).text
        assert told[:4] in ([True] * 4, [False] * 4) and counted is told[0], (who, told)
        return told[0]

    assert {who for who in EVERYBODY if who != "visitor" and follow(who)} == {"hal", "ada", "ben", "dan"}
    assert "Read it and take part" not in world.browser().get(url).text
    assert "A word inside" in world.browser("dan").get("/inbox").text
    with world.writing() as session:
        account = session.get_one(Account, world.account("dan").id)
        spaces.remove_member(session, FOUNDER, world.space("paper-coast"), account)
    assert world.browser("dan").get(url).status_code == 200, "he reads the page as everybody does"
    assert "A word inside" not in world.browser("dan").get("/inbox").text
    assert said.text.startswith("A word inside")
