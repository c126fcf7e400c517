"""`wiki check` finds what was changed outside the program, and says what and how to mend it."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.world import World
from wiki import eventlog
from wiki.care import checks
from wiki.db import Database


def problems(world: World) -> list[str]:
    with world.reading() as session:
        return list(checks.run(session, world.settings, world.catalogue))


def meddle(database: Database, statement: str, **values: Any) -> None:
    """What somebody with the database's password can do."""
    with database.transaction() as session:
        session.execute(text(statement), values)


def page_id(world: World, slug: str) -> int:
    with world.reading() as session:
        return int(session.execute(text("SELECT id FROM page WHERE slug = :slug"), {"slug": slug}).scalar_one())


def only(found: list[str]) -> str:
    assert len(found) == 1, found
    assert "Mend: " in found[0]
    return found[0]


def test_it_works(lived: World) -> None:
    assert problems(lived) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("title", "Autumn"), ("body", "Forged"), ("note", "Forged"), ("author_name", "Ada Verdana"), ("number", 7)],
)
def test_a_changed_revision_is_named(lived: World, column: str, value: Any) -> None:
    where = "page_id = :page AND number = 1"
    meddle(lived.database, f"UPDATE revision SET {column} = :value WHERE {where}", value=value, page=page_id(lived, "spring"))  # noqa: S608  # fmt: skip
    found = [line for line in problems(lived) if "what was saved" in line]
    assert "paper-coast/spring (“Spring”)" in only(found)
    assert f"revision {value if column == 'number' else 1} " in found[0]


def test_a_revision_with_a_new_seal_is_named_too(lived: World) -> None:
    page = page_id(lived, "spring")
    meddle(lived.database, "UPDATE revision SET digest = :seal WHERE page_id = :page AND number = 1", seal="0" * 64, page=page)  # fmt: skip
    found = problems(lived)
    assert any("revision 1 is not the one that the next revision was made from" in line for line in found)


def test_a_missing_revision_is_named(lived: World) -> None:
    meddle(lived.database, "DELETE FROM revision WHERE page_id = :page AND number = 1", page=page_id(lived, "spring"))
    assert "paper-coast/spring (“Spring”): revision 1 is missing" in only(problems(lived))


def test_a_missing_last_revision_is_named(lived: World) -> None:
    meddle(lived.database, "DELETE FROM revision WHERE page_id = :page AND number = 2", page=page_id(lived, "spring"))
    assert "revision 2 is the current one, but 1 is the last" in only(problems(lived))


def test_content_that_is_no_json_is_named(lone_lived: World) -> None:
    meddle(lone_lived.database, "UPDATE revision SET fields = '{\"date' WHERE page_id = :page AND number = 2", page=page_id(lone_lived, "spring"))  # fmt: skip
    assert "revision 2 is not what was saved" in only(problems(lone_lived))


@pytest.mark.parametrize(
    "verb", ["UPDATE event SET actor_name = 'Nobody' WHERE id = 5", "DELETE FROM event WHERE id = 4"]
)
def test_a_meddled_log_is_named(lived: World, verb: str) -> None:
    meddle(lived.database, verb)
    assert "Event 5 " in only(problems(lived))


def test_a_log_entry_that_cannot_be_read_is_named(lone_lived: World) -> None:
    meddle(lone_lived.database, "UPDATE event SET detail = '{' WHERE id = 5")
    with lone_lived.reading() as session:
        assert list(eventlog.broken(session)) == [5, 6]
    assert "Event 5 " in problems(lone_lived)[0]


def test_a_changed_file_is_named_with_its_page(lived: World) -> None:
    place = next(path for path in (lived.settings.folder / "files").rglob("*") if path.is_file())
    place.write_bytes(b"X" + place.read_bytes()[1:])
    line = only(problems(lived))
    assert str(place) in line and "has changed" in line and "paper-coast/tides" in line


def test_a_missing_file_is_named(lived: World) -> None:
    place = next(path for path in (lived.settings.folder / "files").rglob("*") if path.is_file())
    place.unlink()
    assert "is missing" in only(problems(lived))


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        ("DELETE FROM field_value WHERE page_id = :page", "values"),
        ("""UPDATE field_value SET "text" = 'other' WHERE page_id = :page""", "values"),
        ("DELETE FROM row WHERE page_id = :page", "rows"),
        ("UPDATE row SET status = 'open' WHERE page_id = :page", "rows"),
        ('UPDATE row SET data = \'{"id": "a1"}\' WHERE page_id = :page', "rows"),
        ("DELETE FROM link WHERE page_id = :page", "links"),
        ("DELETE FROM search_text WHERE page_id = :page", "search"),
        ("UPDATE page SET title = 'Autumn' WHERE id = :page", "title, kind, state or access"),
        ("UPDATE page SET access = 'public' WHERE id = :page", "title, kind, state or access"),
    ],
)
def test_derived_tables_that_differ_are_named(lived: World, statement: str, part: str) -> None:
    meddle(lived.database, statement.replace(" row ", ' "row" '), page=page_id(lived, "spring"))
    found = problems(lived)
    assert any(line.startswith("paper-coast/") and part in line and "wiki reindex" in line for line in found), found


def test_words_of_pages_that_search_does_not_know_are_counted(lived: World) -> None:
    meddle(lived.database, "DELETE FROM search_text WHERE page_id = :page", page=page_id(lived, "spring"))
    assert any("Search keeps words of pages that it does not know: 1." in line for line in problems(lived))


def test_a_kind_that_nobody_defines_is_named(lived: World) -> None:
    meddle(lived.database, "UPDATE revision SET kind = 'sonnet' WHERE page_id = :page", page=page_id(lived, "between"))
    found = problems(lived)
    assert any("no page template defines its kind “sonnet”" in line and "sonnet.toml" in line for line in found)


def test_a_reference_to_no_page_is_named(lived: World) -> None:
    page = lived.page("ada", "paper-coast", "article", "Orphan", {"owner": lived.account("ada").person_id})
    with lived.writing() as session:
        row = session.execute(text("SELECT fields FROM revision WHERE page_id = :page"), {"page": page.id}).scalar_one()
        fields = json.dumps({**(json.loads(row) if isinstance(row, str) else row), "owner": 999_999})
    meddle(lived.database, "UPDATE revision SET fields = :fields WHERE page_id = :page", fields=fields, page=page.id)
    found = problems(lived)
    assert any("refers to page 999999, which is not there" in line for line in found), found


def test_content_that_its_kind_cannot_read_is_named(lived: World) -> None:
    fields = json.dumps({"actions": "none"})
    meddle(lived.database, "UPDATE revision SET fields = :fields WHERE page_id = :page AND number = 2", fields=fields, page=page_id(lived, "spring"))  # fmt: skip
    assert any("its template “meeting” cannot read what revision 2 holds" in line for line in problems(lived))


def test_rows_that_point_nowhere_are_named(lone_lived: World) -> None:
    with lone_lived.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("UPDATE membership SET account_id = 999 WHERE id = 1")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.exec_driver_sql("BEGIN")
    assert "of table membership points to a row of account" in only(problems(lone_lived))


def test_without_page_templates_seals_and_files_are_still_checked(lived: World) -> None:
    meddle(lived.database, "UPDATE event SET actor_name = 'Nobody' WHERE id = 5")
    meddle(lived.database, "DELETE FROM field_value")
    with lived.reading() as session:
        assert "Event 5 " in only(list(checks.run(session, lived.settings, None)))
