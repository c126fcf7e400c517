"""A practice among peers: others tell how they used it, it ripens, they make a version of their own and ask first where it says so."""

from typing import Any

from sqlalchemy import select

from tests.cases import answers, entered, ministry_page, send, stored
from tests.world import World
from wiki.models import Notice, Page
from wiki.notices import happenings

IDEA = {"problem": "Meetings without a question", "idea": "One page, one question", "result": "Shorter ones"}
AT = "/paper-coast/one-page"


def practice(world: World, **fields: Any) -> Page:
    mine = {
        "owner": world.viewer("hal").person_id,
        "ask": [world.viewer("hal").person_id],
        "contributing_orgs": [world.org("keel")],
    }
    return world.page(
        "hal", "paper-coast", "practice", "One page", {**IDEA, **mine, **fields}, body="Write it.", state="shared"
    )


def tried(world: World, who: str, org: str, **more: str) -> int:
    form = {"org": org, "result": "worked", "what_changed": "Nothing", **more}
    return send(entered(world, who), f"{AT}/tried", form).status_code


def reasons(world: World, who: str) -> list[str]:
    with world.reading() as session:
        return list(session.scalars(select(Notice.reason).where(Notice.account_id == world.account(who).id)))


def maturity(world: World) -> str:
    facts = entered(world, "ada").read(AT).text("aside")
    return next(word for word in ("Recommended", "Adapted elsewhere", "Not yet tried", "Tried") if word in facts)


def test_it_works(world: World) -> None:
    """Also by a reader, who may not edit the page; removing one of what it takes turns it back."""
    practice(world)
    assert maturity(world) == "Not yet tried"
    ben = entered(world, "ben")
    page = ben.read(AT)
    form = ben.read(page.links()["We tried it too"]).form(f"{AT}/tried")
    refused = ben.send(form, {"result": "did_not", "what_changed": "The day", "story": ""}, status=422)
    assert "what did not work helps" in refused.main
    assert refused.form(f"{AT}/tried").filled({})["what_changed"] == "The day"
    shown = ben.send(form, {"result": "did_not", "story": "Nobody read it."})
    assert "It did not" in shown.main and "Nobody read it." in shown.main
    assert maturity(world) == "Adapted elsewhere" and "tried" in reasons(world, "hal")
    assert "Ben Optima tried it too: Nobody read it. (It did not)" in entered(world, "hal").read("/inbox").main
    assert (
        tried(world, "ada", "Ministry of Shoreline Services")
        == tried(world, "dan", "Placeholder Nation Council")
        == 303
    )
    assert happenings.read_on(world.database, world.catalogue) > 0
    told = entered(world, "hal").read("/inbox").main
    assert "changed it" not in told and "changes, last by" not in told, "it is told once, in words of its own"
    assert "Dan Corbel and 2 others tried it too; last:" in told and "(It worked)" in told
    assert [row["result"] for row in stored(world, "one-page").fields["adaptations"]] == ["did_not", "worked", "worked"]
    for who, why in (
        ("ada", "It saved us an hour."),
        ("dan", "We came prepared, all of us."),
        ("hal", "We are very good at this."),
    ):
        assert send(entered(world, who), f"{AT}/thank", {"reason": why}).status_code == 303
    assert maturity(world) == "Adapted elsewhere", "thanks from one's own organisation do not count"
    send(entered(world, "ben"), f"{AT}/thank", {"reason": "The letters are shorter now."})
    assert maturity(world) == "Recommended"
    again = ben.read(AT)
    ben.send(next(one for one in again.forms() if "/taking-back" in one.action), {})
    assert maturity(world) == "Adapted elsewhere"


def test_only_what_is_shared_can_be_tried(lone_world: World) -> None:
    lone_world.page("hal", "paper-coast", "practice", "One page", IDEA)
    lone_world.page("hal", "paper-coast", "article", "Boats")
    for at in (AT, "/paper-coast/boats"):
        assert entered(lone_world, "ada").get(f"{at}/tried").status_code == 404
    assert "We tried it too" not in entered(lone_world, "ada").read(AT).links()
    assert entered(lone_world, "ada").get("/paper-coast/boats/adapt").status_code == 404


