"""Suggested changes: made by who may not edit, decided piece by piece, merged with what others changed, and shown to nobody who may not see them."""

from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send
from tests.conversation.talking import rewrite, suggest, told
from tests.world import World
from wiki.access import page_by_id
from wiki.conversation import suggesting
from wiki.models import Draft, Page, Revision, Suggestion

BODY = "First we look.\n\nThen we count the shells.\n\nLast we write it down.\n"


def now(world: World, page: Page) -> Revision:
    with world.reading() as session:
        newest = select(Revision).where(Revision.page_id == page.id).order_by(Revision.number.desc()).limit(1)
        return session.scalars(newest).one()


def test_it_works(world: World) -> None:
    """Ben may not edit: he suggests in the same form. Ada accepts one paragraph and declines the other."""
    page = ministry_page(world, body=BODY, fields={"owner": world.viewer("ada").person_id})
    ben, ada = entered(world, "ben"), entered(world, "ada")
    assert ben.get("/paper-coast/tides/edit").status_code == 403
    form = ben.read("/paper-coast/tides/suggest").form("/paper-coast/tides/suggest")
    wished = BODY.replace("count the shells", "count the shells twice").replace("First we look.", "First we listen.")
    made = ben.send(form, {"body": wished, "note": "Twice is safer", "do": "save"})
    assert "Your suggestion is there." in made.text("body") and "Accept all" not in made.main
    assert now(world, page).number == 1
    assert told(world, "ada")[-1][0] == "suggestion"
    assert "1 suggested change waits" in ada.read("/paper-coast/tides").main
    shown = ada.read("/paper-coast/tides/suggestions/1")
    assert "Twice is safer" in shown.main and "twice" in shown.main and "listen" in shown.main
    pieces = shown.html.split('value="accept:')[1:]
    first = next(one.split('"')[0] for one in pieces)
    ada.send(shown.form("/paper-coast/tides/suggestions/1"), {"do": f"decline:{first}"})
    rewrite(world, "ada", page, BODY.replace("write it down", "write it all down"))
    rest = ada.read("/paper-coast/tides/suggestions/1")
    assert "The page was changed since, in other places." in rest.main
    ada.send(rest.form("/paper-coast/tides/suggestions/1"), {"do": "accept", "answer": "Thank you"})
    after = now(world, page)
    assert after.body == BODY.replace("shells", "shells twice").replace("write it", "write it all")
    assert (after.author_name, after.note) == ("Ada Verdana", "Suggested by Ben Optima: Twice is safer")
    assert told(world, "ben")[-1] == ("suggestion_answered", "Thank you")
    assert "Ada Verdana answered your suggestion: accepted in part. “Thank you”" in ben.read("/inbox").main
    assert "suggested change waits" not in ada.read("/paper-coast/tides").main
    history = ada.read("/paper-coast/tides/history")
    assert "suggested by Ben Optima, accepted by Ada Verdana Twice is safer" in history.main
    assert history.links()["The suggestion of revision 3"] == "/paper-coast/tides/suggestions/1"
    assert "revision 3Then we count" in ada.read("/paper-coast/tides/authors").main


def test_who_may_suggest_read_and_decide(lone_world: World) -> None:
    page = ministry_page(lone_world, body=BODY)
    suggest(lone_world, "ben", page, BODY.replace("shells", "stones"))
    reading = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    for path in ("suggest", "suggestions", "suggestions/1"):
        assert answers(lone_world, lambda client, path=path: client.get(f"/paper-coast/tides/{path}")) == reading
    deciding = {**reading, "ben": 403, "ada": 422}
    sent = answers(lone_world, lambda client: send(client, "/paper-coast/tides/suggestions/1", {"do": "accept:none"}))
    assert sent == deciding
    assert send(entered(lone_world, "ada"), "/paper-coast/tides/suggestions/1", {"do": "withdraw"}).status_code == 403
    assert send(entered(lone_world, "ben"), "/paper-coast/tides/suggestions/1", {"do": "withdraw"}).status_code == 303
    assert "Taken back" in entered(lone_world, "ada").read("/paper-coast/tides/suggestions/1").main


def test_what_was_changed_at_the_same_place_is_shown_as_out_of_date(lone_world: World) -> None:
    page = ministry_page(lone_world, body=BODY)
    suggest(lone_world, "ben", page, BODY.replace("shells", "stones"))
    rewrite(lone_world, "ada", page, BODY.replace("shells", "birds"))
    ada = entered(lone_world, "ada")
    shown = ada.read("/paper-coast/tides/suggestions/1")
    assert "Out of date" in shown.main and "birds" in shown.main and "stones" in shown.main
    ada.send(shown.form("/paper-coast/tides/suggestions/1"), {"do": "decline"})
    assert "birds" in now(lone_world, page).body


def test_paragraphs_rows_and_fields_are_pieces_and_the_rest_stays_byte_for_byte(lone_world: World) -> None:
    body = "# Head\nClose below.\n\n- one\n- two\n\nEnd."
    rows = [{"id": "aaaa", "text": "Book the hall"}, {"id": "bbbb", "text": "Bring tea"}]
    page = lone_world.page("ada", "paper-coast", "meeting", "Spring", {"actions": rows}, body=body)
    changed = [{"id": "bbbb", "text": "Bring tea"}, {"id": "cccc", "text": "Bring cake"}]
    suggest(lone_world, "ben", page, body.replace("End.", "The end."), actions=changed)
    ada = lone_world.viewer("ada")
    with lone_world.writing() as session:
        found = page_by_id(session, ada, page.id, "edit")
        one = session.get_one(Suggestion, 1)
        view = suggesting.shown(session, lone_world.catalogue, ada, found, one)
        places = {piece.place: piece.key for piece in view.pieces.pieces}
        assert set(places) == {"actions/aaaa", "actions/cccc", "body"}
        suggesting.accept(session, lone_world.catalogue, ada, found, one, [places["actions/cccc"], places["body"]])
        left = suggesting.shown(session, lone_world.catalogue, ada, found, one)
        assert [piece.place for piece in left.pieces.pieces] == ["actions/aaaa"]
    after = now(lone_world, page)
    assert after.body == body.replace("End.", "The end.")
    assert [row["id"] for row in after.fields["actions"]] == ["aaaa", "bbbb", "cccc"]


