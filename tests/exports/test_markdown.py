"""A page as Markdown: fields as front matter, rows as tables, the body as it was written."""

import yaml

from tests.cases import entered, ministry_page
from tests.world import World


def exported(world: World, who: str, slug: str) -> tuple[dict, str]:  # type: ignore[type-arg]
    answer = entered(world, who).get(f"/paper-coast/{slug}.md")
    assert (answer.status_code, answer.mimetype) == (200, "text/markdown")
    _before, matter, rest = answer.text.split("---\n", 2)
    return yaml.safe_load(matter), rest


def test_it_works(world: World) -> None:
    ada = world.account("ada").person_id
    rows = [{"id": "a1", "what": "Paint | scrape\\n", "responsible": ada, "note": "one\n\ntwo"}]
    fields = {"summary": "a: b # c", "date": "2026-11-20", "themes": ["youth"], "actions": rows}
    world.page("ada", "paper-coast", "meeting", "Tides: “high”", fields, "# They *come*\n\n---\n\nBye.\n")
    matter, rest = exported(world, "ben", "tides-high")
    assert (matter["title"], matter["kind"], matter["state"]) == ("Tides: “high”", "meeting", "planned")
    assert (matter["summary"], matter["date"], matter["themes"]) == ("a: b # c", "2026-11-20", ["youth"])
    assert matter["owner"] == "Ada Verdana"
    assert "# They *come*\n\n---\n\nBye." in rest
    row = next(line for line in rest.splitlines() if "Paint" in line)
    assert row.startswith("| Paint \\| scrape") and "Ada Verdana" in row and "one<br>" in row


def test_what_one_may_not_see_is_not_in_it(world: World) -> None:
    ben = world.account("ben").person_id
    secret = ministry_page(world, "person", "Sub Rosa")
    fields = {"holders": [{"id": "h1", "person": ben}], "workload_note": "Only for Ben.", "cleared_by": secret.id}
    world.page("hal", "paper-coast", "role", "Harbour master", fields)
    matter, _rest = exported(world, "dan", "harbour-master")
    assert "workload_note" not in matter
    assert matter["cleared_by"] == "not visible to you"
    matter, _rest = exported(world, "ben", "harbour-master")
    assert (matter["workload_note"], matter["cleared_by"]) == ("Only for Ben.", "Sub Rosa")


def test_values_of_an_earlier_version_come_along(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", {"once": {"deep": ["x", 1, None]}, "also": "y\nz"})
    matter, _rest = exported(world, "ben", "tides")
    assert (matter["once"], matter["also"]) == ({"deep": ["x", 1, None]}, "y\nz")


def test_a_page_of_every_kind_can_be_exported(lone_world: World) -> None:
    for key in lone_world.catalogue:
        page = lone_world.page("hal", "paper-coast", key, f"A {key}", {"summary": "In short"}, "Text.")
        matter, rest = exported(lone_world, "ben", page.slug)
        assert (matter["kind"], "Text." in rest) == (key, True)
