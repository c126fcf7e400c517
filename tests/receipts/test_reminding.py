"""Reminding by hand, politely; and hearing once that everybody has read it."""

from tests.cases import answers, entered, ministry_page, send
from tests.conversation.talking import rewrite
from tests.moments import Moments
from tests.notices.told import sentences
from tests.receipts.asks import ask, read
from tests.receipts.test_keeping import keep_now, told
from tests.world import World

URL = "/paper-coast/tides/acknowledge"


def test_it_works(world: World, moments: Moments) -> None:
    """Not those who were only just asked, not those who have read it, and once in seven days."""
    world.page("ada", "paper-coast", "article", "Tides")
    number = ask(world, "hal", ("ada", "dan"), days=30)
    hal, one = entered(world, "hal"), f"{URL}/{number}"
    assert "Remind" not in hal.read(one).main
    refused = send(hal, f"{one}/reminders")
    assert refused.status_code == 422 and "Nobody is to be reminded" in refused.text
    moments.pass_by(days=3)
    read(world, "ada")
    hal = entered(world, "hal")
    page = hal.read(one)
    assert "Remind 1 person" in page.main
    reminded = hal.send(page.form(f"{one}/reminders"))
    assert "1 person is reminded." in reminded.text("body") and "Remind 1 person" not in reminded.main
    assert "You can remind them again from Dec 1, 2026 on." in reminded.main
    assert sentences(world, "dan")[0] == "Tides: Hal Calibri reminds you to read this and confirm it by Dec 21, 2026"
    assert (told(world, "ada"), told(world, "dan")) == (["reading_asked"], ["reading_asked", "reading_reminder"])
    again = send(hal, f"{one}/reminders")
    assert again.status_code == 422 and "in the last seven days" in again.text
    moments.pass_by(days=8)
    assert send(entered(world, "hal"), f"{one}/reminders").status_code == 303


def test_who_asked_hears_once_that_all_have_read_it_and_once_more_after_a_change(
    world: World, moments: Moments
) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    number = ask(world, "hal", ("ada", "dan"))
    read(world, "ada")
    keep_now(world)
    assert told(world, "hal") == []
    read(world, "dan")
    assert keep_now(world) == 1 and keep_now(world) == 0
    assert sentences(world, "hal") == ["Tides: Everybody whom you asked has read this and confirmed it"]
    assert entered(world, "hal").read("/inbox").links()["Everybody whom you asked has read this and confirmed it"] == (
        f"{URL}/{number}"
    )
    moments.pass_by(days=1)
    rewrite(world, "ada", page, "They come, they go and they wait for nobody at all.")
    keep_now(world)
    read(world, "ada")
    keep_now(world)
    assert told(world, "hal") == ["reading_complete"]
    read(world, "dan")
    keep_now(world)
    assert told(world, "hal") == ["reading_complete"] * 2


def test_who_may_remind(lone_world: World, moments: Moments) -> None:
    ministry_page(lone_world)
    number = ask(lone_world, "ada", ("ben",))
    moments.pass_by(days=3)
    sent = answers(lone_world, lambda client: send(client, f"{URL}/{number}/reminders"))
    assert sent == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 404, "ada": 303}
