"""Two people change one page: what can be joined is joined, what cannot is shown with both texts and nothing is lost."""

from typing import Any

from tests.cases import act, entered, send, shown, stored
from tests.client import Browser
from tests.page import Page, text_of
from tests.world import World
from wiki.pages import actions

BODY = "One.\n\nTwo.\n\nThree.\n"


def opened(world: World, who: str, slug: str = "tides") -> tuple[Browser, Any]:
    client = entered(world, who)
    return client, client.read(f"/paper-coast/{slug}/edit").form(having="body")


def both(world: World, mine: dict[str, Any], theirs: dict[str, Any], status: int = 409) -> tuple[Browser, Page]:
    """Ada and Dan open the page, Dan saves first; what Ada then gets."""
    ada, form = opened(world, "ada")
    dan, their_form = opened(world, "dan")
    dan.send(their_form, theirs)
    return ada, ada.send(form, mine, status=status)


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    ada, page = both(world, {"body": BODY.replace("Two", "Deux")}, {"body": BODY.replace("Two", "Zwei")})
    assert "Dan Corbel" in page.main and "Deux." in page.main and "Zwei." in page.main
    assert stored(world, "tides").body == BODY.replace("Two", "Zwei"), "something was stored before the choice"
    form = page.form(having="body")
    assert form.values["base"] == "2"
    assert "Deux." in form.values["body"] and "Zwei." in form.values["body"]
    ada.send(form, {"body": "One.\r\n\r\nDeux, zwei.\r\n\r\nThree.\r\n"})
    assert stored(world, "tides").body == "One.\n\nDeux, zwei.\n\nThree.\n"


def test_different_paragraphs_are_joined(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    mine, theirs = {"body": BODY.replace("One", "Un")}, {"body": BODY.replace("Three", "Drei")}
    _ada, page = both(world, mine, theirs, status=200)
    assert "together with what others changed" in page.html
    assert stored(world, "tides").body == "Un.\n\nTwo.\n\nDrei.\n"


def test_different_fields_and_rows_are_joined(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows, "place": "Pier"})
    mine = {"r.actions.0.what": "Paint twice", "f.time": "10:00"}
    _ada, _page = both(world, mine, {"r.actions.1.what": "Row home", "f.place": "Harbour"}, status=200)
    found = stored(world, "tides")
    assert [row["what"] for row in found.rows("actions")] == ["Paint twice", "Row home"]
    assert (found.fields["time"], found.fields["place"]) == ("10:00", "Harbour")


def test_the_same_field_lets_one_choose(world: World) -> None:
    for choice, place in (("mine", "Bay"), ("theirs", "Harbour")):
        page = world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"})
        ada, form = opened(world, "ada", page.slug)
        dan, their_form = opened(world, "dan", page.slug)
        dan.send(their_form, {"f.place": "Harbour", "f.time": "10:00"})
        clash = ada.send(form, {"f.place": "Bay", "body": "Mine."}, status=409)
        assert "Bay" in clash.main and "Harbour" in clash.main
        assert [text_of(one) for one in clash.all("del")] == ["Pier", "Pier"], (
            "what stood there is struck out on both sides"
        )
        ada.send(clash.form(having="choose.place"), {"choose.place": choice})
        found = stored(world, page.slug)
        assert (found.fields["place"], found.fields["time"], found.body) == (place, "10:00", "Mine.")


def test_the_same_cell_lets_one_choose(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows})
    ada, clash = both(world, {"r.actions.0.what": "Scrape"}, {"r.actions.0.what": "Varnish"})
    assert "Scrape" in clash.main and "Varnish" in clash.main
    ada.send(clash.form(having="choose.actions/a1/what"), {"choose.actions/a1/what": "theirs"})
    assert [row["what"] for row in stored(world, "tides").rows("actions")] == ["Varnish", "Row"]


def test_a_row_that_one_took_out_and_the_other_changed_is_shown(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows})
    ada, form = opened(world, "ada")
    dan, their_form = opened(world, "dan")
    without = dan.send(their_form, {"do": "remove-row:actions:0"})
    dan.send(without.form(having="body"), {"do": None})
    clash = ada.send(form, {"r.actions.0.what": "Scrape"}, status=409)
    assert "Scrape" in clash.main and "taken out" in clash.main
    ada.send(clash.form(having="choose.actions/a1"), {"choose.actions/a1": "mine"})
    assert [row["what"] for row in stored(world, "tides").rows("actions")] == ["Scrape", "Row"]


