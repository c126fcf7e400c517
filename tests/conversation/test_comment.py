"""Comments: written, answered, mended, removed, resolved; by those who may, and told to those whom they concern."""

from pathlib import Path

from tests.cases import answers, entered, ministry_page, send, shown
from tests.conversation.talking import answer, comment, rewrite, suggest, thread, told
from tests.statements import Statements
from tests.world import World
from wiki.imports import documents
from wiki.imports.sources import FolderSource
from wiki.models import Space

BODY = "They **come** and go twice a day.\n\nNobody counts them.\n"


def test_it_works(world: World) -> None:
    """Ben, who only reads, comments on a passage without a script; Ada answers and resolves."""
    ministry_page(world, body=BODY)
    ben, ada = entered(world, "ben"), entered(world, "ada")
    read = ben.read("/paper-coast/tides")
    assert read.links()["Comment"] == "/paper-coast/tides/conversation#talk-new-title"
    talk = ben.read("/paper-coast/tides/conversation")
    assert "Nobody has said anything here yet" in talk.main
    form = talk.form("/paper-coast/tides/conversation")
    said = ben.send(form, {"text": "Is that **so**? @Ada Verdana knows.", "quote": "come and go twice"})
    assert "<strong>so</strong>" in said.html and "Ada Verdana" in said.links()
    assert "come and go twice" in said.main and "Your comment is there." in said.text("body")
    assert told(world, "ada") == [("mention", "Is that so? Ada Verdana knows.")]
    assert told(world, "ben") == []
    assert "Conversation 1" in ada.read("/paper-coast/tides").main
    talk = ada.read("/paper-coast/tides/conversation")
    answered = ada.send(talk.form("/paper-coast/tides/conversation/1"), {"text": "Twice, yes."})
    assert "Twice, yes." in answered.main
    assert told(world, "ben") == [("reply", "Twice, yes.")]
    closed = ada.send(answered.form("/paper-coast/tides/conversation/1/outcome"), {"outcome": "It is twice"})
    assert "It is twice resolved by Ada Verdana" in closed.main
    assert told(world, "ben")[1:] == [("resolved", "It is twice")]
    assert "Read it and take part" not in ada.read("/paper-coast/tides").main
    closed = ben.read("/paper-coast/tides/conversation")
    open_again = ben.send(closed.form("/paper-coast/tides/conversation/1/reopening"))
    assert "It is twice" not in open_again.main


def test_who_may_read_a_page_and_belongs_to_its_space_follows_and_takes_part(lone_world: World) -> None:
    page = ministry_page(lone_world, body=BODY)
    comment(lone_world, "ada", page, "A secret of ours")
    url = "/paper-coast/tides/conversation"
    reading = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    assert answers(lone_world, lambda client: client.get(url)) == reading
    posting = {**reading, "ben": 303, "ada": 303}
    assert answers(lone_world, lambda client: send(client, url, {"text": "Me too"})) == posting
    assert answers(lone_world, lambda client: send(client, f"{url}/1", {"text": "Me too"})) == posting
    public = lone_world.page("founder", "paper-coast", "article", "Open", {"access": "public"}, body=BODY)
    comment(lone_world, "ada", public, "Said inside")
    assert entered(lone_world, "zoe").get("/paper-coast/open/conversation").status_code == 404
    for who in ("visitor", "zoe"):
        assert "onversation" not in entered(lone_world, who).read("/paper-coast/open").main
    assert "Conversation 1" in entered(lone_world, "dan").read("/paper-coast/open").main


def test_a_space_may_keep_comments_to_its_members(lone_world: World) -> None:
    page = ministry_page(lone_world, body=BODY)
    comment(lone_world, "ben", page, "While I may")
    with lone_world.writing() as session:
        session.query(Space).filter_by(slug="paper-coast").update({"readers_comment": False})
    ben = entered(lone_world, "ben")
    talk = ben.read("/paper-coast/tides/conversation")
    assert "While I may" in talk.main and "In this space members write comments" in talk.main
    assert send(ben, "/paper-coast/tides/conversation", {"text": "More"}).status_code == 403
    assert send(ben, "/paper-coast/tides/conversation/1", {"text": "More"}).status_code == 403
    assert send(entered(lone_world, "ada"), "/paper-coast/tides/conversation", {"text": "More"}).status_code == 303
    hal = entered(lone_world, "hal")
    settings = hal.read("/paper-coast/settings").form("/paper-coast/settings")
    hal.send(settings, {"readers_comment": "yes"})
    with lone_world.reading() as session:
        assert session.query(Space).filter_by(slug="paper-coast").one().readers_comment