def test_a_field_of_several_paragraphs_is_compared_as_it_is_read(lone_world: World) -> None:
    long = "First.\n\nSecond.\n\n" + "Third, which stays as it is. " * 20 + "\n\nFourth.\n\nFifth."
    page = lone_world.page(
        "ada", "paper-coast", "lesson", "Tides", {"lesson": "Look", "what_happened": long}, body=BODY
    )
    changed = long.replace("Fifth.", "Fifth, and **last**.")
    suggest(lone_world, "ben", page, BODY.replace("We count", "Count"), what_happened=changed)
    shown = entered(lone_world, "ada").read("/paper-coast/tides/suggestions/1")
    assert "Fifth, and last." in shown.main and "3 unchanged paragraphs" in shown.main


def test_a_suggestion_opens_no_hidden_field(lone_world: World) -> None:
    """A suggestion that names its author where it would open a field to them shows them nothing more."""
    ada, ben = lone_world.viewer("ada").person_id, lone_world.viewer("ben").person_id
    fields = {"person": ada, "sensitive": "Only for some"}
    page = lone_world.page("ada", "paper-coast", "handover", "Closed", fields, body=BODY)
    assert "Only for some" not in entered(lone_world, "ben").read("/paper-coast/closed").main
    suggest(lone_world, "ben", page, BODY.replace("shells", "stones"), successor=ben, sensitive="Mine now")
    shown = entered(lone_world, "ben").read("/paper-coast/closed/suggestions/1").main
    assert "stones" in shown and "Only for some" not in shown and "Mine now" not in shown
    seen = entered(lone_world, "ada").read("/paper-coast/closed/suggestions/1").main
    assert "Only for some" in seen and "Mine now" in seen


def test_what_its_decider_does_not_see_stays_open(lone_world: World) -> None:
    """Dan decides all that he sees, of a page with a field that only Ada and Hal see: theirs is neither taken nor closed."""
    ada, hal = (lone_world.viewer(who).person_id for who in ("ada", "hal"))
    fields = {"person": ada, "successor": hal, "sensitive": "Only for some"}
    page = lone_world.page("ada", "paper-coast", "handover", "Closed", fields, body=BODY)
    suggest(lone_world, "hal", page, BODY.replace("shells", "stones"), sensitive="Rather this")
    url = "/paper-coast/closed/suggestions/1"
    blind = entered(lone_world, "dan")
    seen = blind.read(url)
    assert "stones" in seen.main and "Rather this" not in seen.main and "only some see" not in seen.main
    blind.send(seen.form(url), {"do": "accept"})
    after = now(lone_world, page)
    assert ("stones" in after.body, after.fields["sensitive"]) == (True, "Only for some")
    assert "Nothing is left for you to decide" in blind.read(url).main
    assert told(lone_world, "hal") == [], "it is not decided yet"
    client = entered(lone_world, "ada")
    ada_sees = client.read(url)
    assert "Rather this" in ada_sees.main and "stones" not in ada_sees.main
    client.send(ada_sees.form(url), {"do": "decline", "answer": "Better as it was"})
    assert now(lone_world, page).fields["sensitive"] == "Only for some"
    assert told(lone_world, "hal")[-1] == ("suggestion_answered", "Better as it was")
    with lone_world.reading() as session:
        assert session.get_one(Suggestion, 1).state == "accepted"


def test_what_is_typed_and_not_sent_is_kept(lone_world: World) -> None:
    """As in the editor: offered when somebody comes back, theirs alone, gone when it is sent or thrown away."""
    ministry_page(lone_world, body=BODY)
    url, ben = "/paper-coast/tides/suggest", entered(lone_world, "ben")
    form = ben.read(url).form(url)
    typed = {**form.values, "body": BODY.replace("shells", "stones"), "do": "save"}
    kept = ben.post(f"{url}/draft", data=typed)
    assert (kept.status_code, set(kept.get_json())) == (200, {"saved", "moment"})
    assert f'href="{url}?draft=yes"' in ben.read("/").html
    offered = ben.read(url)
    assert offered.title.startswith("You have unsaved changes") and "stones" in offered.main
    back = ben.read(f"{url}?draft=yes")
    assert "These are your unsaved changes" in back.main and "stones" in back.main
    ben.send(back.form(url), {"do": "discard"})
    assert "stones" not in ben.read(url).main
    ben.post(f"{url}/draft", data=typed)
    assert "stones" not in entered(lone_world, "ada").read(url).main
    ben.send(ben.read(f"{url}?draft=yes").form(url), {"do": "save"})
    assert "stones" in ben.read("/paper-coast/tides/suggestions/1").main
    assert "Suggest a change" in ben.read(url).title and "draft=yes" not in ben.read("/").html
    with lone_world.reading() as session:
        assert session.scalars(select(Draft)).all() == []
    sent = answers(lone_world, lambda client: send(client, f"{url}/draft", {"body": "Mine"}))
    assert sent == {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
