"""Who came: ticked by the hosts after the event; everybody else reads a number, and names of those who agreed."""

from sqlalchemy import select

from tests.api.programs import program
from tests.api.test_openapi import check, description
from tests.cases import answers, count, entered, send, shown, token
from tests.events.gathering import change, event, guest, look_after, mails, own_path, sign_up, standing, subjects
from tests.moments import Moments, moments
from tests.statements import Statements
from tests.world import World
from wiki.models import Event, EventSignup, Page

__all__ = ["moments"]

OTHERS = "Nia Garamond, First intake\n\n  Max   Rockwell  \n"


def held(world: World, moments: Moments, **fields: object) -> Page:
    """An event of yesterday with three places: Ben, Dan and Gus had one, Hal waited."""
    page = event(world, places=3, **fields)
    for who in ("ben", "dan"):
        sign_up(world, who, page)
    guest(world, page, "Gus Gill")
    moments.pass_by(minutes=1)
    sign_up(world, "hal", page)
    moments.pass_by(days=18)
    change(world, page, state="held")
    return page


def ids(world: World, page: Page) -> dict[str, int]:
    with world.reading() as session:
        return {one.name: one.id for one in session.scalars(select(EventSignup).where(EventSignup.page_id == page.id))}


def tick(world: World, page: Page, *names: str, others: str = "", who: str = "ada") -> int:
    """What the form sends: everybody shown, those ticked, and lines of others."""
    known = ids(world, page)
    form = {"shown": list(known.values()), "came": [known[name] for name in names], "others": others}
    return send(entered(world, who), f"/paper-coast/{page.slug}/who-came", form).status_code


def came(world: World, page: Page) -> dict[str, bool | None]:
    with world.reading() as session:
        query = select(EventSignup).where(EventSignup.page_id == page.id)
        return {one.name: one.came for one in session.scalars(query)}


def test_it_works(world: World, moments: Moments) -> None:
    page = held(world, moments)
    url = f"/paper-coast/{page.slug}"
    ada = entered(world, "ada")
    assert "3 of 3 places taken" in ada.read(url).main and "Tick who came" in ada.read(url).main
    form = ada.read(f"{url}/who-came")
    ticked = {one.get("id", "") for one in form.all("input") if "checked" in one.attrib and one.get("name") == "came"}
    known = ids(world, page)
    assert ticked == {f"came-{known[name]}" for name in ("Ben Optima", "Dan Corbel", "Gus Gill")}

    assert tick(world, page, "Ben Optima", "Hal Calibri", "Gus Gill", others=OTHERS) == 303
    assert came(world, page) == {
        "Ben Optima": True, "Dan Corbel": False, "Gus Gill": True, "Hal Calibri": True,
        "Nia Garamond": True, "Max Rockwell": True,
    }  # fmt: skip
    assert standing(world, page)["Nia Garamond"] == "walked_in"
    assert "5 people came" in ada.read(url).main and "places taken" not in ada.read(url).main
    listed = ada.read(f"{url}/signed-up").main
    assert "5 people came" in listed and "Was not there" in listed and "First intake" in listed
    assert "walked_in,yes,Nia Garamond,First intake" in ada.get(f"{url}/signed-up.csv").text
    register = ada.get("/registers/events.csv").text.splitlines()
    heads, line = register[0].lstrip("\ufeff").split(","), next(one for one in register if "Knots" in one).split(",")
    assert dict(zip(heads, line, strict=False))["came"] == "5"
    assert "5 came" in ada.read("/registers/kind/event?show=all").main
    assert "Coming Came" in ada.read("/registers/events").main


