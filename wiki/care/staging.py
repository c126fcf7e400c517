"""Files of a backup on their way into the instance folder: all of them arrive, or none."""

import os
import re
import secrets
import shutil
from pathlib import Path
from types import TracebackType

from wiki.attachments.store import Store
from wiki.care.sealed import Reader, refused
from wiki.errors import HoldfastError
from wiki.i18n import gettext as _

FILES, TEMPLATES = "files", "page_templates"
_DIGEST = re.compile(rf"{FILES}/([0-9a-f]{{64}})")
_TEMPLATE = re.compile(rf"{TEMPLATES}/(?:rows/)?[A-Za-z0-9_-]+\.(?:toml|md)")
#: No file is refused for its size here: it was accepted once.
NO_LIMIT = 1 << 62


def is_template(name: str) -> bool:
    """Whether a path below the instance folder is one of a page template."""
    return _TEMPLATE.fullmatch(name) is not None


class Staging:
    """Files are put beside their places first; `move` puts them there. Left by an exception, it leaves no trace."""

    def __init__(self, instance: Path) -> None:
        self._instance = instance
        self._folder = instance / f".restoring-{secrets.token_hex(4)}"
        self._store = Store(instance / FILES)
        self._moved: list[Path] = []
        self._plan: list[tuple[Path, Path]] = []

    def __enter__(self) -> "Staging":
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if error is not None:
            for place in self._moved:
                place.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def templates(self) -> Path:
        """Where the installation's own page templates wait."""
        return self._folder / TEMPLATES

    def take(self, backup: Reader) -> int:
        """Unpack and check everything; returns how many attachments there are.

        Raises Invalid when a file is not what was written, or when a template of that name is here and says something else.
        """
        for name in backup.names(TEMPLATES):
            self._take_template(backup, name)
        waiting = Store(self._folder / FILES)
        names = backup.names(FILES)
        for name in names:
            self._take_file(backup, name, waiting)
        return len(names)

    def _take_file(self, backup: Reader, name: str, waiting: Store) -> None:
        known = _DIGEST.fullmatch(name)
        if not known:
            raise refused(_("The backup holds a file with a name that does not belong there: %(name)s", name=name))
        with backup.member(name) as member:
            digest, _size, _head = waiting.put(member, NO_LIMIT)
        backup.check(name, digest)
        if digest != known[1]:
            raise refused(_("The backup is damaged: %(name)s is not what was written. Take another one.", name=name))
        if not self._store.is_sound(digest):
            self._plan.append((waiting.path(digest), self._store.path(digest)))

    def _take_template(self, backup: Reader, name: str) -> None:
        if not is_template(name):
            raise refused(_("The backup holds a file with a name that does not belong there: %(name)s", name=name))
        content = b"".join(backup.lines(name))
        here, place = self._folder / name, self._instance / name
        if place.exists() and place.read_bytes() != content:
            raise _Taken(
                _("%(file)s is here already and differs from the backup's. Move it away, then restore.", file=place)
            )
        here.parent.mkdir(parents=True, exist_ok=True)
        here.write_bytes(content)
        if not place.exists():
            self._plan.append((here, place))

    def move(self) -> None:
        """Put the files where they belong. Undone if the block then ends with an exception."""
        for here, place in self._plan:
            place.parent.mkdir(parents=True, exist_ok=True)
            is_new = not place.exists()
            os.replace(here, place)
            if is_new:
                self._moved.append(place)


class _Taken(HoldfastError):
    """Something stands where the backup's would go."""

    status = 409
