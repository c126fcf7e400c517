"""Whom a question is put to: the order of the reasons, held by an oracle in plain Python over random worlds."""

import random
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import update

from tests.questions.asked import council_page, who_can_be_asked
from tests.world import FOUNDER, World
from wiki.kinds import Content
from wiki.models import Account, Enrolment, Page, Space
from wiki.pages import actions as pages
from wiki.people import actions as people
from wiki.spaces import actions as spaces

THEMES = ("money", "youth", "agreements", "data")
ORDER = ("owner", "buddy", "holds", "theme", "coordinator")


@dataclass
class Somebody:
    """One person of a random world, as the oracle knows them."""

    name: str
    org: int | None
    coordinator: bool
    state: str
    themes: list[str] = field(default_factory=list)
    person: int = 0
    account: int = 0


def expected(asker: Somebody, others: list[Somebody], page: "Facts") -> list[tuple[str, str]]:
    """(name, why) in the order in which they are asked."""
    found: dict[str, str] = {}
    for one in others:
        inside = one.org == asker.org
        reads = page.readers is None or one.org == page.readers
        if one is asker or one.state in ("away", "left") or not reads:
            continue
        if inside and one.person == page.owner:
            found[one.name] = "owner"
        elif inside and one.person == page.buddy:
            found[one.name] = "buddy"
        elif inside and one.person in page.holders:
            found[one.name] = "holds"
        elif inside and set(one.themes) & set(page.themes):
            found[one.name] = "theme"
        elif one.coordinator:
            found[one.name] = "coordinator"
    return sorted(found.items(), key=lambda pair: (ORDER.index(pair[1]), pair[0]))


@dataclass
class Facts:
    owner: int | None
    buddy: int | None
    holders: list[int]
    themes: list[str]
    readers: int | None


def populated(world: World, chance: random.Random) -> list[Somebody]:
    orgs = [world.org("ministry"), world.org("council"), None]
    found = []
    with world.writing() as session:
        space = session.get_one(Space, world.space("paper-coast").id)
        for number in range(9):
            one = Somebody(
                f"Person {number}",
                chance.choice(orgs),
                number < 2,
                chance.choice(["active", "active", "away", "left", "leaving"]),
            )
            account = people.add_person(session, world.catalogue, FOUNDER, f"p{number}@example.org", one.name)
            spaces.set_member(session, FOUNDER, space, account, "coordinator" if one.coordinator else "member", one.org)
            one.account, one.person = account.id, account.person_id or 0
            one.themes = chance.sample(THEMES, chance.randint(0, 2))
            page = session.get_one(Page, one.person)
            content = Content(title=one.name, body="", fields={"ask_me_about": one.themes, "name": one.name})
            pages.save_page(session, world.catalogue, FOUNDER, page, content, page.number)
            session.execute(update(Page).where(Page.id == one.person).values(state=one.state))
            found.append(one)
    return found


def page_of(
    world: World, chance: random.Random, everybody: list[Somebody], asker: Somebody, number: int
) -> tuple[Page, Facts]:
    readers = asker.org if asker.org is not None and chance.random() < 0.4 else None
    facts = Facts(
        chance.choice([None, *(one.person for one in everybody)]),
        chance.choice([None, *(one.person for one in everybody)]),
        [one.person for one in chance.sample(everybody, 2)] if chance.random() < 0.5 else [],
        chance.sample(THEMES, chance.randint(0, 2)),
        readers,
    )
    fields: dict[str, object] = {"themes": facts.themes}
    if facts.owner is not None:
        fields["owner"] = facts.owner
    if facts.holders:
        fields["actions"] = [{"id": f"a{n}", "what": "Step", "responsible": who} for n, who in enumerate(facts.holders)]
    if readers is not None:
        fields |= {"access": "named_orgs", "access_orgs": [readers]}
    page = world.page("founder", "paper-coast", "meeting", f"Meeting {number}", fields)
    with world.writing() as session:
        session.query(Enrolment).delete()
        if facts.buddy is not None:
            path = world.org("keel")  # any page: only the buddy matters here
            session.add(
                Enrolment(
                    path_id=path,
                    person_id=asker.person,
                    buddy_id=facts.buddy,
                    started=date(2026, 11, 1),
                    created_at=page.created_at,
                )
            )
    return page, facts


@pytest.mark.parametrize("seed", range(2))
def test_it_works(world: World, seed: int) -> None:
    """Owner, buddy, who holds something of the page, who can be asked about it, coordinators: inside, there, and able to read it."""
    chance = random.Random(seed)
    everybody = populated(world, chance)
    hal = Somebody("Hal Calibri", world.org("keel"), True, "active", person=world.viewer("hal").person_id or 0)
    present = [one for one in everybody if one.state not in ("left",)]
    reasons = set()
    for number in range(14):
        asker = chance.choice(present)
        page, facts = page_of(world, chance, everybody, asker, number)
        with world.reading() as session:
            account = session.get_one(Account, asker.account)
        found = who_can_be_asked(world, account.email, page)
        assert [(one.name, one.why) for one in found] == expected(asker, [*everybody, hal], facts), (seed, number)
        reasons |= {one.why for one in found}
    assert len(reasons) >= 4


def test_the_owner_is_a_role_that_somebody_holds(lone_world: World) -> None:
    ben, cleo = lone_world.viewer("ben").person_id, lone_world.viewer("zoe").person_id
    holders = [
        {"id": "h1", "person": cleo, "from": "2024-01-01", "to": "2025-01-01"},
        {"id": "h2", "person": ben, "from": "2025-01-01"},
    ]
    role = lone_world.page("founder", "paper-coast", "role", "Keeper of tides", {"holders": holders})
    page = lone_world.page("ada", "paper-coast", "article", "Tides")
    with lone_world.writing() as session:
        session.execute(update(Page).where(Page.id == page.id).values(owner_id=role.id))
    assert [(one.name, one.why) for one in who_can_be_asked(lone_world, "ada", page)][0] == ("Ben Optima", "owner")


def test_what_people_can_be_asked_about_is_found_in_the_words_of_the_question(lone_world: World) -> None:
    with lone_world.writing() as session:
        person = session.get_one(Page, lone_world.viewer("ben").person_id)
        content = Content(
            title="Ben Optima", body="", fields={"ask_me_about": ["permit notices"], "name": "Ben Optima"}
        )
        pages.save_page(session, lone_world.catalogue, FOUNDER, person, content, person.number)
    page = council_page(lone_world)
    asked = who_can_be_asked(lone_world, "ada", page, "To whom do I send a permit notice?")
    assert [(one.name, one.why, one.about) for one in asked][0] == ("Ben Optima", "theme", "permit notices")
    assert [one.why for one in who_can_be_asked(lone_world, "ada", page, "Who has a permit?")] == ["coordinator"]
