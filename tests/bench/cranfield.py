"""The Cranfield collection: how well the order of results agrees with people who judged 1,400 abstracts for 225 questions.

Its files (`cran_docs.json`, `cran_queries.json`, `cran_qrels.json`) are public; the folder above them is named by HOLDFAST_CORPUS.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from wiki import clock, search
from wiki.access import Viewer
from wiki.models import Page, Space
from wiki.search import Entry

READER = Viewer(1, None, "Reader")
#: Judgements say 1 for the best answers and 4 for the least of them; 5 is none.
WORST = 5


@dataclass(frozen=True)
class Collection:
    """Abstracts as they are searched, questions, and for each question the gain of each abstract that answers it."""

    abstracts: dict[int, Any]
    questions: list[str]
    gains: list[dict[int, int]]


def read(folder: Path) -> Collection:
    documents = json.loads((folder / "cran_docs.json").read_text("utf-8"))
    questions = json.loads((folder / "cran_queries.json").read_text("utf-8"))
    gains: dict[int, dict[int, int]] = {}
    for judged in json.loads((folder / "cran_qrels.json").read_text("utf-8")):
        # Judgements number the questions in their order; the questions' own numbers have gaps.
        gains.setdefault(int(judged["query_num"]), {})[int(judged["id"])] = WORST - int(judged["position"])
    return Collection(
        abstracts={int(one["id"]): one for one in documents},
        questions=[one["query"].strip(" .") for one in questions],
        gains=[gains.get(number, {}) for number in range(1, len(questions) + 1)],
    )


def fill(session: Session, collection: Collection) -> dict[int, int]:
    """Index the abstracts; returns abstract by page id."""
    now = clock.now()
    space = Space(slug="cranfield", name="Cranfield", default_role="reader", created_at=now)
    session.add(space)
    session.flush()
    pages = {}
    for number, one in collection.abstracts.items():
        title = (one["title"] or f"Abstract {number}")[:300]
        pages[number] = Page(
            space_id=space.id,
            slug=f"a{number}",
            kind="article",
            title=title,
            title_key=title,
            state="current",
            created_at=now,
            changed_at=now,
        )
    session.add_all(pages.values())
    session.flush()
    entries = (
        (page.id, Entry("en", page.title, body=collection.abstracts[number]["body"])) for number, page in pages.items()
    )
    search.index_pages(session, entries)
    return {page.id: number for number, page in pages.items()}


def mean_ndcg(session: Session, collection: Collection, numbers: dict[int, int], at: int = 10) -> float:
    """The mean over all questions that have an answer."""
    scores = []
    for question, gains in zip(collection.questions, collection.gains, strict=True):
        if gains:
            hits = search.find(session, READER, question, limit=at).hits
            scores.append(ndcg([gains.get(numbers[hit.page_id], 0) for hit in hits], list(gains.values()), at))
    return sum(scores) / len(scores)


def ndcg(found: list[int], possible: list[int], at: int) -> float:
    """Discounted gain of the first results as a part of what it could be."""
    best = _gain(sorted(possible, reverse=True)[:at])
    return _gain(found[:at]) / best if best else 0.0


def _gain(gains: list[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
