"""Where in a TOML text a key or table stands; `tomllib` does not say, and a message without a line is half a message."""

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)\s*=""")


class Positions:
    """Lines (from 1) of the keys, tables and inline tables of one TOML text; read when one is asked for first.

    Nobody asks while every definition is right, and this takes as long as reading the definitions themselves.
    """

    def __init__(self, text: str) -> None:
        self._unread: str | None = text
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}

    def line(self, *path: str | int) -> int:
        """The line of this path, or of the nearest thing around it that has one."""
        if self._unread is not None:
            text, self._unread = self._unread, None
            self._read(text.split("\n"))
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def at(self, line: int) -> Path:
        """The path of what begins in this line, the outermost if several do; () if nothing does."""
        self.line()
        return min((path for path, number in self._lines.items() if number == line), key=len, default=())

    def number_all(self, count: int) -> None:
        """For a text without keys: every line is found by its number."""
        self._unread = None
        self._lines = {(number,): number for number in range(1, count + 1)}

    def _read(self, lines: list[str]) -> None:
        table: Path = ()
        number = 0
        while number < len(lines):
            line = lines[number]
            if header := _HEADER.match(line):
                table = self._open(_parts(header[2]), repeated=header[1] == "[[")
                self._lines.setdefault(table, number + 1)
            elif key := _KEY.match(line):
                path = table + tuple(_parts(key[1]))
                self._lines.setdefault(path, number + 1)
                number = self._skip_value(path, lines, number, key.end())
            number += 1

    def _open(self, parts: list[str], repeated: bool) -> Path:
        path: Path = ()
        for part in parts[:-1]:
            path += (part,)
            if path in self._counts:
                path += (self._counts[path] - 1,)
        path += (parts[-1],)
        if repeated:
            self._counts[path] = self._counts.get(path, 0) + 1
            path += (self._counts[path] - 1,)
        return path

    def _skip_value(self, path: Path, lines: list[str], number: int, column: int) -> int:
        """Walk over the value that starts at `column`; note its inline tables; the number of its last line."""
        depth = tables = 0
        quote = ""
        while number < len(lines):
            line = lines[number]
            while column < len(line):
                step = 1
                if quote:
                    if line.startswith(quote, column):
                        step, quote = len(quote), ""
                    elif line[column] == "\\" and quote[0] == '"':
                        step = 2
                elif line[column] in "\"'":
                    quote = line[column] * 3 if line.startswith(line[column] * 3, column) else line[column]
                    step = len(quote)
                elif line[column] == "#":
                    break
                elif line[column] in "[{":
                    if line[column] == "{" and depth == 1:
                        self._lines.setdefault((*path, tables), number + 1)
                        tables += 1
                    depth += 1
                elif line[column] in "]}":
                    depth -= 1
                column += step
            if depth <= 0 and len(quote) < 3:
                return number
            number, column = number + 1, 0
        return number


def _parts(name: str) -> list[str]:
    return [part.strip().strip("\"'") for part in re.findall(r'"[^"]*"|\'[^\']*\'|[^.]+', name) if part.strip()]
