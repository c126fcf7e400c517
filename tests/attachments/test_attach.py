"""Files of a page: attached, listed, replaced, taken off; nothing in them can run on the site."""

import hashlib

import pytest

from tests.cases import (
    READABLE,
    answers,
    complaint,
    count,
    download,
    entered,
    ministry_page,
    plainly_entered,
    send,
    send_files,
    shown,
)
from tests.world import World
from wiki.attachments.store import Store
from wiki.models import Attachment, Blob, Event

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
URL = "/paper-coast/tides/files"


def names(world: World) -> list[str]:
    with world.reading() as session:
        return sorted(one.name for one in session.query(Attachment))


def test_it_works(world: World) -> None:
    world.page("ada", "paper-coast", "article", "Tides", body="![Chart](files/chart.png) [Table](files/table.txt)")
    client = entered(world, "ada")
    answer = send_files(client, URL, [("chart.png", PNG), ("table.txt", b"High at noon")])
    assert (answer.status_code, answer.location) == (303, URL)
    listed = client.read(URL)
    assert {"chart.png", "table.txt"} <= listed.links().keys()
    page = client.read("/paper-coast/tides")
    assert page.all("main")[0].find(".//img").get("src") == f"{URL}/chart.png"  # type: ignore[union-attr]
    assert download(client, page.links()["Table"]).data == b"High at noon"
    with world.reading() as session:
        assert session.query(Blob).filter_by(digest=hashlib.sha256(PNG).hexdigest()).one().media_type == "image/png"
        assert {e.detail["name"] for e in session.query(Event).filter_by(verb="file.attached")} == set(names(world))


def test_the_four_cases(world: World) -> None:
    ministry_page(world)
    send_files(entered(world, "ada"), URL, [("a.txt", b"x")])
    assert answers(world, lambda client: client.get(URL)) == READABLE
    assert answers(world, lambda client: download(client, f"{URL}/a.txt")) == READABLE
    expected = {"visitor": 401, "zoe": 404, "dan": 404, "ben": 403, "ada": 303}
    assert answers(world, lambda client: send_files(client, URL, [("b.txt", b"y")])) == expected
    assert answers(world, lambda client: send(client, f"{URL}/b.txt/remove")) == expected
    assert names(world) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("evil.html", b"<script>alert(1)</script>"),
        ("evil.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("evil.xhtml", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>"),
        ("evil.png", b"<html><script>alert(1)</script>"),
        ("evil.js", b"alert(1)"),
        ("evil.css", b"*{}"),
        ("evil", b""),
    ],
)
def test_only_what_is_a_picture_inside_is_shown(lone_world: World, name: str, content: bytes) -> None:
    ministry_page(lone_world)
    client = entered(lone_world, "ada")
    send_files(client, URL, [(name, content)])
    answer = download(client, f"{URL}/{name}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_pictures_are_shown_in_a_sandbox(lone_world: World) -> None:
    ministry_page(lone_world)
    client = entered(lone_world, "ada")
    send_files(client, URL, [("a.html", PNG)])
    answer = download(client, f"{URL}/a.html")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("image/png", "inline; filename*=UTF-8''a.html")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\\\temp\\\\table.txt", "table.txt"),
        ("a b (1).txt", "a b -1-.txt"),
        ("Ébauche.pdf", "Ébauche.pdf"),
        ("x" * 300 + ".txt", "x" * 116 + ".txt"),
        (".htaccess", "htaccess"),
        ("a\x00b\x1f.txt", "ab.txt"),
        ("潮汐.txt", "潮汐.txt"),
        ("%2e%2e%2fa.txt", "2e-2e-2fa.txt"),
    ],
)
def test_names_are_made_fit(lone_world: World, sent: str, kept: str) -> None:
    ministry_page(lone_world)
    client = entered(lone_world, "ada")
    assert send_files(client, URL, [(sent, b"x")]).status_code == 303
    [name] = names(lone_world)
    assert name == kept or name.endswith(kept)
    address = client.read(URL).links()[name]
    assert download(client, address).data == b"x"
    assert {path.parent.parent.name for path in files(lone_world)} == {"files"}


