"""What people install is the wheel: built from a clean checkout, it runs alone in an empty folder. `make wheel` runs this."""

import os
import re
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.contracts.sources import ROOT
from tests.required import missing

pytestmark = pytest.mark.wheel

PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project as git knows it, without what was built or installed here."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        missing("a git checkout")
    folder = tmp_path_factory.mktemp("checkout")
    listed = run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run([*PIP, "wheel", "--no-deps", "--wheel-dir", str(folder), "."], checkout, HOLDFAST_FRONTEND="require")
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `wiki` command of an environment that has the wheel and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    run([*PIP, "--python", str(folder / "bin" / "python"), "install", str(wheel)], folder)
    return folder / "bin" / "wiki"


@pytest.fixture
def address(program: Path, tmp_path: Path) -> Iterator[str]:
    """Where `wiki serve`, started in an empty folder, says that it answers."""
    command = [str(program), "serve", "--port", str(free_port()), "--workers", "1"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield first_address(server.stdout)
        finally:
            server.terminate()


def first_address(lines: Iterable[str]) -> str:
    said = []
    for line in lines:
        said.append(line)
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            return found[0]
    pytest.fail(f"the server ended without saying where it answers: {''.join(said)}")


def test_it_works(program: Path, tmp_path: Path) -> None:
    assert "serve" in run([str(program), "--help"], tmp_path)


def test_it_serves_in_an_empty_folder(address: str) -> None:
    with urlopen(f"{address}/readyz") as answer:
        assert answer.status == 200
    with urlopen(f"{address}/") as answer:
        page = answer.read().decode()
    assert "<h1" in page
    style_sheets = re.findall(r'<link[^>]+href="([^"]+\.css[^"]*)"', page)
    assert style_sheets
    with urlopen(f"{address}{style_sheets[0]}") as answer:
        assert "bcsans-latin" in answer.read().decode()


def test_the_wheel_has_everything_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "wiki/page_templates/lesson.toml",
        "wiki/static/css/tokens.css",
        "wiki/static/dist/icons.svg",
        "wiki/static/dist/interface.svg",
        "wiki/static/dist/fonts/bcsans-latin.woff2",
        "wiki/static/dist/fonts/OFL.txt",
        "wiki/migrations/versions/0001_make_the_first_tables.py",
        "wiki/templates/base.html",
    ):
        assert name in names
    folders = {name.split("/")[0] for name in names}
    assert len(folders) == 2, f"the package and its metadata only, not {folders}"
    assert [name for name in names if "node_modules" in name or name.endswith(".pyc")] == []
    assert wheel.name.endswith("-py3-none-any.whl")


def test_the_source_package_has_no_built_files(checkout: Path, tmp_path: Path) -> None:
    (checkout / "frontend" / "node_modules" / "junk" / "wiki").mkdir(parents=True, exist_ok=True)
    (checkout / "frontend" / "node_modules" / "junk" / "wiki" / "index.js").write_text("0")
    script = "import sys; from hatchling.build import build_sdist; print(build_sdist(sys.argv[1]))"
    run([*PIP, "install", "--target", str(tmp_path / "hatch"), "hatchling"], tmp_path)
    run([sys.executable, "-c", script, str(tmp_path)], checkout, PYTHONPATH=str(tmp_path / "hatch"))
    (package,) = tmp_path.glob("*.tar.gz")
    names = run(["tar", "tzf", str(package)], tmp_path).splitlines()
    assert any(name.endswith("/frontend/package-lock.json") for name in names)
    assert [name for name in names if "node_modules" in name or "/static/dist/" in name] == []


def test_without_npm_the_wheel_is_built_and_says_what_it_lacks(checkout: Path, tmp_path: Path) -> None:
    for folder in (checkout / "static" / "dist", checkout / "frontend" / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)
    said = run(
        [*PIP, "-vv", "wheel", "--no-deps", "--wheel-dir", str(tmp_path), "."],
        checkout,
        npm_config_registry="http://127.0.0.1:9/",
        npm_config_cache=str(tmp_path / "cache"),
    )
    assert "built without its typeface and icons" in said
    (file,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(file).namelist()
    assert "wiki/static/css/tokens.css" in names
    assert [name for name in names if "/dist/" in name] == []


def test_installed_metadata_names_the_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(name).decode()
    assert "License-Expression: MIT" in metadata
    assert "Name: holdfast\n" in metadata


def run(command: list[str], folder: Path, **variables: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**environment(), **variables}, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout + done.stderr


def environment() -> dict[str, str]:
    """The machine's own, without what a developer has set for Holdfast."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST_", "PYTHON"))}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port
