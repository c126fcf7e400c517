"""What somebody writes into the form that asks others to read a page."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from wiki.errors import Invalid, Problem
from wiki.i18n import gettext as _
from wiki.kinds.types.base import BadValue
from wiki.kinds.types.days import read_day
from wiki.models import ROLES
from wiki.receipts.asking import Wish
from wiki.receipts.groups import KINDS, Group

#: The box for everybody who has a role in the space.
EVERYBODY = "everybody"
#: Names that one form takes.
MOST_NAMES = 200

#: Finds the page that a name means, of one of these kinds; says which kind it is.
Finder = Callable[[str, Sequence[str]], tuple[int, str]]


def read_wish(finder: Finder, space: int, who: str, boxes: Iterable[str], due: str, why: str) -> Wish:
    """The wish in a form. Raises Invalid for names that cannot be understood, with every problem at once."""
    problems: list[Problem] = []
    people: list[int] = []
    groups: list[Group] = []
    names = [line.strip() for line in who.splitlines() if line.strip()]
    for name in names[:MOST_NAMES]:
        try:
            page, kind = finder(name, KINDS)
        except BadValue as bad:
            problems.append(Problem("who", bad.message))
            continue
        if kind == "person":
            people.append(page)
        else:
            groups.append(Group(kind, page=page, space=space if kind == "organisation" else 0))
    if len(names) > MOST_NAMES:
        problems.append(Problem("who", _("Name at most %(count)s; ask a role or an organisation.", count=MOST_NAMES)))
    groups += [_box(box, space) for box in dict.fromkeys(boxes) if box == EVERYBODY or box in ROLES]
    day = _day(due, problems)
    if problems:
        raise Invalid(problems)
    return Wish(tuple(dict.fromkeys(people)), tuple(dict.fromkeys(groups)), why, day)


def _box(box: str, space: int) -> Group:
    return Group("space", space) if box == EVERYBODY else Group("space_role", space, box)


def _day(text: str, problems: list[Problem]) -> date | None:
    if not text.strip():
        return None
    try:
        return read_day(text)
    except BadValue as bad:
        problems.append(Problem("due", bad.message))
        return None
