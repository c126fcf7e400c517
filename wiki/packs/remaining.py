"""Kinds and row types that no file says any more: kept as they were last, less what means nothing now.

A newer program may ship a template no longer, or an operator take away a file; and a template that a site made itself may
speak of something that the program does not know any more. The pages are there all the same, and are read and changed as
before. So what cannot hold is taken out, line by line; if that does not help, little but the name and the states remain.
"""

import logging
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from wiki.kinds import CatalogueError, DefinitionProblem
from wiki.kinds.check import ALWAYS_OFFERED
from wiki.kinds.load import assemble
from wiki.kinds.positions import Positions
from wiki.kinds.sources import Sources
from wiki.packs.beginning import BLANK

log = logging.getLogger("wiki")

#: How often it is looked whether all holds now; each time at least a line is taken out.
ROUNDS = 12
#: What stays whatever is said about it: without these it is another template.
_KEPT = frozenset({("key",), ("version",), ("label",)})
#: What a template says of itself when nothing else of it can hold.
_ABOUT = ("key", "version", "label", "plural", "intent", "purpose", "icon")

BARE_ROWS = """title = "title"
[[columns]]
key = "title"
label = "What"
type = "text"
first = true
"""


@dataclass(frozen=True)
class Remaining:
    """A definition that has no file; `rows` is whether it is a row type, `file` where mistakes in it are said to be."""

    key: str
    rows: bool
    file: Path


def holding(sources: Sources, remaining: Sequence[Remaining]) -> Sources:
    """The definitions with all that remains in such a way that they can hold together; what is wrong elsewhere stays wrong."""
    wrong = _wrong(sources)
    for _round in range(ROUNDS):
        mended = sources
        for one in remaining:
            mended = _mended(mended, one, _of(one, wrong))
        if mended is sources:
            break
        sources, wrong = mended, _wrong(mended)
    left = list(remaining)
    while bad := [one for one in left if _of(one, wrong)]:
        sources = bare(sources, bad)
        left, wrong = [one for one in left if one not in bad], _wrong(sources)
    return sources


def _of(one: Remaining, wrong: Sequence[DefinitionProblem]) -> list[DefinitionProblem]:
    """What is wrong with the definition, or with its sections."""
    return [problem for problem in wrong if problem.file.with_suffix("") == one.file.with_suffix("")]


def bare(sources: Sources, remaining: Iterable[Remaining]) -> Sources:
    """The same with hardly more than a name of each; the values of their pages are shown as kept from another version."""
    for one in remaining:
        log.error("the template %s cannot be used as it was: little but its name is kept", one.key)
        sources = _with(sources, one, _bare_rows(sources, one) if one.rows else _bare_kind(sources, one), "")
    return sources


def rows_named(text: str) -> set[str]:
    """The shared row types that a definition names."""
    try:
        fields = tomllib.loads(text).get("fields", [])
    except tomllib.TOMLDecodeError:
        return set()
    return {str(one["rows"]) for one in fields if isinstance(one, dict) and one.get("rows")}


def retired(text: str) -> str:
    """The definition of a kind of which no new pages are made; those that the program itself makes are made as before."""
    document: Any = tomlkit.parse(text)
    if document.get("key") not in ALWAYS_OFFERED:
        document["retired"] = True
    return tomlkit.dumps(document)


def taken_up(text: str) -> str:
    """The definition of a kind that is offered for new pages again."""
    document: Any = tomlkit.parse(text)
    document.pop("retired", None)
    return tomlkit.dumps(document)


def _wrong(sources: Sources) -> list[DefinitionProblem]:
    try:
        assemble(sources)
    except CatalogueError as error:
        return error.problems
    return []


def _mended(sources: Sources, one: Remaining, problems: Sequence[DefinitionProblem]) -> Sources:
    """The definitions without the lines of one that are wrong; the same object if there is nothing to take out."""
    if not problems:
        return sources
    text, sections = (sources.row_text(one.key), "") if one.rows else sources.texts(one.key)
    less = without_lines(text, {problem.line for problem in problems if problem.file == one.file})
    told = "" if any(problem.file != one.file for problem in problems) else sections
    if (less, told) == (text, sections):
        return sources
    for problem in problems:
        log.warning("left out of the template %s, line %s: %s", one.key, problem.line, problem.message)
    return _with(sources, one, less, told)


def without_lines(text: str, lines: set[int]) -> str:
    """The definition without what begins in these lines: a key with its value, a field, a state."""
    positions = Positions(text)
    try:
        document: Any = tomlkit.parse(text)
    except TOMLKitError:
        return text
    for line in sorted(lines, reverse=True):
        path = positions.at(line)
        if path and path not in _KEPT:
            _take_out(document, path)
    return tomlkit.dumps(document)


def _take_out(document: Any, path: tuple[str | int, ...]) -> None:
    holder = document
    try:
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
    except (LookupError, TypeError, TOMLKitError):  # it went with what stood around it
        return


def _with(sources: Sources, one: Remaining, text: str, sections: str) -> Sources:
    if one.rows:
        return sources.with_rows(one.key, text, one.file)
    return sources.with_kind(one.key, text, sections, one.file)


def _bare_kind(sources: Sources, one: Remaining) -> str:
    document: Any = tomlkit.parse(BLANK)
    said = tomlkit.parse(sources.texts(one.key)[0])
    for name in _ABOUT:
        if said.get(name):
            document[name] = said[name]
    return retired(tomlkit.dumps(document))


def _bare_rows(sources: Sources, one: Remaining) -> str:
    label = str(tomlkit.parse(sources.row_text(one.key)).get("label") or one.key)
    head = tomlkit.dumps({"key": one.key, "label": label})
    return head + BARE_ROWS
