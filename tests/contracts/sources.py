"""The project's own files, and what the contract tests read out of them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "wiki"


@cache
def modules() -> list[Path]:
    """Every Python file of the package, but for the migrations, which are generated and frozen."""
    return [file for file in sorted(PACKAGE.rglob("*.py")) if "versions" not in file.parts]


def name_of(file: Path) -> str:
    """How a file is imported: wiki/pages/actions.py is wiki.pages.actions."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def title(file: Path) -> str:
    """How a test's name shows a file."""
    return str(file.relative_to(ROOT))


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), title(file))


@cache
def module_names() -> set[str]:
    return {name_of(file) for file in modules()}


def imported(file: Path) -> Iterator[str]:
    """The modules that a file imports. `from wiki import kinds` counts as wiki.kinds."""
    known = module_names()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in known else node.module or "" for name in below)


def calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with the dotted name of what is called ("yaml.load"), or "" for anything less plain."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
