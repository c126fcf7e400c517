"""A template that was not there before: begun empty or as a copy, stored by administrators, proposed by members; and retired again."""

from typing import Any

import pytest

from tests.client import Browser
from tests.packs.changing import LESSON, changed, publish
from tests.packs.test_upgrade import catalogue
from tests.page import Page as Shown
from tests.world import World
from wiki.errors import Invalid
from wiki.packs import beginning
from wiki.packs.library import Library
from wiki.packs.publishing import Definition, problems_of
from wiki.packs.shelf import KIND, Shelf
from wiki.pages import actions
from wiki.resources import resource_folder
from wiki.web.state import site

NEW = "/templates/new"
ABOUT = {
    "k.plural": "Site visits",
    "k.intent": "Note what we saw",
    "k.purpose": "What a place is like.",
    "k.icon": "map",
}


def pressed(client: Browser, shown: Shown, do: str, status: int = 200, **changes: Any) -> Shown:
    return client.send(shown.form(NEW), {**changes, "do": do}, status)


def test_it_works(world: World) -> None:
    """Begun empty, with a field; everything typed comes back with what is missing; then it is offered everywhere."""
    ivy = world.browser("ivy")
    assert "New template" in ivy.read("/templates").main
    assert ivy.read(NEW).form(NEW).values["from"] == ""
    shown = ivy.read(f"{NEW}?from=&label=Site+visit")
    shown = pressed(ivy, shown, "add", **{"new.label": "What we saw", "new.type": "md", "k.plural": "Visits of sites"})
    preview = "".join(shown.by_id("template-preview").itertext())
    assert "What we saw" in preview and "This cannot hold yet" not in preview, "what is still to be said is no mistake"
    shown = pressed(ivy, shown, "publish", 422, **{"k.key": "Site Visit!"})
    assert "Say what it is for." in shown.main and "small letters" in shown.main
    values = shown.form(NEW).values
    assert (values["k.plural"], values["k.key"]) == ("Visits of sites", "Site Visit!")
    for key, said in (("lesson", "already"), ("new", "something else")):
        assert said in pressed(ivy, shown, "publish", 422, **ABOUT, **{"k.key": key}).main
    shown = pressed(ivy, shown, "publish", **ABOUT, **{"k.key": "", "k.group": "learn", "why": "We travel"})
    assert shown.url == "/templates/site_visit" and "What we saw" in shown.main and "We travel" in shown.main
    kind = catalogue(world)["site_visit"]
    assert (kind.version, kind.group, kind.icon, kind.plural) == (1, "learn", "map", "Site visits")
    ada = world.browser("ada")
    assert "Note what we saw" in ada.read("/commons/new").main
    assert "kind=site_visit" in ada.get("/palette?space=commons").text
    form = ada.read("/commons/new?kind=site_visit").form(having="draft_place")
    page = ada.send(form, {"title": "The old pier", "f.what_we_saw": "Barnacles"})
    assert "Barnacles" in page.main and "Site visit" in page.html


def test_a_copy_of_every_template_can_hold_beside_it() -> None:
    library = Library([resource_folder("page_templates")])
    shelf = Shelf(library.files, library.shipped, [])
    copies = []
    for key in library.shipped:
        text, sections = beginning.begun(library.files, key, f"Our {key}".replace("_", " "))
        text = (
            beginning.keyed(text, f"own_{key}")
            .replace('plural = ""', 'plural = "Many"')
            .replace('intent = ""', 'intent = "Do"')
        )
        copies.append(Definition(KIND, f"own_{key}", text, sections))
    assert problems_of(shelf, copies) == []


