"""docs/architecture.md, kept: imports point down only, Flask stays at the doors, nothing dangerous, no big files."""

import ast
import re
from pathlib import Path

import pytest

from tests.contracts.sources import PACKAGE, ROOT, calls, imported, modules, name_of, title, tree

DOORS, VERBS, SERVICES, TABLES, PLAIN = 5, 4, 3, 2, 1

#: What stands at the top of the package; everything else in a folder of its own is an area, whose files are verbs.
LEVELS = {
    **dict.fromkeys(("api", "app", "cli", "error_pages", "serve", "web", "worker"), DOORS),
    **dict.fromkeys(("access", "eventlog", "kinds", "outbox", "rendering", "search"), SERVICES),
    **dict.fromkeys(("db", "migrate", "migrations", "models"), TABLES),
    **dict.fromkeys(("clock", "config", "errors", "i18n", "resources", "text"), PLAIN),
}

#: Doors that gather the other doors.
GATHERERS = {"wiki.app", "wiki.cli", "wiki.serve", "wiki.web.areas", "wiki.api"}

WEB = {"flask", "flask_login", "flask_wtf", "werkzeug"}

#: Modules that run code or commands out of data.
DANGEROUS_MODULES = {"dill", "marshal", "pickle", "shelve", "subprocess"}
DANGEROUS_CALLS = {
    *("compile", "eval", "exec", "__import__"),
    *("os.execl", "os.execv", "os.execve", "os.execvp", "os.popen", "os.spawnv", "os.system"),
    *("yaml.full_load", "yaml.load", "yaml.load_all", "yaml.unsafe_load"),
}

#: These turn a text that they were given into markup, each reviewed: what they are given was sanitised or escaped.
REVIEWED_MARKUP = {
    "wiki/pages/display.py",  # what rendering has just sanitised
    "wiki/pages/reading.py",  # the same, before it was stored
    "wiki/pages/rendered.py",  # what rendering sanitised when it was stored
    "wiki/web/fragments.py",  # what a macro made, which escapes
}
REVIEWED_TEMPLATES: set[str] = set()

CLOCK = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime"}

MOST_LINES = 400
COUNTED = {".py", ".js", ".mjs", ".css", ".html"}

every_module = pytest.mark.parametrize("module", modules(), ids=title)


def level(name: str) -> int:
    """The level of a module by its dotted name, for example "wiki.pages.actions"."""
    parts = name.split(".")[1:]
    if not parts:
        return PLAIN
    if parts[-1] == "routes":
        return DOORS
    return LEVELS.get(parts[0], VERBS)


def is_door_of_an_area(name: str) -> bool:
    return name.endswith(".routes") or name.split(".")[1:2] in (["api"], ["cli"])


def test_it_works() -> None:
    assert level("wiki.pages.routes") > level("wiki.pages.actions") > level("wiki.access")
    assert level("wiki.access") > level("wiki.models.page") > level("wiki.clock")


@every_module
def test_imports_point_down(module: Path) -> None:
    own = level(name_of(module))
    up = [name for name in imported(module) if name.split(".")[0] == "wiki" and level(name) > own]
    assert up == []


@every_module
def test_doors_do_not_import_doors(module: Path) -> None:
    name = name_of(module)
    if name in GATHERERS:
        return
    area = name.rpartition(".")[0] if name.endswith(".routes") else ".".join(name.split(".")[:2])
    others = [other for other in imported(module) if is_door_of_an_area(other) and not other.startswith(area)]
    assert others == []


@every_module
def test_flask_stays_at_the_doors(module: Path) -> None:
    if level(name_of(module)) == DOORS:
        return
    assert [name for name in imported(module) if name.split(".")[0] in WEB] == []


@every_module
def test_no_import_is_hidden_inside_a_function(module: Path) -> None:
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = [
        node.lineno
        for function in functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


@every_module
def test_nothing_runs_code_or_commands_out_of_data(module: Path) -> None:
    assert [name for name in imported(module) if name.split(".")[0] in DANGEROUS_MODULES] == []
    assert [(name, call.lineno) for name, call in calls(module) if name in DANGEROUS_CALLS] == []


@every_module
def test_text_becomes_markup_only_where_that_was_reviewed(module: Path) -> None:
    """`Markup("<p>{}</p>").format(text)` escapes and is free; `Markup(text)` trusts its text."""
    if title(module) in REVIEWED_MARKUP:
        return
    trusting = [call.lineno for name, call in calls(module) if name == "Markup" and call.args and not is_literal(call)]
    assert trusting == []


def is_literal(call: ast.Call) -> bool:
    return all(isinstance(argument, ast.Constant) for argument in call.args)


@pytest.mark.parametrize("template", sorted((PACKAGE / "templates").rglob("*.*")), ids=title)
def test_templates_escape_everything(template: Path) -> None:
    if title(template) in REVIEWED_TEMPLATES:
        return
    source = template.read_text(encoding="utf-8")
    assert re.findall(r"\|\s*safe\b|autoescape\s+false", source) == []


@every_module
def test_only_the_clock_reads_the_time(module: Path) -> None:
    if name_of(module) == "wiki.clock":
        return
    assert [(name, call.lineno) for name, call in calls(module) if ends_with_any(name, CLOCK)] == []


def ends_with_any(name: str, ends: set[str]) -> bool:
    return any(name == end or name.endswith(f".{end}") for end in ends)


def own_files() -> list[Path]:
    folders = (PACKAGE, ROOT / "tests", ROOT / "static", ROOT / "frontend", ROOT / "scripts")
    generated = {"dist", "node_modules", "versions"}
    return [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in COUNTED and not generated.intersection(file.parts)
    ]


@pytest.mark.parametrize("file", own_files(), ids=title)
def test_no_file_is_too_big_to_read_at_one_sitting(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@every_module
def test_no_file_is_a_drawer_for_everything(module: Path) -> None:
    assert module.stem not in {"common", "helper", "helpers", "misc", "util", "utils"}