def test_only_hosts_tick_and_read_the_names(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    url = f"/paper-coast/{page.slug}"
    assert answers(lone_world, lambda client: client.get(f"{url}/who-came")) == {
        "visitor": 401, "zoe": 404, "dan": 403, "ben": 403, "ada": 200
    }  # fmt: skip
    assert [tick(lone_world, page, who=who) for who in ("zoe", "dan", "ben")] == [404, 403, 403]
    assert set(came(lone_world, page).values()) == {None}
    assert tick(lone_world, page, "Ben Optima", "Gus Gill", others=OTHERS) == 303
    for who in ("ben", "dan", "hal"):
        client = entered(lone_world, who)
        for path in (url, f"{url}.md", f"{url}/history", f"{url}/sign-up", "/paper-coast/changes", "/registers/events"):
            text = client.get(path).text
            assert not [name for name in ("Gus Gill", "Nia Garamond", "Max Rockwell") if name in text], (who, path)
    assert "4 people came" in entered(lone_world, "hal").read(url).main
    with lone_world.reading() as session:
        (logged,) = session.scalars(select(Event).where(Event.verb == "event.came"))
        assert logged.detail == {"count": 4}


def test_only_who_agrees_is_named_and_only_if_they_came(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    for who in ("ben", "dan", "hal"):
        sign_up(lone_world, who, page)
        send(entered(lone_world, who), f"/paper-coast/{page.slug}/sign-up", {"do": "needs", "named": "yes"})
    moments.pass_by(days=18)
    change(lone_world, page, state="held")
    tick(lone_world, page, "Ben Optima", "Hal Calibri", others="Nia Garamond")
    main = entered(lone_world, "ben").read(f"/paper-coast/{page.slug}").main
    assert "3 people came" in main and "Ben Optima, Hal Calibri and 1 more" in main
    assert "You were there" in entered(lone_world, "hal").read(f"/paper-coast/{page.slug}").main
    assert "You were there" not in entered(lone_world, "dan").read(f"/paper-coast/{page.slug}").main


def test_nobody_is_ticked_before_the_day(lone_world: World, moments: Moments) -> None:
    page = event(lone_world)
    sign_up(lone_world, "ben", page)
    assert "on the day itself" in entered(lone_world, "ada").read(f"/paper-coast/{page.slug}/who-came").main
    assert tick(lone_world, page, "Ben Optima") == 403
    moments.pass_by(days=17)
    assert tick(lone_world, page, "Ben Optima") == 303
    gone = event(lone_world, title="Called off", state="cancelled")
    assert tick(lone_world, gone) == 403


def test_ticks_can_be_changed_and_nothing_else_is(lone_world: World, moments: Moments) -> None:
    other = event(lone_world, title="Nets")
    sign_up(lone_world, "ben", other)
    page = held(lone_world, moments)
    tick(lone_world, page, "Ben Optima", others=OTHERS)
    assert tick(lone_world, page, "Dan Corbel", "Nia Garamond", others="dan corbel\nNia Garamond") == 303
    assert came(lone_world, page) == {
        "Ben Optima": False, "Dan Corbel": True, "Gus Gill": False, "Hal Calibri": False, "Nia Garamond": True
    }  # fmt: skip
    known = ids(lone_world, page)
    ada = entered(lone_world, "ada")
    send(ada, f"/paper-coast/{page.slug}/who-came", {"shown": [known["Gus Gill"]], "came": [known["Gus Gill"]]})
    assert came(lone_world, page)["Dan Corbel"] is True and came(lone_world, page)["Gus Gill"] is True
    ticked = ids(lone_world, page)
    send(ada, f"/paper-coast/{other.slug}/who-came", {"shown": list(ticked.values()), "came": list(ticked.values())})
    assert set(came(lone_world, other).values()) == {None}  # numbers of another event change nothing anywhere
    assert came(lone_world, page)["Ben Optima"] is False


def test_what_cannot_be_read_is_said_and_nothing_is_lost(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    ada, known = entered(lone_world, "ada"), ids(lone_world, page)
    form = {"shown": list(known.values()), "came": [known["Hal Calibri"]], "others": ", Nobody\nNia Garamond"}
    again = shown(send(ada, f"/paper-coast/{page.slug}/who-came", form))
    assert again.status == 422 and "Write a name on each line" in again.main and "Nia Garamond" in again.main
    assert [one.get("value") for one in again.all("input") if "checked" in one.attrib] == [str(known["Hal Calibri"])]
    many = {"others": "\n".join(f"Guest {n}" for n in range(101))}
    assert send(ada, f"/paper-coast/{page.slug}/who-came", many).status_code == 422
    assert set(came(lone_world, page).values()) == {None} and count(lone_world, EventSignup) == 4


def test_those_whom_the_page_names_are_proposed_and_count_once(lone_world: World, moments: Moments) -> None:
    person = lone_world.viewer("ada").person_id
    rows = [
        {"id": "t1", "person": person, "presence": "there"},
        {"id": "t2", "person": "Ben Optima", "presence": "online"},
        {"id": "t3", "person": "Nia Garamond"},
        {"id": "t4", "person": "Max Rockwell", "presence": "apologies"},
    ]
    page = held(lone_world, moments, attendance=rows)
    form = entered(lone_world, "ada").read(f"/paper-coast/{page.slug}/who-came")
    (area,) = form.all("textarea")
    assert (area.text or "").split("\n")[-2:] == ["Ada Verdana", "Nia Garamond"]
    assert "Ben Optima" not in (area.text or "")
    tick(lone_world, page, "Ben Optima", others=area.text or "")
    assert "3 people came" in entered(lone_world, "dan").read(f"/paper-coast/{page.slug}").main


def test_those_who_were_there_are_asked_how_it_was(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    mine = own_path(lone_world, next(iter(_guests(lone_world, page))))
    mails(lone_world)
    tick(lone_world, page, "Ben Optima", "Hal Calibri")
    look_after(lone_world)
    asked = {to for to, subject in subjects(mails(lone_world))}
    assert asked == {"ben", "hal"}
    url = f"/paper-coast/{page.slug}/feedback"
    said = {who: send(entered(lone_world, who), url, {"useful": "4"}).status_code for who in ("ben", "dan", "hal")}
    assert said == {"ben": 303, "dan": 403, "hal": 303}
    assert send(entered(lone_world, "visitor"), f"{mine}/feedback", {"useful": "4"}).status_code == 403
    assert send(entered(lone_world, "ben"), url, {"useful": "5"}).status_code == 403  # two came, two have answered


def _guests(world: World, page: Page) -> list[EventSignup]:
    with world.reading() as session:
        query = select(EventSignup).where(EventSignup.page_id == page.id, EventSignup.account_id.is_(None))
        return list(session.scalars(query))


def test_a_page_and_the_register_cost_no_more(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    tick(lone_world, page, "Ben Optima")
    ada, heard, english = entered(lone_world, "ada"), Statements(lone_world.database), {"Accept-Language": "en"}
    for url, most in ((f"/paper-coast/{page.slug}", 4), ("/registers/events", 6)):
        ada.get(url, headers=english)
        said = heard.during(lambda url=url: ada.get(url, headers=english))
        assert len(said) <= most, "\n".join(one[:90] for one in said)


def test_programs_tick_with_the_same_rights(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    url, path = f"/pages/paper-coast/{page.slug}/signups/came", "/api/v1/pages/{space}/{slug}/signups/came"
    known = ids(lone_world, page)
    whole = description(program(lone_world, "ada"))
    body = {"came": [known["Ben Optima"]], "others": ["Nia Garamond"]}
    for who, sent, status in (
        ("dan", body, 403),
        ("ada", {"came": ["x"]}, 422),
        ("ada", {"others": [", x"]}, 422),
        ("ada", body, 200),
    ):
        answer = program(lone_world, who).call("PUT", url, sent)
        assert answer.status_code == status, answer.text
        check(whole, path, "PUT", status, answer.json)
    told = answer.json
    assert told is not None and told["came"] == 2
    assert {one["name"]: one["came"] for one in told["signups"]}["Hal Calibri"] is False
    assert program(lone_world, "dan").call("GET", url.removesuffix("/came")).get_json()["came"] == 2


def test_programs_tick_with_one_look_at_the_list_and_one_at_what_became_of_it(
    lone_world: World, moments: Moments
) -> None:
    page = held(lone_world, moments)
    body = {"came": [ids(lone_world, page)["Ben Optima"]]}
    ada, heard = program(lone_world, "ada"), Statements(lone_world.database)
    url = f"/pages/paper-coast/{page.slug}/signups/came"
    said = heard.during(lambda: ada.call("PUT", url, body))
    lists = [one for one in said if "ORDER BY event_signup.asked_at, event_signup.id" in " ".join(one.split())]
    assert len(lists) == 2, "\n".join(said)


def test_a_form_without_its_token_is_refused(lone_world: World, moments: Moments) -> None:
    page = held(lone_world, moments)
    ada = entered(lone_world, "ada")
    assert token(ada)
    assert ada.post(f"/paper-coast/{page.slug}/who-came", data={"others": "Nia"}).status_code == 400
