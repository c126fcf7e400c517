"""Notices by mail: when their reader wishes, in their language and time, with what they may read when it is sent."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from tests.cases import ministry_page
from tests.moments import Moments
from tests.notices.told import hand_over, letters, send, sentences, stored, waiting
from tests.people.mail_server import MailServer, mail_server
from tests.world import World
from wiki import config
from wiki.models import Account, Page
from wiki.notices import inbox, wishes
from wiki.notices.telling import tell
from wiki.notices.times import PAUSE, mail_time
from wiki.notices.topics import TOPICS, Channel
from wiki.notices.wishes import Wish
from wiki.pages import actions
from wiki.pages.storing import content_of, current_revision
from wiki.worker import LEASE

#: A Saturday.
NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def remind(world: World, page: Page, who: str = "dan", reason: str = "suggestion") -> None:
    world.do(
        lambda session: tell(
            session, [world.account(who).id], reason, page.id, by=world.account("ada").id, words={"text": "High"}
        )
    )


def talk(world: World, page: Page, text: str) -> None:
    """Something is said in the seventh conversation, to Dan."""
    told = {"link": "/conversation#comment-1", "group": "thread-7", "words": {"text": text}}
    to, by = [world.account("dan").id], world.account("ada").id
    world.do(lambda session: tell(session, to, "reply", page.id, by=by, **told))


def wish(world: World, who: str, **form: str) -> None:
    world.do(lambda session: wishes.choose(session, world.viewer(who), form))


@pytest.fixture
def server(world: World) -> Iterator[MailServer]:
    with mail_server() as running:
        world.settings = config.load({}, smtp_url=running.url, base_url="https://wiki.example", secret_key="tests" * 8)
        yield running


def plain(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_it_works(world: World, server: MailServer, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides & <ebb>")
    remind(world, page, reason="mention")
    assert hand_over(world) == 0, "at once waits a little: who is there sees it in the inbox"
    moments.pass_by(minutes=3)
    assert (hand_over(world), hand_over(world)) == (1, 0)
    assert (send(world), send(world)) == (1, 0)
    mail = server.received[0]
    assert (mail["To"], mail["Subject"]) == (world.email("dan"), "Tides & <ebb>: Ada Verdana mentioned you: “High”")
    text = plain(mail)
    assert "https://wiki.example/paper-coast/tides-ebb\n" in text
    assert "You are told because you were mentioned." in text
    html = mail.get_body(("html",))
    assert html is not None
    assert "Tides &amp; &lt;ebb&gt;</a></h2>" in html.get_content()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(mail["List-Unsubscribe"]).strip("<>")
    assert address in text and address.startswith("https://wiki.example/stop-mails/")
    assert not {"dan", "Dan", str(world.account("dan").id)} & set(address.replace("/", " ").split())


def test_mails_of_one_conversation_stand_together(world: World, server: MailServer, moments: Moments) -> None:
    """Below those of their page, under names that mail programs know again; a mail of several pages stands alone."""
    one, two = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    for text in ("High water at the northern steps, and nobody there to see how far it came over the wall", "Low"):
        talk(world, one, text)
        moments.pass_by(minutes=6)
        hand_over(world)
    remind(world, one, reason="thanks")
    moments.pass_by(minutes=6)
    hand_over(world)
    for page in (one, two):
        remind(world, page, reason="mention")
    moments.pass_by(minutes=6)
    hand_over(world)
    assert send(world) == 4
    first, second, of_page, of_both = server.received
    page = f"<page-{one.id}@wiki.example>"
    for mail in (first, second):
        assert str(mail["References"]) == f"{page} <page-{one.id}.thread-7@wiki.example>"
        assert str(mail["In-Reply-To"]) == f"<page-{one.id}.thread-7@wiki.example>"
    assert first["Message-ID"] != second["Message-ID"]
    assert (str(of_page["References"]), of_both["References"], of_both["In-Reply-To"]) == (page, None, None)
    assert {str(mail["List-Id"]) for mail in server.received} == {"<notices.wiki.example>"}
    assert str(first["From"]) == "Holdfast <holdfast@localhost>"
    assert len(str(first["Subject"])) < 160 and "northern steps, and nobody there to see how far" in plain(first)


def test_a_digest_holds_all_that_came_until_its_hour(world: World, server: MailServer, moments: Moments) -> None:
    one, two = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    wish(world, "dan", hour="7", zone="America/Vancouver")
    remind(world, one)
    moments.pass_by(hours=3)
    remind(world, two)
    remind(world, two, reason="comment")
    assert hand_over(world) == 0
    moments.now = datetime(2026, 11, 21, 15, 1, tzinfo=UTC)  # seven in Vancouver
    assert hand_over(world) == 1
    assert send(world) == 1
    assert server.received[0]["Subject"] == "News of Tides, Ebb"
    text = plain(server.received[0])
    assert "Your daily mail: 3 notices." in text
    assert text.count("Ada Verdana suggests a change") == 2
    assert re.findall(r"(\d+):00\sAM", text) == ["1", "4", "4"], "times are those of the reader's day"
    remind(world, one)
    moments.pass_by(hours=5)
    assert hand_over(world) == 0, "the next one comes tomorrow"


def test_a_weekly_mail_is_in_the_language_and_time_of_its_reader(
    world: World, server: MailServer, moments: Moments
) -> None:
    """What is asked of them comes first, however late it came; the subject tells titles with commas apart."""
    watched = world.page("ada", "paper-coast", "article", "Ropes, knots & splices")
    asked = world.page("ada", "paper-coast", "article", "Sails")
    with world.writing() as session:
        session.get_one(Account, world.account("dan").id).language = "fr"
    weekly = {f"channel-{topic}": "weekly" for topic in TOPICS}
    wish(world, "dan", zone="Asia/Tokyo", hour="7", weekday="0", **weekly)
    remind(world, watched, reason="edited")
    moments.pass_by(hours=3)
    remind(world, asked, reason="mention")
    moments.now = datetime(2026, 11, 22, 21, 59, tzinfo=UTC)
    assert hand_over(world) == 0
    moments.now = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)  # Monday, seven in Tokyo
    assert (hand_over(world), send(world), hand_over(world)) == (1, 1, 0)
    (mail,) = server.received
    subject, text = str(mail["Subject"]), plain(mail)
    assert " ".join(subject.split()) == "Du nouveau sur Sails, « Ropes, knots & splices »"
    assert text.index("Ada Verdana vous mentionne") < text.index("Ropes, knots & splices\n")
    assert "21 nov. 2026 18:00" in text and "21 nov. 2026 21:00" in text
    html = mail.get_body(("html",))
    assert html is not None
    marked = html.get_content()
    assert '<html lang="fr">' in marked and "Ropes, knots &amp; splices</a></h2>" in marked
    links = re.findall(r'href="([^"]*)"', marked)
    assert links and all(one.startswith("https://wiki.example/") for one in links)
    assert not re.findall(r"<(?:img|link|script)|url\(|@import", marked), "nothing is loaded from anywhere"


def test_mails_speak_the_language_of_their_reader(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    with world.writing() as session:
        session.get_one(Account, world.account("dan").id).language = "fr"
    remind(world, page, reason="mention")
    moments.pass_by(minutes=3)
    hand_over(world)
    (mail,) = letters(world)
    assert "Bonjour" in mail[2] or "21 nov. 2026" in mail[2]


def test_what_was_seen_is_not_mailed(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page, reason="mention")
    world.do(lambda session: inbox.mark_opened(session, world.viewer("dan"), [page.id]))
    moments.pass_by(minutes=3)
    assert hand_over(world) == 0
    remind(world, page, reason="mention")
    moments.pass_by(minutes=3)
    assert hand_over(world) == 1
    world.do(lambda session: inbox.mark(session, world.viewer("dan")))  # between the outbox and the wire
    assert (letters(world), send(world), waiting(world)) == ([], 0, [])


def test_undoing_seen_lets_it_be_mailed(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page, reason="mention")
    seen_at = world.do(lambda session: inbox.mark(session, world.viewer("dan")))
    world.do(lambda session: inbox.unmark(session, world.viewer("dan"), seen_at=seen_at))
    moments.pass_by(minutes=3)
    assert hand_over(world) == 1


def close(world: World, page: Page, *orgs: int) -> None:
    with world.writing() as session:
        mine = session.get_one(Page, page.id)
        old = content_of(current_revision(session, mine))
        fields = {**old.fields, "access": "named_orgs", "access_orgs": list(orgs)}
        after = type(old)(old.title, old.body, fields)
        actions.save_page(session, world.catalogue, world.viewer("ada"), mine, after, mine.number)


def test_a_mail_holds_what_its_reader_may_read_when_it_is_sent(
    world: World, server: MailServer, moments: Moments
) -> None:
    open_page, secret = world.page("ada", "paper-coast", "article", "Tides"), ministry_page(world, title="Secret ebb")
    for page in (open_page, secret):
        remind(world, page, reason="mention")
    moments.pass_by(minutes=3)
    assert hand_over(world) == 1
    server.refusals[world.email("dan")] = "451 busy"
    assert send(world) == 0
    assert "Secret" not in "".join(waiting(world)[0].subject) + waiting(world)[0].text
    close(world, open_page, world.org("ministry"))  # while the mail server is away
    server.refusals.clear()
    moments.pass_by(hours=5)
    assert (send(world), server.received, waiting(world)) == (0, [], [])
    assert sentences(world, "dan") == []


def test_only_the_inbox_and_no_mails_at_all(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    wish(world, "dan", **{"channel-asked": "never"})
    remind(world, page, reason="mention")
    moments.pass_by(days=8)
    assert hand_over(world) == 0
    assert stored(world, "dan")[0].mail_after is None
    wish(world, "dan", mails="none")
    remind(world, page, reason="thanks")
    moments.pass_by(days=8)
    assert hand_over(world) == 0
    assert len(sentences(world, "dan")) == 2


def test_what_waits_follows_a_change_of_wishes(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page)
    assert hand_over(world) == 0
    wish(world, "dan", **{"channel-kept": "now"})
    moments.pass_by(minutes=3)
    assert hand_over(world) == 1


def test_two_processes_put_no_notice_into_two_mails(world: World, moments: Moments) -> None:
    for title in ("Tides", "Ebb", "Flood"):
        page = world.page("ada", "paper-coast", "article", title)
        for who in ("dan", "ben", "hal"):
            remind(world, page, who, "mention")
    moments.pass_by(minutes=3)
    begin, written = threading.Barrier(2), []

    def work() -> None:
        begin.wait()
        written.append(hand_over(world))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(written) == 3
    told = sorted(one for message in waiting(world) for one in (message.made_of or {})["notices"])
    assert len(told) == len(set(told)) == 9


def test_a_mail_server_that_is_away_for_long_loses_nothing(world: World, server: MailServer, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page, reason="mention")
    moments.pass_by(minutes=3)
    hand_over(world)
    server.refusals[world.email("dan")] = "451 busy"
    for _each in range(8):
        assert send(world) == 0
        moments.pass_by(hours=3)
    server.refusals.clear()
    assert send(world) == 1
    assert "Tides" in server.received[0]["Subject"]


def test_a_mail_that_cannot_be_made_keeps_the_others_from_nothing(
    world: World, server: MailServer, moments: Moments
) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    for who in ("dan", "ben"):
        remind(world, page, who, "mention")
    moments.pass_by(minutes=3)
    hand_over(world)
    with world.writing() as session:
        broken = session.get_one(type(waiting(world)[0]), waiting(world)[0].id)
        broken.made_of = {"maker": "nobody"}
    assert send(world) == 1
    assert [mail.tries for mail in waiting(world)] == [1]
    moments.pass_by(seconds=LEASE.total_seconds())
    assert len(waiting(world)) == 1


TUESDAY = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NIGHT = Wish(quiet_from=21, quiet_until=7)


@pytest.mark.parametrize(
    ("wished", "channel", "since", "wanted"),
    [
        (Wish(), "now", NOON, NOON + PAUSE),
        (Wish(), "daily", NOON, datetime(2026, 11, 22, 8, 0)),
        (Wish(), "daily", datetime(2026, 11, 21, 7, 59, tzinfo=UTC), datetime(2026, 11, 21, 8, 0)),
        (Wish(), "daily", datetime(2026, 11, 21, 8, 0, tzinfo=UTC), datetime(2026, 11, 22, 8, 0)),
        (Wish(), "weekly", NOON, datetime(2026, 11, 23, 8, 0)),
        (Wish(weekday=5, hour=13), "weekly", NOON, datetime(2026, 11, 21, 13, 0)),
        (Wish(weekday=5, hour=12), "weekly", NOON, datetime(2026, 11, 28, 12, 0)),
        (NIGHT, "now", datetime(2026, 11, 24, 22, 30, tzinfo=UTC), datetime(2026, 11, 25, 7, 0)),
        (NIGHT, "now", datetime(2026, 11, 24, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 7, 0)),
        (NIGHT, "now", datetime(2026, 11, 24, 7, 0, tzinfo=UTC), datetime(2026, 11, 24, 7, 2)),
        (replace(NIGHT, hour=5), "daily", TUESDAY, datetime(2026, 11, 25, 7, 0)),
        (Wish(quiet_from=12, quiet_until=14), "now", TUESDAY, datetime(2026, 11, 24, 14, 0)),
        (Wish(quiet_weekends=True), "now", NOON, datetime(2026, 11, 23, 8, 0)),
        (Wish(quiet_weekends=True), "daily", NOON, datetime(2026, 11, 23, 8, 0)),
        (
            replace(NIGHT, quiet_weekends=True),
            "now",
            datetime(2026, 11, 20, 22, 0, tzinfo=UTC),
            datetime(2026, 11, 23, 8, 0),
        ),
        (replace(NIGHT, quiet_weekends=True, hour=5), "now", NOON, datetime(2026, 11, 23, 7, 0)),
        (Wish(zone="America/Vancouver"), "daily", NOON, datetime(2026, 11, 21, 16, 0)),
        (Wish(zone="Pacific/Auckland", weekday=6), "weekly", NOON, datetime(2026, 11, 21, 19, 0)),
    ],
)
def test_the_time_of_a_mail(wished: Wish, channel: Channel, since: datetime, wanted: datetime) -> None:
    assert mail_time(wished, channel, since, "UTC") == wanted.replace(tzinfo=UTC)


def test_a_day_with_a_jump_of_the_clock_has_its_mail_at_the_same_hour() -> None:
    zone = ZoneInfo("America/Vancouver")
    since = datetime(2026, 3, 7, 9, 0, tzinfo=zone)  # the night after, an hour is left out
    wanted = mail_time(Wish(zone="America/Vancouver"), "daily", since, "UTC")
    assert wanted is not None and wanted.astimezone(zone).hour == 8
    assert wanted - since == timedelta(hours=22)
    assert mail_time(Wish(stopped=True), Wish(stopped=True).channel("asked"), NOON, "UTC") is None
