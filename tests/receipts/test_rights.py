"""What somebody reads is theirs: who asked, who keeps the page and the coordinators know of it, and nobody else finds a trace."""

from sqlalchemy import select

from tests.cases import entered
from tests.moments import Moments
from tests.receipts.asks import ask, read, standing
from tests.world import World
from wiki.access import visible_pages
from wiki.models import Account, Page
from wiki.quick_access import readable_pages

TIDES = "/paper-coast/tides"


def seen(world: World, who: str) -> set[str]:
    """The people in somebody's register of what was read."""
    text = entered(world, who).get("/registers/receipts.csv").text
    return {line.split(",")[1] for line in text.splitlines()[1:]}


def test_it_works(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"owner": world.viewer("ada").person_id})
    ask(world, "hal", ("ben", "dan"))
    read(world, "ben")
    both = {"Ben Optima", "Dan Corbel"}
    assert {who: seen(world, who) for who in ("hal", "ada", "ben", "dan", "ivy")} == {
        "hal": both,  # asked, and is a coordinator
        "ada": both,  # keeps the page
        "ben": {"Ben Optima"},
        "dan": {"Dan Corbel"},
        "ivy": set(),  # an administrator reads a closed space as its members do
    }
    for who in ("ben", "dan"):
        page = entered(world, who).read(f"{TIDES}/acknowledge").main
        assert "Requests" not in page and " of 2" not in page


def test_nobody_learns_that_somebody_only_opened_a_page(world: World, moments: Moments) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    number = ask(world, "hal", ("ben",))
    before = entered(world, "hal").get(f"{TIDES}/acknowledge/{number}").text
    entered(world, "ben").get(TIDES)
    assert entered(world, "hal").get(f"{TIDES}/acknowledge/{number}").text == before


def test_a_page_that_is_closed_takes_its_request_with_it(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    number = ask(world, "ada", ("ben", "dan"))
    dan = entered(world, "dan")
    assert "Tides" in dan.read("/").main and seen(world, "dan") == {"Dan Corbel"}
    counted = "1 thing for you"
    assert counted in dan.get("/registers/mine.csv").text or "Tides" in dan.get("/registers/mine.csv").text
    with world.writing() as session:
        session.get_one(Page, page.id).access = "steward_only"
        session.get_one(Page, page.id).steward_id = world.org("ministry")
    assert dan.get(TIDES).status_code == 404
    assert dan.get(f"{TIDES}/acknowledge").status_code == 404
    for place in ("/", "/registers/receipts", "/registers/receipts.csv", "/registers/mine.csv"):
        assert "Tides" not in dan.get(place).text and "Read and confirm" not in _main(dan.get(place).text), place
    assert seen(world, "dan") == set()
    assert standing(world, number) == {"ben": "asked", "dan": "left"}
    assert "0 of 1 person" in entered(world, "ada").read(f"{TIDES}/acknowledge/{number}").main
    # Hal coordinates the space, but may not read the page any more.
    assert seen(world, "hal") == set()
    assert entered(world, "hal").get(f"{TIDES}/acknowledge/{number}").status_code == 404


def _main(text: str) -> str:
    """What is below the heading of a page: the register itself is called by that name."""
    return text.partition("</h1>")[2].replace("Read and confirmed", "")


def test_what_accounts_may_read_is_what_each_of_them_may_see(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    orgs = [world.org("ministry")]
    with world.writing() as session:
        held = session.get_one(Page, page.id)
        for access, steward in (("members", None), ("partnership", None), ("steward_only", orgs[0]), ("public", None)):
            held.access, held.steward_id = access, steward
            session.flush()
            accounts = session.scalars(select(Account).order_by(Account.id)).all()
            may = set(
                session.scalars(select(Account.id).join(Page, Page.id == page.id).where(readable_pages(Account.id)))
            )
            expected = {
                one.id
                for one in accounts
                if session.scalar(
                    select(Page.id).where(Page.id == page.id, visible_pages(world.viewer(one.email.split("@")[0])))
                )
            }
            assert may == expected, access