def test_a_member_proposes_one_and_it_is_offered_when_it_is_accepted(lone_world: World) -> None:
    ada, ben, ivy = (lone_world.browser(who) for who in ("ada", "ben", "ivy"))
    shown = ada.read(f"{NEW}?from=lesson&label=Sonnet")
    values = shown.form(NEW).values
    assert (values["k.label"], values["k.key"], values["k.plural"]) == ("Sonnet", "sonnet", "")
    assert "The lesson in one sentence" in shown.main and "Offer it from now on" not in shown.main
    about = {"k.plural": "Sonnets", "k.intent": "Write a sonnet"}
    shown = pressed(ada, shown, "publish", 422, **about)
    assert "Say why" in shown.main, "who is no administrator proposes"
    here = pressed(ada, shown, "propose", **about, why="We are poets").url
    assert here.startswith("/templates/proposals/") and "sonnet" not in catalogue(lone_world)
    assert "We are poets" in ben.read("/templates").main and "Proposed template “Sonnet”" in ben.read(here).title
    ben.send(ben.read(here).form(f"{here}/comments"), {"text": "Only some of us."})
    values = ivy.read(here).form(f"{here}/refusal").filled({"answer": "Gladly"})
    assert ivy.post(f"{here}/acceptance", data=values).status_code == 303
    assert "We are poets" not in ben.read("/templates").main
    assert "Write a sonnet" in ben.read("/commons/new").main or "Write a sonnet" in ada.read("/commons/new").main
    assert "We are poets" in ada.read("/templates/sonnet").main
    second = pressed(
        ada, ada.read(f"{NEW}?from=&label=Ode"), "propose", **about, **{"k.purpose": "Odes."}, why="Longer"
    ).url
    lone = catalogue(lone_world)["sonnet"]
    assert lone.replaces is None and second != here
    publish(lone_world, changed(LESSON, 'key = "lesson"', 'key = "ode"'), key="ode")
    assert "with this key by now" in ivy.read(second).main
    values = ivy.read(second).form(f"{second}/refusal").filled({"answer": "Gladly"})
    assert ivy.post(f"{second}/acceptance", data=values).status_code == 422


def test_a_retired_template_makes_no_pages_and_keeps_those_that_are_there(lone_world: World) -> None:
    page = lone_world.page("ada", "commons", "lesson", "Tides wait", {"lesson": "Leave early"})
    ada, ivy = lone_world.browser("ada"), lone_world.browser("ivy")
    opened = ada.read("/commons/new?kind=lesson").form(having="draft_place")
    edit = "/templates/lesson/edit"
    shown = ivy.send(ivy.read(edit).form(edit), {"k.retired": "1", "do": "look"})
    assert "no new pages" in shown.main
    shown = ivy.send(shown.form(edit), {"do": "publish", "why": "Notes are enough"})
    assert "This template is retired" in shown.main and "retired" in ivy.read("/templates").main
    known = catalogue(lone_world)
    assert known["lesson"].retired and "Leave early" in ada.read(f"/commons/{page.slug}").main
    ada.send(ada.read(f"/commons/{page.slug}/edit").form(having="body"), {"f.lesson": "Leave earlier"})
    assert (
        "kind=lesson" not in ada.read("/commons/new").html
        and "kind=lesson" not in ada.get("/palette?space=commons").text
    )
    assert ada.get("/commons/new?kind=lesson").status_code == 404
    assert "any more" in ada.send(opened, {"title": "Late", "f.lesson": "Typed"}, 422).main, "what was typed comes back"
    article = lone_world.page("ada", "commons", "article", "Ebb")
    assert 'value="lesson"' not in ada.read(f"/commons/{article.slug}/kind").html
    with lone_world.writing() as session, pytest.raises(Invalid):
        actions.change_kind(session, known, lone_world.viewer("ada"), session.merge(article), known["lesson"])
    shown = ivy.send(ivy.read(edit).form(edit), {"k.retired": None, "do": "publish"})
    assert "This template is retired" not in shown.main and "kind=lesson" in ada.read("/commons/new").html


def test_what_the_program_makes_itself_cannot_be_retired(lone_world: World) -> None:
    text, sections = site(lone_world.app).library.files.texts("person")
    with pytest.raises(Invalid, match="makes such pages itself"):
        publish(
            lone_world, changed(text, "version = 1", "version = 1\nretired = true"), key="person", sections=sections
        )
    with lone_world.browser("ivy") as ivy:
        assert 'name="k.retired"' not in ivy.read("/templates/person/edit").html
