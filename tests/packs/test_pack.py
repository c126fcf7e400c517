"""Packs: taken out of one site, looked at and brought in at another; hostile files change nothing."""

import base64
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.packs.changing import LESSON, SECTIONS, changed, publish
from tests.packs.test_upgrade import catalogue, second
from tests.world import World
from wiki import i18n
from wiki.cli import main
from wiki.errors import Invalid
from wiki.packs import bringing, pack
from wiki.packs.pack import CHANGED, CONFLICT, NEW, SAME
from wiki.packs.shelf import KIND
from wiki.web.state import site

HEAD = 'format = 1\nname = "Harbour"\n'


def zipped(files: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return packed.getvalue()


def taken_out(world: World, *keys: str) -> bytes:
    with world.reading() as session:
        library = site(world.app).library
        return pack.write(session, library, library.catalogue(session), keys, "Harbour")


def hows(world: World, content: bytes) -> dict[str, str]:
    with world.reading() as session:
        library = site(world.app).library
        coming = pack.compared(session, library, library.catalogue(session), pack.read(content))
    return {one.definition.key: one.how for one in coming}


def brought_in(world: World, content: bytes, *chosen: tuple[str, str], who: str = "ivy") -> int:
    with world.writing() as session:
        found = pack.read(content)
        return len(bringing.bring_in(session, site(world.app).library, world.viewer(who), found, chosen))


SONNET = changed(LESSON, 'key = "lesson"', 'key = "sonnet"', 'label = "Lesson learned"', 'label = "Sonnet"')


def test_it_works(world: World) -> None:
    publish(world, second())
    content = taken_out(world, "lesson")
    assert hows(world, content)["lesson"] == SAME
    assert brought_in(world, content, (KIND, "lesson")) == 0, "what is the same is no version"
    publish(world, LESSON)
    assert hows(world, content) == {"note_later": SAME, "lesson": CONFLICT}
    assert brought_in(world, content, (KIND, "lesson")) == 1
    kind = catalogue(world)["lesson"]
    assert (kind.version, kind.field("culture").was) == (4, ("culture_note",))


def test_a_new_kind_comes_with_its_translations_and_themes(lone_world: World) -> None:
    content = zipped(
        {
            "pack.toml": HEAD,
            "kinds/sonnet.toml": SONNET,
            "kinds/sonnet.md": SECTIONS,
            "translations/fr.toml": '"Sonnet" = "Un sonnet"\n"Save" = "Overwritten"\n"Bad %(name)s" = "x"\n',
            "themes.toml": 'themes = ["verse"]',
        }
    )
    assert hows(lone_world, content) == {"sonnet": NEW}
    assert brought_in(lone_world, content, (KIND, "sonnet")) == 1
    known = catalogue(lone_world)
    assert known["sonnet"].label == "Sonnet" and known.history.themes == ("verse",)
    with i18n.use("fr"):
        assert (i18n.gettext("Sonnet"), i18n.gettext("Save")) == ("Un sonnet", i18n.translated("fr", "Save"))
    ada = lone_world.browser("ada")
    assert "Sonnet" in ada.read("/commons/new").main
    assert "verse" in ada.read("/commons/new?kind=sonnet").html
    again = pack.read(taken_out(lone_world, "sonnet"))
    assert {one.key for one in again.definitions} == {"sonnet", "note_later"}
    assert [dict(one.texts) for one in again.words if one.key == "fr"][0]["Sonnet"] == "Un sonnet"


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"kinds/a.toml": ""}, "not a pack"),
        ({"pack.toml": "format = 2"}, "newer program"),
        ({"pack.toml": HEAD, "../evil.toml": ""}, "has a name in it"),
        ({"pack.toml": HEAD, "/etc/passwd": ""}, "has a name in it"),
        ({"pack.toml": HEAD, "kinds/..\\a.toml": ""}, "has a name in it"),
        ({"pack.toml": HEAD, "kinds/envelope.toml": ""}, "has a name in it"),
        ({"pack.toml": HEAD, "kinds/deep/a.toml": ""}, "has a name in it"),
        ({"pack.toml": HEAD, "page.html": "<script>"}, "has a name in it"),
        ({"pack.toml": HEAD, "kinds/a.toml": b"\xff\xfe"}, "not a pack"),
        ({"pack.toml": HEAD, "translations/fr.toml": "= ="}, "not TOML"),
        ({"pack.toml": HEAD, "kinds/bomb.toml": "a" * (30 << 20)}, "too large"),
        ({"pack.toml": HEAD, **{f"kinds/k{n}.toml": "" for n in range(500)}}, "at most 400 files"),
    ],
)
def test_hostile_files_are_refused(files: dict[str, str | bytes], says: str) -> None:
    with pytest.raises(Invalid) as refused:
        pack.read(zipped(files))
    assert says in refused.value.problems[0].message


