"""The few pages most like a page, or like a text that somebody is writing: by words that tell, themes, and links.

As "more like this" of Lucene does: of the words of the text, those that weigh most (how often, in which place) and that few
pages have (idf) are asked for, any of them. What shares themes, is linked, or stands beside it in the links of others counts more.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nlargest

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from wiki.access import Viewer, visible_pages
from wiki.models import FieldValue, Link, Page, SearchText, Space
from wiki.search import bits, language
from wiki.search import shelf as shelves
from wiki.search.engine import engine
from wiki.search.entry import SCALE
from wiki.search.language import Needle
from wiki.search.plan import Leaf, Plan
from wiki.search.query import Any as Either
from wiki.search.query import Word
from wiki.search.ranking import Batch

#: What a word weighs by its place, and characters of a text that are looked at.
PLACES = {"title": 4.0, "lead": 3.0, "fields": 1.0, "body": 1.0}
LOOKED_AT = 20_000
#: Words that are considered, words that are asked for, pages that are weighed.
CONSIDERED, ASKED, WEIGHED = 40, 14, 30
#: A word of more pages than these tells little.
MANY = 400
#: What a page gains: for each theme both have, for a link between the two, for each page that names both, for one space.
THEME, LINK, BESIDE, SAME_SPACE = 0.10, 0.10, 0.06, 0.03
#: How like a page has to be, as a share of what the page itself would have; without one, of the best.
LIKE, OF_THE_BEST = 0.16, 0.45


@dataclass(frozen=True)
class Related:
    """A page that is like the one asked about. `themes` are those that both have; `linked`: one points to the other."""

    page_id: int
    space: str
    slug: str
    title: str
    kind: str
    state: str
    over: str
    summary: str
    themes: tuple[str, ...] = ()
    linked: bool = False


def related(
    session: Session, viewer: Viewer, page_id: int, *, without: Collection[str] = (), limit: int = 5
) -> list[Related]:
    """Pages that the viewer may open, that still count and are most like the page, best first; none of the kinds `without`."""
    text = session.get(SearchText, page_id)
    if text is None:
        return []
    found = {"title": text.title, "lead": text.lead, "fields": text.fields, "body": text.body}
    scores = _scores(session, viewer, found, text.language, without, page_id)
    own = scores.pop(page_id, 0.0) or max(scores.values(), default=0.0)
    if not scores or own <= 0:
        return []
    near = _near(session, viewer, page_id, scores)
    best = {one: score / own + near.gain(one) for one, score in scores.items()}
    wanted = sorted((one for one in best if best[one] >= LIKE), key=lambda one: (-best[one], -one))[:limit]
    return _told(session, viewer, wanted, near)


def like(
    session: Session, viewer: Viewer, text: str, spoken: str, *, without: Collection[str] = (), limit: int = 3
) -> list[Related]:
    """Pages most like a text, such as a title that is being typed; none of the kinds `without`."""
    scores = _scores(session, viewer, {"title": text[:LOOKED_AT]}, spoken, without)
    top = max(scores.values(), default=0.0)
    wanted = sorted(
        (one for one in scores if scores[one] >= OF_THE_BEST * top > 0), key=lambda one: (-scores[one], -one)
    )
    return _told(session, viewer, wanted[:limit], _Near())


def _scores(
    session: Session,
    viewer: Viewer,
    texts: Mapping[str, str],
    spoken: str,
    without: Collection[str],
    itself: int = 0,
) -> dict[int, float]:
    """How much of the words that tell each page has: the best of them, and the page itself."""
    asked = _asked(session, _weights(texts, spoken))
    if asked is None or asked.wanted is None:
        return {}
    shelf = shelves.shelf(session)
    away = 0
    for kind in without:
        away |= shelf.pages("kind", kind)
    with engine(session).searching(session):
        found = engine(session).held(session, asked.wanted, asked.needles)
        seen = found & shelf.visible(session, viewer)
        listed = seen & ~away & shelf.sheet.all_counting | seen & 1 << itself
        best = next(engine(session).scored(session, asked, found, listed), Batch({})).scores
    ranks = {one: round(best[one] * SCALE) for one in bits.ids(bits.of(best) & listed)}
    top = nlargest(WEIGHED, ranks, key=lambda one: (ranks[one], one))
    return {one: float(ranks[one]) for one in top if ranks[one] > 0}


def _weights(texts: Mapping[str, str], spoken: str) -> dict[str, float]:
    """The stems of a text that may tell what it is about, and how much weight each has."""
    found: dict[str, float] = {}
    for place, text in texts.items():
        for stem, word in language.pairs(text[:LOOKED_AT], spoken):
            if len(word) > 2 and not word.isdigit() and not language.is_common(word, spoken):
                found[stem] = found.get(stem, 0.0) + PLACES[place]
    return {stem: 1 + math.log(weight) for stem, weight in found.items()}


def _asked(session: Session, weights: Mapping[str, float]) -> Plan | None:
    """Those of the words that tell most: that weigh much here and stand in few pages, but in others too."""
    stems = sorted(weights, key=lambda stem: (-weights[stem], stem))[:CONSIDERED]
    if not stems:
        return None
    needles: dict[Leaf, tuple[Needle, ...]] = {Word(stem): (Needle((stem,)),) for stem in stems}
    counts = _counts(session, stems, needles)
    telling = [stem for stem in stems if 0 < counts[stem] < MANY] or [stem for stem in stems if counts[stem]]
    telling.sort(key=lambda stem: (-weights[stem] * math.log(2 + 10 * MANY / counts[stem]), stem))
    words = tuple(Word(stem) for stem in telling[:ASKED])
    if not words:
        return None
    return Plan(Either(words) if len(words) > 1 else words[0], None, {word: needles[word] for word in words})


def _counts(session: Session, stems: Sequence[str], needles: Mapping[Leaf, tuple[Needle, ...]]) -> dict[str, int]:
    """How many pages have each stem, counted to MANY."""
    asked = []
    for place, stem in enumerate(stems):
        having = engine(session).matching(Word(stem), needles, f"having_{place}")
        some = select(having.c.page_id).limit(MANY).subquery()
        asked.append(select(func.count()).select_from(some).scalar_subquery().label(f"count_{place}"))
    row = session.execute(select(*asked)).one()
    return dict(zip(stems, row, strict=True))


@dataclass(frozen=True)
class _Near:
    """What ties pages to the one asked about besides words."""

    themes: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    linked: Collection[int] = ()
    beside: Mapping[int, int] = field(default_factory=dict)
    at_home: Collection[int] = ()

    def gain(self, page_id: int) -> float:
        themes = len(self.themes.get(page_id, ()))
        beside = min(self.beside.get(page_id, 0), 3)
        return (
            THEME * themes + LINK * (page_id in self.linked) + BESIDE * beside + SAME_SPACE * (page_id in self.at_home)
        )


def _near(session: Session, viewer: Viewer, page_id: int, candidates: Collection[int]) -> _Near:
    ids = list(candidates)
    mine, theirs = aliased(FieldValue), aliased(FieldValue)
    shared = session.execute(
        select(theirs.page_id, theirs.text)
        .join(mine, and_(mine.text == theirs.text, mine.page_id == page_id, mine.key == "themes"))
        .where(theirs.key == "themes", theirs.page_id.in_(ids))
        .order_by(theirs.page_id, theirs.text)
    )
    themes: dict[int, tuple[str, ...]] = {}
    for other, theme in shared:
        themes[other] = (*themes.get(other, ()), str(theme))
    here, there = aliased(Link), aliased(Link)
    direct = session.execute(
        select(here.page_id, here.target_id).where(
            or_(
                and_(here.page_id == page_id, here.target_id.in_(ids)),
                and_(here.target_id == page_id, here.page_id.in_(ids)),
            )
        )
    )
    linked = {one for row in direct for one in row if one != page_id}
    # Through pages that the viewer may open, else their links would be told of.
    both = session.execute(
        select(there.target_id, func.count(func.distinct(there.page_id)))
        .join(here, and_(here.page_id == there.page_id, here.target_id == page_id))
        .join(Page, Page.id == there.page_id)
        .where(there.target_id.in_(ids), visible_pages(viewer))
        .group_by(there.target_id)
    )
    beside = {int(row[0] or 0): int(row[1]) for row in both}
    space = select(Page.space_id).where(Page.id == page_id).scalar_subquery()
    at_home = set(session.scalars(select(Page.id).where(Page.id.in_(ids), Page.space_id == space)))
    return _Near(themes, linked, beside, at_home)


def _told(session: Session, viewer: Viewer, wanted: Sequence[int], near: _Near) -> list[Related]:
    rows = session.execute(
        select(
            Page.id, Page.slug, Page.title, Page.kind, Page.state, Page.over, Page.summary, Space.slug.label("space")
        )
        .join(Space, Space.id == Page.space_id)
        .where(Page.id.in_(list(wanted)), visible_pages(viewer))
    )
    found = {
        row.id: Related(
            page_id=row.id,
            space=row.space,
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            state=row.state,
            over=row.over,
            summary=row.summary,
            themes=tuple(near.themes.get(row.id, ())),
            linked=row.id in near.linked,
        )
        for row in rows
    }
    return [found[one] for one in wanted if one in found]
