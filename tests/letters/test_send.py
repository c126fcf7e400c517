"""A coordinator looks at the letter, writes above it, leaves things out and sends it; each gets what they may read, once."""

import re

from sqlalchemy import delete, select

from tests.cases import answers, entered, send
from tests.letters.months import AT, Clock, busy_october, letter, say_thanks, told
from tests.notices.told import send as deliver
from tests.notices.told import waiting
from tests.world import FOUNDER, World
from wiki.letters import mailing
from wiki.mail_texts import Letter
from wiki.models import Account, Notice, Page
from wiki.notices.wishes import stored_wishes
from wiki.pages import actions as pages
from wiki.spaces import actions as spaces

LETTERS = "/paper-coast/letters"


def mails(world: World) -> dict[str, Letter | None]:
    """By the first name of who gets it: the letter as it would be sent now."""
    found = {}
    for message in waiting(world):
        if (message.made_of or {}).get("maker") == mailing.MAKER:
            with world.reading() as session:
                found[message.recipient.split("@")[0]] = mailing.make(session, world.settings, world.catalogue, message)
    return found


def notices(world: World) -> list[str]:
    with world.reading() as session:
        found = select(Account.email).join(Notice, Notice.account_id == Account.id).where(Notice.reason == "letter")
        return sorted(one.split("@")[0] for one in session.scalars(found))


