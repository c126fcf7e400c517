"""Markdown files become pages: front matter fields, links between files page links, pictures attachments."""

from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cases import count, download, entered, send, slugs, stored
from tests.imports.folders import bring_in, folder, outcome, statuses
from tests.world import World
from wiki.models import Attachment, Imported, Page, Revision

TIDES = "---\ntitle: Tides\ntags: [youth, moon]\nsummary: Twice a day\nmood: calm\n---\nSee [the ebb](sub/ebb.md#low) and ![chart](img/chart.png).\n"
EBB = "# Ebb\n\n## Low\n\nBack to [tides](../tides.md), on to [nothing](nothing.md) and [away](https://example.org/x.md).\n"
FILES = {"tides.md": TIDES, "sub/ebb.md": EBB, "img/chart.png": b"\x89PNG\r\n\x1a\n", "notes.txt": "no page"}


def test_it_works(world: World, tmp_path: Path) -> None:
    report = bring_in(world, folder(tmp_path / "in", FILES))
    assert statuses(report) == {"tides.md": "created", "sub/ebb.md": "created"}
    tides = stored(world, "tides")
    assert (tides.title, tides.fields["summary"], tides.fields["themes"]) == ("Tides", "Twice a day", ["youth", "moon"])
    assert outcome(report, "tides.md").notes == ["Front matter without a field: mood: calm"]
    assert any("nothing.md" in note for note in outcome(report, "sub/ebb.md").notes)
    client = entered(world, "ben")
    links = client.read("/paper-coast/tides").links()
    assert links["the ebb"] == "/paper-coast/ebb#h-low"
    assert client.read("/paper-coast/ebb").links()["tides"] == "/paper-coast/tides"
    assert client.read("/paper-coast/ebb").links()["away"] == "https://example.org/x.md"
    assert download(client, "/paper-coast/tides/files/chart.png").status_code == 200


def test_a_second_run_changes_nothing(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", FILES)
    bring_in(world, where)
    before = count(world, Page), count(world, Revision), count(world, Attachment)
    assert set(statuses(bring_in(world, where)).values()) == {"unchanged"}
    assert (count(world, Page), count(world, Revision), count(world, Attachment)) == before


def test_a_second_run_updates_what_changed_and_joins_what_people_wrote(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "One.\n\nTwo.\n\nThree.\n", "b.md": "Same."})
    bring_in(world, where)
    data = {"base": "1", "title": "A", "body": "One.\n\nTwo.\n\nDrei.\n"}
    send(entered(world, "dan"), "/paper-coast/a/edit", data)
    folder(where, {"a.md": "Un.\n\nTwo.\n\nThree.\n"})
    assert statuses(bring_in(world, where)) == {"a.md": "updated", "b.md": "unchanged"}
    assert stored(world, "a").body == "Un.\n\nTwo.\n\nDrei.\n"


def test_what_both_changed_stays_as_edited_here(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "One.\n"})
    bring_in(world, where)
    send(entered(world, "dan"), "/paper-coast/a/edit", {"base": "1", "title": "A", "body": "Eins.\n"})
    folder(where, {"a.md": "Un.\n"})
    report = bring_in(world, where)
    assert statuses(report) == {"a.md": "kept"}
    assert stored(world, "a").body == "Eins.\n"
    assert outcome(report, "a.md").notes


def test_what_people_emptied_or_filled_here_is_not_undone(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "---\nsummary: In short\n---\nOne.\n"})
    bring_in(world, where)
    client = entered(world, "ada")
    form = client.read("/paper-coast/a/edit").form(having="body")
    client.send(form, {"f.summary": "", "f.attribution": "By the sea"})
    folder(where, {"a.md": "---\nsummary: In short\n---\nUn.\n"})
    assert statuses(bring_in(world, where)) == {"a.md": "updated"}
    found = stored(world, "a")
    assert (found.body, found.fields["attribution"], "summary" in found.fields) == ("Un.\n", "By the sea", False)


def test_a_page_that_was_deleted_is_made_again_beside_its_tombstone(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "One.\n"})
    bring_in(world, where, who="hal")
    send(entered(world, "hal"), "/paper-coast/a/delete", {"why": "Wrong"})
    report = bring_in(world, where, who="hal")
    assert statuses(report) == {"a.md": "created"}
    assert stored(world, "a-2").body == "One.\n"


