"""A zip brought in by the browser: what is hostile or broken is refused whole, with the reason."""

import io
import random
import struct
import zipfile

import pytest

from tests.cases import answers, complaint, count, entered, send_files, shown, slugs
from tests.imports.folders import zipped
from tests.imports.test_markdown import FILES
from tests.world import World
from wiki.models import Attachment, Page

URL = "/paper-coast/import"


def test_it_works(world: World) -> None:
    client = entered(world, "ada")
    assert client.read(URL).form().action == URL
    answer = send_files(client, URL, [("guides.zip", zipped(FILES))])
    page = shown(answer)
    assert answer.status_code == 200
    assert page.links()["Tides"] == "/paper-coast/tides"
    assert "Front matter without a field: mood: calm" in page.main
    assert slugs(world) == {"tides", "ebb"}
    again = shown(send_files(client, URL, [("guides.zip", zipped(FILES))]))
    assert "2 unchanged" in again.main
    assert slugs(world) == {"tides", "ebb"}


def test_the_four_cases(lone_world: World) -> None:
    form = {"visitor": 401, "zoe": 404, "dan": 200, "ben": 403, "ada": 200}
    assert answers(lone_world, lambda client: client.get(URL)) == form
    sent = zipped({"a.md": "x"})
    assert answers(lone_world, lambda client: send_files(client, URL, [("a.zip", sent)])) == form


def bomb(size: int = 300 << 20) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.md", "w", force_zip64=True) as file,
    ):
        for _n in range(size >> 20):
            file.write(b"\0" * (1 << 20))
    return made.getvalue()


def link() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        entry = zipfile.ZipInfo("a.md")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def liar() -> bytes:
    """Says that its file is small."""
    content = bytearray(zipped({"a.md": b"x" * (4 << 20)}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = struct.pack("<I", 10)
    return bytes(content)


def locked() -> bytes:
    content = bytearray(zipped({"a.md": "x"}))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1
    content[6] |= 1
    return bytes(content)


def half_locked() -> bytes:
    """Locked where the file begins, open in the directory."""
    content = bytearray(zipped({"a.md": "x"}))
    content[6] |= 1
    return bytes(content)


def damaged() -> bytes:
    content = bytearray(zipped({"a.md": "x" * 5000, "b.md": bytes(range(256)) * 20}))
    content[36:50] = b"\xff" * 14
    return bytes(content)


HOSTILE = {
    "up": (lambda: zipped({"../evil.md": "x", "a.md": "y"}), "outside of itself"),
    "deep up": (lambda: zipped({"a/../../evil.md": "x"}), "outside of itself"),
    "back": (lambda: zipped({"..\\evil.md": "x"}), "outside of itself"),
    "root": (lambda: zipped({"/etc/evil.md": "x"}), "outside of itself"),
    "drive": (lambda: zipped({"C:/evil.md": "x"}), "outside of itself"),
    "link": (link, "link in it"),
    "bomb": (bomb, "more than this site accepts"),
    "liar": (liar, "broken"),
    "locked": (locked, "password"),
    "half locked": (half_locked, ""),
    "damaged": (damaged, "broken"),
    "many": (lambda: zipped({f"{n}.md": "" for n in range(2001)}), "2000 files"),
    "no zip": (lambda: b"Hello", "not a zip file"),
    "empty": (lambda: b"", "not a zip file"),
    "cut": (lambda: zipped(FILES)[:-30], "not a zip file"),
    "nothing in it": (lambda: zipped({"a.txt": "x"}), "no Markdown files"),
    "dot": (lambda: zipped({".": "x", "a.md": "x"}), "proper name"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_whole(lone_world: World, name: str) -> None:
    make, said = HOSTILE[name]
    answer = send_files(entered(lone_world, "ada"), URL, [("a.zip", make())])
    if said:
        assert answer.status_code == 422, name
        assert said in complaint(shown(answer), "file")
    else:
        assert answer.status_code in (200, 422)
    if said:
        assert slugs(lone_world) == set()
        assert count(lone_world, Attachment) == 0


def test_a_broken_attachment_costs_its_own_page_only(world: World) -> None:
    content = bytearray(
        zipped({"a.md": "![x](x.png)", "b.md": "Whole.", "x.png": b"\x89PNG" * 400}, zipfile.ZIP_STORED)
    )
    at = content.index(b"\x89PNG\x89PNG")
    content[at : at + 4] = b"oops"
    answer = send_files(entered(world, "ada"), URL, [("a.zip", bytes(content))])
    assert answer.status_code == 200
    assert "broken" in shown(answer).main
    assert "b" in slugs(world) and count(world, Attachment) == 0


def test_no_damage_brings_the_site_down(lone_world: World) -> None:
    """Two hundred ways to break a zip: each is refused in words, or what can be read is brought in."""
    client = entered(lone_world, "ada")
    whole = zipped({**FILES, "big.md": "word " * 3000})
    chance = random.Random(7)
    for _n in range(200):
        content = bytearray(whole)
        for _m in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        assert send_files(client, URL, [("a.zip", bytes(content))]).status_code in (200, 422)


def test_no_file_is_said(lone_world: World) -> None:
    answer = send_files(entered(lone_world, "ada"), URL, [])
    assert (answer.status_code, "Choose a zip" in complaint(shown(answer), "file")) == (422, True)


def test_files_larger_than_may_be_attached_are_reported(world: World) -> None:
    large = bytes(range(256)) * 4096 * (world.settings.max_attachment_mb + 1)
    sent = zipped({"a.md": "![x](x.bin)", "x.bin": large}, zipfile.ZIP_STORED)
    page = shown(send_files(entered(world, "ada"), URL, [("a.zip", sent)]))
    assert "larger than" in page.main
    assert (slugs(world), count(world, Attachment)) == ({"a"}, 0)
    assert count(world, Page)