def test_it_works(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    hal, ben = entered(world, "hal"), entered(world, "ben")
    assert "No letter yet" in ben.read(LETTERS).main and "October 2026 is over" not in ben.read(LETTERS).main
    page = hal.read(hal.read(LETTERS).links()["Look at the letter"])
    assert f'data-page-shown="{AT}"' in hal.get(AT).text  # its notice is seen with it
    assert "Not sent yet" in page.main and "Send it to 4 people" in page.main
    assert notices(world) == [] and mails(world) == {}
    form = hal.read(page.links()["Write a greeting, leave things out"]).form(f"{AT}/edit")
    keys = form.filled({}).getlist("keep")
    assert len(keys) == 7
    kept = [key for key in keys if not key.startswith("decision:")]
    shown = hal.send(form, {"greeting": "A *wet* month, see [[Tide board]].", "keep": kept})
    assert "A wet month, see Tide board." in shown.main and "Thirty days" not in shown.main
    assert ben.get(AT).status_code == 404, "before it is sent only those who coordinate see it"
    sent = hal.send(shown.form(f"{AT}/sending"), {})
    assert "Sent to 4 people." in sent.text("body")
    assert notices(world) == ["ada", "ben", "dan", "hal"] == sorted(mails(world))
    read = ben.read(ben.read(LETTERS).links()["October 2026"])
    assert read.title.startswith("What October 2026 brought") and "Nobody read it." in read.main
    mail = mails(world)["ben"]
    assert mail is not None and mail.subject == "Paper Coast: what October 2026 brought"
    for text in (mail.text, mail.html):
        assert "Dan Corbel thanks Keel Office" in text and "The board saved us a morning." in text
        assert "http://localhost/paper-coast/one-page" in text and "Thirty days" not in text
    assert "A *wet* month" in mail.text and 'href="http://localhost/paper-coast/tide-board"' in mail.html
    assert "The letter of Paper Coast is there: what October 2026 brought" in ben.read("/inbox").main
    for again in (f"{AT}/sending", f"{AT}/edit"):
        send(hal, again, {"greeting": "Once more", "shown": ["x"]})
    assert len(mails(world)) == 4 and "Once more" not in ben.read(AT).main
    calendar.on(4, 11)
    assert deliver(world) == 4 and deliver(world) == 0


def test_each_reads_it_in_their_own_language(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    with world.writing() as session:
        session.merge(world.account("ada")).language = "fr"
    send(entered(world, "hal"), f"{AT}/sending")
    ada, dan = mails(world)["ada"], mails(world)["dan"]
    assert ada is not None and "octobre 2026" in ada.subject and dan is not None and "October 2026" in dan.subject
    with world.reading() as session:
        words = select(Notice.words).where(Notice.account_id == world.account("ada").id, Notice.reason == "letter")
        assert session.scalars(words).one()["month"] == "octobre 2026"


def test_it_keeps_to_the_wishes_of_its_reader(world: World, calendar: Clock) -> None:
    """Never is never, a digest waits for its hour, and one click stops the letters alone."""
    busy_october(world, calendar)
    with world.writing() as session:
        for who, channel in (("ben", "never"), ("dan", "daily")):
            stored_wishes(session, world.account(who).id).channels = {"letters": channel}
    send(entered(world, "hal"), f"{AT}/sending")
    assert sorted(mails(world)) == ["ada", "dan", "hal"] and "ben" in notices(world), "it stands in the inbox"
    times = {message.recipient.split("@")[0]: message.try_after for message in waiting(world)}
    assert times["dan"].isoformat() == "2026-11-04T08:00:00+00:00"
    ada = mails(world)["ada"]
    assert ada is not None
    header = dict(ada.headers)
    assert header["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = re.fullmatch(r"<http://localhost(/stop-mails/.+\?topic=letters)>", header["List-Unsubscribe"])
    assert stop is not None and f"http://localhost{stop[1]}" in ada.text
    program = world.app.test_client()
    assert "Stop the mails of “Letters”" in program.get(stop[1]).text
    assert program.post(stop[1], data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mails(world)["ada"] is None, "also one that waits already"
    with world.reading() as session:
        wishes = stored_wishes(session, world.account("ada").id)
        assert (wishes.channels, wishes.stopped_at) == ({"letters": "never"}, None)
    assert program.post(stop[1], data={"do": "again"}).status_code == 200
    assert mails(world)["ada"] is not None


def test_nobody_gets_an_empty_letter(world: World, calendar: Clock) -> None:
    calendar.on(6)
    narrow = {"access": "named_orgs", "access_orgs": [world.org("ministry")]}
    world.page("ada", "paper-coast", "article", "Tides", narrow)
    say_thanks(world, "ben", "tides", "It is all there, at last.")
    calendar.on(3, 11)
    hal = entered(world, "hal")
    page = hal.read(AT)
    assert "A quiet month" in page.main and "Send it to" not in page.main
    send(hal, f"{AT}/sending")
    assert sorted(mails(world)) == ["ada", "ben"] == notices(world), "hal may not read it, and sends it all the same"
    assert "Nothing here for you" in entered(world, "dan").read(AT).main


def test_what_is_hidden_meanwhile_is_in_no_mail(world: World, calendar: Clock) -> None:
    """Rights are asked when the mail is made: of a page, and of who takes part."""
    busy_october(world, calendar)
    send(entered(world, "hal"), f"{AT}/sending")
    with world.writing() as session:
        page = session.get_one(Page, world.found("hal", "paper-coast", "tide-board").page.id)
        pages.delete_page(session, world.viewer("hal"), page, "Gone")
        spaces.remove_member(
            session, FOUNDER, session.merge(world.space("paper-coast")), session.merge(world.account("dan"))
        )
    found = mails(world)
    assert found["dan"] is None and found["ben"] is not None and "Tide board" not in found["ben"].text
    assert "Tide board" not in entered(world, "ben").read(AT).main
    assert entered(world, "dan").get(AT).status_code == 404


def test_a_month_without_a_letter(lone_world: World, calendar: Clock) -> None:
    calendar.on(3, 11)
    ben, hal = entered(lone_world, "ben"), entered(lone_world, "hal")
    for month in ("2026-10", "2026-11", "2027-01", "october", "2026-13"):
        assert ben.get(f"{LETTERS}/{month}").status_code == 404, month
    assert "Nobody has sent a letter about this month." in ben.get(f"{LETTERS}/2026-09").text
    assert hal.get(f"{LETTERS}/2026-11").status_code == 404, "it is not over"
    assert "A quiet month" in hal.read(f"{LETTERS}/2026-09").main
    assert send(hal, f"{LETTERS}/2026-09/sending").status_code == 303
    assert "nothing in this letter" in hal.read(f"{LETTERS}/2026-09").text("body")


def test_the_cases(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    reads = {"visitor": 401, "zoe": 404, "dan": 200, "ben": 200, "ada": 200}
    writes = {**reads, "dan": 403, "ben": 403, "ada": 403}
    assert answers(world, lambda client: client.get(LETTERS)) == reads
    assert answers(world, lambda client: client.get(f"{AT}/edit")) == writes
    assert answers(world, lambda client: send(client, f"{AT}/edit", {"greeting": "Hello"})) == writes
    assert answers(world, lambda client: send(client, f"{AT}/sending")) == writes
    send(entered(world, "hal"), f"{AT}/sending")
    assert answers(world, lambda client: client.get(AT)) == reads


def test_a_greeting_that_is_too_long_is_given_back(lone_world: World, calendar: Clock) -> None:
    busy_october(lone_world, calendar)
    hal = entered(lone_world, "hal")
    form = hal.read(f"{AT}/edit").form(f"{AT}/edit")
    back = hal.send(form, {"greeting": "x" * 4_001, "keep": ["lesson:1"]}, status=422)
    assert "at most 4000 characters" in back.main
    assert back.form(f"{AT}/edit").filled({})["greeting"].strip() == "x" * 4_001
    assert letter(lone_world, "hal").letter is None, "nothing was kept"
    assert told(lone_world, "hal")["lessons"]


def test_it_outlives_the_account_of_who_sent_it(world: World, calendar: Clock) -> None:
    busy_october(world, calendar)
    send(entered(world, "hal"), f"{AT}/sending")
    with world.writing() as session:
        session.execute(delete(Account).where(Account.email == world.email("hal")))
    assert "Sent by Hal Calibri" in entered(world, "ben").read(AT).text("main")