def test_one_who_took_the_row_out_chooses_whether_it_stays_out(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}, {"id": "c3", "what": "Rest"}]
    for choice, left in (("mine", ["Paint", "Rest"]), ("theirs", ["Paint", "Row home", "Rest"])):
        slug = world.page("ada", "paper-coast", "meeting", "Tides", {"actions": rows}).slug
        ada, form = opened(world, "ada", slug)
        dan, their_form = opened(world, "dan", slug)
        dan.send(their_form, {"r.actions.1.what": "Row home"})
        without = ada.send(form, {"do": "remove-row:actions:1"})
        clash = ada.send(without.form(having="body"), {"do": None}, status=409)
        assert "Row home" in clash.main and "taken out" in clash.main
        ada.send(clash.form(having="choose.actions/b2"), {"choose.actions/b2": choice})
        assert [row["what"] for row in stored(world, slug).rows("actions")] == left


def test_what_one_emptied_stays_empty_when_something_else_clashed(world: World) -> None:
    fields = {"place": "Pier", "time": "9:00", "themes": ["youth"], "handling_notice": ["ask_before_reuse"]}
    world.page("ada", "paper-coast", "meeting", "Tides", {**fields, "actions": [{"id": "a1", "what": "Paint"}]}, BODY)
    ada, form = opened(world, "ada")
    dan, their_form = opened(world, "dan")
    dan.send(their_form, {"f.place": "Harbour"})
    without = ada.send(form, {"do": "remove-row:actions:0"}).form(having="body")
    emptied = {"f.time": "", "f.themes": None, "f.handling_notice": None, "body": ""}
    clash = ada.send(without, {"do": None, "f.place": "Bay", **emptied}, status=409)
    ada.send(clash.form(having="choose.place"))
    found = stored(world, "tides")
    assert (found.fields["place"], found.body) == ("Bay", "")
    assert not {"time", "actions", "themes", "handling_notice"} & found.fields.keys()


def test_the_last_row_can_be_taken_out(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"actions": [{"id": "a1", "what": "Paint"}]})
    ada, form = opened(world, "ada")
    without = ada.send(form, {"do": "remove-row:actions:0"})
    ada.send(without.form(having="body"), {"do": None})
    assert stored(world, "tides").rows("actions") == []


def test_going_on_editing_brings_everything_back_in_the_form(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, BODY)
    mine = {"body": BODY.replace("Two", "Deux"), "f.place": "Bay", "note": "Noted"}
    ada, clash = both(world, mine, {"body": BODY.replace("Two", "Zwei")})
    again = ada.send(clash.form(having="body"), {"do": "resume"}).form(having="body").values
    assert (again["f.place"], again["note"], again["base"]) == ("Bay", "Noted", "2")
    assert "Deux." in again["body"] and "Zwei." in again["body"]


LONG = "Paint the pier.\n\nCount the boats.\n\nGo home."


def test_of_a_paragraph_mine_theirs_or_both_is_kept(world: World) -> None:
    kept = {"mine": "Deux.", "theirs": "Zwei.", "both": "Deux.\n\nZwei."}
    for choice, text in kept.items():
        slug = world.page("ada", "paper-coast", "article", "Tides", body=BODY).slug
        ada, form = opened(world, "ada", slug)
        dan, their_form = opened(world, "dan", slug)
        dan.send(their_form, {"body": BODY.replace("Two", "Zwei").replace("Three", "Drei")})
        clash = ada.send(form, {"body": BODY.replace("Two", "Deux")}, status=409)
        assert clash.form(having="body").values["choose.body/1"] == "both", (
            "unless somebody chooses, nothing is dropped"
        )
        ada.send(clash.form(having="body"), {"choose.body/1": choice})
        assert stored(world, slug).body == BODY.replace("Two.", text).replace("Three", "Drei")


