"""What can be done to the lines of a register without leaving it: each act with what it asks and what it writes.

An act changes one row, or the page itself where a line is a page. Whatever it changes is saved as any edit is
(wiki.registers.named.acting), so the rights, the guards and the history are those of pages.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from wiki.errors import Problem
from wiki.i18n import format_date
from wiki.i18n import gettext as _
from wiki.kinds import BadValue, Catalogue, Content
from wiki.kinds.types.base import Resolver
from wiki.kinds.types.days import read_day
from wiki.registers.named.register import choices_of
from wiki.text import tidy


@dataclass(frozen=True)
class Input:
    """One thing that an act asks. `type`: day, person, words, text, choice."""

    name: str
    label: str
    type: str
    help: str = ""
    needed: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Given:
    """What somebody answered: days as ISO, people as page ids, and on which day."""

    today: date
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


class Act(ABC):
    """`bulk`: it may be done to several lines at once. `row`: it changes a row, else the page."""

    key: ClassVar[str]
    icon: ClassVar[str]
    bulk: ClassVar[bool] = False
    row: ClassVar[bool] = True

    @abstractmethod
    def label(self) -> str: ...

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        return []

    @abstractmethod
    def change(self, target: dict[str, Any], given: Given) -> str:
        """Change the row (or the page's fields) and say so in a few words, for the history."""


class Done(Act):
    key, icon, bulk = "done", "circle-check", True

    def label(self) -> str:
        return _("Done")

    def change(self, target: dict[str, Any], given: Given) -> str:
        target.pop("waiting_for", None)
        target.update(status="done", done_on=given.today.isoformat())
        return _("Done: %(what)s", what=target.get("what", ""))


class Redate(Act):
    """Another day. The first time it is enough to give it; from the second time on it asks why."""

    key = "redate"
    icon = "calendar"

    def label(self) -> str:
        return _("Another date")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        return [Input("due", _("By when now?"), "day"), _why(_("Asked from the second time on."))]

    def change(self, target: dict[str, Any], given: Given) -> str:
        was, target["due"] = target.get("due"), given["due"]
        what = target.get("what") or target.get("promise", "")
        if not was:
            return _("By %(date)s: %(what)s", date=format_date(given["due"]), what=what)
        dates = {"was": format_date(was), "now": format_date(given["due"])}
        return _("From %(was)s to %(now)s: %(what)s", what=what, **dates)


class HandOn(Act):
    key, icon, bulk = "hand-on", "arrow-right-left", True

    def label(self) -> str:
        return _("Hand on")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        return [Input("person", _("To whom?"), "person", _("They see it in their work, and as new.")), _why()]

    def change(self, target: dict[str, Any], given: Given) -> str:
        target["responsible"] = given["person"]
        return _("Handed on: %(what)s", what=target.get("what") or target.get("promise", ""))


class Checked(Act):
    key, icon, bulk = "checked", "eye", True

    def label(self) -> str:
        return _("Looked at today")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        statuses = choices_of(catalogue, "commitment", "status")
        return [
            Input(
                "status", _("How does it stand?"), "choice", _("Leave it as it is if nothing changed."), False, statuses
            )
        ]

    def change(self, target: dict[str, Any], given: Given) -> str:
        target["last_checked"] = given.today.isoformat()
        if given["status"]:
            target["status"] = given["status"]
        return _("Looked at: %(what)s", what=target.get("promise", ""))


class View(Act):
    """The word of those to whom a promise was made; the guards let nobody else write it."""

    key, icon = "view", "message-square"

    def label(self) -> str:
        return _("Say how you see it")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        views = choices_of(catalogue, "commitment", "receiver_view")
        views.pop("not_asked", None)
        return [
            Input("receiver_view", _("Was it kept?"), "choice", choices=views),
            Input("receiver_note", _("In your words"), "text", _("What would help, or what you want to say."), False),
        ]

    def change(self, target: dict[str, Any], given: Given) -> str:
        target["receiver_view"] = given["receiver_view"]
        if given["receiver_note"]:
            target["receiver_note"] = given["receiver_note"]
        return _("The receiver’s view: %(what)s", what=target.get("promise", ""))


class NextLook(Act):
    """The next look at a page on another day, always with a reason."""

    key, icon, row = "next-look", "calendar", False

    def label(self) -> str:
        return _("Look at it later")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        why = Input("why", _("Why?"), "words", _("It is kept in the history."))
        return [Input("due", _("When?"), "day"), why]

    def change(self, target: dict[str, Any], given: Given) -> str:
        target["review_due"] = given["due"]
        return _("Next look by %(date)s", date=format_date(given["due"]))


class HandPage(Act):
    key, icon, bulk, row = "hand-page", "arrow-right-left", True, False

    def label(self) -> str:
        return _("Hand to someone")

    def inputs(self, catalogue: Catalogue) -> list[Input]:
        return [Input("person", _("Who keeps it right now?"), "person"), _why()]

    def change(self, target: dict[str, Any], given: Given) -> str:
        target["owner"] = given["person"]
        return _("Handed to someone else to keep right")


class StillRight(Act):
    """The next look moves on; the content stays as it is."""

    key, icon, bulk, row = "still-right", "leaf", True, False

    def label(self) -> str:
        return _("Still right")

    def change(self, target: dict[str, Any], given: Given) -> str:
        return ""


def _why(help: str = "") -> Input:
    return Input("why", _("Why?"), "words", help or _("It is kept in the history."), needed=False)


ACTS: dict[str, Act] = {
    act.key: act for act in (Done(), Redate(), HandOn(), Checked(), View(), NextLook(), HandPage(), StillRight())
}


def read(act: Act, catalogue: Catalogue, texts: Mapping[str, str], resolver: Resolver, today: date) -> Given:
    """What somebody answered, with what is wrong with it beside."""
    given = Given(today)
    for one in act.inputs(catalogue):
        text = texts.get(one.name, "").strip()
        if not text:
            if one.needed:
                given.problems.append(Problem(one.name, _("This is needed.")))
            continue
        try:
            given.values[one.name] = _READ[one.type](one, text, resolver)
        except BadValue as problem:
            given.problems.append(Problem(one.name, problem.message))
    return given


def _person(one: Input, text: str, resolver: Resolver) -> int:
    return resolver.page(tidy(text), ("person",))


def _choice(one: Input, text: str, resolver: Resolver) -> str:
    if text not in one.choices:
        raise BadValue(_("Choose from the list."))
    return text


_READ: dict[str, Any] = {
    "day": lambda one, text, resolver: read_day(text).isoformat(),
    "person": _person,
    "choice": _choice,
    "words": lambda one, text, resolver: tidy(text)[:300],
    "text": lambda one, text, resolver: text[:5000],
}


def with_row(content: Content, row_id: str) -> tuple[str, dict[str, Any]] | None:
    """(table, row) of a content; the row may be changed in place."""
    for key, value in content.fields.items():
        if isinstance(value, list):
            for row in value:
                if isinstance(row, dict) and row.get("id") == row_id:
                    return key, row
    return None
