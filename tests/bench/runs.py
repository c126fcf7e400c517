"""One wiki measured from end to end, next to the floor."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import fmean

from tests.bench import floor, index, measures, wikis
from tests.bench.importing import pages_a_second
from tests.bench.measures import Request
from tests.bench.targets import FLOOR, WIKI, Called, Served, Target, Visitor
from tests.statements import Statements
from wiki.app import create_app
from wiki.config import Settings
from wiki.web import state

STARTS = 3
#: What a browser asks for when nothing else is said.
PAGE = "/commons/page"


@dataclass
class Measured:
    """Of one wiki: milliseconds of processor time for one request, by name; statements by the same names; the rest by its own."""

    pages: int
    cost: dict[str, float] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    other: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Options:
    rounds: int
    in_process: bool
    only: frozenset[str]

    def wants(self, name: str) -> bool:
        return not self.only or name in self.only


def measure(settings: Settings, pages: int, options: Options, say: Callable[[str], None]) -> Measured:
    found = Measured(pages)
    say(f"{pages:,} pages: counting statements")
    app = create_app(settings)
    counted = Statements(state.site(app).database)
    for name, made in _measures(Called(app), settings, options).items():
        requests = made()[:20]
        for request in requests:
            request()  # what is made once and kept is not what a request costs
        found.statements[name] = max(len(counted.during(request)) for request in requests)
    if options.wants("index"):
        found.other["index_size"] = index.kilobytes_a_page(settings)
        found.other["index_save"] = index.milliseconds_a_save(settings)
    if options.in_process:
        _cost(found, Called(app), Called(floor.application(_size(Called(app), settings))), settings, options, say)
        return found
    site = Served(WIKI, wikis.environment(settings))
    found.other["memory_idle"] = site.worker_memory()  # it has shown the form to sign in, and nothing else
    ground = Served(FLOOR, {**wikis.environment(settings), "BENCH_SIZE": str(_size(site, settings))})
    try:
        _cost(found, site, ground, settings, options, say)
        found.other["memory_loaded"] = site.worker_memory()
    finally:
        site.stop()
        ground.stop()
    if options.wants("start"):
        found.other["start"] = min(_start(settings) for _ in range(STARTS))
    return found


def _cost(
    found: Measured, site: Target, ground: Target, settings: Settings, options: Options, say: Callable[[str], None]
) -> None:
    """The least of several rounds, in which every measure has its turn, so that all meet the same disturbances."""
    anybody = Visitor(ground)
    made = {"floor": lambda: [lambda: anybody.get(PAGE)] * 400, **_measures(site, settings, options)}
    targets = {name: ground if name == "floor" else site for name in made}
    rounds: dict[str, list[list[float]]] = {name: [] for name in made}
    for number in range(options.rounds + 1):
        say(f"{found.pages:,} pages: round {number} of {options.rounds}")
        for name, requests in made.items():
            costs = _once(targets[name], name, requests())
            if number:  # the first one only warms up
                rounds[name].append(costs)
    for name, several in rounds.items():
        costs = measures.best(iter(several))
        found.cost[name] = costs[0] if len(costs) == 1 else fmean(costs)
        if len(costs) > 1:
            found.other[f"{name}_p50"] = measures.percentile(costs, 0.5)
            found.other[f"{name}_p95"] = measures.percentile(costs, 0.95)


#: Measured request by request, for what differs much from one to the next.
ONE_BY_ONE = ("search", "register", "named", "completion")


def _once(target: Target, name: str, requests: list[Request]) -> list[float]:
    return measures.each(target, requests) if name in ONE_BY_ONE else [measures.mean(target, requests)]


def _measures(target: Target, settings: Settings, options: Options) -> dict[str, Callable[[], list[Request]]]:
    """All measures by name: each gives the requests of one round."""
    member = Visitor(target)
    member.sign_in(wikis.EMAIL, wikis.PASSWORD)
    visitor = Visitor(target)
    paths = measures.addresses(settings, public=False)
    public = measures.addresses(settings, public=True)
    made: dict[str, Callable[[], list[Request]]] = {
        "view": lambda: measures.reads(member, paths),
        "visitor": lambda: measures.reads(visitor, public),
        "search": lambda: measures.searches(member),
        "register": lambda: measures.registers(member),
        "named": lambda: measures.named(member),
        "home": lambda: measures.home(member),
        "completion": lambda: measures.completions(member),
        "unchanged": lambda: measures.unchanged(member, paths),
        "save": lambda: [measures.Saving(member)] * measures.SAVES,
    }
    return {name: make for name, make in made.items() if options.wants(name)}


def _size(target: Target, settings: Settings) -> int:
    """Bytes of a page as a member reads it, on average."""
    member = Visitor(target)
    member.sign_in(wikis.EMAIL, wikis.PASSWORD)
    return round(fmean(len(member.get(path)[2]) for path in measures.addresses(settings, public=False)[:50]))


def _start(settings: Settings) -> float:
    """Seconds from the command to the first page."""
    site = Served(WIKI, wikis.environment(settings))
    site.stop()
    return site.started_in


def importing(options: Options, say: Callable[[str], None]) -> float | None:
    if not options.wants("import"):
        return None
    say("importing")
    return max(pages_a_second() for _ in range(2))
