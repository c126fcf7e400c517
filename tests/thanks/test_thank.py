"""Thanks: with a reason, on a page; told to those who are meant; shown on their page if they agree; never counted for a person."""

from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send
from tests.people.test_consent import own_page
from tests.world import World
from wiki.models import Notice, Thanks

WHY = "Your drawing saved us a whole week."


def thanked(world: World, who: str, at: str, **form: str) -> int:
    return send(entered(world, who), f"{at}/thank", {"reason": WHY, **form}).status_code


def told(world: World, who: str) -> list[str]:
    with world.reading() as session:
        query = select(Notice.reason).where(Notice.account_id == world.account(who).id)
        return [one for one in session.scalars(query) if one == "thanks"]


def test_it_works(world: World) -> None:
    world.page("dan", "paper-coast", "article", "Boats")
    ada = entered(world, "ada")
    form = ada.read("/paper-coast/boats/thank")
    assert "Dan Corbel" in form.main, "who is behind the page is offered"
    refused = ada.send(form.form("/paper-coast/boats/thank"), {"reason": "Thanks!"}, status=422)
    assert (
        "in a sentence" in refused.main and refused.form("/paper-coast/boats/thank").filled({})["reason"] == "Thanks!"
    )
    page = ada.send(form.form("/paper-coast/boats/thank"), {"reason": WHY, "other": "Dan Corbel"})
    assert WHY in page.main and "Ada Verdana" in page.main
    assert told(world, "dan") == ["thanks"] and told(world, "ada") == []
    assert thanked(world, "ada", "/paper-coast/boats", other="Dan Corbel") == 422, "said already"
    assert thanked(world, "dan", "/paper-coast/boats", other="Dan Corbel") == 422, "to oneself"
    assert thanked(world, "dan", "/paper-coast/boats", to=str(world.viewer("dan").person_id)) == 422, "not offered"
    assert thanked(world, "dan", "/paper-coast/boats") == 303
    hers = ada.read("/paper-coast/boats")
    back = [one for one in hers.forms() if "/taking-back" in one.action]
    assert len(back) == 1, "everybody takes back their own"
    assert WHY in ada.send(back[0], {}).main, "Dan's stay"
    with world.reading() as session:
        assert session.scalars(select(Thanks.by_name)).all() == ["Dan Corbel"]


def test_a_person_shows_thanks_if_they_agree_and_each_reader_only_those_of_pages_they_may_read(world: World) -> None:
    world.page("dan", "paper-coast", "article", "Boats")
    ministry_page(world, title="Secret tides")
    secret = "You found the secret leak before the flood."
    assert thanked(world, "ada", "/paper-coast/boats", other="Ben Optima") == 303
    assert thanked(world, "ada", "/paper-coast/secret-tides", other="Ben Optima", reason=secret) == 303
    at = own_page(world, "ben")
    assert WHY not in entered(world, "dan").read(at).main
    send(entered(world, "ben"), "/account/listed", {"about": "thanks_shown", "do": "yes"})
    seen = entered(world, "dan").read(at)
    assert WHY in seen.main and secret not in seen.main and "Secret" not in seen.main
    both = entered(world, "ada").read(at).main
    assert WHY in both and secret in both
    assert told(world, "ben") == ["thanks"] * 2
    assert not any(char.isdigit() for char in seen.by_id("thanked-title").itertext()), "no number of somebody's thanks"


def test_the_five_cases(world: World) -> None:
    ministry_page(world)
    may = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    assert answers(world, lambda client: client.get("/paper-coast/tides/thank")) == may
    sent = {**may, "ben": 303, "ada": 303}
    assert answers(world, lambda client: send(client, "/paper-coast/tides/thank", {"reason": WHY})) == sent
    with world.reading() as session:
        number = session.scalars(select(Thanks.id).where(Thanks.by_name == "Ben Optima")).one()
    taking = f"/paper-coast/tides/thank/{number}/taking-back"
    assert answers(world, lambda client: send(client, taking, {})) == {**may, "ben": 303, "ada": 404}


def test_only_its_giver_or_a_coordinator_takes_thanks_back(lone_world: World) -> None:
    lone_world.page("dan", "paper-coast", "article", "Boats")
    assert thanked(lone_world, "ben", "/paper-coast/boats") == 303
    with lone_world.reading() as session:
        number = session.scalars(select(Thanks.id)).one()
    taking = f"/paper-coast/boats/thank/{number}/taking-back"
    assert send(entered(lone_world, "ada"), taking, {}).status_code == 403
    assert send(entered(lone_world, "hal"), taking, {}).status_code == 303
