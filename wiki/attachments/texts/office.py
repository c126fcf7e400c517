"""Office files: zips of XML, whose paragraphs, cells and slides are read and nothing else.

Office Open XML is ECMA-376, OpenDocument is ISO/IEC 26300. Libraries for each of these formats load whole documents to
change them; here text is taken as the XML goes by, a declaration of entities is refused, and nothing is written.
"""

import posixpath
import re
import zipfile
from typing import IO
from xml.parsers import expat

from wiki.attachments.texts.limits import DAMAGED, DECLARES, LOCKED, Pieces, Unreadable, at_most

#: Local names of elements: after which a line ends, after which a cell ends, which are a gap themselves.
LINES = {"p", "h", "tr", "row", "table-row", "br", "line-break"}
CELLS = {"tc", "c", "table-cell"}
GAPS = {"tab": "\t", "s": " ", "br": "\n", "line-break": "\n", "cr": "\n"}


def read(stream: IO[bytes]) -> Pieces | None:
    """The text of a document, workbook or presentation; None for any other zip. Raises Unreadable."""
    try:
        archive = zipfile.ZipFile(stream)
        names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(DAMAGED) from error
    if "word/document.xml" in names:
        return _document(archive, names)
    if "xl/workbook.xml" in names:
        return _workbook(archive, names)
    if "ppt/presentation.xml" in names:
        return _slides(archive, names)
    if "content.xml" in names and "mimetype" in names:
        return _open_document(archive)
    return None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            return at_most(stream)
    except RuntimeError as error:
        raise Unreadable(LOCKED) from error
    except (KeyError, zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error


class _Text:
    """Collects text while XML goes by. `wanted`: elements whose text counts (all if none are named)."""

    def __init__(self, wanted: frozenset[str] = frozenset()) -> None:
        self.wanted = wanted
        self.said: list[str] = []
        self._inside = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._inside += local in self.wanted
        self.said.append(GAPS.get(local, ""))

    def data(self, text: str) -> None:
        if self._inside or not self.wanted:
            self.said.append(text)

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        self._inside -= local in self.wanted
        if local in LINES:
            self.said.append("\n")
        elif local in CELLS:
            self.said.append("\t")

    def take(self) -> str:
        text, self.said = "".join(self.said), []
        return text


def _parse(data: bytes, handler: _Text) -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = handler.begin
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    parser.StartDoctypeDeclHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Unreadable(DAMAGED) from error


def _refuse(*_declared: object) -> None:
    raise Unreadable(DECLARES)


def _document(archive: zipfile.ZipFile, names: set[str]) -> Pieces:
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml", "word/comments.xml"):
        if name in names:
            text = _Text(frozenset({"t"}))
            _parse(_part(archive, name), text)
            yield "", text.take()


def _slides(archive: zipfile.ZipFile, names: set[str]) -> Pieces:
    found = sorted(
        (int(match[1]), match[0]) for name in names if (match := re.fullmatch(r"ppt/slides/slide(\d+)\.xml", name))
    )
    for number, name in found:
        text = _Text(frozenset({"t"}))
        _parse(_part(archive, name), text)
        notes = f"ppt/notesSlides/notesSlide{number}.xml"
        if notes in names:
            _parse(_part(archive, notes), text)
        yield str(number), text.take()


class _Strings(_Text):
    """The strings that the cells of a workbook share."""

    def __init__(self) -> None:
        super().__init__(frozenset({"t"}))
        self.strings: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if name.rpartition(" ")[2] == "si":
            self.strings.append(self.take())


class _Sheet(_Text):
    """The cells of a sheet, a line for each row."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__(frozenset({"v", "t"}))
        self._strings = strings
        self._shared = False
        self._cells: list[str] = []
        self.rows: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        super().begin(name, attributes)
        if name.rpartition(" ")[2] == "c":
            self._shared = attributes.get("t") == "s"

    def end(self, name: str) -> None:
        super().end(name)
        local = name.rpartition(" ")[2]
        if local == "c":
            said = self.take().strip()
            self._cells.append(self._string(said) if self._shared else said)
        elif local == "row":
            self.rows.append("\t".join(self._cells).rstrip())
            self._cells = []

    def _string(self, number: str) -> str:
        known = number.isdecimal() and int(number) < len(self._strings)
        return self._strings[int(number)] if known else ""


class _Names(_Text):
    """The sheets of a workbook by the id of their relation, and the files that relations name."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        self.files: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        named = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if local == "sheet":
            self.sheets.append((named.get("name", ""), named.get("id", "")))
        elif local == "Relationship":
            self.files[named.get("Id", "")] = named.get("Target", "")


def _workbook(archive: zipfile.ZipFile, names: set[str]) -> Pieces:
    strings, known = _Strings(), _Names()
    _parse(_part(archive, "xl/workbook.xml"), known)
    if "xl/_rels/workbook.xml.rels" in names:
        _parse(_part(archive, "xl/_rels/workbook.xml.rels"), known)
    if "xl/sharedStrings.xml" in names:
        _parse(_part(archive, "xl/sharedStrings.xml"), strings)
    for title, relation in known.sheets:
        place = posixpath.normpath(posixpath.join("xl", known.files.get(relation, "").lstrip("/").removeprefix("xl/")))
        if place in names:
            sheet = _Sheet(strings.strings)
            _parse(_part(archive, place), sheet)
            yield title, "\n".join(row for row in sheet.rows if row)


class _Parts(_Text):
    """The text of an OpenDocument file, divided where a sheet or slide begins."""

    def __init__(self) -> None:
        super().__init__(frozenset({"p", "h"}))
        self.parts: list[tuple[str, str]] = []
        self._place = ""
        self._depth = 0
        self._pages = 0
        self._sheets = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "page":
            self._pages += 1
            self._new(str(self._pages))
        elif local == "spreadsheet":
            self._sheets += 1
        elif local == "table" and self._sheets:
            title = next((value for key, value in attributes.items() if key.endswith(" name")), "")
            self._new(title)
        super().begin(name, attributes)

    def _new(self, place: str) -> None:
        self.close()
        self._place = place

    def close(self) -> None:
        text = self.take()
        if text.strip():
            self.parts.append((self._place, text))


def _open_document(archive: zipfile.ZipFile) -> Pieces:
    parts = _Parts()
    _parse(_part(archive, "content.xml"), parts)
    parts.close()
    yield from parts.parts
