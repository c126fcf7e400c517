"""What a named register is: its columns, its statuses, its filters, where its lines come from. One small file defines one."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from wiki.access import Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.kinds.types.choices import choice_label
from wiki.registers.listing import Place
from wiki.registers.named.line import Line


@dataclass(frozen=True)
class Status:
    """How a line can stand. `live` ones are what the summary counts and "open" shows."""

    label: str
    tone: str = "quiet"
    live: bool = True


@dataclass(frozen=True)
class Column:
    """`type`: title, status, words, day, number, choice (a key of `choices`), pages (ids, Refs or words), source (the page), flags,
    chain (what replaced what), count (a number that leads to what is counted).

    `value` takes it from a line; None, "" and () are nothing.
    """

    key: str
    label: str
    type: str
    value: Callable[[Line], Any]
    choices: Mapping[str, str] = field(default_factory=dict)
    #: For scripts: it stands in the file and not in the list.
    file_only: bool = False
    #: What a cell says in words where it has no value.
    otherwise: Callable[[Line], str] | None = None
    #: count: where on the page with what somebody holds it is listed.
    goes: str = ""


@dataclass(frozen=True)
class Filter:
    """`type`: choice (of `choices`), word (one of the lines' own), page (typed, of `kinds`), days, text (words of one's own).

    `values` are what a line has: keys, page ids, days or texts.
    """

    key: str
    label: str
    type: str
    values: Callable[[Line], Iterable[Any]]
    choices: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A heading of a register, what is said beside it, and whether a line stands there."""

    label: str
    said: str
    holds: Callable[[Line], bool]


@dataclass(frozen=True)
class Empty:
    """What an empty register says, and the kind of page that would begin it."""

    title: str
    text: str
    action: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Found:
    """What a register found: its lines, and how many there are that the reader may not see."""

    lines: list[Line]
    hidden: int = 0


class Register(ABC):
    """A named register. Texts are methods, because they are said in the reader's language."""

    key: ClassVar[str]
    icon: ClassVar[str]
    #: Ways of showing it beside the table: "board", "calendar", "grid", "matrix".
    views: ClassVar[tuple[str, ...]] = ()
    #: Whether its lines have days, so that a calendar file makes sense.
    dated: ClassVar[bool] = True
    #: Whether it opens with what is live, and shows the rest when asked.
    opens_live: ClassVar[bool] = False
    #: Whether one person has each of its lines, so that somebody can ask for their own.
    held: ClassVar[bool] = True
    #: Whether a visitor has something to see in it.
    personal: ClassVar[bool] = False

    @abstractmethod
    def label(self) -> str: ...

    @abstractmethod
    def question(self) -> str:
        """The question that it answers, as its lead."""

    @abstractmethod
    def empty(self) -> Empty: ...

    @abstractmethod
    def statuses(self) -> dict[str, Status]:
        """By key, in the order of what to look at first."""

    @abstractmethod
    def columns(self, catalogue: Catalogue) -> list[Column]:
        """The title first."""

    @abstractmethod
    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        """All that the viewer may see in these spaces (none: anywhere), in no order; and how many they may not, whatever the filters."""

    @abstractmethod
    def summary(self, lines: Sequence[Line]) -> str:
        """One sentence about the lines of the scope."""

    def groups(self, lines: Sequence[Line]) -> list[Group]:
        """Under which headings the lines stand, if they stand under several; a line may stand under more than one."""
        return []

    def live_label(self) -> str:
        """What the lines of a live status are called together."""
        return _("Live")

    def filters(self, catalogue: Catalogue) -> list[Filter]:
        return []

    def flags(self) -> dict[str, Status]:
        """What a line may be marked with beside its status."""
        return {}

    def acts(self, line: Line, viewer: Viewer) -> tuple[str, ...]:
        """Keys of what somebody who may edit the line's page can do to it here (acts.ACTS)."""
        return ()

    def counted(self, lines: Iterable[Line]) -> dict[str, int]:
        """Status -> lines, in the order of the statuses, without those that nothing has."""
        counts = dict.fromkeys(self.statuses(), 0)
        for line in lines:
            counts[line.status] = counts.get(line.status, 0) + 1
        return {key: count for key, count in counts.items() if count}


class Since(Register):
    """A register of what happened since a day: the one that was asked for (`since=`), or the reader's own mark."""

    @abstractmethod
    def since(self, session: Session, place: Place, spaces: Sequence[int], day: date | None) -> Found: ...

    def lines(self, session: Session, place: Place, spaces: Sequence[int]) -> Found:
        return self.since(session, place, spaces, None)


def choices_of(catalogue: Catalogue, row_type: str, column: str) -> dict[str, str]:
    """The choices of a column of a shared row type, in the reader's language."""
    found = catalogue.rows[row_type].column(column)
    return {key: choice_label(found, key) for key in found.choices} if found is not None else {}


def kinds_of(catalogue: Catalogue, row_type: str = "") -> dict[str, str]:
    """The kinds of pages, or those that have rows of a type, in the reader's language."""
    return {
        kind.key: _(kind.label)
        for kind in catalogue.values()
        if not row_type or any(field.row_type and field.row_type.key == row_type for field in kind.fields)
    }
