"""Whatever two people do to one page at once: no word that anybody typed is lost, and every save has its own number."""

import threading
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.pages.edits import Writer, base_content, places
from tests.world import World
from wiki.access import Viewer
from wiki.errors import EditConflict
from wiki.models import Page, Revision
from wiki.pages import actions
from wiki.pages.conflicts import without_my_removals
from wiki.pages.merging import ContentMerge
from wiki.pages.settling import laid_out
from wiki.pages.storing import content_of, current_revision

PAIRS = {"sqlite": 300, "postgresql": 60}
SAVES = 50


class Undone(Exception):
    """Ends a transaction of which nothing is to be kept."""


Viewers = dict[str, Viewer]


@pytest.fixture
def viewers(world: World) -> Viewers:
    return {who: world.viewer(who) for who in ("ada", "dan")}


@pytest.fixture
def page(world: World) -> Page:
    before = base_content()
    return world.page("hal", "paper-coast", "decision", before.title, before.fields, before.body)


def meet(world: World, viewers: Viewers, page: Page, mine: Writer, theirs: Writer) -> tuple[str, ContentMerge | None]:
    """They save, then I do, both from revision 1: what is stored in the end, and the conflict if there was one.

    All of it is undone again, so that the next pair begins from the same page.
    """
    stored, conflict = "", None
    try:
        with world.writing() as session:
            save(world, session, viewers["dan"], page, theirs)
            try:
                save(world, session, viewers["ada"], page, mine)
            except EditConflict as error:
                conflict = error.merge
            stored = content_of(current_revision(session, session.get_one(Page, page.id))).canonical()
            raise Undone
    except Undone:
        return stored, conflict


def save(world: World, session: Session, viewer: Viewer, page: Page, writer: Writer) -> None:
    actions.save_page(session, world.catalogue, viewer, session.get_one(Page, page.id), writer.content, 1)


def everything_in(merge: ContentMerge) -> str:
    """All that the person who has to choose is shown and sent back."""
    clashes = [[clash.base, clash.mine, clash.theirs] for clash in merge.clashes]
    both = laid_out(merge.body)[0] if merge.body else ""
    return f"{merge.content.canonical()} {without_my_removals(merge).canonical()} {both} {clashes}"


def test_it_works(world: World, viewers: Viewers, page: Page) -> None:
    """Any two edits: what is joined holds the words of both; what cannot be joined holds them too, and nothing is stored."""
    joined = refused = 0
    for seed in range(PAIRS[database_of(world)]):
        random = Random(seed)
        writers = [Writer(name, random) for name in ("mine", "theirs")]
        for writer in writers:
            for place in random.sample(places(writer.content), random.randint(1, 5)):
                writer.change(place)
        mine, theirs = writers
        stored, conflict = meet(world, viewers, page, mine, theirs)
        assert [word for word in theirs.standing() if word not in stored] == [], f"lost of theirs, seed {seed}"
        held = stored if conflict is None else everything_in(conflict)
        assert [word for word in mine.standing() + theirs.standing() if word not in held] == [], f"lost, seed {seed}"
        joined += conflict is None
        refused += conflict is not None
        if conflict is not None:
            assert [word for word in mine.standing() if word in stored] == [], f"half stored, seed {seed}"
    assert joined > 10 and refused > 10, "the edits never met, or always"


def test_people_who_write_in_different_places_are_never_asked_to_choose(
    world: World, viewers: Viewers, page: Page
) -> None:
    for seed in range(PAIRS[database_of(world)] // 5):
        random = Random(1000 + seed)
        mine, theirs = Writer("mine", random), Writer("theirs", random)
        chosen = random.sample(places(mine.content), 8)
        for writer, half in ((mine, chosen[:4]), (theirs, chosen[4:])):
            for place in half:
                writer.change(place, gently=True)
        stored, conflict = meet(world, viewers, page, mine, theirs)
        assert conflict is None, f"seed {seed}: {[clash.place for clash in conflict.clashes]} {conflict.body}"
        assert [word for word in mine.typed + theirs.typed if word not in stored] == [], f"lost, seed {seed}"


def test_two_revisions_of_a_page_never_have_one_number(world: World, page: Page) -> None:
    with world.reading() as session:
        first = session.scalars(select(Revision).where(Revision.page_id == page.id)).one()
        columns = [column.name for column in Revision.__table__.columns if column.name != "id"]
        again: dict[str, Any] = {name: getattr(first, name) for name in columns}
    with pytest.raises(IntegrityError), world.writing() as session:
        session.execute(insert(Revision), [again])


def test_two_people_who_save_as_fast_as_they_can_are_both_in_the_history(
    world: World, viewers: Viewers, page: Page
) -> None:
    """What was said to be saved is in the history, once, in an order of which none is missing; a refused save is not."""
    together = threading.Barrier(len(viewers))
    saved: dict[str, list[tuple[int, str]]] = {who: [] for who in viewers}
    broken: list[BaseException] = []

    def save_often(who: str) -> None:
        field = "check" if who == "ada" else "reconsider_when"
        try:
            together.wait(timeout=60)
            for number in range(SAVES):
                word = f"{who}{number}x"
                with world.writing() as session:
                    mine = session.get_one(Page, page.id)
                    content = content_of(current_revision(session, mine))
                    content.fields[field] = word
                    done = actions.save_page(session, world.catalogue, viewers[who], mine, content, mine.number)
                    assert done.revision is not None
                    acknowledged = (done.revision.number, word)
                saved[who].append(acknowledged)
        except BaseException as error:  # a thread's own errors are seen by nobody otherwise
            broken.append(error)

    threads = [threading.Thread(target=save_often, args=(who,)) for who in viewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    with world.reading() as session:
        revisions = session.scalars(select(Revision).where(Revision.page_id == page.id).order_by(Revision.number)).all()
        texts = {revision.number: content_of(revision).canonical() for revision in revisions}
    assert sorted(number for numbers in saved.values() for number, _word in numbers) == list(range(2, 2 + 2 * SAVES))
    assert sorted(texts) == list(range(1, 2 + 2 * SAVES))
    for who, numbers in saved.items():
        assert len(numbers) == SAVES
        assert [word for number, word in numbers if word not in texts[number]] == [], f"lost of {who}"
    last = texts[1 + 2 * SAVES]
    assert f"ada{SAVES - 1}x" in last and f"dan{SAVES - 1}x" in last, "one overwrote the other"


def database_of(world: World) -> str:
    return world.database.engine.dialect.name
