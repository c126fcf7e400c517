"""A folder or a zip as a set of files by their paths, with the limits that keep a hostile one from doing harm."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.text import tidy

MOST_FILES = 20_000
MOST_IN_ZIP = 2_000
MOST_RATIO = 100
#: Below this an archive may be packed as tightly as it likes.
SMALL = 1 << 20


#: What reading a zip raises when something in it is not as it should be.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    LookupError,
    OverflowError,
)


class Source(Protocol):
    """Files by path, such as `guides/first.md`, always with `/`."""

    def paths(self) -> list[str]: ...
    def open(self, path: str) -> IO[bytes]: ...


@dataclass(frozen=True)
class FolderSource:
    """All files below a folder; hidden ones and what links point to outside are left out."""

    folder: Path

    def paths(self) -> list[str]:
        """Raises Invalid when the folder is missing or holds too many files."""
        if not self.folder.is_dir():
            raise Invalid([Problem("folder", _("There is no folder %(folder)s.", folder=self.folder))])
        found = sorted(self._files())
        if len(found) > MOST_FILES:
            raise Invalid([Problem("folder", _("The folder holds more than %(most)s files.", most=MOST_FILES))])
        return found

    def _files(self) -> Iterator[str]:
        root = self.folder.resolve()
        for path in self.folder.rglob("*"):
            relative = path.relative_to(self.folder)
            if any(part.startswith(".") for part in relative.parts) or not path.is_file():
                continue
            if path.resolve().is_relative_to(root):
                yield relative.as_posix()

    def open(self, path: str) -> IO[bytes]:
        return (self.folder / path).open("rb")


class ZipSource:
    """The files of a zip. Nothing is unpacked to disk."""

    def __init__(self, content: IO[bytes], most_bytes: int) -> None:
        """Raises Invalid for what is no zip, has places outside itself, or unpacks to more than `most_bytes`."""
        try:
            self._zip = zipfile.ZipFile(content)
            self._entries = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        except _BROKEN as error:
            raise _refused(_("This is not a zip file that can be read.")) from error
        self._check(most_bytes)

    def _check(self, most_bytes: int) -> None:
        if len(self._entries) > MOST_IN_ZIP:
            raise _refused(_("The zip holds more than %(most)s files. Divide it.", most=MOST_IN_ZIP))
        for name, info in self._entries.items():
            path = PurePosixPath(name.replace("\\", "/"))
            if not path.parts or tidy(name) != name:
                raise _refused(_("The zip has a file without a proper name: %(name)s", name=tidy(name)[:100]))
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                raise _refused(
                    _("The zip has a file outside of itself: %(name)s. Nothing was imported.", name=name[:100])
                )
            if stat.S_ISLNK(info.external_attr >> 16):
                raise _refused(_("The zip has a link in it: %(name)s. Nothing was imported.", name=name[:100]))
            if info.flag_bits & 0x1:
                raise _refused(_("The zip is locked with a password."))
        unpacked = sum(info.file_size for info in self._entries.values())
        packed = sum(info.compress_size for info in self._entries.values())
        if unpacked > most_bytes or (unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1)):
            raise _refused(_("The zip unpacks to more than this site accepts (%(most)s MB).", most=most_bytes >> 20))

    def paths(self) -> list[str]:
        visible = (name for name in self._entries if not _is_hidden(name))
        return sorted(visible)

    def open(self, path: str) -> IO[bytes]:
        """Raises Invalid when the entry is broken or larger than it said."""
        info = self._entries[path]
        try:
            with self._zip.open(info) as entry:
                content = entry.read(info.file_size + 1)
        except _BROKEN as error:
            raise _refused(_("The zip is broken at %(name)s.", name=path[:100])) from error
        if len(content) > info.file_size:
            raise _refused(_("The zip is broken at %(name)s.", name=path[:100]))
        return BytesIO(content)


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX"


def _refused(message: str) -> Invalid:
    return Invalid([Problem("file", message)])
