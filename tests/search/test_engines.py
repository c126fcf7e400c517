"""Both engines give the same order."""

import random

from sqlalchemy.orm import Session

from tests.search.world import World
from wiki.db import Database

WORDS = ["water", "permit", "notice", "harbour", "partner", "placement", "lesson", "beach", "report", "letter", "tide"]
QUESTIONS = [
    "water", "permit notice", "harbour partners", "tides", "beach or letter", "water -tide", "lesson report", "letters",
    "permit notice harbour", '"permit notice"', "report beach letter tide", "placement",
]  # fmt: skip


def fill(session: Session) -> World:
    chance = random.Random(7)
    world = World(session)
    for i in range(60):
        length = chance.randrange(5, 80)
        world.page(
            f"{chance.choice(WORDS).title()} {chance.choice(WORDS)} {i}",
            " ".join(chance.choices(WORDS, weights=range(1, len(WORDS) + 1), k=length)),
            lead=" ".join(chance.choices(WORDS, k=3)) if i % 3 else "",
            fields=" ".join(chance.choices(WORDS, k=2)) if i % 2 else "",
            rows=[("r1", chance.choice(WORDS))],
            archived=i % 13 == 0,
        )
    return world


def test_it_works(sqlite_database: Database, postgres_database: Database) -> None:
    with sqlite_database.write() as one, postgres_database.write() as two:
        sqlite, postgres = fill(one), fill(two)
        for text in QUESTIONS:
            there, here = sqlite.find(text, limit=60), postgres.find(text, limit=60)
            assert (there.total, there.suggestion, there.notice) == (here.total, here.suggestion, here.notice)
            if '"' not in text:  # how often a phrase stands in a page is only estimated by the second
                assert [hit.title for hit in there.hits] == [hit.title for hit in here.hits], text
            assert {hit.title for hit in there.hits} == {hit.title for hit in here.hits}
            assert {hit.title: hit.snippet for hit in there.hits} == {hit.title: hit.snippet for hit in here.hits}
