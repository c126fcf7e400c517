"""A backup as a file: a zip with a manifest, sealed as a whole by a SHA-256 in its last 64 bytes.

Every member's own SHA-256 stands in `manifest.json`. The seal is the end of the zip's comment, so that any zip program
still opens the file, and no byte of it can change unseen.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from wiki import clock
from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 16
_SEAL = b"Holdfast backup. SHA-256 of everything before it: "
_LENGTH = 64


@dataclass
class Manifest:
    """What a backup holds: `members` by name with their `sha256` and `count` (rows, or 1); `ids` the highest id that
    each table has ever given; `missing` the digests of attachments that were not sound when the backup was made."""

    program: str
    schema: str
    made_at: str = ""
    format: int = FORMAT
    members: dict[str, dict[str, Any]] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def refused(message: str) -> Invalid:
    """The error of everything that is wrong with a backup's file."""
    return Invalid([Problem("file", message)])


class Writer:
    """Puts members into a new backup, one after the other."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def add(self, name: str, pieces: Iterator[bytes], *, pressed: bool = True, count_pieces: bool = False) -> int:
        """Write one member, piece by piece; returns how many pieces it had. `pressed`: whether compressing is worth it."""
        info = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED if pressed else zipfile.ZIP_STORED
        sha, count = hashlib.sha256(), 0
        with self._archive.open(info, "w", force_zip64=True) as member:
            for piece in pieces:
                sha.update(piece)
                member.write(piece)
                count += 1
        self.manifest.members[name] = {"sha256": sha.hexdigest(), "count": count if count_pieces else 1}
        return count


@contextmanager
def writing(file: Path, manifest: Manifest) -> Iterator[Writer]:
    """A writer into a file that appears under its name, whole and on the disk, when the block ends well; else not at all.

    Raises OSError when the folder cannot be written to. Only its owner may read the file: it holds password hashes.
    """
    descriptor, name = tempfile.mkstemp(dir=file.absolute().parent, prefix=f".{file.name}-", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as stream:
            with zipfile.ZipFile(stream, "w") as archive:
                manifest.made_at = clock.now().isoformat(timespec="seconds")
                yield Writer(archive, manifest)
                archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1), zipfile.ZIP_DEFLATED)
                archive.comment = _SEAL + b"0" * _LENGTH
            _seal(stream)
        os.replace(temporary, file)
        _sync_folder(file.absolute().parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _seal(stream: IO[bytes]) -> None:
    size = stream.seek(0, os.SEEK_END)
    digest = _digest(stream, size - _LENGTH)
    stream.seek(size - _LENGTH)
    stream.write(digest.encode())
    stream.flush()
    os.fsync(stream.fileno())


def _digest(stream: IO[bytes], length: int) -> str:
    """SHA-256 of the first `length` bytes."""
    sha = hashlib.sha256()
    stream.seek(0)
    while length > 0 and (chunk := stream.read(min(CHUNK, length))):
        sha.update(chunk)
        length -= len(chunk)
    return sha.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Put a new name on the disk, where the system can do that for folders."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Reader:
    """A backup whose seal fits."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def names(self, folder: str) -> list[str]:
        """The members below `folder`, in the order in which they were written."""
        return [name for name in self.manifest.members if name.startswith(f"{folder}/")]

    @contextmanager
    def member(self, name: str) -> Iterator[IO[bytes]]:
        """The content of a member. Raises Invalid when the manifest promises one that is not there."""
        try:
            opened = self._archive.open(name)
        except KeyError:
            raise refused(_("The backup is not complete: it lacks %(name)s.", name=name)) from None
        with opened:
            yield opened

    def lines(self, name: str) -> Iterator[bytes]:
        """The lines of a member. Raises Invalid at its end when it is not what the manifest says."""
        sha = hashlib.sha256()
        with self.member(name) as member:
            for line in member:
                sha.update(line)
                yield line
        self.check(name, sha.hexdigest())

    def check(self, name: str, digest: str) -> None:
        """Raises Invalid when a member that was read is not the one that the manifest describes."""
        if digest != self.manifest.members[name]["sha256"]:
            raise refused(_("The backup is damaged: %(name)s is not what was written. Take another one.", name=name))


@contextmanager
def reading(file: Path) -> Iterator[Reader]:
    """A backup to read from. Raises Invalid when the file is none, or when any byte of it has changed; OSError."""
    with file.open("rb") as stream:
        _check_seal(stream, file)
        try:
            with zipfile.ZipFile(stream) as archive:
                yield Reader(archive, _manifest(archive))
        except zipfile.BadZipFile as error:
            raise refused(_("%(file)s cannot be read as a backup: %(error)s", file=file, error=error)) from error


def _check_seal(stream: IO[bytes], file: Path) -> None:
    end = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, end - _LENGTH - len(_SEAL)))
    found = stream.read()
    if not found.startswith(_SEAL):
        raise refused(
            _("%(file)s is not a backup made by `wiki backup`, or its end is missing. Take another one.", file=file)
        )
    if _digest(stream, end - _LENGTH).encode() != found[-_LENGTH:]:
        raise refused(
            _("%(file)s is damaged: its seal does not fit its content. Take another backup.", file=file),
        )


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        read = json.loads(archive.read(MANIFEST))
        if read["format"] != FORMAT:
            raise refused(_("The backup was made by a later program (%(program)s).", program=read["program"]))
        return Manifest(**read)
    except (KeyError, TypeError, ValueError) as error:
        raise refused(_("The backup's manifest cannot be read.")) from error
