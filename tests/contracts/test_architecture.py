"""docs/architecture.md, kept: imports point down only, Flask stays at the doors, nothing dangerous, no big files."""

import ast
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tests.contracts.sources import PACKAGE, ROOT, calls, imported, modules, name_of, title, tree

DOORS, VERBS, SERVICES, TABLES, PLAIN = 5, 4, 3, 2, 1

#: What stands at the top of the package; everything else in a folder of its own is an area, whose files are verbs.
LEVELS = {
    **dict.fromkeys(("api", "app", "cli", "error_pages", "serve", "web", "worker"), DOORS),
    **dict.fromkeys(("access", "eventlog", "kinds", "outbox", "quick_access", "rendering", "search"), SERVICES),
    **dict.fromkeys(("db", "migrate", "migrations", "models", "prepared"), TABLES),
    **dict.fromkeys(("clock", "config", "errors", "i18n", "memory", "reserved", "resources", "text"), PLAIN),
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

#: These start a program, each reviewed: which one, and with what.
REVIEWED_PROGRAMS = {
    "wiki/attachments/reading.py",  # our own reader of files, with the path of a file named by its digest, no shell
}

#: These turn a text that they were given into markup, each reviewed: what they are given was sanitised or escaped.
REVIEWED_MARKUP = {
    "wiki/pages/display.py",  # what rendering has just sanitised
    "wiki/pages/reading.py",  # the same, before it was stored
    "wiki/pages/rendered.py",  # what rendering sanitised when it was stored
    "wiki/rendering/marked.py",  # what rendering has just sanitised, with words escaped anew and marks of its own
    "wiki/web/fragments.py",  # what a macro made, which escapes
    "wiki/web/templating.py",  # icons that the build cut out of its sprite
}
REVIEWED_TEMPLATES: set[str] = set()

CLOCK = {"date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime"}

MOST_LINES = 400
COUNTED = {".py", ".js", ".mjs", ".css", ".html"}


def level(name: str) -> int:
    """The level of a module by its dotted name, for example "wiki.pages.actions"."""
    parts = name.split(".")[1:]
    if not parts:
        return PLAIN
    if parts[-1] == "routes":
        return DOORS
    return LEVELS.get(parts[0], VERBS)


def offences(files: Iterable[Path], rule: Callable[[Path], list[Any]]) -> dict[str, list[Any]]:
    """What a rule holds against each file that breaks it."""
    return {title(file): found for file in files if (found := rule(file))}


def test_it_works() -> None:
    assert level("wiki.pages.routes") > level("wiki.pages.actions") > level("wiki.access")
    assert level("wiki.access") > level("wiki.models.page") > level("wiki.clock")
    assert len(modules()) > 50


def test_imports_point_down() -> None:
    def upwards(module: Path) -> list[str]:
        own = level(name_of(module))
        return [name for name in imported(module) if name.split(".")[0] == "wiki" and level(name) > own]

    assert offences(modules(), upwards) == {}


def test_doors_do_not_import_doors() -> None:
    def sideways(module: Path) -> list[str]:
        name = name_of(module)
        area = name.rpartition(".")[0] if name.endswith(".routes") else ".".join(name.split(".")[:2])
        return [other for other in imported(module) if is_door_of_an_area(other) and not other.startswith(area)]

    assert offences((file for file in modules() if name_of(file) not in GATHERERS), sideways) == {}


def is_door_of_an_area(name: str) -> bool:
    return name.endswith(".routes") or name.split(".")[1:2] in (["api"], ["cli"])


def test_flask_stays_at_the_doors() -> None:
    def web_imports(module: Path) -> list[str]:
        return [name for name in imported(module) if name.split(".")[0] in WEB]

    assert offences((file for file in modules() if level(name_of(file)) != DOORS), web_imports) == {}


def test_no_import_is_hidden_inside_a_function() -> None:
    def hidden(module: Path) -> list[int]:
        nodes = list(ast.walk(tree(module)))
        functions = [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = [node for function in functions for node in ast.walk(function)]
        return [node.lineno for node in inside if isinstance(node, ast.Import | ast.ImportFrom)]

    assert offences(modules(), hidden) == {}


def test_nothing_runs_code_or_commands_out_of_data() -> None:
    def dangerous(module: Path) -> list[str]:
        names = [name for name in imported(module) if name.split(".")[0] in DANGEROUS_MODULES]
        return names + [f"{name}, line {call.lineno}" for name, call in calls(module) if name in DANGEROUS_CALLS]

    assert set(offences(modules(), dangerous)) == REVIEWED_PROGRAMS


def test_text_becomes_markup_only_where_that_was_reviewed() -> None:
    """`Markup("<p>{}</p>").format(text)` escapes and is free; `Markup(text)` trusts its text."""

    def trusting(module: Path) -> list[int]:
        made = [call for name, call in calls(module) if name.rpartition(".")[2] == "Markup"]
        return [call.lineno for call in made if not all(isinstance(given, ast.Constant) for given in call.args)]

    assert set(offences(modules(), trusting)) == REVIEWED_MARKUP


def test_templates_escape_everything() -> None:
    def unescaped(template: Path) -> list[str]:
        return re.findall(r"\|\s*safe\b|autoescape\s+false", template.read_text(encoding="utf-8"))

    templates = sorted((PACKAGE / "templates").rglob("*.*"))
    assert set(offences(templates, unescaped)) == REVIEWED_TEMPLATES


def test_only_the_clock_reads_the_time() -> None:
    def readings(module: Path) -> list[str]:
        return [
            f"{name}, line {call.lineno}"
            for name, call in calls(module)
            if any(name == reading or name.endswith(f".{reading}") for reading in CLOCK)
        ]

    assert offences((file for file in modules() if name_of(file) != "wiki.clock"), readings) == {}


def test_the_document_names_every_area() -> None:
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    folders = {file.parent.name for file in PACKAGE.glob("*/__init__.py")}
    areas = {folder for folder in folders if folder not in LEVELS}
    assert len(areas) > 20
    assert sorted(area for area in areas if f"`{area}/`" not in document) == []


def test_no_file_is_too_big_to_read_at_one_sitting() -> None:
    def too_many(file: Path) -> list[int]:
        lines = len(file.read_text(encoding="utf-8").splitlines())
        return [lines] if lines > MOST_LINES else []

    assert offences(own_files(), too_many) == {}


def own_files() -> list[Path]:
    folders = (PACKAGE, ROOT / "tests", ROOT / "static", ROOT / "frontend", ROOT / "scripts")
    generated = {"dist", "node_modules", "versions"}
    return [
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix in COUNTED and not generated.intersection(file.parts)
    ]


def test_no_file_is_a_drawer_for_everything() -> None:
    drawers = {"common", "helper", "helpers", "misc", "util", "utils"}
    assert [title(file) for file in modules() if file.stem in drawers] == []
