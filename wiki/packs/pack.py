"""A pack: page templates in one zip file, to take from one site to another. What comes in is looked at before it is stored.

pack.toml says what it is; kinds/<key>.toml and .md, rows/<key>.toml, translations/<language>.toml and themes.toml hold it.
"""

import io
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import tomlkit
from sqlalchemy.orm import Session

from wiki import __version__, clock, i18n
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue, DefinitionProblem
from wiki.kinds.build import KEY
from wiki.kinds.wording import wording
from wiki.packs.library import Library
from wiki.packs.publishing import LONGEST, Definition, differs, problems_of
from wiki.packs.shelf import KIND, ROWS
from wiki.packs.words import THEMES, WORDS, Words, stored_words

FORMAT = 1
#: A pack holds texts: more files, larger ones, or ones that are packed a thousand times smaller, are no pack.
MOST_BYTES, MOST_FILES, MOST_UNPACKED = 2 << 20, 400, 20 << 20
_ASIDE = ("README.md", "LICENSE")


@dataclass
class Pack:
    """What a file holds, read but neither checked against a site nor stored."""

    name: str = ""
    about: str = ""
    program: str = ""
    definitions: list[Definition] = field(default_factory=list)
    versions: dict[str, int] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)


def write(
    session: Session, library: Library, catalogue: Catalogue, keys: Iterable[str], name: str, about: str = ""
) -> bytes:
    """A pack of these kinds, with the row types that they use, the site's translations of their texts and its themes."""
    sources = library.sources(session)
    wanted = [key for key in catalogue if key in set(keys)]
    if not wanted:
        raise Invalid([Problem("kind", _("Choose at least one template."))])
    rows = dict.fromkeys(one.rows for key in wanted for one in catalogue[key].tables if one.rows)
    texts = {text for place, text in wording(catalogue) if place in wanted or place.removeprefix("rows/") in rows}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        said = {
            "format": FORMAT,
            "name": name,
            "about": about,
            "program": __version__,
            "made": clock.now().date().isoformat(),
        }
        said["versions"] = {key: catalogue[key].version for key in wanted}
        file.writestr("pack.toml", tomlkit.dumps(said))
        for key in wanted:
            text, sections = sources.texts(key)
            file.writestr(f"kinds/{key}.toml", text)
            if sections:
                file.writestr(f"kinds/{key}.md", sections)
        for key in rows:
            file.writestr(f"rows/{key}.toml", sources.row_text(key))
        for language, known in _translations(session, texts).items():
            file.writestr(f"translations/{language}.toml", tomlkit.dumps(known))
        for one in stored_words(session):
            if one.part == THEMES:
                file.writestr("themes.toml", tomlkit.dumps({"themes": sorted(one.texts)}))
    return packed.getvalue()


def _translations(session: Session, texts: set[str]) -> dict[str, dict[str, str]]:
    """What the site says for these texts in its languages: its own words, and the program's."""
    own = {one.key: one.texts for one in stored_words(session) if one.part == WORDS}
    found = {}
    for language in {*own, *i18n.translated_languages()}:
        known = {text: own.get(language, {}).get(text) or i18n.translated(language, text) for text in sorted(texts)}
        if left := {text: said for text, said in known.items() if said and said != text}:
            found[language] = left
    return found