def test_a_size_that_lies_is_not_believed() -> None:
    content = zipped({"pack.toml": HEAD, "kinds/bomb.toml": "a" * (3 << 20)})
    lying = content.replace((3 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(Invalid):
        pack.read(lying)
    with pytest.raises(Invalid):
        pack.read(b"PK\x03\x04 nothing of the kind")


def test_a_pack_with_a_mistake_stores_nothing(lone_world: World) -> None:
    bad = zipped({"pack.toml": HEAD, "kinds/sonnet.toml": SONNET, "kinds/ode.toml": 'key = "ode"\nlabel = "Ode"\n'})
    with pytest.raises(Invalid):
        brought_in(lone_world, bad, (KIND, "sonnet"), (KIND, "ode"))
    assert "sonnet" not in catalogue(lone_world)


def test_in_the_browser_one_sees_what_it_would_change_before_it_does(lone_world: World) -> None:
    content = zipped(
        {"pack.toml": HEAD, "kinds/sonnet.toml": SONNET, "kinds/lesson.toml": second(), "kinds/lesson.md": SECTIONS}
    )
    ivy, ada = lone_world.browser("ivy"), lone_world.browser("ada")
    assert ada.get("/templates/import").status_code == 403
    form = ivy.read("/templates/import").form("/templates/import")
    sent = {**form.filled({}), "file": (io.BytesIO(content), "harbour.zip")}
    answer = ivy.post("/templates/import", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 200 and "new here" in answer.text and ">Gone</span>" in answer.text
    assert catalogue(lone_world)["lesson"].version == 1, "looking stores nothing"
    values = {"csrf_token": form.values["csrf_token"], "do": "bring_in", "take": ["kind/sonnet", "kind/lesson"]}
    values["content"] = base64.b64encode(content).decode()
    assert ivy.post("/templates/import", data=values).status_code == 303
    assert (catalogue(lone_world)["lesson"].version, "sonnet" in catalogue(lone_world)) == (2, True)
    form = ada.read("/templates/export").form("/templates/export")
    answer = ada.post("/templates/export", data=form.filled({"kind": ["sonnet"], "name": "Verse"}))
    assert answer.mimetype == "application/zip"
    assert [one.key for one in pack.read(answer.data).definitions] == ["note_later", "sonnet"]
    assert ada.post("/templates/export", data=form.filled({"kind": []})).status_code == 422


@pytest.fixture
def run(lone_world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    monkeypatch.setenv("HOLDFAST_INSTANCE", str(lone_world.settings.folder))
    monkeypatch.setenv("HOLDFAST_DATABASE_URL", lone_world.settings.database_url)
    yield CliRunner()


def said(run: CliRunner, *arguments: str, code: int = 0) -> str:
    result = run.invoke(main, ["kinds", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_on_the_command_line(lone_world: World, run: CliRunner, tmp_path: Path) -> None:
    page = lone_world.page(
        "hal", "paper-coast", "lesson", "Tides", {"lesson": "Go", "evidence": "Log", "access": "partnership"}
    )
    assert "no mistake" in said(run, "check")
    file = tmp_path / "lesson.zip"
    file.write_bytes(zipped({"pack.toml": HEAD, "kinds/lesson.toml": second(), "kinds/lesson.md": SECTIONS}))
    assert "1, no mistake" in said(run, "check", str(file))
    assert f"kind/lesson: {CHANGED}" in said(run, "import", str(file))
    assert catalogue(lone_world)["lesson"].version == 1
    assert "1 new version" in said(run, "import", str(file), "--yes")
    told = said(run, "behind")
    assert "lesson, version 2: 1 pages, 1 of earlier versions" in told and f"/paper-coast/{page.slug}: evidence" in told
    out = tmp_path / "out.zip"
    said(run, "export", str(out), "lesson")
    assert pack.read(out.read_bytes()).versions == {"lesson": 2}
    assert "no template “poem”" in said(run, "export", str(out), "poem", code=1)
    file.write_bytes(zipped({"pack.toml": HEAD, "kinds/lesson.toml": "key = 1"}))
    said(run, "check", str(file), code=1)
