"""Somebody on a path, ready to be shown: where they are, what comes next, how much is left, what changed since they read it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wiki.i18n import gettext as _
from wiki.paths.pages import StepPage
from wiki.paths.records import Recorded, Taken
from wiki.text import url_part

DONE, SKIPPED, TO_DO = "done", "skipped", "to_do"


@dataclass(frozen=True)
class Person:
    """Somebody, or an organisation, as the reader may call them; `href` is "" for one that they may not open."""

    id: int | None
    name: str
    href: str = ""


@dataclass(frozen=True)
class Step:
    """A step as it stands for the newcomer. `page` is there if it is one that the reader may open; `minutes` is None if nobody can say."""

    row_id: str
    kind: str
    title: str
    why: str
    question: str
    needed: bool
    minutes: int | None
    estimated: bool
    page: StepPage | None
    taken: Taken | None
    changed: bool
    names_page: bool

    @property
    def status(self) -> str:
        return self.taken.status if self.taken else TO_DO

    @property
    def settled(self) -> bool:
        return self.taken is not None

    @property
    def compare(self) -> str:
        """Where it is seen what changed since the newcomer read it."""
        if not self.changed or self.page is None or self.taken is None or self.taken.revision is None:
            return ""
        return f"{self.page.href}/compare/{self.taken.revision}/{self.page.number}"


@dataclass(frozen=True)
class Walk:
    """One enrolment for one reader. `steps` are those that the newcomer may see, in the order of the path; `gone` what was done of steps that the path has no longer."""

    id: int
    path_id: int
    path: str
    path_href: str
    path_state: str
    space_id: int
    person: Person
    org: Person
    buddy: Person
    assigned_by: Person
    started: date
    due: date | None
    enrolled_at: datetime
    finished_at: datetime | None
    ended_at: datetime | None
    ended_why: str
    steps: tuple[Step, ...]
    gone: tuple[Taken, ...]
    mine: bool
    walks_along: bool
    asked_inside: int = 0
    asked_partners: int = 0

    @property
    def href(self) -> str:
        return f"/paths/{self.id}"

    @property
    def open(self) -> bool:
        return self.ended_at is None and self.finished_at is None

    @property
    def needed(self) -> list[Step]:
        return [one for one in self.steps if one.needed]

    @property
    def done(self) -> int:
        return sum(one.status == DONE for one in self.needed)

    @property
    def skipped(self) -> int:
        return sum(one.status == SKIPPED for one in self.needed)

    @property
    def total(self) -> int:
        return len(self.needed)

    @property
    def left(self) -> list[Step]:
        """Needed steps that are still to do."""
        return [one for one in self.needed if not one.settled]

    @property
    def next(self) -> Step | None:
        """The first needed step that is to do, else the first optional one."""
        return next(iter(self.left), next((one for one in self.steps if not one.settled), None))

    @property
    def changed(self) -> list[Step]:
        return [one for one in self.steps if one.changed]

    @property
    def minutes_left(self) -> int:
        return sum(one.minutes or 0 for one in self.left)

    @property
    def without_minutes(self) -> int:
        """How many of the steps that are left nobody can put a time to."""
        return sum(one.minutes is None for one in self.left)

    @property
    def estimated(self) -> bool:
        """Whether some of the minutes were worked out from the length of a page."""
        return any(one.estimated for one in self.left)

    @property
    def last(self) -> Step | None:
        """The step that was settled last."""
        settled = [(one.taken.time, one) for one in self.steps if one.taken]
        return max(settled, key=lambda pair: pair[0])[1] if settled else None

    def step(self, row_id: str) -> Step | None:
        return next((one for one in self.steps if one.row_id == row_id), None)

    def place(self, step: Step) -> int:
        """Which step of the path it is, from 1."""
        return self.steps.index(step) + 1

    def after(self, row_id: str) -> Step | None:
        """What is to do when this step is settled: the next of the path, or one before that was left."""
        at = next((n for n, one in enumerate(self.steps) if one.row_id == row_id), 0)
        ahead = [*self.steps[at + 1 :], *self.steps[:at]]
        to_do = [one for one in ahead if not one.settled]
        return next((one for one in to_do if one.needed), next(iter(to_do), None))

    def status(self, today: date) -> str:
        if self.ended_at is not None:
            return "ended"
        if self.finished_at is not None:
            return "finished"
        return "late" if self.due is not None and self.due < today else "on_time"


def walk(one: Recorded, names: Mapping[int, Any], pages: Mapping[int, StepPage], me: int | None) -> Walk:
    """`names` are (title, address) of people and organisations, `pages` the steps' pages, as far as the reader may know of both."""
    row = one.row
    steps = tuple(_step(one, step, pages) for step in one.steps if step["id"] not in one.hidden)
    there = {step["id"] for step in one.steps}
    gone = sorted((taken for key, taken in one.taken.items() if key not in there), key=lambda taken: taken.time)
    return Walk(
        id=row.enrolment,
        path_id=row.id,
        path=row.title,
        path_href=f"/{url_part(row.space)}/{url_part(row.slug)}",
        path_state=row.state,
        space_id=row.space_id,
        person=Person(row.person_id, row.person, names.get(row.person_id, ("", ""))[1]),
        org=_named(row.org_id, names),
        buddy=_named(row.buddy_id, names),
        assigned_by=_named(row.assigned_by, names),
        started=row.started,
        due=row.due,
        enrolled_at=row.enrolled_at,
        finished_at=row.finished_at,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
        steps=steps,
        gone=tuple(taken for taken in gone if taken.page_id is None or taken.page_id in pages),
        mine=me is not None and row.person_id == me,
        walks_along=me is not None and row.buddy_id == me,
        asked_inside=one.asked[0],
        asked_partners=one.asked[1],
    )