def test_changed_and_removed_comments_leave_a_trace(lone_world: World) -> None:
    page = ministry_page(lone_world, body=BODY)
    made = comment(lone_world, "ben", page, "Frist")
    url = f"/paper-coast/tides/comments/{made.id}"
    ben, ada = entered(lone_world, "ben"), entered(lone_world, "ada")
    form = ben.read(url).form(having="text")
    assert form.values["text"].strip() == "Frist"
    changed = ben.send(form, {"text": "First", "do": "save"})
    assert "First" in changed.main and "edited" in changed.main
    assert send(ada, url, {"text": "Mine now", "do": "save"}).status_code == 403
    assert send(ada, url, {"do": "remove"}).status_code == 403
    assert answers(lone_world, lambda client: client.get(url)) == {
        "visitor": 401,
        "zoe": 404,
        "dan": 404,
        "ben": 200,
        "ada": 200,
    }
    assert "Change the comment" not in ada.read("/paper-coast/tides/conversation").main
    gone = shown(send(ben, url, {"do": "remove"}, follow_redirects=True))
    assert "A comment of Ben Optima, removed by Ben Optima" in gone.main and "First" not in gone.main
    assert ben.get(url).status_code == 404


def test_a_passage_follows_its_text_and_is_kept_when_that_goes(world: World) -> None:
    page = ministry_page(world, body=BODY)
    made = comment(world, "ben", page, "Who?", quote="Nobody counts them")
    rewrite(world, "ada", page, f"# First\n\nMore above.\n\n{BODY}".replace("Nobody", "Almost nobody"))
    one = thread(world, made.thread_id)
    assert (one.passage, one.number) == ("nobody counts them", 2) or one.passage == "counts them"
    rewrite(world, "ada", page, "They come and go.")
    assert thread(world, made.thread_id).start is None
    talk = entered(world, "ben").read("/paper-coast/tides/conversation").main
    assert "The passage is gone. It said: Nobody counts them" in talk
    with world.reading() as session:
        assert session.get(type(one), made.thread_id) is not None


def test_words_that_do_not_stand_there_and_empty_comments_are_refused_with_what_was_typed(lone_world: World) -> None:
    ministry_page(lone_world, body=f"{BODY}\nThey come back.\n")
    ben = entered(lone_world, "ben")
    form = ben.read("/paper-coast/tides/conversation").form("/paper-coast/tides/conversation")
    refused = ben.send(form, {"text": "Kept", "quote": "three times"}, status=422)
    assert "do not stand in the text" in refused.main
    assert refused.form("/paper-coast/tides/conversation").values["text"].strip() == "Kept"
    assert "stand in the text 2 times" in ben.send(form, {"text": "Kept", "quote": "they"}, status=422).main
    assert "Write something first." in ben.send(form, {"text": " "}, status=422).main


def test_who_cannot_read_is_named_to_the_author_before_anything_is_sent(lone_world: World) -> None:
    ministry_page(lone_world, body=BODY)
    ben = entered(lone_world, "ben")
    form = ben.read("/paper-coast/tides/conversation").form("/paper-coast/tides/conversation")
    asked = ben.send(form, {"text": "What does @Dan Corbel say, @Ada Verdana?"}, status=422)
    assert "Dan Corbel cannot read this here, and will not be told" in asked.main
    assert (told(lone_world, "dan"), told(lone_world, "ada")) == ([], [])
    again = asked.form("/paper-coast/tides/conversation")
    assert "[[Ada Verdana]]" in again.values["text"] or "@Ada Verdana" in again.values["text"]
    ben.send(again, {"text": "What does @Dan Corbel say, @Ada Verdana?"})
    assert told(lone_world, "dan") == []
    assert [reason for reason, _text in told(lone_world, "ada")] == ["mention"]


