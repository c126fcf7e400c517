"""Reads the definitions of all kinds from their folders and refuses them, with every mistake named, if one is wrong."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from wiki.kinds.build import Builder, Lists
from wiki.kinds.catalogue import ALONE, Catalogue, History
from wiki.kinds.check import check
from wiki.kinds.definition import GROUPS, Field, Kind, Prompt, RowType
from wiki.kinds.positions import Positions
from wiki.kinds.problems import Place, Problems
from wiki.kinds.prompts import read_prompts
from wiki.kinds.sources import ENVELOPE, Source, Sources, at_line, read_folders


def load(folders: Sequence[Path], lists: Mapping[str, Iterable[str] | Mapping[str, str]] | None = None) -> Catalogue:
    """The catalogue of the kinds in `folders`; a file replaces the one of the same name in an earlier folder.

    `lists` are the settings that choices may come from, "themes" and "languages": words, or words with labels. Without
    them those fields admit any word. A folder that does not exist is passed over. Raises CatalogueError.
    """
    return assemble(read_folders(folders), lists)


def assemble(
    sources: Sources, lists: Mapping[str, Iterable[str] | Mapping[str, str]] | None = None, history: History = ALONE
) -> Catalogue:
    """The catalogue of these definitions, with what is known of earlier ones. Raises CatalogueError."""
    problems = Problems()
    rows = _row_types(sources.rows, _labelled(lists or {}), problems)
    builder = Builder(problems, _labelled(lists or {}), rows)
    envelope = _envelope(sources, builder)
    prompts = _prompts(sources, problems)
    kinds = {}
    for name, source in sources.kinds.items():
        if read := _toml(source, problems):
            data, place = read
            kind = _joined(builder.kind(data, place, prompts.get(name, ()), envelope), builder)
            _same_name(kind.key, name, place, problems)
            kinds[kind.key] = kind
    check(kinds, envelope, rows, problems)
    problems.raise_any()
    return Catalogue(kinds, envelope, rows, history)


def edition(sources: Sources, key: str) -> Kind | None:
    """One kind of these definitions, whatever is wrong with it now: how it was once. None if nothing can be made of it."""
    problems = Problems()
    rows = _row_types(sources.rows, {}, problems)
    builder = Builder(problems, {}, rows)
    read = _toml(sources.kinds[key], problems)
    if read is None:
        return None
    prompts = _prompts(replace(sources, sections={k: v for k, v in sources.sections.items() if k == key}), problems)
    kind = _joined(builder.kind(*read, prompts.get(key, ()), _envelope(sources, builder)), builder)
    return kind if kind.group in GROUPS else replace(kind, group=GROUPS[-1])


def _labelled(lists: Mapping[str, Iterable[str] | Mapping[str, str]]) -> Lists:
    return {
        name: dict(words) if isinstance(words, Mapping) else {word: word for word in words}
        for name, words in lists.items()
    }


def _toml(source: Source, problems: Problems) -> tuple[dict[str, Any], Place] | None:
    text = source.text(problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text), Place(source.file, Positions(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\s*\(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(found[1]) if found and found[1] else text.count("\n") + 1
        said = str(error)[: found.start()] if found else str(error)
        mend = "correct the line; see toml.io for how it is written"
        problems.add(at_line(source.file, line), (), f"This is not TOML: {said}", mend)
        return None


def _row_types(sources: Mapping[str, Source], lists: Lists, problems: Problems) -> dict[str, RowType]:
    builder = Builder(problems, lists, {})
    found = {}
    for name, source in sources.items():
        if (read := _toml(source, problems)) and (row_type := builder.row_type(*read)):
            _same_name(row_type.key, name, read[1], problems)
            found[row_type.key] = row_type
    return found


def _envelope(sources: Sources, builder: Builder) -> tuple[Field, ...]:
    if sources.envelope is None:
        where = at_line((sources.folders[0] if sources.folders else Path()) / f"{ENVELOPE}.toml", 1)
        builder.problems.add(where, (), "There is no envelope", "add the file with the fields that every page has")
        return ()
    read = _toml(sources.envelope, builder.problems)
    return builder.envelope(*read) if read else ()


def _prompts(sources: Sources, problems: Problems) -> dict[str, tuple[Prompt, ...]]:
    found = {}
    for name, source in sources.sections.items():
        if name.lower() == "readme" or (text := source.text(problems)) is None:
            continue
        if name not in sources.kinds:
            mend = f"name it like one of {', '.join(sorted(sources.kinds))}, or remove it"
            problems.add(at_line(source.file, 1), (), f"The sections of “{name}” belong to no kind", mend)
        lines = Positions("")
        lines.number_all(text.count("\n") + 1)
        found[name] = read_prompts(text, Place(source.file, lines), problems)
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
