"""Where the contents of files are: a folder of the instance, each file named by the SHA-256 of its content."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from wiki.errors import NotFound, TooLarge
from wiki.i18n import gettext as _

CHUNK = 1 << 16


class Store:
    """Content-addressed files below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, stream: IO[bytes], most: int) -> tuple[str, int, bytes]:
        """Store what the stream holds: (digest, size, first bytes). Raises TooLarge after `most` bytes and keeps nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        sha, size, head = hashlib.sha256(), 0, b""
        descriptor, temporary = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if size > most:
                        raise TooLarge(
                            _("The file is larger than %(most)s MB, which is the most here.", most=most >> 20)
                        )
                    head = head or chunk[:4096]
                    sha.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            place = self.path(sha.hexdigest())
            place.parent.mkdir(exist_ok=True)
            os.replace(temporary, place)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return sha.hexdigest(), size, head

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def open(self, digest: str) -> IO[bytes]:
        """The content. Raises NotFound when the file is gone from the store."""
        try:
            return self.path(digest).open("rb")
        except OSError:
            raise NotFound(_("The content of this file is missing from the store.")) from None

    def is_sound(self, digest: str) -> bool:
        """Whether the file is there and still holds what its name says."""
        try:
            with self.path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False