def read(content: bytes) -> Pack:
    """What the file holds. Raises Invalid for one that is no pack, is too large, or has names that lead elsewhere."""
    if len(content) > MOST_BYTES:
        raise _refused(_("A pack has at most %(most)s MB.", most=MOST_BYTES >> 20))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return _read(file)
    except (zipfile.BadZipFile, UnicodeDecodeError, EOFError, RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise _refused(_("A file of the pack is not TOML: %(error)s", error=str(error))) from error
        raise _refused(_("This is not a pack: a zip file with pack.toml in it.")) from error


def _refused(message: str) -> Invalid:
    return Invalid([Problem("file", message)])


def _read(file: zipfile.ZipFile) -> Pack:
    entries = [one for one in file.infolist() if not one.is_dir()]
    if len(entries) > MOST_FILES:
        raise _refused(_("A pack has at most %(most)s files.", most=MOST_FILES))
    if sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise _refused(_("What is in the file is too large for a pack."))
    texts: dict[PurePosixPath, str] = {}
    left = MOST_UNPACKED
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or path in texts:
            raise _refused(_("The file has a name in it that no pack has: %(name)s", name=entry.filename[:80]))
        with file.open(entry) as opened:  # what the entry says of its size need not be true
            read = opened.read(min(left, LONGEST * 4) + 1)
        left -= len(read)
        if left < 0 or len(read) > LONGEST * 4:
            raise _refused(_("What is in the file is too large for a pack."))
        texts[path] = read.decode("utf-8").replace("\r\n", "\n")
    return _made(texts)


def _made(texts: Mapping[PurePosixPath, str]) -> Pack:
    if PurePosixPath("pack.toml") not in texts:
        raise _refused(_("This is not a pack: a zip file with pack.toml in it."))
    said = _toml(texts[PurePosixPath("pack.toml")])
    if said.get("format") != FORMAT:
        raise _refused(_("The pack was made by a newer program, or is none."))
    numbers = said.get("versions")
    pack = Pack(str(said.get("name", ""))[:200], str(said.get("about", ""))[:2000], str(said.get("program", ""))[:40])
    pack.versions = (
        {str(key): one for key, one in numbers.items() if isinstance(one, int)} if isinstance(numbers, dict) else {}
    )
    for path, text in texts.items():
        match (path.parts, path.suffix):
            case (("pack.toml",), _):
                pass
            case (("kinds", _), ".toml"):
                sections = texts.get(path.with_suffix(".md"), "")
                pack.definitions.append(Definition(KIND, _key(path), text, sections))
            case (("kinds", _), ".md") if path.with_suffix(".toml") in texts:
                pass
            case (("rows", _), ".toml"):
                pack.definitions.insert(0, Definition(ROWS, _key(path), text))
            case (("translations", _), ".toml") if i18n.is_language(path.stem):
                pack.words.append(Words(WORDS, path.stem, _words(_toml(text))))
            case (("themes.toml",), _):
                themes = _toml(text).get("themes")
                pack.words.append(
                    Words(
                        THEMES, THEMES, {str(one)[:60]: "" for one in themes if one} if isinstance(themes, list) else {}
                    )
                )
            case ((name,), _) if name in _ASIDE:
                pass
            case _:
                raise _refused(_("The file has a name in it that no pack has: %(name)s", name=str(path)[:80]))
    return pack


def _key(path: PurePosixPath) -> str:
    if not KEY.fullmatch(path.stem) or path.stem == "envelope":
        raise _refused(_("The file has a name in it that no pack has: %(name)s", name=str(path)[:80]))
    return path.stem


def _toml(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def _words(read: Mapping[str, Any]) -> dict[str, str]:
    return {
        text: said
        for text, said in read.items()
        if isinstance(said, str) and said and len(said) < 2000 and "%(" not in said
    }


@dataclass(frozen=True)
class Coming:
    """One definition of a pack beside what the site has: `how` is new, same, changed, or conflict: both have changed it."""

    definition: Definition
    how: str
    theirs: int
    ours: int


NEW, SAME, CHANGED, CONFLICT = "new", "same", "changed", "conflict"


def compared(session: Session, library: Library, catalogue: Catalogue, pack: Pack) -> list[Coming]:
    """What each definition of the pack would do here. A template that this site has changed itself is in conflict."""
    sources = library.sources(session)
    own = {(one.part, one.key) for one in library.shelf(session).own}
    found = []
    for one in pack.definitions:
        there = one.key in (sources.kinds if one.part == KIND else sources.rows)
        how = NEW if not there else CHANGED if differs(sources, one) else SAME
        if how == CHANGED and (one.part, one.key) in own:
            how = CONFLICT
        ours = catalogue[one.key].version if one.part == KIND and one.key in catalogue else 0
        found.append(Coming(one, how, pack.versions.get(one.key, 0), ours))
    return found


def mistakes(session: Session, library: Library, chosen: list[Definition]) -> list[DefinitionProblem]:
    """What is wrong with them beside what the site has."""
    return problems_of(library.shelf(session), chosen)
