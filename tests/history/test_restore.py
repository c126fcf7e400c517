"""An earlier revision becomes the page's text again, as a new revision: nothing in between is lost."""

from tests.cases import FORM, SENT, answers, entered, ministry_page, send, stored
from tests.history.test_timeline import save
from tests.world import World
from wiki.models import Page


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "meeting", "Tides", {"place": "Pier"}, "They come.")
    save(world, "dan", "tides", "Nonsense.", place="Nowhere")
    client = world.browser("ada")
    page = client.send(client.read("/paper-coast/tides/history/1/restore").form())
    assert "They come." in page.main
    found = stored(world, "tides")
    assert (found.body, found.fields["place"]) == ("They come.", "Pier")
    assert world.found("ada", "paper-coast", "tides").page.number == 3
    history = client.read("/paper-coast/tides/history").main
    assert "Restored revision 1" in history
    assert "Nonsense." in client.read("/paper-coast/tides/history/2").main


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    save(world, "ada", "tides", "Changed.")
    assert answers(world, lambda client: client.get("/paper-coast/tides/history/1/restore")) == FORM
    assert answers(world, lambda client: send(client, "/paper-coast/tides/history/1/restore")) == SENT
    assert stored(world, "tides").body == "They come and go."


def test_the_present_revision_changes_nothing(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    assert send(entered(world, "ada"), "/paper-coast/tides/history/1/restore").status_code == 303
    assert world.found("ada", "paper-coast", "tides").page.number == 1


def test_a_revision_that_is_not_there_is_not_found(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides")
    assert send(entered(world, "ada"), "/paper-coast/tides/history/7/restore").status_code == 404


def test_what_is_locked_stays_locked(world: World) -> None:
    fields = {"question": "Where?", "outcome": "At sea.", "why": "It is calm."}
    page = world.page("ada", "paper-coast", "decision", "Anchor", fields)
    save(world, "ada", "anchor", outcome="In the bay.")
    with world.writing() as session:
        session.get_one(Page, page.id).state = "accepted"
    answer = send(entered(world, "ada"), "/paper-coast/anchor/history/1/restore")
    assert (answer.status_code, "locked" in answer.text) == (422, True)
    assert stored(world, "anchor").fields["outcome"] == "In the bay."


def test_what_one_may_not_see_is_not_brought_back_or_lost(world: World) -> None:
    ben = world.account("ben").person_id
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "First whisper"}
    world.page("hal", "paper-coast", "role", "Harbour master", fields, "Old.")
    save(world, "hal", "harbour-master", "New.", workload_note="Second whisper")
    send(entered(world, "ada"), "/paper-coast/harbour-master/history/1/restore")
    found = stored(world, "harbour-master")
    assert (found.body, found.fields["workload_note"]) == ("Old.", "Second whisper")


def test_a_page_is_not_opened_to_more_people_by_an_old_revision(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="They come.")
    save(world, "ada", "tides", "Secret.", access="named_orgs", access_orgs=[world.org("ministry")])
    send(entered(world, "ada"), "/paper-coast/tides/history/1/restore")
    found = stored(world, "tides")
    assert (found.body, found.fields["access"]) == ("They come.", "named_orgs")
    assert entered(world, "dan").get("/paper-coast/tides").status_code == 404