def test_a_page_that_moved_is_updated_where_it_is(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "One.\n", "b.md": "[a](a.md)"})
    bring_in(world, where)
    send(entered(world, "ada"), "/paper-coast/a/move", {"slug": "elsewhere"})
    folder(where, {"a.md": "Un.\n"})
    assert statuses(bring_in(world, where))["a.md"] == "updated"
    assert stored(world, "elsewhere").body == "Un.\n"
    assert slugs(world) == {"elsewhere", "b"}


def test_a_page_that_is_in_another_space_now_is_not_touched(world: World, tmp_path: Path) -> None:
    """Ada reads the directory and does not write there; her second run must not either."""
    where = folder(tmp_path / "in", {"a.md": "One.\n"})
    bring_in(world, where)
    with world.writing() as session:
        page = session.scalars(select(Page).where(Page.slug == "a")).one()
        page.space_id = world.space("directory").id
    folder(where, {"a.md": "Un.\n"})
    report = bring_in(world, where)
    assert stored(world, "a", "directory").body == "One.\n"
    assert outcome(report, "a.md").status == "kept"


def test_a_page_that_is_hidden_from_the_importer_is_not_touched(world: World, tmp_path: Path) -> None:
    where = folder(tmp_path / "in", {"a.md": "One.\n"})
    bring_in(world, where, who="dan")
    data = {
        "base": "1",
        "title": "A",
        "body": "One.\n",
        "f.access": "named_orgs",
        "f.access_orgs": "Placeholder Nation Council",
    }
    assert send(entered(world, "dan"), "/paper-coast/a/edit", data).status_code == 303
    folder(where, {"a.md": "Un.\n"})
    report = bring_in(world, where, who="ada")
    assert stored(world, "a").body == "One.\n"
    assert outcome(report, "a.md").status == "created"
    assert stored(world, "a-2").body == "Un.\n"


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        ("a: &x [1]\nb: *x", "alias"),
        ("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{c}: &{c} [{', '.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True)), "alias"),
        ("a: [", "line"),
        ("\tx: y", "line"),
        ("a: !!python/object/apply:os.system [ls]", "line"),
        ('a: !!int ""', ""),
        ("a: !!bool maybe", ""),
        ("a: !!timestamp x", ""),
        ("a: !!float x", ""),
        ("a: " + "[" * 20_000, ""),
        ("a: " + "9" * 20_000, ""),
        ("x" * 70_000 + ": y", "64 KB"),
        ("? [a, b]\n: c", ""),
        ("a: 2026-99-99", ""),
        ("a: !!binary x", ""),
        ("<<: 7", ""),
        ("a: !!set {x, y}", ""),
        ("a: !!omap [7]", ""),
        ("a: 1e999999\nb: .nan\nc: 0o777777777777777777777", ""),
        ("title: [x]\nkind: {a: b}\nstate: 7\nsummary: {a: b}\nreview_due: tomorrow\nowner: [x]\naccess: everybody", ""),
        ("title: " + "x" * 5000, ""),
        ("summary: " + "x" * 5000, ""),
        ("a: \"\\0\\uD800\"", ""),
    ],
    ids=range(23),
)  # fmt: skip
def test_front_matter_that_is_wrong_costs_nothing_but_itself(
    world: World, tmp_path: Path, matter: str, said: str
) -> None:
    where = folder(tmp_path / "in", {"a.md": f"---\n{matter}\n---\nThe text.\n", "b.md": "Whole."})
    report = bring_in(world, where)
    assert set(statuses(report).values()) == {"created"}
    assert "The text." in stored(world, "a" if "a" in slugs(world) else outcome(report, "a.md").slug).body
    assert said in "\n".join(outcome(report, "a.md").notes)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a" * (2 << 20) + b"b", "2 MB"),
        (b"x " * 140_000, "256 KB"),
        (b"\x00\x01\x02", ""),
        (b"", ""),
    ],
)
def test_a_file_that_cannot_be_a_page_is_reported_and_the_others_come(
    world: World, tmp_path: Path, content: bytes, said: str
) -> None:
    report = bring_in(world, folder(tmp_path / "in", {"a.md": content, "b.md": "Whole."}))
    assert statuses(report)["b.md"] == "created"
    if said:
        assert statuses(report)["a.md"] == "failed"
        assert said in "\n".join(outcome(report, "a.md").notes)
        assert slugs(world) == {"b"}