def test_a_page_that_is_closed_later_takes_its_conversation_along(world: World) -> None:
    page = world.page("ada", "paper-coast", "article", "Shells", body=BODY)
    first = comment(world, "dan", page, "Our own word", quote="come and go")
    answer(world, "ada", page, first.thread_id, "And mine, @Dan Corbel")
    dan = entered(world, "dan")
    assert "Our own word" in dan.read("/conversations").main or "And mine" in dan.read("/conversations").main
    assert "And mine" in dan.read("/inbox").main
    rewrite(world, "ada", page, BODY, access="named_orgs", access_orgs=[world.org("ministry")])
    assert "No open conversations" in dan.read("/conversations").main
    assert dan.get("/paper-coast/shells/conversation").status_code == 404
    assert "And mine" not in dan.read("/inbox").main
    before = len(told(world, "dan"))
    answer(world, "ada", page, first.thread_id, "Only ours now")
    assert len(told(world, "dan")) == before


def test_the_list_shows_what_waits_for_somebody(lone_world: World) -> None:
    page = lone_world.page("ada", "paper-coast", "article", "Shells", body=BODY)
    made = comment(lone_world, "ada", page, "Please look, @Ben Optima")
    comment(lone_world, "hal", page, "Something else")
    ben = entered(lone_world, "ben")
    waiting = ben.read("/conversations?whose=for-me").main
    assert "Please look, Ben Optima" in waiting and "Something else" not in waiting
    assert "2 conversations" in ben.read("/conversations?space=paper-coast").main
    answer(lone_world, "ben", page, made.thread_id, "I have")
    assert "No conversation is like that" in ben.read("/conversations?whose=for-me").main
    assert "I have" in ben.read("/conversations?whose=mine").main


def test_statements_do_not_grow_with_what_is_said(world: World) -> None:
    page = ministry_page(world, body=BODY)
    heard, counts = Statements(world.database), []
    ben = entered(world, "ben")
    for number in range(2):
        for _once in range(1 + 5 * number):
            made = comment(world, "ada", page, f"Look at [[Ada Verdana]] {number}", quote="come and go")
            answer(world, "ben", page, made.thread_id, "Yes, [[Tides]]")
        ben.get("/paper-coast/tides")
        talk = heard.during(lambda: ben.get("/paper-coast/tides/conversation"))
        listing = heard.during(lambda: ben.get("/conversations"))
        reading = heard.during(lambda: ben.get("/paper-coast/tides"))
        counts.append((len(talk), len(listing), len(reading)))
    assert counts[0] == counts[1]
    assert counts[1][1] <= 6 and counts[1][2] <= 4


def test_what_was_said_is_a_file_of_its_own_that_is_never_taken_for_a_page(lone_world: World, tmp_path: Path) -> None:
    page = ministry_page(lone_world, body=BODY)
    said = comment(lone_world, "ben", page, "Is that **so**?", quote="come and go twice")
    suggest(lone_world, "ben", page, "They stay.\n", note="They do not")
    ada = entered(lone_world, "ada")
    send(ada, f"/paper-coast/tides/conversation/{said.thread_id}/outcome", {"outcome": "It is twice"})
    text = ada.get("/paper-coast/tides/conversation.md").text
    for words in ("## “come and go twice”", "> Is that **so**?", "**Ben Optima**", "It is twice", "- [They do not]("):
        assert words in text, (words, text)
    assert "Is that" not in ada.get("/paper-coast/tides.md").text
    (tmp_path / "tides.md").write_text(ada.get("/paper-coast/tides.md").text, "utf-8")
    (tmp_path / "talk.md").write_text(text, "utf-8")
    found = {one.path: one.problem for one in documents.read(FolderSource(tmp_path))}
    assert found["tides.md"] == "" and "not a page" in found["talk.md"]
    got = answers(lone_world, lambda client: client.get("/paper-coast/tides/conversation.md"))
    assert got == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
