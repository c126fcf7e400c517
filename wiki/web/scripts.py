"""Joins the small ES modules of `static/js/` into one module, so that a page asks for one script.

Understood: `import "./x.js";`, `import {a, b} from "./x.js";`, `export function`, `export const`, each on a line of its own.
Each module becomes a function that runs once and gives back what it exports, so that names never meet.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)


def bundle(entry: Path) -> str:
    """The text of one module that does what `entry` and all that it imports do, each run once, in order of need."""
    parts: dict[str, str] = {}
    _add(entry, parts)
    return "".join(parts.values())


def _add(path: Path, parts: dict[str, str]) -> None:
    if path.name in parts:
        return
    source = path.read_text(encoding="utf-8")
    for _, name in _IMPORT.findall(source):
        _add(path.parent / name, parts)
    parts[path.name] = _wrapped(path.name, source)


def _wrapped(name: str, source: str) -> str:
    exported = ", ".join(_EXPORT.findall(source))
    body = _IMPORT.sub(lambda found: f"const {found[1]} = {_variable(found[2])};\n" if found[1] else "", source)
    body = _COMMENT.sub("", _EXPORT.sub("", body)).strip()
    if not body:
        return ""
    return f"const {_variable(name)} = (() => {{\n{body}\nreturn {{{exported}}};\n}})();\n"


def _variable(name: str) -> str:
    return "m_" + name.removesuffix(".js").replace("-", "_")