def files(world: World) -> list:  # type: ignore[type-arg]
    return [path for path in (world.settings.folder / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["", "..", "/", "...", "\\\\"])
def test_a_file_without_a_name_is_refused(lone_world: World, name: str) -> None:
    ministry_page(lone_world)
    answer = send_files(entered(lone_world, "ada"), URL, [(name, b"x")])
    assert answer.status_code == 422
    assert names(lone_world) == []


def test_no_file_at_all_is_said(lone_world: World) -> None:
    ministry_page(lone_world)
    answer = send_files(entered(lone_world, "ada"), URL, [])
    assert (answer.status_code, "Choose a file" in complaint(shown(answer), "file")) == (422, True)


def test_a_file_over_the_setting_is_refused_and_leaves_nothing(world: World) -> None:
    ministry_page(world)
    most = world.settings.max_attachment_mb << 20
    client = entered(world, "ada")
    answer = send_files(client, URL, [("small.txt", b"x"), ("large.txt", b"x" * (most + 1))])
    assert (answer.status_code, "MB" in complaint(shown(answer), "file")) == (413, True)
    assert (names(world), count(world, Blob)) == ([], 0)
    assert not [path for path in files(world) if path.name.startswith(".new-")]
    assert send_files(client, URL, [("just.txt", b"x" * most)]).status_code == 303


def test_the_same_content_is_stored_once(world: World) -> None:
    ministry_page(world)
    world.page("ada", "paper-coast", "article", "Ebb")
    client = entered(world, "ada")
    send_files(client, URL, [("a.txt", b"same"), ("b.txt", b"same")])
    send_files(client, "/paper-coast/ebb/files", [("c.txt", b"same")])
    assert (count(world, Attachment), count(world, Blob), len(files(world))) == (3, 1, 1)


def test_the_same_name_replaces_the_file_for_readers(world: World) -> None:
    ministry_page(world)
    client = entered(world, "ada")
    send_files(client, URL, [("a.txt", b"old")])
    first = download(client, f"{URL}/a.txt")
    send_files(client, URL, [("a.txt", b"new")])
    again = download(client, f"{URL}/a.txt", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (200, b"new")
    kept = download(client, f"{URL}/a.txt", headers={"If-None-Match": again.headers["ETag"]})
    assert (kept.status_code, kept.data) == (304, b"")
    assert Store(world.settings.folder / "files").is_sound(hashlib.sha256(b"old").hexdigest()), "backups need it"


def test_not_modified_is_not_told_to_strangers(world: World) -> None:
    ministry_page(world)
    client = entered(world, "ada")
    send_files(client, URL, [("a.txt", b"old")])
    tag = download(client, f"{URL}/a.txt").headers["ETag"]
    for who, status in {**READABLE, "ben": 304, "ada": 304}.items():
        assert download(entered(world, who), f"{URL}/a.txt", headers={"If-None-Match": tag}).status_code == status


def test_a_file_taken_off_is_gone_from_the_page(world: World) -> None:
    ministry_page(world, body="[Table](files/a.txt)")
    client = entered(world, "ada")
    send_files(client, URL, [("a.txt", b"x")])
    assert "a.txt" in client.read("/paper-coast/tides").links()
    form = client.read(URL).form(f"{URL}/a.txt/remove")
    assert "a.txt" not in client.send(form).links()
    assert "a.txt" not in client.read("/paper-coast/tides").links()
    assert download(client, f"{URL}/a.txt").status_code == 404
    assert send(client, f"{URL}/a.txt/remove").status_code == 404


def test_the_editors_script_gets_the_markdown(world: World) -> None:
    ministry_page(world)
    client = plainly_entered(world, "ada")
    answer = send_files(client, URL, [("chart.png", PNG)], accept="application/json")
    assert (answer.status_code, answer.json) == (201, {"markdown": "![chart](<files/chart.png>)"})
    answer = send_files(client, URL, [("a b.txt", b"x")], accept="application/json")
    assert answer.json == {"markdown": "[a b.txt](<files/a b.txt>)"}
    world.page("ada", "paper-coast", "article", "Ebb")
    large = send_files(
        client, URL, [("a.txt", b"x" * ((world.settings.max_attachment_mb << 20) + 1))], accept="application/json"
    )
    assert (large.status_code, "MB" in large.json["error"]["message"]) == (413, True)


def test_content_that_is_missing_from_the_store_is_said(world: World) -> None:
    ministry_page(world)
    client = entered(world, "ada")
    send_files(client, URL, [("a.txt", b"x")])
    for path in files(world):
        path.unlink()
    answer = client.get(f"{URL}/a.txt")
    assert (answer.status_code, "missing from the store" in answer.text) == (404, True)
    assert client.read("/paper-coast/tides").heading == "Tides"
