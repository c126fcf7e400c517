"""Files are stored some at a time; what is wrong with one of them does not touch the others."""

from pathlib import Path

from sqlalchemy import select

from tests.world import World
from wiki.access import space_for
from wiki.attachments.store import Store
from wiki.imports import markdown
from wiki.imports.sources import FolderSource
from wiki.models import Attachment, Link, Page
from wiki.pages.storing import content_of, current_revision


def bring_in(world: World, folder: Path, files: dict[str, str]) -> markdown.Report:
    """Bring the files in for Ada; the report."""
    for name, text in files.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    ada = world.viewer("ada")
    with world.reading() as session:
        where = space_for(session, ada, "paper-coast", "create")
    store = Store(world.settings.folder / "files")
    return markdown.run(
        world.database, markdown.Import(world.catalogue, ada, where, FolderSource(folder), store, 1 << 20)
    )


def statuses(report: markdown.Report) -> dict[str, str]:
    return {outcome.path: outcome.status for outcome in report.outcomes}


def stored(world: World, title: str) -> Page:
    with world.reading() as session:
        return session.scalars(select(Page).where(Page.title == title)).one()


def test_it_works(world: World, tmp_path: Path) -> None:
    files = {f"{name}.md": f"# {name}\n\nSee [next](b.md)." for name in "abc"}
    report = bring_in(world, tmp_path / "source", files)
    assert statuses(report) == {"a.md": "created", "b.md": "created", "c.md": "created"}
    with world.reading() as session:
        pages = session.scalars(select(Page.id).where(Page.title.in_(["a", "c"]))).all()
        links = session.scalars(select(Link.target_id).where(Link.page_id.in_(pages), Link.name == "body")).all()
    assert links == [stored(world, "b").id] * 2


def test_a_file_that_cannot_be_stored_is_told_and_the_others_are_stored(world: World, tmp_path: Path) -> None:
    files = {"a.md": "# A\n\nOne.", "b.md": "# B\n\n" + "Long. " * 50_000, "c.md": "# C\n\nThree."}
    report = bring_in(world, tmp_path / "source", files)
    assert statuses(report) == {"a.md": "created", "b.md": "failed", "c.md": "created"}
    assert "KB" in report.outcomes[1].notes[0]
    assert stored(world, "C").slug == "c"


def test_front_matter_may_name_a_page_of_the_same_import(world: World, tmp_path: Path) -> None:
    files = {"a.md": "# Spring meeting\n", "b.md": "---\nkind: lesson\nsource: Spring meeting\n---\n# Ask first\n"}
    files["a.md"] = "---\nkind: meeting\n---\n" + files["a.md"]
    bring_in(world, tmp_path / "source", files)
    with world.reading() as session:
        lesson = content_of(current_revision(session, stored(world, "Ask first")))
    assert lesson.fields["source"] == stored(world, "Spring meeting").id


def test_the_same_files_again_change_nothing_and_others_are_updated(world: World, tmp_path: Path) -> None:
    bring_in(world, tmp_path / "source", {"a.md": "# A\n\nOne.", "b.md": "# B\n\nTwo."})
    report = bring_in(world, tmp_path / "source", {"b.md": "# B\n\nTwo and a half.", "c.md": "# C\n"})
    assert statuses(report) == {"a.md": "unchanged", "b.md": "updated", "c.md": "created"}
    with world.reading() as session:
        assert current_revision(session, stored(world, "B")).body == "Two and a half.\n"


def test_a_page_that_was_deleted_is_made_again(world: World, tmp_path: Path) -> None:
    bring_in(world, tmp_path / "source", {"a.md": "# A\n\nOne."})
    client = world.browser("hal")
    client.send(client.read("/paper-coast/a/delete").form(), {"why": "by mistake"})
    report = bring_in(world, tmp_path / "source", {})
    assert [(outcome.status, outcome.slug) for outcome in report.outcomes] == [("created", "a-2")]


def test_pictures_come_along_and_a_missing_one_is_told(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "map.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 100)
    report = bring_in(world, folder, {"a.md": "# A\n\n![The map](map.png) ![](gone.png)"})
    assert (report.files, report.outcomes[0].notes) == (1, ["No file for the link gone.png"])
    with world.reading() as session:
        names = session.scalars(select(Attachment.name).where(Attachment.page_id == stored(world, "A").id)).all()
    assert names == ["map.png"]
