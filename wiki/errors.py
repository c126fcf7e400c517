"""What can go wrong in the product's own terms. Doors turn these into pages, JSON or exit codes."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing to mend: `field` is the input's name, `anchor` the id to jump to ("" = made from the field's name).

    `beside` is what is said beside the field, where its label stands already ("" = the message).
    """

    field: str
    message: str
    anchor: str = ""
    beside: str = ""


class HoldfastError(Exception):
    """Base of all errors that a person should read; `status` is the HTTP status of a door that shows it."""

    status = 500


class NotFound(HoldfastError):
    """There is no such thing, or this reader may not know that there is."""

    status = 404


class Gone(HoldfastError):
    """The page was deleted; a tombstone says when, by whom and why."""

    status = 410


class Forbidden(HoldfastError):
    """The reader may see the thing but not do this to it."""

    status = 403


class SignInNeeded(Forbidden):
    """A visitor asked for something that wants a name."""

    status = 401


class TooLarge(HoldfastError):
    status = 413


class TooMany(HoldfastError):
    """Too many tries in a short time."""

    status = 429


class Unavailable(HoldfastError):
    """The site cannot answer now: the database is away, locked, or newer than the program."""

    status = 503


class ConfigError(HoldfastError):
    """A setting or file of the installation is wrong; said at start."""


class Invalid(HoldfastError):
    """What was sent cannot be accepted; `readable` is what could be understood, so that nothing is lost."""

    status = 422

    def __init__(self, problems: list[Problem], readable: Any = None) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
        self.readable = readable


class EditConflict(HoldfastError):
    """Two people changed the same place; `merge` holds both texts (wiki.pages.merging.ContentMerge)."""

    status = 409

    def __init__(self, message: str, merge: Any) -> None:
        super().__init__(message)
        self.merge = merge
