"""What comes together goes together: one mail for what is told within a few minutes, with a subject that has room for it."""

from tests.moments import Moments
from tests.notices.test_mail import remind, server
from tests.notices.told import hand_over, letters, send, stored, waiting
from tests.people.mail_server import MailServer
from tests.world import World
from wiki.notices import inbox

__all__ = ["server"]


def test_a_subject_names_no_more_than_it_has_room_for(world: World, moments: Moments) -> None:
    for title in (
        "The long way round the harbour wall at low water",
        "Sixty yards of rope, and what became of it",
        "Ebb",
    ):
        remind(world, world.page("ada", "paper-coast", "article", title), reason="mention")
    moments.pass_by(minutes=3)
    assert hand_over(world) == 1
    ((_to, subject, _text),) = [one[:3] for one in letters(world)]
    assert subject == (
        "News of The long way round the harbour wall at low water, “Sixty yards of rope, and what became of it” and 1 more"
    )


def test_what_comes_within_a_few_minutes_is_in_one_mail(world: World, server: MailServer, moments: Moments) -> None:
    pages = [world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb", "Flood", "Sails")]
    mails = []
    for page in pages:  # one a minute
        remind(world, page, reason="mention")
        moments.pass_by(minutes=1)
        mails.append(hand_over(world))
    assert mails == [0, 1, 0, 0], "the second goes along with the first"
    for _minute in range(6):
        moments.pass_by(minutes=1)
        mails.append(hand_over(world))
    assert mails == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0]
    assert send(world) == 2
    assert [str(mail["Subject"]) for mail in server.received] == ["News of Tides, Ebb", "News of Flood, Sails"]
    assert {notice.mailed_at is not None for notice in stored(world, "dan")} == {True}


def test_what_cannot_wait_is_not_kept_back_and_takes_the_rest_along(world: World, moments: Moments) -> None:
    page = world.page("ada", "paper-coast", "article", "Tides")
    remind(world, page, reason="mention")
    moments.pass_by(minutes=2)
    assert hand_over(world) == 1
    remind(world, page, reason="thanks")
    remind(world, page)  # for the daily mail
    moments.pass_by(minutes=2)
    assert hand_over(world) == 0
    remind(world, page, reason="handover_question")
    moments.pass_by(minutes=2)
    assert hand_over(world) == 1
    told = [(message.made_of or {})["notices"] for message in waiting(world)]
    known = {notice.id: notice.reason for notice in stored(world, "dan")}
    assert [sorted(known[one] for one in ids) for ids in told] == [["mention"], ["handover_question", "thanks"]]


def test_nothing_goes_along_that_was_seen(world: World, moments: Moments) -> None:
    one, two = (world.page("ada", "paper-coast", "article", title) for title in ("Tides", "Ebb"))
    remind(world, one, reason="mention")
    moments.pass_by(minutes=1)
    remind(world, two, reason="mention")
    world.do(lambda session: inbox.mark_opened(session, world.viewer("dan"), [two.id]))
    moments.pass_by(minutes=1)
    assert hand_over(world) == 1
    assert [len((message.made_of or {})["notices"]) for message in waiting(world)] == [1]
