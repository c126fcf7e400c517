"""What somebody may not see shows in no register: not in a title, a cell, a count, a choice, an order or a file."""

import random
import re
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient

from tests.client import Browser
from tests.registers.reading import file_of, listed, states, titles
from tests.world import FOUNDER, ORGANISATIONS, PEOPLE, ROLES, World
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions as pages

EVERYBODY = [*PEOPLE, "visitor"]
LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")
KINDS = ("decision", "lesson", "handover")


@dataclass
class Made:
    """A page as the oracle knows it; its token is in every text of it and nowhere else."""

    id: int
    kind: str
    space: str
    access: str
    named: list[str]
    steward: str | None
    token: str
    state: str
    refs: list["Made"] = field(default_factory=list)


def sees(who: str, page: Made) -> bool:
    """The rules of docs/access.md, told once more and without SQL."""
    if page.access == "public":
        return True
    if who == "visitor":
        return False
    member = page.space == "paper-coast" and who in ROLES
    acting = ROLES[who][1] if member else None
    if page.steward is not None and page.steward == acting:
        return True
    if page.access == "members":
        return page.space == "commons" or member
    if page.access == "partnership":
        return member
    return page.access == "named_orgs" and acting is not None and acting in page.named


def make(world: World, dice: random.Random, count: int) -> list[Made]:
    """Pages with random access that refer to each other."""
    made: list[Made] = []
    for number in range(count):
        kind, space, access = dice.choice(KINDS), dice.choice(("paper-coast", "commons")), dice.choice(LEVELS)
        named = dice.sample(list(ORGANISATIONS), dice.randint(0, 2))
        steward = dice.choice([None, None, *ORGANISATIONS])
        token = f"zq{number:03}x{dice.randrange(10**6):06}"
        refs = dice.sample(made, min(len(made), 2))
        fields = {
            "access": access,
            "access_orgs": [world.org(org) for org in named],
            "themes": [token, "data"],
            **({"steward_org": world.org(steward)} if steward else {}),
            **_own(world, kind, token, refs),
        }
        state = dice.choice(world.catalogue[kind].states).key
        page = by_the_founder(world, space, kind, Content(f"{token} {kind}", token, fields), state)
        made.append(Made(page.id, kind, space, access, named, steward, token, state, refs))
    return made


def by_the_founder(world: World, space: str, kind: str, content: Content, state: str) -> Page:
    """A page by somebody whom no rule about access stops."""
    with world.writing() as session:
        where, known = world.space(space), world.catalogue
        return pages.create_page(session, known, FOUNDER, where, known[kind], content, state=state)


def _own(world: World, kind: str, token: str, refs: list[Made]) -> dict[str, object]:
    ids = [one.id for one in refs]
    if kind == "decision":
        return {"question": token, "outcome": token, "affects": ids, "supersedes": ids[:1], "decided_on": "2026-03-04"}
    if kind == "lesson":
        return {"lesson": token, "applied_in": ids, **({"source": ids[0]} if ids else {})}
    items = [{"id": "i1", "what_to_know": token, "item": {"page": ids[0]}}] if ids else []
    return {"person": world.account("ben").person_id, "items": items, "first_week": token}


QUERIES = (
    "show=all&archived=yes&limit=200",
    "show=all&sort=-affects,source",
    "show=all&sort=-late,still_stands",
    "show=all&themes=data&sort=owner",
    "show=all&space=commons",
)


@pytest.mark.parametrize(("world", "seed"), [("sqlite", 1), ("postgresql", 2)], indirect=["world"])
def test_it_works(world: World, seed: int) -> None:
    made = make(world, random.Random(seed), 24)
    for who in EVERYBODY:
        client = world.browser(None if who == "visitor" else who)
        may = {one.token for one in made if sees(who, one)}
        for kind in KINDS:
            wanted = {one.token for one in made if one.kind == kind and one.token in may}
            for query in QUERIES:
                page, file = (plain(client, f"/registers/kind/{kind}{end}?{query}") for end in ("", ".csv"))
                told = set(re.findall(r"zq\d{3}x\d{6}", page + file))
                assert told <= may, f"{who} is told of {told - may} by {kind}?{query}"
                if "space" not in query:
                    assert {one for one in wanted if one in file} == wanted, (who, kind, query)


def plain(client: Browser, url: str) -> str:
    """What an address answers, without the inspection of a page, which takes most of the time."""
    answer = FlaskClient.open(client, url)
    assert answer.status_code == 200 or (answer.status_code in (401, 404) and "space=" in url), url
    return answer.text


def test_counts_are_those_of_the_pages_that_are_seen(world: World) -> None:
    made = make(world, random.Random(7), 24)
    for who in ("ada", "dan", "zoe"):
        client = world.browser(who)
        for kind in KINDS:
            own = [one for one in made if one.kind == kind and sees(who, one)]
            page = client.read(f"/registers/kind/{kind}?show=all&limit=200")
            assert len(titles(page)) == len(own)
            if own:
                labels = {state.key: state.label for state in world.catalogue[kind].states}
                counted = {label: number for label, number in states(page).items() if label != "All"}
                assert counted == {
                    labels[key]: sum(one.state == key for one in own) for key in {one.state for one in own}
                }
            # the same where the list is worked out here and not by the database
            assert states(client.read(f"/registers/kind/{kind}?show=all&sort=late&limit=200")) == states(page)
            overview = client.read("/registers").main
            assert f"{world.catalogue[kind].plural} {len(own)} " in overview


