"""The inbox as a page, the wishes, feeds; and how often they ask the database."""

from functools import partial
from xml.etree import ElementTree

import pytest

from tests.cases import entered, ministry_page, send, shown
from tests.moments import Moments
from tests.notices.told import sentences, watch
from tests.statements import Statements
from tests.world import World
from wiki import i18n
from wiki.models import Page
from wiki.notices.telling import tell
from wiki.notices.wishes import wishes_of

ATOM = "{http://www.w3.org/2005/Atom}"


def remind(world: World, page: Page, who: str = "dan", reason: str = "mention", text: str = "High") -> None:
    to, ada = [world.account(who).id], world.account("ada").id
    world.do(lambda session: tell(session, to, reason, page.id, by=ada, words={"text": text}))


def test_it_works(world: World, moments: Moments) -> None:
    page, other = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    client = entered(world, "dan")
    assert "Nothing new" in client.read("/inbox").main
    assert "Nothing has been told you yet" in client.read("/inbox?show=all").main
    remind(world, other, reason="suggestion")
    moments.pass_by(minutes=1)
    remind(world, page)
    remind(world, page, reason="thanks", text="For the tables")
    inbox = client.read("/inbox")
    assert inbox.main.index("Tides") < inbox.main.index("Ebb")
    assert inbox.main.count("Tides") == 2, "once as a heading, once in its button"
    assert (
        "Ada Verdana mentioned you: “High”" in inbox.main and "You are told because you were mentioned." in inbox.main
    )
    assert client.get("/inbox/count").json == {"count": 3, "said": "3 new notices"}
    assert "Ebb" not in client.read("/inbox?topic=asked").main
    ids = [form.values["notice"] for form in inbox.forms() if "notice" in form.values]
    assert len(ids) == 2
    after = client.send(next(form for form in inbox.forms() if "notice" in form.values), {"do": "seen"})
    assert "Ebb" in after.main and "High" not in after.main
    undone = client.send(after.form(having="marked"), {"do": "undo"})
    assert "High" in undone.main
    everything = client.send(undone.form(having="until"), {"do": "all"})
    assert "Nothing new" in everything.main and client.get("/inbox/count").json == {"count": 0, "said": ""}
    assert "Ebb" in client.send(everything.form(having="marked"), {"do": "undo"}).main


def test_opening_what_is_no_page_is_having_seen_it_too(world: World) -> None:
    """A letter, and what lies behind the page of an event; nothing else, and nothing of somebody else."""
    event, to = world.page("ada", "paper-coast", "article", "Knots"), [world.account(one).id for one in ("dan", "hal")]
    letter, sign_up = "/paper-coast/letters/2026-10", f"/paper-coast/{event.slug}/sign-up"
    month = {"space": "Paper Coast", "month": "October"}
    world.do(lambda session: tell(session, to, "letter", link=letter, group="letter-1", words=month))
    world.do(lambda session: tell(session, to, "letter", link=f"{letter}1", group="letter-2", words=month))
    world.do(lambda session: tell(session, to, "event_place", event.id, link="/sign-up"))
    world.do(lambda session: tell(session, to, "event_signed_up", event.id, link="/signed-up", by_name="Gus"))
    dan, hal = entered(world, "dan"), entered(world, "hal")
    assert send(dan, "/account/seen", {"pages": f"0,{letter},/,{sign_up}"}).status_code == 204
    assert dan.get("/inbox/count").json == {"count": 2, "said": "2 new notices"}
    assert "Gus signed up" in dan.read("/inbox").main and "A place is free" not in dan.read("/inbox").main
    assert hal.get("/inbox/count").json == {"count": 4, "said": "4 new notices"}
    send(dan, "/account/seen", {"pages": ",".join(["/" * 5000, "//", "/x" * 200])})
    assert dan.get("/inbox/count").json == {"count": 2, "said": "2 new notices"}


def test_opening_a_page_is_having_seen_what_was_told_of_it(world: World) -> None:
    page, other = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    remind(world, page)
    remind(world, other)
    client = entered(world, "dan")
    assert send(client, "/account/seen", {"pages": f"{page.id}"}).status_code == 204
    assert sentences(world, "dan", unseen=True) == ["Ebb: Ada Verdana mentioned you: “High”"]


def test_nobody_marks_or_reads_what_is_anothers(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page)
    client = entered(world, "ben")
    number = entered(world, "dan").read("/inbox").form(having="notice").values["notice"]
    send(client, "/inbox/seen", {"notice": number})
    send(client, "/inbox/seen", {"do": "all"})
    assert len(sentences(world, "dan", unseen=True)) == 1
    assert "Tides" not in client.read("/inbox?show=all").main
    for path in ("/inbox", "/inbox/count", "/watching", "/account/notices", "/inbox/feed.atom"):
        assert world.app.test_client().get(path).status_code == 401, path


