"""A template whose file is gone: a newer program ships it no longer, or somebody took it away. Its pages stay what they are."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.changing import LESSON, changed, publish
from tests.packs.test_newer_program import kept
from tests.packs.test_upgrade import catalogue
from tests.statements import Statements
from tests.world import World
from wiki.app import create_app
from wiki.errors import Invalid
from wiki.kinds import Content, Kind
from wiki.kinds.load import assemble
from wiki.kinds.sources import read_folders
from wiki.models import Page
from wiki.packs.keeping import keep_in
from wiki.packs.library import Library
from wiki.packs.remaining import Remaining, holding
from wiki.packs.shelf import FOUND
from wiki.pages import actions
from wiki.resources import resource_folder
from wiki.web.state import site

PLAN = "communication_plan"
#: The field of another template that names it, which the program that drops it drops as well.
NAMING = """[[fields]]
key = "communication_plan"
label = "Communication plan"
type = "link"
targets = ["communication_plan"]
form = "more"
inverse_label = "Plans it tells about"

"""
STATES = """
[[states]]
key = "draft"
label = "Draft"
"""
PIER = f"""key = "pier"
version = 1
label = "Pier"
plural = "Piers"
icon = "map"
group = "know"
intent = "Describe a pier"
purpose = "A place to land."
{STATES}
[[fields]]
key = "depth"
label = "Depth"
type = "text"
form = "short"

[[fields]]
key = "boats"
label = "Boats"
type = "links"
targets = ["boat"]
twin = "boat.piers"

[[fields]]
key = "planks"
label = "Planks"
type = "rows"
rows = "plank"
"""
BOAT = f"""key = "boat"
version = 1
label = "Boat"
plural = "Boats"
icon = "map"
group = "know"
intent = "Describe a boat"
purpose = "What floats."
{STATES}
"""
PIERS = """
[[fields]]
key = "piers"
label = "Piers"
type = "links"
targets = ["pier"]
twin = "pier.boats"
"""
PLANK = """key = "plank"
label = "Plank"
title = "wood"
[[columns]]
key = "wood"
label = "Wood"
type = "text"
first = true
"""


def program(world: World, folder: Path, **files: str) -> World:
    """The same site with a program whose templates are those in `folder`, and these files laid beside them."""
    own = Path(world.settings.folder) / "page_templates"
    shutil.rmtree(own, ignore_errors=True)
    (own / "rows").mkdir(parents=True)
    for name, text in files.items():
        (own / f"{name.replace('rows_', 'rows/')}.toml").write_text(text, "utf-8")
    app = create_app(world.settings)
    site(app).database.close()
    app.extensions["holdfast"] = replace(site(app), database=world.database, library=Library([folder, own]))
    keep_in(world.database, site(app).library)
    return World(app, world.database, world.settings)


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource_folder("page_templates"), tmp_path / "shipped"))


def without_plan(folder: Path) -> Path:
    """The program's templates less the one for communication plans."""
    for file in folder.glob(f"{PLAN}.*"):
        file.unlink()
    naming = folder / "action_plan.toml"
    naming.write_text(changed(naming.read_text("utf-8"), NAMING, ""), "utf-8")
    return folder