def test_only_members_of_a_space_are_told_how_much_is_hidden_in_it(world: World) -> None:
    made = make(world, random.Random(11), 24)
    for who in EVERYBODY:
        client = world.browser(None if who == "visitor" else who)
        for kind in KINDS:
            hidden = [o for o in made if o.kind == kind and o.space == "paper-coast" and not sees(who, o)]
            told = hidden_count(client.read(f"/registers/kind/{kind}?show=all").main)
            assert told == (len(hidden) if who in ROLES else 0), (who, kind)


def hidden_count(text: str) -> int:
    found = re.search(r"(\d+) pages? of this kind (?:is|are) not visible to you", text)
    return int(found[1]) if found else 0


def test_no_filter_changes_how_much_is_said_to_be_hidden(world: World) -> None:
    council = world.org("council")
    fields = {"access": "named_orgs", "access_orgs": [council], "themes": ["money"], "review_due": "2020-01-01"}
    world.page("dan", "paper-coast", "decision", "Secret", fields, state="accepted")
    world.page("ada", "paper-coast", "decision", "Open", {"themes": ["money"]}, state="accepted")
    client = world.browser("ada")
    told = {
        query: hidden_count(client.read(f"/registers/kind/decision?{query}").main)
        for query in (
            "",
            "themes=money",
            "themes=data",
            "state=draft",
            "freshness=overdue",
            "still_stands=stands",
            "title=Secret",
        )
    }
    assert set(told.values()) == {1}, told
    assert hidden_count(client.read("/registers/kind/decision?space=commons").main) == 0


def test_a_cell_says_that_a_page_is_not_visible(world: World) -> None:
    council = world.org("council")
    secret = world.page("dan", "paper-coast", "meeting", "Secret", {"access": "named_orgs", "access_orgs": [council]})
    world.page("dan", "paper-coast", "lesson", "Tides", {"source": secret.id})
    for who, said in (("dan", "Secret"), ("ada", "not visible to you")):
        client = world.browser(who)
        (line,) = file_of(client, "lesson")
        assert said in line.values()
        page = client.read("/registers/kind/lesson")
        assert said in page.main
        assert ("Secret" in page.links()) == (who == "dan")


def test_a_value_of_a_hidden_page_is_not_shown_through_a_reference(world: World) -> None:
    council, keel = world.org("council"), world.org("keel")
    person = world.page(
        "dan", "paper-coast", "person", "Hidden person", {"org": keel, "access": "named_orgs", "access_orgs": [council]}
    )
    world.page("dan", "paper-coast", "handover", "They go", {"person": person.id})
    shown = {who: file_of(world.browser(who), "handover")[0] for who in ("dan", "ada")}
    assert (shown["dan"]["Who is leaving"], shown["dan"]["Organisation"]) == ("Hidden person", "Keel Office")
    assert (shown["ada"]["Who is leaving"], shown["ada"]["Organisation"]) == ("not visible to you", "")
    assert listed(world.browser("ada"), "handover", organisation=keel) == []
    assert listed(world.browser("dan"), "handover", organisation=keel) == ["They go"]


def test_the_order_does_not_tell_what_a_hidden_page_is_called(world: World) -> None:
    council = world.org("council")
    hidden = {"access": "named_orgs", "access_orgs": [council]}
    for name in ("aaa", "zzz"):
        source = world.page("dan", "paper-coast", "meeting", name, hidden)
        world.page("dan", "paper-coast", "lesson", f"of {'b' if name == 'aaa' else 'a'}", {"source": source.id})
    assert listed(world.browser("dan"), "lesson", sort="source") == ["of b", "of a"]
    assert listed(world.browser("ada"), "lesson", sort="source") == ["of a", "of b"]


def test_restricted_values_are_shown_to_those_they_are_for_and_sort_for_nobody(world: World) -> None:
    ada = world.account("ada").person_id
    holders = [{"id": "h1", "person": ada}]
    world.page("hal", "paper-coast", "role", "Keeper", {"holders": holders, "workload_check": "tight"})
    world.page("hal", "paper-coast", "role", "Baker", {"workload_check": "no"})
    label = next(one.label for one in world.catalogue["role"].fields if one.key == "workload_check")
    for who, said in (("ada", "It is tight"), ("ben", ""), ("dan", "")):
        lines = {line["Title"]: line for line in file_of(world.browser(who), "role")}
        assert (lines["Keeper"][label], lines["Baker"][label]) == (said, "")
        assert listed(world.browser(who), "role", sort="-workload_check") == ["Baker", "Keeper"]
        assert listed(world.browser(who), "role", workload_check="tight") == []


def test_deleted_pages_are_nowhere(world: World) -> None:
    page = world.page("ada", "paper-coast", "lesson", "Gone tides")
    world.page("ada", "paper-coast", "decision", "Boat", {"affects": [page.id]}, state="accepted")
    with world.writing() as session:
        stored = session.get_one(Page, page.id)
        stored.deleted_at = stored.changed_at
    client = world.browser("ada")
    assert listed(client, "lesson") == []
    assert hidden_count(client.read("/registers/kind/lesson").main) == 0
    text = client.get("/registers/kind/decision").text
    assert "Gone tides" not in text
    assert "a page that was deleted" in text
