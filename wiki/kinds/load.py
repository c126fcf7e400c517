"""Reads the definitions of all kinds from their folders and refuses them, with every mistake named, if one is wrong."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wiki.kinds.build import Builder, Lists
from wiki.kinds.check import check
from wiki.kinds.definition import Catalogue, Field, Kind, Prompt, RowType
from wiki.kinds.positions import Positions
from wiki.kinds.problems import Place, Problems
from wiki.kinds.prompts import read_prompts

ENVELOPE = "envelope"


def load(folders: Sequence[Path], lists: Mapping[str, Iterable[str] | Mapping[str, str]] | None = None) -> Catalogue:
    """The catalogue of the kinds in `folders`; a file replaces the one of the same name in an earlier folder.

    `lists` are the settings that choices may come from, "themes" and "languages": words, or words with labels. Without
    them those fields admit any word. A folder that does not exist is passed over. Raises CatalogueError.
    """
    problems = Problems()
    rows = _row_types(_files(folders, "rows/*.toml"), _labelled(lists or {}), problems)
    builder = Builder(problems, _labelled(lists or {}), rows)
    definitions = _files(folders, "*.toml")
    envelope = _envelope(definitions.pop(ENVELOPE, None), folders, builder)
    prompts = _prompts(_files(folders, "*.md"), definitions, problems)
    kinds = {}
    for name, path in definitions.items():
        if read := _toml(path, problems):
            data, place = read
            kind = _joined(builder.kind(data, place, prompts.get(name, ()), envelope), builder)
            _same_name(kind.key, name, place, problems)
            kinds[kind.key] = kind
    check(kinds, envelope, rows, problems)
    problems.raise_any()
    return Catalogue(kinds, envelope, rows)


def _files(folders: Sequence[Path], pattern: str) -> dict[str, Path]:
    return {path.stem: path for folder in folders for path in sorted(folder.glob(pattern))}


def _labelled(lists: Mapping[str, Iterable[str] | Mapping[str, str]]) -> Lists:
    return {
        name: dict(words) if isinstance(words, Mapping) else {word: word for word in words}
        for name, words in lists.items()
    }


def _toml(path: Path, problems: Problems) -> tuple[dict[str, Any], Place] | None:
    text = _text(path, problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text), Place(path, Positions(text))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = str(error)[: found.start()] if found else str(error)
        problems.add(
            _at(path, line), (), f"This is not TOML: {said}", "correct the line; see toml.io for how it is written"
        )
        return None


def _text(path: Path, problems: Problems) -> str | None:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        problems.add(_at(path, 1), (), "The file is not UTF-8", "save it again as UTF-8")
    except OSError as error:
        problems.add(_at(path, 1), (), f"The file cannot be read: {error.strerror}", "let this program read it")
    return None


def _at(path: Path, line: int) -> Place:
    return Place(path, Positions("\n" * (line - 1) + "at ="), ("at",))


def _row_types(files: Mapping[str, Path], lists: Lists, problems: Problems) -> dict[str, RowType]:
    builder = Builder(problems, lists, {})
    found = {}
    for name, path in files.items():
        if (read := _toml(path, problems)) and (row_type := builder.row_type(*read)):
            _same_name(row_type.key, name, read[1], problems)
            found[row_type.key] = row_type
    return found


def _envelope(path: Path | None, folders: Sequence[Path], builder: Builder) -> tuple[Field, ...]:
    if path is None:
        where = _at((folders[0] if folders else Path()) / f"{ENVELOPE}.toml", 1)
        builder.problems.add(where, (), "There is no envelope", "add the file with the fields that every page has")
        return ()
    read = _toml(path, builder.problems)
    return builder.envelope(*read) if read else ()


def _prompts(files: Mapping[str, Path], kinds: Mapping[str, Path], problems: Problems) -> dict[str, tuple[Prompt, ...]]:
    found = {}
    for name, path in files.items():
        if name.lower() == "readme" or (text := _text(path, problems)) is None:
            continue
        if name not in kinds:
            mend = f"name it like one of {', '.join(sorted(kinds))}, or remove it"
            problems.add(_at(path, 1), (), f"The sections of “{name}” belong to no kind", mend)
        lines = Positions("")
        lines.number_all(text.count("\n") + 1)
        found[name] = read_prompts(text, Place(path, lines), problems)
    return found


def _same_name(key: str, name: str, place: Place, problems: Problems) -> None:
    if key != name:
        problems.add(
            place, "key", f"The key “{key}” is not the file's name", f'write key = "{name}" or rename the file'
        )


def _joined(kind: Kind, builder: Builder) -> Kind:
    """A joint kind has the three fields of agreeing together, unless it lists them itself."""
    if not kind.joint:
        return kind
    written = [
        {"key": "endorsements", "label": "Agreed by", "type": "rows", "rows": "endorsement", "form": "short"},
        {
            "key": "override_reason",
            "label": "Who is missing, and why",
            "type": "text",
            "help": "Only if the page goes ahead before everybody has agreed.",
        },
        {
            "key": "bring_in_by",
            "label": "Bring them in by",
            "type": "date",
            "help": "The day by which they will be asked.",
        },
    ]
    lacking = [one for one in written if one["key"] not in {own.key for own in kind.fields}]
    added = builder.fields(lacking, kind.place.inside("joint"), kind.key)
    return replace(kind, fields=kind.fields + added)