def test_it_works(world: World, shipped: Path) -> None:
    """The pages are read, changed, found, listed and taken out as before; no new ones are made until somebody takes it over."""
    before = program(world, shipped)
    page = before.page("ada", "commons", PLAN, "Who hears of the ebb", {"voice": "Harbour radio at dawn"})
    after = program(world, without_plan(shipped))
    known = catalogue(after)
    kind = known[PLAN]
    assert (kind.retired, kind.dropped, kind.version, known.offers(PLAN)) == (True, True, 1, False)
    assert kind.prompts == catalogue(before)[PLAN].prompts
    assert [one for one in kept(after) if one[1] == PLAN] == [(FOUND, PLAN, 1)], "nothing is stored for it"
    here = f"/commons/{page.slug}"
    ada, ivy = after.browser("ada"), after.browser("ivy")
    assert "Harbour radio" in ada.read(here).main and "Communication plan" in ada.read(here).html
    heard = Statements(after.database)
    assert len(heard.during(lambda: ada.get(here))) <= 4
    ada.send(ada.read(f"{here}/edit").form(having="body"), {"f.voice": "Harbour radio at dusk"})
    assert "at dusk" in ada.get(f"{here}.md").text and "at dusk" in ada.read(f"{here}/history/2").html
    assert page.title in ada.read("/search?q=dusk").main
    assert page.title in ada.read(f"/registers/kind/{PLAN}").main
    for place in ("/commons/new", "/palette?space=commons", f"{here}/kind", f"/registers/kind/{PLAN}", here):
        assert f"kind={PLAN}" not in ada.get(place).text, place
    refused = ada.get(f"/commons/new?kind={PLAN}")
    assert refused.status_code == 404 and "no longer comes with the program" in refused.text
    with after.writing() as session, pytest.raises(Invalid, match="no longer comes with the program"):
        actions.create_page(session, known, after.viewer("ada"), after.space("commons"), kind, Content(title="Late"))
    assert "no longer comes with the program" in ada.read("/templates").main
    shown = ada.read(f"/templates/{PLAN}")
    assert "no longer comes with the program" in shown.main and "means nothing" not in shown.main
    assert "Keep it as our own" not in shown.main
    token = ada.read(f"/templates/{PLAN}/edit").form(f"/templates/{PLAN}/edit").values["csrf_token"]
    assert ada.post(f"/templates/{PLAN}/adoption", data={"csrf_token": token}).status_code == 403
    ivy.send(ivy.read(f"/templates/{PLAN}").form(f"/templates/{PLAN}/adoption"), {})
    kind = catalogue(after)[PLAN]
    assert (kind.retired, kind.dropped, kind.version) == (False, False, 2)
    assert f"kind={PLAN}" in ada.get("/commons/new").text and "at dusk" in ada.read(here).main
    assert "no longer comes" not in ivy.read("/templates").main


def test_an_administrator_turns_its_pages_into_another_kind(lone_world: World) -> None:
    """Those that they may turn; what they may not see is neither turned nor counted."""
    texts = [lone_world.page("ada", "commons", "lesson", f"Tide {n}", {"lesson": "Go", "why": "Ebb"}) for n in (1, 2)]
    closed = lone_world.page("ada", "paper-coast", "lesson", "Secret", {"lesson": "Hush"})
    here = "/templates/lesson/pages"
    ada, ivy = lone_world.browser("ada"), lone_world.browser("ivy")
    assert ivy.get(here).status_code == 404, "as long as it is offered"
    publish(lone_world, changed(LESSON, "version = 1", "version = 1\nretired = true"))
    assert ada.get(here).status_code == 403 and here in ivy.read("/templates/lesson").html
    shown = ivy.read(f"{here}?to=practice")
    assert "Turn 2 pages into: Shared practice" in shown.main and "Why it happened" in shown.main
    assert ivy.send(shown.form(here, having="csrf_token"), {"to": "person"}, 422).main.count("Choose what") == 1
    assert "2 pages were turned" in ivy.send(shown.form(here, having="csrf_token"), {}).html
    with lone_world.reading() as session:
        kinds = [session.get_one(Page, one.id).kind for one in (*texts, closed)]
    assert kinds == ["practice", "practice", "lesson"]
    assert "Ebb" in ada.read(f"/commons/{texts[0].slug}").main, "kept and shown"


def test_what_means_nothing_any_more_is_left_out_and_no_value_is_lost(lone_world: World, shipped: Path) -> None:
    """The other end of a relation, a row type and a field of every page changed with the same program."""
    before = program(lone_world, shipped, pier=PIER, boat=BOAT + PIERS, rows_plank=PLANK)
    boat = before.page("ada", "commons", "boat", "Teal")
    rows = [{"id": "aa", "wood": "Larch"}]
    page = before.page("ada", "commons", "pier", "East", {"depth": "3 m", "boats": [boat.id], "planks": rows})
    envelope = (shipped / "envelope.toml").read_text("utf-8")
    (shipped / "envelope.toml").write_text(
        f'{envelope}\n[[fields]]\nkey = "depth"\nlabel = "How deep"\ntype = "text"\n'
    )
    after = program(lone_world, shipped, boat=BOAT)
    kind = catalogue(after)["pier"]
    assert [one.key for one in kind.fields] == ["boats", "planks"] and not kind.field("boats").twin
    assert kind.field("planks").columns[0].label == "Wood"
    ada = after.browser("ada")
    here = f"/commons/{page.slug}"
    shown = ada.read(here).main
    assert "Teal" in shown and "Larch" in shown and "3 m" in shown
    ada.send(ada.read(f"{here}/edit").form(having="body"), {"title": "East pier"})
    assert "3 m" in ada.get(f"{here}.md").text and "Larch" in ada.get(f"{here}.md").text
    assert "Depth" in ada.read("/templates/pier").main, "the page about the template says what was left out"