def _named(page_id: int | None, names: Mapping[int, Any]) -> Person:
    if page_id is None:
        return Person(None, "")
    name, href = names.get(page_id, (_("not visible to you"), ""))
    return Person(page_id, name, href)


def _step(one: Recorded, step: Mapping[str, Any], pages: Mapping[int, StepPage]) -> Step:
    named = step.get("page")
    page = pages.get(named) if isinstance(named, int) else None
    title, why, question = step_title(step, page), str(step.get("why", "")), str(step.get("check_question", ""))
    if isinstance(named, int) and page is None:  # the newcomer sees it, this reader does not
        title, why, question = _("A page that is not visible to you"), "", ""
    minutes, estimated = step.get("minutes"), False
    if minutes is None and page is not None and page.minutes is not None and step.get("kind", "read") == "read":
        minutes, estimated = page.minutes, True
    return Step(
        row_id=step["id"],
        kind=str(step.get("kind", "read")),
        title=title,
        why=why,
        question=question,
        needed=step.get("needed", "yes") != "optional",
        minutes=int(minutes) if minutes is not None else None,
        estimated=estimated,
        page=page,
        taken=one.taken.get(step["id"]),
        changed=step["id"] in one.changed and one.taken.get(step["id"]) is not None,
        names_page=isinstance(named, int),
    )


def step_title(step: Mapping[str, Any], page: StepPage | None) -> str:
    """What a step is called: its page, its own words, or the question that it asks."""
    if page is not None:
        return page.title
    named = step.get("page")
    words = named if isinstance(named, str) else ""
    return str(words or step.get("check_question") or step.get("why") or _("A step"))


def refs(found: Iterable[Recorded]) -> set[int]:
    """The people and organisations that enrolments name."""
    wanted: set[int] = set()
    for one in found:
        row = one.row
        wanted |= {row.person_id, row.org_id, row.buddy_id, row.assigned_by} - {None}
        wanted |= {taken.by_id for taken in one.taken.values() if taken.by_id is not None}
    return wanted


def step_pages(found: Iterable[Recorded]) -> tuple[set[int], set[int]]:
    """The pages of all steps, and of steps that were done; and those whose length has to say how long reading takes."""
    pages: set[int] = set()
    wordless: set[int] = set()
    for one in found:
        pages |= {taken.page_id for taken in one.taken.values() if taken.page_id is not None}
        for step in one.steps:
            named = step.get("page")
            if isinstance(named, int):
                pages.add(named)
                if "minutes" not in step and step.get("kind", "read") == "read":
                    wordless.add(named)
    return pages, wordless


def groups(walks: Sequence[Walk]) -> dict[str, list[Walk]]:
    """By the name of the organisation."""
    found: dict[str, list[Walk]] = {}
    for one in walks:
        found.setdefault(one.org.name, []).append(one)
    return found
