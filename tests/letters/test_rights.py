"""No letter, mail or answer to a program holds a word of a page that its reader may not read, and none lacks what they may."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import select

from tests.cases import entered, send
from tests.letters.months import AT, PRACTICE, Clock, say_thanks
from tests.letters.test_send import mails
from tests.world import FOUNDER, World
from wiki.access import visible_pages
from wiki.kinds import Content
from wiki.models import Page
from wiki.pages import actions as pages
from wiki.pages.storing import content_of, current_revision
from wiki.people.actions import make_token
from wiki.spaces import actions as spaces

LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")
READERS = ("hal", "ada", "ben", "dan", "zoe")


@dataclass
class Planted:
    """Pages with a word in each place of which a letter tells."""

    title: str
    page: int
    words: list[str] = field(default_factory=list)


def plant(world: World, level: str, name: str) -> list[Planted]:
    """A practice with a use, thanks and a promise beside it, a decision, a lesson and an event, all of one access level."""

    def word(place: str) -> str:
        return f"zq{name.replace('_', '')}{place}"

    seen = {"access": level, "access_orgs": [world.org("ministry")]}
    if level == "steward_only":
        seen["steward_org"] = world.org("council")
    use = {"id": "u1", "org": world.org("keel"), "result": "worked", "on": "2026-10-09", "what_changed": word("use")}
    promise = {
        "id": "c1",
        "promise": word("promise"),
        "made_by": [world.org("keel")],
        "made_to": [world.org("council")],
        "status": "honoured",
        "receiver_view": "confirmed",
    }
    decided = {"question": "How?", "outcome": word("outcome"), "commitments": [promise]}
    texts = {
        "practice": ({**PRACTICE, "problem": word("problem"), "adaptations": [use]}, "shared", ("use", "problem")),
        "decision": (decided, "accepted", ("outcome", "promise")),
        "lesson": ({"lesson": word("lesson"), "what_happened": "Rain."}, "checked", ()),
        "event": ({"dates": {"from": "2026-11-20", "until": "2026-11-20"}}, "open", ()),
    }
    found = []
    for kind, (fields, state, places) in texts.items():
        title = word(f"{kind}title")
        page = world.page("founder", "paper-coast", kind, title, {**seen, **fields}, body="x", state=state)
        found.append(Planted(title, page.id, [title, *(word(place) for place in places)]))
    return found


def plant_all(world: World, calendar: Clock) -> list[Planted]:
    calendar.on(9)
    with world.writing() as session:
        spaces.set_member(
            session, FOUNDER, session.merge(world.space("paper-coast")), session.merge(world.account("zoe")), "reader"
        )
    planted = [one for level in LEVELS for one in plant(world, level, level)]
    deleted = plant(world, "members", "deleted")
    later = plant(world, "members", "narrower")
    say_thanks(world, "dan", deleted[0].title.lower(), "zqdeletedthanks for all of it.")
    say_thanks(world, "dan", later[0].title.lower(), "zqnarrowerthanks for all of it.")
    deleted[0].words.append("zqdeletedthanks")
    later[0].words.append("zqnarrowerthanks")
    calendar.on(3, 11)
    send(entered(world, "hal"), f"{AT}/sending")
    with world.writing() as session:
        for one in deleted:
            pages.delete_page(session, world.viewer("hal"), session.get_one(Page, one.page), "Gone")
        for one in later:
            page = session.get_one(Page, one.page)
            old = content_of(current_revision(session, page))
            fields = {**old.fields, "access": "steward_only", "steward_org": world.org("council")}
            pages.save_page(session, world.catalogue, FOUNDER, page, Content(old.title, old.body, fields), page.number)
    return [*planted, *deleted, *later]


def told_to(world: World, who: str) -> dict[str, str]:
    """All that somebody is told of the letter, however they ask for it."""
    mail, client = mails(world)[who], entered(world, who)
    with world.writing() as session:
        secret = make_token(session, world.account(who), "letters")
    program = world.app.test_client().get(
        "/api/v1/letters/paper-coast/2026-10", headers={"Authorization": f"Bearer {secret}"}
    )
    assert mail is not None and program.status_code == 200
    return {"mail": mail.text, "html": mail.html, "page": client.read(AT).main, "api": program.text}


def test_it_works(world: World, calendar: Clock) -> None:
    planted = plant_all(world, calendar)
    for who in READERS:
        with world.reading() as session:
            mine = set(session.scalars(select(Page.id).where(visible_pages(world.viewer(who)))))
        told = told_to(world, who)
        hidden = [word for one in planted if one.page not in mine for word in one.words]
        known = [word for one in planted if one.page in mine for word in one.words]
        assert hidden and known, who
        for where, text in told.items():
            assert [word for word in hidden if word in text] == [], (who, where)
            assert [word for word in known if word not in text] == [], (who, where)
        inbox = entered(world, who).read("/inbox").main + entered(world, who).get("/inbox/feed.atom").text
        assert "zq" not in "".join(part for part in inbox.split("\n") if "letter" in part.lower()), who


@pytest.mark.parametrize("who", ["hal", "dan"])
def test_what_a_coordinator_chooses_from_is_what_they_may_read(lone_world: World, calendar: Clock, who: str) -> None:
    calendar.on(9)
    with lone_world.writing() as session:
        coast, dan = session.merge(lone_world.space("paper-coast")), session.merge(lone_world.account("dan"))
        spaces.set_member(session, FOUNDER, coast, dan, "coordinator", lone_world.org("council"))
    plant(lone_world, "steward_only", "closed")
    plant(lone_world, "members", "open")
    calendar.on(3, 11)
    form = entered(lone_world, who).read(f"{AT}/edit").main
    assert ("zqclosedpracticetitle" in form) == (who == "dan") and "zqopenpracticetitle" in form
