"""Mistakes in definitions: where they are, what they are, how to mend them."""

from dataclasses import dataclass
from pathlib import Path

from wiki.errors import ConfigError
from wiki.kinds.positions import Path as KeyPath
from wiki.kinds.positions import Positions


@dataclass(frozen=True)
class DefinitionProblem:
    """One mistake. `message` says what is wrong, `mend` what to do; both without a full stop at the end."""

    file: Path
    line: int
    message: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}. Mend: {self.mend}."


class CatalogueError(ConfigError):
    """The definitions of kinds cannot be used; `problems` names every mistake found, in order of file and line."""

    def __init__(self, problems: list[DefinitionProblem]) -> None:
        self.problems = sorted(problems, key=lambda problem: (str(problem.file), problem.line))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, eq=False)
class Place:
    """Where a part of a definition was written."""

    file: Path
    positions: Positions
    path: KeyPath = ()

    def line(self, *keys: str | int) -> int:
        return self.positions.line(*self.path, *keys)

    def inside(self, *keys: str | int) -> "Place":
        return Place(self.file, self.positions, self.path + keys)


NOWHERE = Place(Path(), Positions(""))


class Problems:
    """Collects mistakes, so that one start shows them all."""

    def __init__(self) -> None:
        self.found: list[DefinitionProblem] = []

    def add(self, place: Place, keys: str | int | tuple[str | int, ...], message: str, mend: str) -> None:
        path = keys if isinstance(keys, tuple) else (keys,)
        problem = DefinitionProblem(place.file, place.line(*path), message, mend)
        if problem not in self.found:
            self.found.append(problem)

    def raise_any(self) -> None:
        """Raises CatalogueError if there is a mistake."""
        if self.found:
            raise CatalogueError(self.found)
