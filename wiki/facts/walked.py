"""Who is on a path, how long those took who finished it, and whether its steps still lead somewhere: as far as the reader may know."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, case, or_

from wiki.facts.parts import Among, Seen, part
from wiki.models import Enrolment, Link, Page
from wiki.paths.records import STEP_PAGE
from wiki.paths.seeing import visible_enrolments

#: Functions that ask for it.
ASK_FOR_WALKS = frozenset({"people_on_path", "days_to_finish"})


def walked(among: Among, seen: Seen, account: Any) -> Iterator[Select[Any]]:
    """Enrolments that the account may know of: "open", "finished" or "ended", with their first and last moment."""
    status = case(
        (Enrolment.ended_at.is_not(None), "ended"), (Enrolment.finished_at.is_not(None), "finished"), else_="open"
    )
    yield (
        part("walk", Enrolment.path_id, word=status, day=Enrolment.started, moment=Enrolment.finished_at)
        .select_from(Enrolment)
        .join(Page, Page.id == Enrolment.path_id)
        .where(among(Enrolment.path_id), seen(), visible_enrolments(account))
    )
    over = case((or_(Page.archived_at.is_not(None), Page.over != ""), "over"), else_="")
    yield (
        part("step_page", Link.page_id, word=over, day=Page.review_due)
        .select_from(Link)
        .join(Page, Page.id == Link.target_id)
        .where(among(Link.page_id), Link.name == STEP_PAGE, seen(), or_(over == "over", Page.review_due.is_not(None)))
    )


def read_walked(rows: Sequence[Any], day_of: Any) -> dict[int, dict[str, Any]]:
    """Page -> facts: how many are on it, in how many days each has finished, what its steps lead to."""
    found: dict[int, dict[str, Any]] = {}
    for row in rows:
        if row.what == "walk":
            known = found.setdefault(row.page, {"on_path": 0, "finished_in": []})
            known["on_path"] += row.word == "open"
            if row.word == "finished":
                known["finished_in"].append((day_of(row.moment) - row.day).days)
        elif row.what == "step_page":
            known = found.setdefault(row.page, {"on_path": 0, "finished_in": []})
            known.setdefault("step_pages", []).append((row.word, row.day))
    return found