def test_links_that_point_outside_of_the_folder_read_nothing(world: World, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.")
    (tmp_path / "secret.txt").write_text("Secret.")
    where = folder(tmp_path / "in", {"a.md": "![x](../secret.txt) [y](../../etc/passwd) [z](../secret.md)"})
    (where / "link.md").symlink_to(tmp_path / "secret.md")
    (where / "linked.txt").symlink_to(tmp_path / "secret.txt")
    folder(where, {"b.md": "![x](linked.txt) ![h](.hidden.png)", ".hidden.md": "Hidden.", ".hidden.png": "x"})
    report = bring_in(world, where)
    assert set(statuses(report)) == {"a.md", "b.md"}
    assert count(world, Attachment) == 0
    assert len(outcome(report, "a.md").notes) == 3


def test_links_of_every_form_are_turned(world: World, tmp_path: Path) -> None:
    links = {
        "[one](b.md)": "/paper-coast/b",
        "[two](./b.md#part-two)": "/paper-coast/b#h-part-two",
        "[three](<c d.md>)": "/paper-coast/c-d",
        "[four](c%20d.md)": "/paper-coast/c-d",
        "[five][ref]": "/paper-coast/b",
        '[six](b.md "A title")': "/paper-coast/b",
        "[seven](/b)": "/paper-coast/b",
        "[eight](sub/)": "/paper-coast/sub",
        '<a href="b.md">nine</a>': "/paper-coast/b",
        "[**ten**](b.md)": "/paper-coast/b",
    }
    body = "\n\n".join(links) + "\n\n[ref]: b.md\n\n`[no](b.md)`\n\n```\n[no](b.md)\n```\n"
    files = {"a.md": body, "b.md": "# B\n\n## Part two\n\nx", "c d.md": "x", "sub/index.md": "x"}
    report = bring_in(world, folder(tmp_path / "in", files))
    assert outcome(report, "a.md").notes == []
    found = entered(world, "ben").read("/paper-coast/a").links()
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert {name: found[name] for name in names} == dict(zip(names, links.values(), strict=True))
    assert stored(world, "a").body.count("[no](b.md)") == 2


def test_names_that_are_the_same_or_taken_get_a_place_of_their_own(world: World, tmp_path: Path) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="Ours.")
    files = {
        "tides.md": "Theirs.",
        "x/README.md": "x",
        "y/README.md": "y",
        "new.md": "New.",
        "A.md": "1",
        "a.markdown": "2",
    }
    report = bring_in(world, folder(tmp_path / "in", files))
    assert set(statuses(report).values()) == {"created"}
    assert stored(world, "tides").body == "Ours."
    assert len(slugs(world)) == 7 and "new" not in slugs(world)


def test_people_and_states_come_along_where_they_fit(world: World, tmp_path: Path) -> None:
    matter = "---\nkind: meeting\nstate: held\nowner: Dan Corbel\ndate: 2026-11-20\nplace: Pier\ngroup: Nobody\n---\nNotes.\n"
    report = bring_in(world, folder(tmp_path / "in", {"talk.md": matter}))
    page = world.found("ada", "paper-coast", "talk").page
    assert (page.kind, page.state, page.owner_id) == ("meeting", "held", world.account("dan").person_id)
    assert stored(world, "talk").fields["date"] == "2026-11-20"
    assert any("Nobody" in note for note in outcome(report, "talk.md").notes)


def test_nobody_makes_a_page_public_or_agreed_by_a_file(world: World, tmp_path: Path) -> None:
    public = "---\naccess: public\n---\nx\n"
    closed = "---\naccess: named_orgs\naccess_orgs: [Placeholder Nation Council]\n---\nx\n"
    bring_in(world, folder(tmp_path / "in", {"a.md": public, "b.md": closed}))
    assert entered(world, "visitor").get("/paper-coast/a").status_code == 401


def test_what_is_remembered_fits_what_is_there(world: World, tmp_path: Path) -> None:
    bring_in(world, folder(tmp_path / "in", FILES))
    with world.reading() as session:
        kept = session.execute(select(Imported.path, Page.slug).join(Page, Page.id == Imported.page_id)).all()
    assert {tuple(row) for row in kept} == {("tides.md", "tides"), ("sub/ebb.md", "ebb")}
