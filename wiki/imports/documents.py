"""The Markdown files of a source, read and named: what each will be called and where it will be."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from wiki.exports.conversation import OF
from wiki.i18n import gettext as _
from wiki.imports.front_matter import BrokenFrontMatter, split
from wiki.imports.sources import Source
from wiki.text import normal, shorten, slugify, tidy

ENDINGS = (".md", ".markdown", ".mdown")
MOST_BYTES = 2 * 1024 * 1024
_HEADING = re.compile(r"\A\s*#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_NUMBERED = re.compile(r"^\d+[-_. ]+")


@dataclass
class Document:
    """One file: its front matter and body, and the title and slug of the page it becomes. `problem` says why it cannot."""

    path: str
    matter: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    title: str = ""
    slug: str = ""
    notes: list[str] = field(default_factory=list)
    problem: str = ""


def read(source: Source) -> list[Document]:
    """All Markdown files of the source, in the order of their paths, with slugs that differ."""
    documents = [_document(source, path) for path in source.paths() if path.lower().endswith(ENDINGS)]
    _name(documents)
    return documents


def _document(source: Source, path: str) -> Document:
    with source.open(path) as file:
        content = file.read(MOST_BYTES + 1)
    document = Document(path)
    if len(content) > MOST_BYTES:
        document.problem = _("The file is larger than 2 MB.")
        return document
    try:
        text = normal(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        document.problem = _("The file is not UTF-8 text (byte %(place)s). Save it as UTF-8.", place=error.start)
        return document
    try:
        document.matter, document.body = split(text)
    except BrokenFrontMatter as error:
        document.body = text
        document.notes.append(_("Front matter that cannot be read, left in the text: %(error)s", error=error))
    document.title = _title(document)
    if OF in document.matter:
        document.problem = _("This file holds what was said about a page, not a page; it is not brought in.")
    return document


def _title(document: Document) -> str:
    """From the front matter, else the first heading (which then leaves the text), else the file's name."""
    given = document.matter.get("title")
    if isinstance(given, str | int | float) and tidy(str(given)):
        return tidy(str(given))[:300]
    heading = _HEADING.match(document.body)
    if heading:
        document.body = document.body[heading.end() :].lstrip("\n")
        return shorten(re.sub(r"[*_`\[\]]", "", tidy(heading[1])), 300)
    return _stem(document.path).replace("-", " ").replace("_", " ").strip().capitalize() or document.path


def _stem(path: str) -> str:
    """The file's name without number and ending; for an index file, the folder's."""
    parts = PurePosixPath(path)
    name = parts.stem
    if name.lower() in ("index", "readme", "_index") and parts.parent.name:
        name = parts.parent.name
    return _NUMBERED.sub("", name.strip("_")) or name


def _name(documents: list[Document]) -> None:
    """The file's own name where nobody else has it, else the path; so that a second run gives the same names."""
    stems = Counter(slugify(_stem(document.path)) for document in documents)
    for document in documents:
        stem = slugify(_stem(document.path))
        whole = PurePosixPath(document.path).with_suffix("").as_posix()
        document.slug = stem if stems[stem] == 1 else slugify(whole.replace("/", " "))
    taken: Counter[str] = Counter()
    for document in documents:
        taken[document.slug] += 1
        if taken[document.slug] > 1:
            document.slug = f"{document.slug[:70]}-{taken[document.slug]}"