def test_older_notices_are_a_page_further(world: World, moments: Moments) -> None:
    for number in range(65):
        moments.pass_by(minutes=1)
        remind(world, world.page("ada", "paper-coast", "article", f"Page {number}"))
    client = entered(world, "dan")
    first = client.read("/inbox")
    older = client.read(first.links()["Older"])
    assert [f"Page {n}" in first.links() for n in (64, 5, 4, 0)] == [True, True, False, False]
    assert [f"Page {n}" in older.links() for n in (64, 5, 4, 0)] == [False, False, True, True]


def test_wishes_are_kept_and_refused_kindly(world: World) -> None:
    client = entered(world, "dan")
    form = client.read("/account/notices").form("/account/notices")
    assert form.values["channel-asked"] == "now" and form.values["channel-watched"] == "daily"
    wrong = client.send(form, {"zone": "Nowhere/Land", "quiet_from": "22"}, status=422)
    assert "There is no time zone of that name" in wrong.main and "have a beginning and an end" in wrong.main
    good = {
        "channel-watched": "weekly",
        "zone": "America/Vancouver",
        "quiet_from": "22",
        "quiet_until": "6",
        "weekday": "4",
    }
    kept = client.send(form, good).form("/account/notices").values
    assert {name: kept[name] for name in good} == good
    with world.reading() as session:
        wish = wishes_of(session, [world.account("dan").id])[world.account("dan").id]
    assert (wish.channel("watched"), wish.weekday, wish.quiet_from, wish.watch_kept) == ("weekly", 4, 22, True)


def test_a_feed_is_its_makers_alone_and_ends_when_they_say(world: World, moments: Moments) -> None:
    page, secret = world.page("ada", "paper-coast", "article", "Tides"), ministry_page(world, title="Secret ebb")
    for one in (page, secret):
        remind(world, one)
        remind(world, one, reason="state")
    client = entered(world, "dan")
    made = client.send(client.read("/account/notices").form("/inbox/feeds"))
    found = {one.get("id"): str(one.get("value")).removeprefix("http://localhost") for one in made.root.iter("input")}
    stranger = world.app.test_client()
    answer = stranger.get(found["feed-all"])
    assert answer.mimetype == "application/atom+xml" and "Secret" not in answer.text
    titles = [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(answer.data).iter(f"{ATOM}entry")]
    assert len(titles) == 2 and "Tides: Ada Verdana mentioned you: “High”" in titles
    watched = ElementTree.fromstring(stranger.get(found["feed-watched"]).data)
    assert len(list(watched.iter(f"{ATOM}entry"))) == 1
    assert stranger.get(found["feed-watched"].replace("topic=watched", "topic=asked")).status_code == 404
    assert stranger.get(found["feed-all"], headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    send(client, "/search/feeds/ending")
    assert stranger.get(found["feed-all"]).status_code == 404


@pytest.mark.parametrize("path", ["/inbox", "/inbox?show=all", "/inbox/count", "/watching", "/account/notices"])
def test_the_number_of_statements_stays(lone_world: World, path: str) -> None:
    world = lone_world
    client = entered(world, "dan")

    heard = Statements(world.database)

    def count() -> int:
        return len(heard.during(lambda: client.get(path)))

    pages = [world.page("ada", "paper-coast", "article", f"Page {number}") for number in range(30)]
    remind(world, pages[0])
    watch(world, "dan", pages[0].id)
    few = count()
    for page in pages:
        remind(world, page, reason="state")
        watch(world, "dan", page.id)
    assert (count(), few <= 5) == (few, True)


def mention(world: World, page: Page, to: list[int]) -> None:
    with world.writing() as session:
        tell(session, to, "mention", page.id, group=str(len(to)), words={"text": "High"})


def test_telling_many_takes_as_many_statements_as_telling_one(lone_world: World) -> None:
    world, page = lone_world, lone_world.page("ada", "paper-coast", "article", "Tides")
    heard = Statements(world.database)
    everybody = [world.account(who).id for who in ("hal", "ben", "dan", "zoe", "ivy")]
    for to in (everybody[:1], everybody):
        made = heard.during(partial(mention, world, page, to))
        assert len(made) <= 2, made


def test_it_is_told_in_the_language_of_who_reads(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "lesson", "Tides", {"lesson": "Look"})
    to = [lone_world.account("dan").id]
    words = {"was": "Captured", "now": "Checked"}
    lone_world.do(lambda session: tell(session, to, "state", page.id, by_name="Ada", words=words))
    with i18n.use("fr"):
        (said,) = sentences(lone_world, "dan")
        assert i18n.gettext("Checked") in said
    assert shown(entered(lone_world, "dan").get("/inbox")).status == 200
