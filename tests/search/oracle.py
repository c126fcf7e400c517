"""What readers may learn from search, compared with what they could work out from their own pages alone.

Two worlds hold the same pages for a reader. In the second, the pages that the reader may not open were never written. Everything
that search says must be the same in both. A new surface adds a function to SURFACES: (world, viewer, question) -> what it says.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import delete, insert, select

from tests.search.world import World
from wiki import search
from wiki.access import VISITOR, Viewer, visible_pages
from wiki.models import Page, SearchSynonym, SearchText
from wiki.search import Chosen, Entry

COMMON = ["water", "permit", "notice", "harbour", "partner", "placement", "lesson", "beach", "report", "letter"]
SPACES = {"open": "reader", "edited": "member", "closed": "none", "secret": "none"}
LEVELS = ("members", "partnership", "named_orgs", "steward_only", "public")
ORGS = 3
READERS = 300

Surface = Callable[[World, Viewer, str], object]


def results(world: World, viewer: Viewer, text: str) -> object:
    """All but the order, which the statistics of all words may move."""
    found = world.find(text, viewer, limit=200)
    hits = sorted(
        (
            hit.page_id,
            hit.title,
            hit.kind,
            hit.row_id or "",
            hit.row_text or "",
            tuple(map(tuple, hit.snippet)),
            hit.over,
        )
        for hit in found.hits
    )
    return found.total, found.left_out, hits, found.suggestion, found.notice


def narrowed(world: World, viewer: Viewer, text: str) -> object:
    """Totals under filters that name pages by their ids, hidden ones among them."""
    orgs = sorted(page.id for page in world.pages.values() if page.kind == "organisation")
    asked = [Chosen(org=(orgs[len(text) % ORGS],), replaced=True), Chosen(owner=(orgs[0],), kind=("lesson",))]
    return [search.find(world.session, viewer, text, chosen, limit=0).total for chosen in asked]


def matched(world: World, viewer: Viewer, text: str) -> object:
    """What facets and feeds count over."""
    return sorted(world.session.scalars(search.matches(world.session, viewer, text)))


def completed(world: World, viewer: Viewer, text: str) -> object:
    return [completion.page_id for completion in world.complete(text[:4], viewer, limit=50)]


def counted(world: World, viewer: Viewer, text: str) -> object:
    """The filters with their counts, also when one that names a hidden page is chosen."""
    org = next(page.id for page in world.pages.values() if page.kind == "organisation")
    chosen = [Chosen(), Chosen(owner=(org,), kind=("lesson",), replaced=True)][len(text) % 2]
    found = search.Search(world.session, viewer, text, chosen).count()
    return found.total, found.everything, found.counts


#: Name -> what is asked of it.
SURFACES: dict[str, Surface] = {
    "results": results,
    "narrowed": narrowed,
    "matched": matched,
    "completed": completed,
    "counted": counted,
}


def build(world: World, chance: random.Random) -> list[Page]:
    """Pages of every access level in every space, each with a word of its own, and one that it calls the same as a common one."""
    orgs = [world.page(f"Organisation {i}", space="open", kind="organisation", access="public").id for i in range(ORGS)]
    pages = []
    for space, role in SPACES.items():
        world.space(space, role)
        for level in LEVELS:
            for i in range(3):
                own = "".join(chance.choices("bdfgklmnprst", k=2)) + "".join(chance.choices("aeiou", k=2)) + "zzle"
                words = chance.choices(COMMON, k=6)
                pages.append(
                    world.page(
                        f"{words[0].title()} {own} {level} {i}",
                        " ".join(words),
                        space=space,
                        kind=chance.choice(["decision", "lesson"]),
                        access=level,
                        readers=tuple(chance.sample(orgs, 2)) if level == "named_orgs" else (),
                        steward=chance.choice(orgs) if level == "steward_only" else chance.choice([None, *orgs]),
                        archived=chance.random() < 0.1,
                        deleted=chance.random() < 0.1,
                        over=chance.choice(["", "", "replaced", "rejected"]),
                        lead=f"about {own}",
                        rows=[("r1", f"send the {words[1]} {own}")],
                        synonyms=((own[::-1], chance.choice(COMMON)), (f"{own} works", own[1:])),
                    )
                )
    return pages


def reader(world: World, chance: random.Random) -> Viewer:
    if chance.random() < 0.1:
        return VISITOR
    spaces = chance.sample(sorted(SPACES), chance.randrange(0, 4))
    org = chance.choice([None, *(page.id for page in world.pages.values() if page.kind == "organisation")])
    return world.member(*spaces, role=chance.choice(["reader", "member", "steward"]), org=org)


def misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1 :]


def questions(pages: list[Page], chance: random.Random) -> list[str]:
    title = chance.choice(pages).title
    own = title.split()[1]
    one, two = chance.sample(COMMON, 2)
    return [
        own,
        title,
        f"{one} {two}",
        f"{one} {two} {own}",
        f'"{one} {own}"',
        f"{own[:3]}*",
        f"{one} -{own}",
        f"-{own}",
        f"{one} or {own}",
        misspelt(own, chance),
        f"{one} {misspelt(own, chance)}",
        f"{one} kind:decision stands:all",
        "kind:lesson",
        f"by:{own}",
        f"org:organisation {one}",
        own[::-1],
        f"{own[::-1]} {one}",
        f"{own} works",
    ]


@contextmanager
def without(world: World, viewer: Viewer) -> Iterator[None]:
    """The world as if the pages that the viewer may not open had never been written, for the index."""
    session = world.session
    allowed = set(session.scalars(select(Page.id).where(visible_pages(viewer))))
    hidden = session.scalars(select(SearchText).where(SearchText.page_id.not_in(allowed))).all()
    kept = [
        (text.page_id, Entry(text.language, text.title, text.lead, text.fields, text.rows_json, text.body))
        for text in hidden
    ]
    alike = [
        {"page_id": one.page_id, "number": one.number, "key": one.key, "text": one.text}
        for one in session.scalars(select(SearchSynonym).where(SearchSynonym.page_id.not_in(allowed)))
    ]
    for page_id, _ in kept:
        search.remove_page(session, page_id)
    session.execute(delete(SearchSynonym).where(SearchSynonym.page_id.not_in(allowed)))
    yield
    search.index_pages(session, kept)
    if alike:
        session.execute(insert(SearchSynonym), alike)


def answers(world: World, viewer: Viewer, asked: list[str]) -> list[tuple[str, str, object]]:
    """Everything that a reader is told."""
    return [(name, text, surface(world, viewer, text)) for text in asked for name, surface in SURFACES.items()]