def test_a_version_of_ones_own_carries_credit_and_care(world: World) -> None:
    source = practice(
        world,
        handling_notice=["attribution_incomplete"],
        adaptations=[{"id": "ad1", "org": world.org("council"), "result": "worked"}],
    )
    ada = entered(world, "ada")
    begun = ada.read(ada.read(AT).links()["Make our own version"])
    assert "The credit is not complete yet" in begun.main
    edit = ada.send(begun.form(f"{AT}/adapt"), {})
    assert edit.url.endswith("/our-version-of-one-page/edit")
    made = stored(world, "our-version-of-one-page")
    assert (made.fields["grew_from"], made.fields["handling_notice"]) == ([source.id], ["attribution_incomplete"])
    assert "Credit: Keel Office" in made.body and "Write it." in made.body
    assert "adaptations" not in made.fields and made.fields.get("owner") != world.viewer("hal").person_id
    assert "adapted" in reasons(world, "hal")
    assert "Our version of One page" in ada.read(AT).text("aside"), "it shows there what grew into"


def test_where_one_has_to_ask_first_it_waits_for_an_answer(world: World) -> None:
    practice(world, reuse="ask_first")
    ada, hal = entered(world, "ada"), entered(world, "hal")
    page = ada.read(f"{AT}/adapt")
    assert send(ada, f"{AT}/adapt", {}).status_code == 403
    assert "in a sentence" in ada.send(page.form(f"{AT}/adapt"), {"note": " "}, status=422).main
    assert "have no answer yet" in ada.send(page.form(f"{AT}/adapt"), {"note": "For the permits desk."}).main
    assert send(ada, f"{AT}/adapt", {"do": "ask", "note": "Again"}).status_code == 422
    assert "reuse_asked" in reasons(world, "hal")
    asked = hal.read(f"{AT}/adapt")
    assert "For the permits desk." in asked.main
    assert "For the permits desk." not in entered(world, "dan").read(f"{AT}/adapt").main, (
        "only those who answer read it"
    )
    form = next(one for one in asked.forms() if "/adapt/" in one.action)
    assert send(entered(world, "dan"), form.action, {"do": "yes"}).status_code == 403
    assert "Say why" in hal.send(form, {"do": "no", "answer": ""}, status=422).main
    hal.send(form, {"do": "yes", "answer": "Gladly."})
    assert send(hal, form.action, {"do": "no", "answer": "No."}).status_code == 404, "the first answer counts"
    assert "reuse_answered" in reasons(world, "ada") and "Gladly." in ada.read(f"{AT}/adapt").main
    assert send(ada, f"{AT}/adapt", {}).status_code == 303


def test_a_version_of_what_few_see_stays_in_its_space_and_is_seen_by_as_few(lone_world: World) -> None:
    ministry_page(lone_world, "practice", "One page", fields=IDEA, state="shared")
    ada = entered(lone_world, "ada")
    assert send(ada, f"{AT}/adapt", {"space": "commons"}).status_code == 422
    assert send(ada, f"{AT}/adapt", {}).status_code == 303
    assert stored(lone_world, "our-version-of-one-page").fields["access"] == "named_orgs"


def test_the_cases(world: World) -> None:
    ministry_page(world, "practice", "One page", fields=IDEA, state="shared")
    may = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 200, "ada": 200}
    for rest in ("tried", "adapt"):
        assert answers(world, lambda client, rest=rest: client.get(f"{AT}/{rest}")) == may
    form = {"org": "Ministry of Shoreline Services", "result": "worked", "what_changed": "Nothing"}
    assert answers(world, lambda client: send(client, f"{AT}/tried", form)) == {**may, "ben": 303, "ada": 303}
    assert answers(world, lambda client: send(client, f"{AT}/adapt", {})) == {**may, "ben": 403, "ada": 303}
