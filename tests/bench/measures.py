"""What is done to a wiki to measure it, each as a list of requests that can be made again and again."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from math import ceil

from sqlalchemy import select

from tests.bench import texts, wikis
from tests.bench.targets import Answer, Target, Visitor
from tests.page import Page as Read
from wiki.config import Settings
from wiki.db import Database
from wiki.models import Page, Space

Request = Callable[[], Answer]

#: Different pages that are read in turn.
PAGES_READ = 240
SAVES = 12
TYPED = ("par", "shore", "the wat", "gath", "action pl", "handover", "quiet per", "mem", "budg", "dec", "ru", "monit")
REGISTER = "/registers/kind/lesson"
REGISTERS = (
    REGISTER,
    f"{REGISTER}?sort=lesson",
    f"{REGISTER}?sort=-happened_on&page=20",
    f"{REGISTER}?type=near_miss",
    f"{REGISTER}?themes=data",
    f"{REGISTER}?space=commons",
    f"{REGISTER}?sort=-changed",
    f"{REGISTER}?state=captured&sort=type",
)
#: A named register of some 4,200 rows of the 20,000 pages, and the home of somebody who keeps all pages.
NAMED = ("/registers/actions?space=harbour", "/registers/actions?space=harbour&status=overdue&sort=-due")
HOME = "/"


def addresses(settings: Settings, *, public: bool) -> list[str]:
    """Pages from all parts of the wiki, the same each time."""
    database = Database(settings.database_url)
    with database.read() as session:
        query = select(Space.slug, Page.slug).join(Space, Space.id == Page.space_id).where(Page.slug != wikis.LARGE)
        query = query.where(Page.access == "public") if public else query.where(Space.slug.in_(["commons", "harbour"]))
        found = session.execute(query.order_by(Page.id)).all()
    database.close()
    step = max(1, len(found) // PAGES_READ)
    return [f"/{space}/{slug}" for space, slug in found[::step][:PAGES_READ]]


def reads(visitor: Visitor, paths: Sequence[str]) -> list[Request]:
    return [partial(got, visitor, path) for path in paths]


def unchanged(visitor: Visitor, paths: Sequence[str]) -> list[Request]:
    """The same pages, which the browser has already."""
    tags = {path: expected(visitor.get(path), 200).headers["etag"] for path in paths}
    return [partial(got, visitor, path, 304, **{"If-None-Match": tag}) for path, tag in tags.items()]


class Saving:
    """The large page, saved from its form with another text each time."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._path = f"/commons/{wikis.LARGE}/edit"
        form = Read(expected(visitor.get(f"{self._path}?draft=no"), 200).text, 200, self._path).form(having="body")
        self._values = list(form.filled({"body": None}).items(multi=True))
        self._base = count(int(form.values["base"]))
        # A save that was made earlier may have left any of the texts: begin with the one after it.
        self._numbers = count(int(form.values["base"]) + 1)

    def __call__(self) -> Answer:
        base = str(next(self._base))
        values = [(name, base if name == "base" else value) for name, value in self._values]
        text = texts.large(next(self._numbers)).body
        return expected(self._visitor.post(self._path, [*values, ("body", text)]), 303)


def searches(visitor: Visitor) -> list[Request]:
    return [partial(got, visitor, f"/search?q={_quoted(question)}") for question in texts.questions()]


def registers(visitor: Visitor) -> list[Request]:
    return [partial(got, visitor, path) for path in REGISTERS]


def named(visitor: Visitor) -> list[Request]:
    return [partial(got, visitor, path) for path in NAMED]


def home(visitor: Visitor) -> list[Request]:
    return [partial(got, visitor, HOME)]


def completions(visitor: Visitor) -> list[Request]:
    return [partial(got, visitor, f"/complete?q={_quoted(typed)}") for typed in TYPED]


def got(visitor: Visitor, path: str, status: int = 200, /, **headers: str) -> Answer:
    return expected(visitor.get(path, **headers), status)


def expected(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        said = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))
        raise RuntimeError(f"{answer.status} instead of {status}: {said[:1500]}")
    return answer


def _quoted(text: str) -> str:
    return "".join(char if char.isalnum() else f"%{ord(char):02X}" for char in text)


def mean(target: Target, requests: Sequence[Request]) -> float:
    """Milliseconds of processor time for one request, on average."""
    before = target.cpu()
    for request in requests:
        request()
    return (target.cpu() - before) * 1000 / len(requests)


def each(target: Target, requests: Sequence[Request]) -> list[float]:
    """Milliseconds of processor time for each of the requests."""
    return [mean(target, [request]) for request in requests]


def percentile(values: Sequence[float], part: float) -> float:
    return sorted(values)[ceil(part * len(values)) - 1]


def best(rounds: Iterator[Sequence[float]]) -> list[float]:
    """The least that each request took in any round: what other programs of the machine added is not counted."""
    return [min(values) for values in zip(*rounds, strict=True)]
