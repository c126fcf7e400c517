"""The editor of a template without a script: what its buttons lead to, what it says of what cannot be read."""

from tests.packs.changing import changed
from tests.world import World

EDIT = "/templates/lesson/edit"


def test_it_works(lone_world: World) -> None:
    """A field that was moved or added is open, and the answer begins there; nothing is stored."""
    ivy = lone_world.browser("ivy")
    shown = ivy.read(EDIT)
    assert f'formaction="{EDIT}#field-1"' in shown.html, "up from the third place"
    moved = ivy.send(shown.form(EDIT), {"do": "up-2"})
    names = [shown.form(EDIT).values[f"f{n}.label"] for n in (1, 2)]
    assert [moved.form(EDIT).values[f"f{n}.label"] for n in (2, 1)] == names
    assert moved.by_id("field-1").get("open") is not None and moved.by_id("field-2").get("open") is None
    added = ivy.send(moved.form(EDIT), {"do": "add", "new.label": "Tide", "new.type": "text"})
    last = added.html.count('id="field-') - 1
    assert added.form(EDIT).values[f"f{last}.label"] == "Tide" and added.by_id(f"field-{last}").get("open") is not None
    nameless = ivy.send(added.form(EDIT), {"do": "add", "new.label": " "}, status=422)
    assert "Say what the field is called." in nameless.main and "data-unstored" in nameless.html
    assert "Tide" not in ivy.read("/templates/lesson").main


def test_what_is_no_toml_is_told_once(lone_world: World) -> None:
    """And not once more for every other template that speaks of this one."""
    ivy = lone_world.browser("ivy")
    form = ivy.read(f"{EDIT}?view=source").form(EDIT)
    broken = changed(str(form.values["text"]), 'icon = "lightbulb"', "icon = lightbulb")
    said = ivy.send(form, {"text": broken, "do": "look"}).main
    assert "This is not TOML" in said and "Other templates rest" not in said


def test_the_editor_begins_from_a_proposal(lone_world: World) -> None:
    """So that an administrator stores it with a word changed, and who proposed it proposes it better."""
    ada, ivy = lone_world.browser("ada"), lone_world.browser("ivy")
    here = ada.send(ada.read(EDIT).form(EDIT), {"k.label": "Insight", "why": "Shorter", "do": "propose"}).url
    link = ivy.read(here).links()["Begin from this proposal"]
    assert ivy.read(link).form(EDIT).values["k.label"] == "Insight"
    assert (
        ivy.read("/templates/meeting/edit?" + link.partition("?")[2]).form(having="text").values["k.label"] != "Insight"
    )
