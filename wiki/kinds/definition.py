"""What a kind of page is made of. Everything here is frozen: a catalogue is read once and shared by all requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from wiki.kinds.holding import Holds
from wiki.kinds.problems import NOWHERE, Place

#: Where the chooser shows a kind, in this order.
GROUPS = ("agree", "decide", "plan", "learn", "hand_over", "know", "write")
TONES = ("quiet", "note", "good", "warn", "bad")
RHYTHMS = ("never", "monthly", "quarterly", "half_yearly", "yearly", "two_yearly")
#: Who may be named for a transition; what each means is in docs/kinds.md.
WHO = (
    *("owner", "member", "other_member", "coordinator", "rep", "steward", "admin"),
    *("manager", "successor", "subject", "system"),
)

#: Why a page in a state no longer counts.
OVER = ("replaced", "retired", "rejected", "ended")

#: Field key -> the values with which something holds.
Condition: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False, kw_only=True)
class Computed:
    """A value that is worked out when shown: from rows, from linking pages, from a field's page, or by a function.

    `linked`, `via` and `entered` need more than the page's content: whoever asks the database works them out.
    """

    key: str
    label: str
    help: str = ""
    count: str = ""
    where: Condition = field(default_factory=dict)
    of: bool = False
    linked: str = ""
    latest: str = ""
    function: str = ""
    values: str = ""
    via: str = ""
    entered: str = ""
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Column:
    """A column of a table, and what a field shares with it. `choices` is in the order of the file: key -> label.

    `was` are keys under which earlier versions held its values, `choices_were` earlier keys of choices with those of now,
    `former_choices` choices of earlier versions that are none any more.
    """

    key: str
    label: str
    type: str
    help: str = ""
    default: Any = ""
    was: tuple[str, ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)
    choices_were: Mapping[str, str] = field(default_factory=dict)
    former_choices: Mapping[str, str] = field(default_factory=dict)
    choices_from: str = ""
    free: bool = False
    targets: tuple[str, ...] = ()
    inverse_label: str = ""
    or_text: bool = False
    or_role: bool = False
    or_page: bool = False
    pattern: str = ""
    min_value: float | None = None
    max_value: float | None = None
    whole: bool = False
    unit: str = ""
    visible_to: tuple[str, ...] = ()
    visible_if: Condition = field(default_factory=dict)
    own_words: str = ""
    show_if: Condition = field(default_factory=dict)
    first: bool = False
    needed: bool = False
    needed_unless: Condition = field(default_factory=dict)
    holds: tuple[Holds, ...] = ()
    place: Place = field(default=NOWHERE, repr=False)

    def offered(self, chosen: Any) -> Mapping[str, str]:
        """What a form offers: the choices, and those of earlier versions that are chosen now."""
        held = {chosen} if isinstance(chosen, str) else set(chosen or ())
        kept = {key: label for key, label in self.former_choices.items() if key in held}
        return {**self.choices, **kept} if kept else self.choices


@dataclass(frozen=True, eq=False, kw_only=True)
class RowType:
    """The columns of a table, and which of them the row index keeps ("" = none)."""

    key: str
    label: str
    columns: tuple[Column, ...]
    title: str = ""
    status: str = ""
    due: str = ""
    person: str = ""
    computed: tuple[Computed, ...] = ()
    place: Place = field(default=NOWHERE, repr=False)

    def column(self, key: str) -> Column | None:
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}


@dataclass(frozen=True, eq=False, kw_only=True)
class Field(Column):
    """A field of a kind or of the envelope; a table if its type is `rows`, and only then `row_type` is there."""

    form: str = "more"
    required_to_leave: tuple[str, ...] = ()
    required_to_enter: tuple[str, ...] = ()
    required_if: Condition = field(default_factory=dict)
    or_filled: tuple[str, ...] = ()
    complete_to_enter: tuple[str, ...] = ()
    min: int = 1
    max: int | None = None
    min_where: Condition = field(default_factory=dict)
    min_orgs: int = 0
    rows: str = ""
    row_type: RowType | None = None
    default_rows: tuple[Mapping[str, Any], ...] = ()
    numbered: str = ""
    synonyms: tuple[str, ...] = ()
    twin: str = ""
    makes: str = ""
    makes_link: str = ""
    apart: bool = False

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.row_type.columns if self.row_type else ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Transition:
    """A way from one state to another."""

    to: str
    who: tuple[str, ...]
    label: str = ""
    reason: bool = False
    waive: bool = False
    guard: str = ""
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class State:
    key: str
    label: str
    tone: str = "quiet"
    help: str = ""
    over: str = ""
    next: tuple[Transition, ...] = ()
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Register:
    """How the list of all pages of a kind looks; `sort` keys may begin with "-"."""

    columns: tuple[str, ...] = ("title", "state", "owner", "changed")
    sort: tuple[str, ...] = ("title",)
    filters: tuple[str, ...] = ("state",)
    open_on: Condition = field(default_factory=dict)
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Replaces:
    """How a page takes the place of others of its kind: those named in `named_in` go to the state `becomes` when it enters one of `on_entering`.

    `dated` is the field with the day from which it holds, `because` the one with the reason, `affects` the one with the
    pages that rest on it ("" = none).
    """

    named_in: str
    on_entering: tuple[str, ...]
    becomes: str
    dated: str = ""
    because: str = ""
    affects: str = ""
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Watches:
    """A condition that anybody may report as met: the field that says it, the choice field that says "yes", the text field for what was seen."""

    when: str
    met: str
    note: str
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True)
class Prompt:
    """A section of the body: its heading, and the question that is shown while it is written."""

    heading: str
    text: str


@dataclass(frozen=True, eq=False, kw_only=True)
class Question:
    """A guiding question; answers are rows of type `answer` whose `question_key` is its key."""

    key: str
    text: str
    theme: str = ""
    stage: str = ""
    place: Place = field(default=NOWHERE, repr=False)


@dataclass(frozen=True, eq=False, kw_only=True)
class Kind:
    """A page template. `fields` are its own; `every_field` has the envelope's as well; `dropped`: the program ships it no longer."""

    key: str
    version: int
    label: str
    plural: str
    icon: str
    group: str
    intent: str
    purpose: str
    states: tuple[State, ...]
    fields: tuple[Field, ...] = ()
    envelope: tuple[Field, ...] = ()
    computed: tuple[Computed, ...] = ()
    register: Register = Register()
    prompts: tuple[Prompt, ...] = ()
    questions: tuple[Question, ...] = ()
    review_every: str = "never"
    joint: bool = False
    retired: bool = False
    dropped: bool = False
    agreed_state: str = ""
    guarded: tuple[str, ...] = ()
    locked: Condition = field(default_factory=dict)
    title_field: str = ""
    known_as: str = ""
    body_label: str = ""
    body_required_to_enter: tuple[str, ...] = ()
    starts_from: tuple[str, ...] = ()
    starts_link: str = ""
    carries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    replaces: Replaces | None = None
    watches: Watches | None = None
    foreign: tuple[tuple[str, Column], ...] = ()
    former: Mapping[str, Field] = field(default_factory=dict)
    former_columns: Mapping[str, tuple[Column, ...]] = field(default_factory=dict)
    place: Place = field(default=NOWHERE, repr=False)

    @cached_property
    def restricted(self) -> tuple[tuple[str, Column], ...]:
        """Name ("field" or "table.column") and definition of what only some readers see.

        `foreign` is what other kinds restrict so, and earlier versions of this one: a page that changes its kind, or whose
        kind loses a field, keeps such values, and their rule with them.
        """
        found: list[tuple[str, Column]] = []
        for one in self.every_field:
            columns = [(f"{one.key}.{column.key}", column) for column in one.columns]
            found += [(name, c) for name, c in ((one.key, one), *columns) if c.visible_to or c.visible_if]
        return (*found, *self.foreign)

    @cached_property
    def every_field(self) -> tuple[Field, ...]:
        return self.fields + self.envelope

    @cached_property
    def short(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.form == "short")

    @cached_property
    def more(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.form != "short")

    @cached_property
    def tables(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.row_type)

    @cached_property
    def initial(self) -> State:
        return self.states[0]

    def field(self, key: str) -> Field | None:
        """The field of that key: the kind's own, else the envelope's, else None."""
        return self._by_key.get(key)

    def state(self, key: str) -> State:
        """The state of that key; a state that an earlier version had is shown by its key and leads nowhere."""
        return next((one for one in self.states if one.key == key), State(key=key, label=key))

    def in_state(self, key: str) -> bool:
        return any(one.key == key for one in self.states)

    @cached_property
    def counted(self) -> frozenset[str]:
        """The states of a page that has taken the place of those it names: all but those that it can be in before."""
        if self.replaces is None:
            return frozenset()
        before, waiting = set(), [self.initial.key]
        while waiting:
            key = waiting.pop()
            if key not in before and key not in self.replaces.on_entering:
                before.add(key)
                waiting += [way.to for way in self.state(key).next]
        return frozenset(one.key for one in self.states if one.key not in before)

    @cached_property
    def twins(self) -> tuple[Field, ...]:
        """Fields that are one end of a relation whose other end is a field of another kind."""
        return tuple(one for one in self.fields if one.twin)

    @cached_property
    def notes_later(self) -> tuple[Field, ...]:
        """Tables of dated notes, which grow and are not rewritten."""
        return tuple(one for one in self.tables if one.rows == "note_later")

    @property
    def body_skeleton(self) -> str:
        """The headings that a new page begins with; the prompts are shown beside the editor and never stored."""
        return "\n\n".join(f"## {prompt.heading}" for prompt in self.prompts) + ("\n" if self.prompts else "")

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {one.key: one for one in (*self.envelope, *self.fields)}
