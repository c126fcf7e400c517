"""Telling people something: once, with a reason, and nothing of what they may not read."""

import re
from datetime import UTC, datetime

from tests.cases import ministry_page
from tests.moments import Moments
from tests.notices.told import sentences, stored, whys
from tests.world import World
from wiki.kinds import Content
from wiki.models import Page
from wiki.notices import inbox
from wiki.notices.reasons import REASONS
from wiki.notices.telling import account_ids, tell
from wiki.notices.topics import CHANNELS, TOPICS
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision


def tides(world: World) -> Page:
    return world.page("ada", "paper-coast", "article", "Tides", body="They come and go.")


def comment(
    world: World, page: Page, who: str, text: str = "Really?", to: str = "hal", anonymous: bool = False
) -> None:
    world.do(
        lambda session: tell(
            session,
            [world.account(to).id],
            "comment",
            page.id,
            by=world.account(who).id,
            link="#thread-1",
            words={"text": text},
            anonymous=anonymous,
        )
    )


def test_it_works(world: World) -> None:
    page = tides(world)
    comment(world, page, "ben")
    assert sentences(world, "hal") == ["Tides: Ben Optima commented: “Really?”"]
    assert whys(world, "hal") == {"you keep this page"}
    with world.reading() as session:
        assert inbox.look(session, world.viewer("hal")).groups[0].notices[0].href == "/paper-coast/tides#thread-1"
        assert inbox.counts(session, world.viewer("hal")) == {"kept": 1}


def test_the_one_who_caused_it_is_not_told(world: World) -> None:
    page = tides(world)
    both = [world.account("ada").id, world.account("hal").id]
    world.do(lambda session: tell(session, [*both, *both], "suggestion", page.id, by=both[0]))
    assert sentences(world, "ada") == []
    assert sentences(world, "hal") == ["Tides: Ada Verdana suggests a change"]


def test_somebody_without_a_name_is_somebody(world: World) -> None:
    page = tides(world)
    comment(world, page, "ben", anonymous=True)
    assert sentences(world, "hal") == ["Tides: Somebody commented: “Really?”"]
    assert world.account("ben").id not in stored(world, "hal")[0].told_by


def test_what_comes_together_is_one_notice(world: World, moments: Moments) -> None:
    page = tides(world)
    comment(world, page, "ben", "One")
    comment(world, page, "dan", "Two")
    moments.pass_by(minutes=50)
    comment(world, page, "ben", "Three")
    assert sentences(world, "hal") == ["Tides: 3 comments, last from Ben Optima and Dan Corbel: “Three”"]
    moments.pass_by(minutes=61)
    comment(world, page, "ben", "Four")
    assert sentences(world, "hal")[0] == "Tides: Ben Optima commented: “Four”"
    world.do(lambda session: inbox.mark(session, world.viewer("hal")))
    comment(world, page, "ben", "Five")
    assert sentences(world, "hal", unseen=True) == ["Tides: Ben Optima commented: “Five”"]


def test_a_notice_of_a_page_that_cannot_be_read_shows_and_counts_nothing(world: World) -> None:
    page = ministry_page(world)
    comment(world, page, "ben", to="dan")
    comment(world, page, "ben")
    assert len(stored(world, "dan")) == 1
    assert sentences(world, "dan") == []
    with world.reading() as session:
        assert inbox.counts(session, world.viewer("dan")) == {}
        assert inbox.look(session, world.viewer("dan"), limit=1).older is None
    with world.writing() as session:  # rights are those of the moment at which it is read
        mine = session.get_one(Page, page.id)
        old = content_of(current_revision(session, mine))
        new = Content(old.title, old.body, {**old.fields, "access": "members"})
        actions.save_page(session, world.catalogue, world.viewer("ada"), mine, new, 1)
    assert sentences(world, "dan") == ["Tides: Ben Optima commented: “Really?”"]


def test_other_pages_are_named_for_those_who_may_know_them(world: World) -> None:
    page, secret = tides(world), ministry_page(world, title="Secret tides")
    to = [world.account(who).id for who in ("ben", "dan")]
    world.do(lambda session: tell(session, to, "adapted", page.id, by_name="Ada", pages={"other": secret.id}))
    assert sentences(world, "ben") == ["Tides: Ada made a version of their own: “Secret tides”"]
    assert sentences(world, "dan") == ["Tides: Ada made a version of their own: a page that you may not see"]


def test_people_are_turned_into_accounts(world: World) -> None:
    ada = world.account("ada")
    with world.reading() as session:
        assert account_ids(session, [ada.person_id, None, world.org("keel")]) == {ada.id}


def test_every_reason_makes_a_sentence(lone_world: World) -> None:
    world, page, hal = lone_world, tides(lone_world), lone_world.account("hal").id
    sentences_of = " ".join(f"{one.one} {one.many} {one.plain}" for one in REASONS.values())
    words = {name: f"<{name}>" for name in re.findall(r"%\((\w+)\)s", sentences_of) if name not in ("who", "other")}
    for reason in REASONS.values():
        assert reason.topic in TOPICS, reason.key
        for text, times in (("said", 1), ("", 1), ("said", 2), ("", 2)):
            for _each in range(times):
                with world.writing() as session:
                    given = {**words, "text": text}
                    tell(session, [hal], reason.key, page.id, words=given, pages={"other": page.id})
            shown = sentences(world, "hal", unseen=True)
            assert len(shown) == 1 and "%(" not in shown[0], (reason.key, shown)
            world.do(lambda session: inbox.mark(session, world.viewer("hal")))
    assert {topic.channel for topic in TOPICS.values()} <= set(CHANNELS)


def test_undoing_brings_back_what_was_marked_at_once(world: World, moments: Moments) -> None:
    page, other = tides(world), world.page("ada", "paper-coast", "article", "Ebb")
    comment(world, other, "ben")
    viewer = world.viewer("hal")
    first = world.do(lambda session: inbox.mark(session, viewer))
    moments.pass_by(minutes=1)
    comment(world, page, "ben")
    until = moments.now
    moments.pass_by(minutes=1)
    comment(world, page, "dan", to="hal", text="Later")
    second = world.do(lambda session: inbox.mark(session, viewer, until=until))
    assert first != second
    assert len(sentences(world, "hal", unseen=True)) == 1, "what came after the list was made is still new"
    world.do(lambda session: inbox.mark(session, viewer))
    world.do(lambda session: inbox.unmark(session, viewer, seen_at=first))
    assert sentences(world, "hal", unseen=True) == ["Ebb: Ben Optima commented: “Really?”"]


def test_what_was_seen_long_ago_is_forgotten(world: World, moments: Moments) -> None:
    page = tides(world)
    comment(world, page, "ben")
    world.do(lambda session: inbox.mark(session, world.viewer("hal")))
    moments.now = datetime(2027, 6, 1, tzinfo=UTC)
    world.do(lambda session: inbox.mark(session, world.viewer("hal")))
    assert stored(world, "hal") == []
