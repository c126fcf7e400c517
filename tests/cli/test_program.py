"""The `wiki` program itself, as a shell runs it: output on the right side, exit codes, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.required import missing
from tests.world import PASSWORD

WIKI = Path(sys.executable).with_name("wiki")


def wiki(folder: Path, *words: str, given: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    if not WIKI.exists():
        missing(f"{WIKI}, which `pip install` makes")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HOLDFAST_")}
    done = subprocess.run(
        [str(WIKI), *words], cwd=folder, env={**environment, **variables}, input=given, text=True, capture_output=True
    )
    assert "Traceback" not in done.stderr
    return done


def test_it_works(own_folder: Path) -> None:
    """A first day by hand: tables, a person, a space, a token, a backup."""
    assert wiki(own_folder, "migrate").returncode == 0
    added = wiki(own_folder, "person", "add", "ada@x.example", "--name", "Ada", "--password-stdin", given=PASSWORD)
    assert (added.returncode, added.stdout, added.stderr) == (0, "Added Ada <ada@x.example>.\n", "")
    assert wiki(own_folder, "space", "add", "Tides").stdout == "tides\n"
    token = wiki(own_folder, "token", "ada@x.example")
    assert (token.returncode, token.stderr) == (0, "") and token.stdout.startswith("hf_")
    assert wiki(own_folder, "backup", "a.backup").returncode == 0
    assert wiki(own_folder, "restore", "a.backup", HOLDFAST_INSTANCE="drill").returncode == 0
    assert wiki(own_folder, "check", HOLDFAST_INSTANCE="drill").returncode == 0
    assert sorted(path.name for path in own_folder.iterdir()) == ["a.backup", "drill", "instance"]


@pytest.mark.parametrize("words", [("check",), ("serve", "--port", "99999")])
def test_what_is_wrong_goes_to_standard_error(own_folder: Path, words: tuple[str, ...]) -> None:
    done = wiki(own_folder, *words)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
