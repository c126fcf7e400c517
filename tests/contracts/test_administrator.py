"""docs/administrator.md names every setting and every command as they are, and what `wiki check` really says."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.contracts.sources import PACKAGE, ROOT, title
from wiki.cli import main
from wiki.config import PREFIX, SETTINGS, Setting

pytestmark = pytest.mark.docs

GUIDE = (ROOT / "docs" / "administrator.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: `wiki …` in code, up to what ends a command in a shell or a sentence.
CALL = re.compile(r"(?:^|[`\s/])wiki ((?:[a-z-]+|--[a-z-]+)[^`\n|&;#]*)", re.MULTILINE)


def row(setting: Setting) -> str:
    """The setting's line in the table."""
    value = ", ".join(setting.default) if isinstance(setting.default, list) else str(setting.default)
    return f"| `{setting.name}` | {f'`{value}`' if value else 'empty'} | {setting.help} |"


def section(heading: str) -> str:
    return GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


COMMANDS = dict(commands())


def test_it_works() -> None:
    assert "wiki serve" in section("Commands")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_is_in_the_table(setting: Setting) -> None:
    assert row(setting) in section("Settings").splitlines()


def test_the_table_has_no_setting_that_is_none() -> None:
    named = re.findall(r"^\| `(\w+)` \|", section("Settings"), re.MULTILINE)
    assert named == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_in_the_table_with_its_options(name: str) -> None:
    lines = [line for line in section("Commands").splitlines() if re.match(rf"\| `wiki {name}\b", line)]
    assert len(lines) == 1
    options = [one.opts[-1] for one in COMMANDS[name].params if isinstance(one, click.Option) and one.name != "name"]
    assert [option for option in options if option not in lines[0]] == []


def calls(document: Path) -> Iterator[str]:
    """Commands that stand in the document's code."""
    text = document.read_text(encoding="utf-8")
    code = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) + re.findall(r"`[^`\n]+`", text)
    for part in code:
        yield from CALL.findall(part)


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_documents_call_commands_that_exist(document: Path) -> None:
    def is_known(words: list[str]) -> bool:
        name = next((name for name in COMMANDS if words[: len(name.split())] == name.split()), None)
        if name is None:
            return words[0].startswith("--") or words[0] in main.commands
        options = {opt for one in COMMANDS[name].params for opt in one.opts} | {"--help"}
        return all(word.partition("=")[0] in options for word in words if word.startswith("--"))

    assert [call for call in calls(document) if not is_known(call.split())] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=title)
def test_documents_name_variables_that_exist(document: Path) -> None:
    own = {PREFIX + setting.name.upper() for setting in SETTINGS} | {
        "HOLDFAST_TEST_REQUIRE",
        "HOLDFAST_FRONTEND",
        "HOLDFAST_CORPUS",
    }
    named = set(re.findall(r"HOLDFAST_[A-Z_]*[A-Z]", document.read_text(encoding="utf-8")))
    assert named - own == set()


def test_what_check_says_is_what_it_says() -> None:
    """The first column quotes messages of wiki/care; every message is in the table."""
    code = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "care").glob("*.py"))
    said = re.sub(r'"\s*\n\s*"', "", code)
    quoted = re.findall(r"^\| `([^`]+)` \|", section("What `wiki check` says"), re.MULTILINE)
    assert [phrase for phrase in quoted if phrase not in said] == []
    mended = [line for line in re.findall(r'"[^"\n]*Mend:[^"\n]*"', said)]
    assert len(mended) >= 12
    assert [line for line in mended if not any(phrase in line for phrase in quoted)] == []