def test_the_program_of_before_brings_it_back_and_nothing_is_stored_to_and_fro(
    lone_world: World, shipped: Path
) -> None:
    program(lone_world, shipped, pier=PIER, boat=BOAT + PIERS, rows_plank=PLANK)
    without = program(lone_world, shipped, boat=BOAT)
    stored = kept(without)
    back = program(lone_world, shipped, pier=PIER, boat=BOAT + PIERS, rows_plank=PLANK)
    kind = catalogue(back)["pier"]
    assert (kind.retired, kind.dropped, kind.version) == (False, False, 1) and kind.field("boats").twin
    assert kept(back) == stored
    assert catalogue(program(lone_world, shipped, boat=BOAT))["pier"].dropped and kept(back) == stored


def test_rows_that_change_later_give_it_a_version(lone_world: World, shipped: Path) -> None:
    alone = changed(PIER, 'targets = ["boat"]\ntwin = "boat.piers"', 'targets = ["article"]')
    program(lone_world, shipped, pier=alone, rows_plank=PLANK)
    program(lone_world, shipped, rows_plank=PLANK)
    after = program(lone_world, shipped, rows_plank=changed(PLANK, 'label = "Wood"', 'label = "Kind of wood"'))
    kind = catalogue(after)["pier"]
    assert (kind.version, kind.retired, kind.field("planks").columns[0].label) == (2, True, "Kind of wood")
    assert catalogue(after).edition("pier", 1).field("planks").columns[0].label == "Wood"


def test_a_template_that_the_site_made_holds_whatever_the_program_changes(lone_world: World, shipped: Path) -> None:
    """It was never in a file; a newer program has a field of that name on every page."""
    first = program(lone_world, shipped)
    own = changed(
        PIER, 'targets = ["boat"]\ntwin = "boat.piers"', 'targets = ["article"]', 'rows = "plank"', 'rows = "action"'
    )
    publish(first, own, key="pier", sections="")
    first.catalogue = catalogue(first)
    page = first.page("ada", "commons", "pier", "East", {"depth": "3 m"})
    envelope = (shipped / "envelope.toml").read_text("utf-8")
    (shipped / "envelope.toml").write_text(
        f'{envelope}\n[[fields]]\nkey = "depth"\nlabel = "How deep"\ntype = "text"\n'
    )
    after = program(lone_world, shipped)
    kind: Kind = catalogue(after)["pier"]
    assert (kind.retired, kind.dropped, [one.key for one in kind.fields]) == (False, False, ["boats", "planks"])
    assert "3 m" in after.browser("ada").read(f"/commons/{page.slug}").main
    assert publish(
        after, changed(own, "Depth", "How far down", 'key = "depth"', 'key = "down"'), key="pier", sections=""
    )


def test_what_cannot_hold_at_all_keeps_its_name() -> None:
    """A definition of which taking out lines makes nothing that holds; its row type as well."""
    files = read_folders([resource_folder("page_templates")]).taken()
    file, rows = Path("own/pier.toml"), Path("own/rows/plank.toml")
    broken = changed(PIER, 'group = "know"', 'group = "nowhere"')
    sources = files.with_kind("pier", broken, "", file).with_rows("plank", 'key = "plank"\nlabel = "Plank"\n', rows)
    held = holding(sources, [Remaining("pier", False, file), Remaining("plank", True, rows)])
    kind = assemble(held)["pier"]
    assert (kind.label, kind.plural, kind.retired) == ("Pier", "Piers", True)