def test_each_paragraph_has_a_choice_of_its_own(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    mine = BODY.replace("One.", "Un.").replace("Three.", "")
    ada, clash = both(world, {"body": mine}, {"body": BODY.replace("One.", "Eins.").replace("Three.", "Drei.")})
    assert "2 places need you" in clash.main and "This is taken out." in clash.main
    form = clash.form(having="body")
    assert form.values["choose.body/2"] == "theirs", "what one took out and the other changed stays, unless chosen"
    ada.send(form, {"choose.body/1": "theirs", "choose.body/2": "mine"})
    assert stored(world, "tides").body.split() == ["Eins.", "Two."]


def test_a_text_written_by_hand_is_saved_whatever_was_chosen(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    ada, clash = both(world, {"body": BODY.replace("Two", "Deux")}, {"body": BODY.replace("Two", "Zwei")})
    ada.send(clash.form(having="body"), {"choose.body/1": "theirs", "body": "All my own."})
    assert stored(world, "tides").body == "All my own."


def test_of_a_long_field_both_can_be_kept(world: World) -> None:
    world.page("ada", "paper-coast", "role", "Tides", {"purpose": LONG})
    mine, theirs = LONG.replace("boats", "birds"), LONG.replace("boats", "waves")
    ada, clash = both(world, {"f.purpose": mine}, {"f.purpose": theirs})
    ada.send(clash.form(having="choose.purpose"), {"choose.purpose": "both"})
    kept = "Paint the pier.\n\nCount the birds.\n\nCount the waves.\n\nGo home."
    assert stored(world, "tides").fields["purpose"] == kept


def test_both_is_refused_where_a_value_has_room_for_one(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"date": "2026-01-01"})
    ada, clash = both(world, {"f.date": "2026-01-02"}, {"f.date": "2026-01-03"})
    form = clash.form(having="choose.date")
    assert 'value="both"' not in clash.html
    ada.post(form.action, data={**form.filled({}), "choose.date": "both", "note": "Mine"})
    assert stored(world, "tides").fields["date"] == "2026-01-02"


def test_the_summary_says_what_needs_somebody_and_what_was_joined(world: World) -> None:
    rows = [{"id": "a1", "what": "Paint"}, {"id": "b2", "what": "Row"}]
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier", "actions": rows}, BODY)
    text = BODY.replace("One", "Eins")
    theirs = {"f.place": "Harbour", "f.time": "10:00", "r.actions.1.what": "Row home", "body": text}
    _ada, clash = both(world, {"f.place": "Bay", "r.actions.1.what": "Row back"}, theirs)
    assert "2 places need you" in clash.main and "Everything else was joined: 1 field, 1 paragraph." in clash.main
    links = {text_of(one): one.get("href") for one in clash.all("a") if one.get("href", "").startswith("#place-")}
    assert len(links) == 2 and any("row 2" in label for label in links)
    assert all(f'id="{target[1:]}"' in clash.html for target in links.values())


def test_going_on_editing_takes_the_choices_along(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, BODY)
    mine = {"body": BODY.replace("Two", "Deux"), "f.place": "Bay", "note": "Noted"}
    ada, clash = both(world, mine, {"body": BODY.replace("Two", "Zwei"), "f.place": "Harbour"})
    chosen = {"do": "resume", "choose.place": "theirs", "choose.body/1": "theirs"}
    again = ada.send(clash.form(having="body"), chosen).form(having="body").values
    assert (again["f.place"], again["note"], again["base"]) == ("Harbour", "Noted", "2")
    assert "Zwei." in again["body"] and "Deux." not in again["body"]
    broken = {"title": "", "choose.body/1": "mine"}
    refused = ada.send(clash.form(having="choose.place"), broken, status=422).form(having="draft_place").values
    assert "Deux." in refused["body"] and "Zwei." not in refused["body"]


def test_a_third_save_during_the_choice_is_not_run_over(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    ada, clash = both(world, {"body": BODY.replace("Two", "Deux")}, {"body": BODY.replace("Two", "Zwei")})
    hal, form = opened(world, "hal")
    hal.send(form, {"body": BODY.replace("Two", "Dos").replace("Three", "Tres")})
    second = ada.send(clash.form(having="body"), {"body": BODY.replace("Two", "Deux")}, status=409)
    assert "Hal Calibri" in second.main and "Dos." in second.main and "Deux." in second.main
    ada.send(second.form(having="body"), {"body": BODY.replace("Two", "Deux, dos").replace("Three", "Tres")})
    assert stored(world, "tides").body == BODY.replace("Two", "Deux, dos").replace("Three", "Tres")


def test_the_choice_shows_nothing_that_one_may_not_see(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben.", "purpose": "A\n\nB"}
    world.page("hal", "paper-coast", "role", "Tides", fields, BODY)
    hal = world.viewer("hal")

    def more(session: Any, found: Any) -> Any:
        content = actions.content_at(session, found.page, 1)
        content.body = BODY.replace("Two", "Zwei")
        content.fields["workload_note"] = "Secretly more."
        return actions.save_page(session, world.catalogue, hal, found.page, content, 1)

    ada, form = opened(world, "ada")
    act(world, "hal", "paper-coast", "tides", "edit", more)
    clash = ada.send(form, {"body": BODY.replace("Two", "Deux")}, status=409)
    assert "Only for Ben." not in clash.html and "Secretly more." not in clash.html
    ada.send(clash.form(having="body"))
    assert stored(world, "tides").fields["workload_note"] == "Secretly more."


def test_a_form_made_by_hand_cannot_choose_what_one_may_not_see(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben."}
    world.page("hal", "paper-coast", "role", "Tides", fields)
    data = {
        "base": "1",
        "title": "Tides",
        "body": "x",
        "choose.workload_note": "theirs",
        "choose.nothing/x/y": "theirs",
    }
    answer = send(entered(world, "ada"), "/paper-coast/tides/edit", data)
    assert answer.status_code == 303
    assert "Only for Ben." not in shown(entered(world, "ada").get("/paper-coast/tides")).html
    assert stored(world, "tides").fields["workload_note"] == "Only for Ben."


def test_the_same_change_twice_is_no_conflict(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body=BODY)
    change = {"body": BODY.replace("Two", "Deux")}
    _ada, page = both(world, change, change, status=200)
    assert "Nothing was changed" in page.html
    assert world.found("ada", "paper-coast", "tides").page.number == 2
