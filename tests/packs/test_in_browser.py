"""Templates in the browser, without a script: looked at, changed by a form or as written, proposed, talked about, brought over."""

from typing import Any

from tests.client import Browser
from tests.packs.changing import LESSON, changed, publish
from tests.packs.test_upgrade import catalogue, fields, second
from tests.page import Page as Shown
from tests.world import World

EDIT = "/templates/lesson/edit"


def pressed(client: Browser, shown: Shown, do: str, status: int = 200, **changes: Any) -> Shown:
    form = shown.form(EDIT)
    return client.send(form, {**{name.replace("__", "."): text for name, text in changes.items()}, "do": do}, status)


def test_it_works(lone_world: World) -> None:
    """An administrator adds a field, needs another, moves one, and lets it hold: a page is written with it at once."""
    ivy = lone_world.browser("ivy")
    shown = ivy.read("/templates/lesson")
    assert "The lesson in one sentence" in shown.main
    shown = ivy.read(EDIT)
    assert "Nothing yet" in shown.main
    shown = pressed(ivy, shown, "add", new__label="What it cost us", new__type="choice", new__choices="A lot\nNothing")
    assert "What it cost us" in shown.main and "New" in shown.main
    shown = pressed(ivy, shown, "up-13", f12__label="Said later", k__plural="All our lessons")
    assert "All our lessons" in shown.main
    assert catalogue(lone_world)["lesson"].version == 1, "nothing is stored before the last button"
    shown = pressed(ivy, shown, "publish", why="Money is asked for so often")
    assert "Version 2 holds from now on." in shown.html and "Money is asked for so often" in shown.main
    assert "A lot" in ivy.read("/commons/new?kind=lesson").html
    kind = catalogue(lone_world)["lesson"]
    assert (kind.version, kind.plural) == (2, "All our lessons")
    assert kind.field("what_it_cost_us").choices == {"a_lot": "A lot", "nothing": "Nothing"}


def test_a_mistake_is_said_beside_its_line(lone_world: World) -> None:
    ivy = lone_world.browser("ivy")
    shown = pressed(ivy, ivy.read(EDIT), "source")
    bad = changed(LESSON, 'type = "text"', 'type = "poem"')
    line = bad.split('type = "poem"')[0].count("\n") + 1
    shown = pressed(ivy, shown, "publish", 422, text=bad)
    wrong = shown.by_id(f"line-{line}")
    assert wrong.get("class") == "wrong" and "no type “poem”" in "".join(wrong.itertext())
    shown = pressed(ivy, shown, "look", text="key = [")
    assert "not TOML" in shown.main
    shown = pressed(ivy, shown, "form")
    assert "not TOML" in shown.main, "what cannot be read is shown as it is written"
    assert catalogue(lone_world)["lesson"].version == 1


def test_two_administrators_do_not_overwrite_one_another(lone_world: World) -> None:
    ivy = lone_world.browser("ivy")
    shown = ivy.read(EDIT)
    publish(lone_world, changed(LESSON, "yearly", "monthly"))
    shown = pressed(ivy, shown, "publish", 422, k__label="Learned")
    assert "Somebody stored version 2 meanwhile" in shown.main
    assert catalogue(lone_world)["lesson"].label == "Lesson learned"


def test_a_member_proposes_people_talk_and_an_administrator_accepts(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    ben = lone_world.browser("ben")
    ivy = lone_world.browser("ivy")
    shown = pressed(ada, ada.read(EDIT), "propose", 422, k__label="Something learned")
    assert "Say why" in shown.main
    shown = pressed(ada, shown, "propose", why="Nobody says lesson here")
    here = shown.url
    assert "Something learned" in shown.main and "Nobody says lesson here" in shown.main
    assert catalogue(lone_world)["lesson"].version == 1
    ben.send(ben.read(here).form(f"{here}/comments"), {"text": "We do, in the harbour."})
    assert "We do, in the harbour." in ada.read(here).main
    token = {"csrf_token": ben.read(here).form(f"{here}/comments").values["csrf_token"]}
    assert ben.post(f"{here}/acceptance", data=token).status_code == 403
    assert ben.post(f"{here}/refusal", data={**token, "answer": "No"}).status_code == 403
    assert ben.post(f"{here}/withdrawal", data=token).status_code == 403
    assert "proposes a change" in ivy.read("/inbox").main
    form = ivy.read(here).form(f"{here}/refusal")
    values = form.filled({"answer": "Gladly"})
    assert ivy.post(f"{here}/acceptance", data=values).status_code == 303
    assert "accepted" in ada.read("/inbox").main and "Accepted" in ada.read(here).main
    assert ivy.post(f"{here}/acceptance", data=values).status_code == 422, "once is enough"
    kind = catalogue(lone_world)["lesson"]
    assert (kind.version, kind.label) == (2, "Something learned")


def test_a_proposal_to_a_template_that_changed_is_not_accepted(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    ivy = lone_world.browser("ivy")
    here = pressed(ada, ada.read(EDIT), "propose", k__label="Something learned", why="Better").url
    publish(lone_world, changed(LESSON, "yearly", "monthly"))
    shown = ivy.read(here)
    assert "has changed since this was proposed" in shown.main
    values = shown.form(f"{here}/refusal").filled({"answer": ""})
    assert ivy.post(f"{here}/acceptance", data=values).status_code == 422
    assert ivy.post(f"{here}/refusal", data=values).status_code == 422, "a reason is owed"
    assert catalogue(lone_world)["lesson"].label == "Lesson learned"


def test_only_administrators_publish_and_visitors_see_nothing(lone_world: World) -> None:
    ada = lone_world.browser("ada")
    form = ada.read(EDIT).form(EDIT)
    ada.post(EDIT, data=form.filled({"do": "publish", "k.label": "Mine"}))
    assert ada.get("/templates/rows/action/edit").status_code == 403
    assert catalogue(lone_world)["lesson"].version == 1
    visitor = lone_world.browser()
    for address in ("/templates", "/templates/lesson", EDIT, "/templates/lesson/behind", "/templates/proposals/1"):
        assert visitor.get(address).status_code in (302, 303, 401, 404)


def test_pages_behind_are_counted_and_shown_only_to_those_who_may_read_them(lone_world: World) -> None:
    """Also a leak test: titles, values and counts of closed pages reach nobody who may not open them."""
    closed = lone_world.page(
        "hal", "paper-coast", "lesson", "Barnacle", {"lesson": "Go", "evidence": "Cormorant", "access": "partnership"}
    )
    open_one = lone_world.page("ada", "commons", "lesson", "Tides", {"lesson": "Go", "evidence": "Log book"})
    publish(lone_world, second())
    ivy = lone_world.browser("ivy")
    ada = lone_world.browser("ada")
    hal = lone_world.browser("hal")
    assert "Barnacle" in hal.read("/templates/lesson/behind").main
    for client in (ivy,):
        shown = client.read("/templates/lesson/behind")
        texts = shown.html + client.read("/templates/lesson").html + client.read("/templates").html
        assert "Barnacle" not in texts and "Cormorant" not in texts
        assert "Of 1 page that you may read" in shown.main
        assert client.get(f"/templates/lesson/behind/{closed.id}").status_code == 404
    shown = ada.read(f"/templates/lesson/behind/{open_one.id}")
    assert "Log book" in shown.main
    form = shown.form(f"/templates/lesson/behind/{open_one.id}")
    ada.send(form, {"a.evidence": "into:why"})
    assert fields(lone_world, open_one)["why"] == "Log book"
