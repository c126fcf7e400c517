"""One click stops the mails: without signing in, without telling anything, and not by looking alone."""

from datetime import UTC, datetime
from email import message_from_bytes

from tests.cases import entered
from tests.moments import Moments
from tests.notices.told import hand_over, sentences
from tests.world import World
from wiki import config
from wiki.mail_texts import Letter
from wiki.models import Outgoing
from wiki.notices.stop import addresses
from wiki.notices.telling import tell
from wiki.notices.wishes import stored_wishes, wishes_of
from wiki.worker import as_email


def address(world: World, who: str) -> str:
    key = world.do(lambda session: stored_wishes(session, world.account(who).id).stop_key)
    return addresses.address(world.settings, key).removeprefix(world.settings.base_url)


def stopped(world: World, who: str) -> bool:
    account = world.account(who).id
    with world.reading() as session:
        return wishes_of(session, [account])[account].stopped


def test_it_works(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    to, at = [world.account("dan").id], address(world, "dan")
    world.do(lambda session: tell(session, to, "mention", page.id, words={"text": "High"}))
    client = world.app.test_client()
    answer = client.post(at, data={"List-Unsubscribe": "One-Click"})  # as mail programs do
    assert answer.status_code == 200 and stopped(world, "dan")
    moments.pass_by(minutes=5)
    assert hand_over(world) == 0
    assert len(sentences(world, "dan")) == 1, "the inbox stays"
    assert not stopped(world, "ben")
    assert entered(world, "dan").read("/account/notices").form("/account/notices").values["mails"] == "none"


def test_looking_stops_nothing_and_tells_nothing(world: World) -> None:
    at, browser = address(world, "dan"), world.browser()
    page = browser.read(at)
    assert not stopped(world, "dan")
    for word in ("Dan", "Corbel", world.email("dan"), "Paper Coast"):
        assert word not in page.main
    assert "Stopped." in browser.send(page.form(at)).main
    assert stopped(world, "dan")
    assert "come again" in browser.send(browser.read(at).form(at), {"do": "again"}).main
    assert not stopped(world, "dan")


def test_an_address_that_was_bent_stops_nothing(world: World) -> None:
    at = address(world, "dan")
    key, _dot, signature = at.rpartition(".")
    other = address(world, "ben").rpartition(".")[2]
    client = world.app.test_client()
    for bent in (f"{key}.{other}", f"{key}.", key, f"{key}x.{signature}"):
        assert client.get(bent).status_code == 404, bent
        assert client.post(bent).status_code == 404, bent
    assert not stopped(world, "dan")


def test_the_address_stands_in_its_header_as_it_is() -> None:
    """However long it is: programs offer no button for an address that was wrapped as encoded words."""
    address = f"<https://wiki.example/stop-mails/{'x' * 120}>"
    message = Outgoing(recipient="ada@wiki.example", message_id="<1@wiki.example>", created_at=datetime.now(UTC))
    letter = Letter("Été, " * 40, "Text", headers=(("List-Unsubscribe", address),))
    sent = as_email(config.load({}, secret_key="tests" * 8), message, letter).as_bytes()
    assert f"\r\nList-Unsubscribe: {address}\r\n".encode() in sent
    assert max(map(len, sent.split(b"\r\n"))) < 200 and message_from_bytes(sent)["List-Unsubscribe"] == address
