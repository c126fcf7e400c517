"""The first look at a register: how many pages in which state, which words its filters offer, how many are hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    func,
    literal,
    literal_column,
    not_,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from wiki.access import Viewer, visible_pages
from wiki.kinds import Kind
from wiki.models import FieldValue, Page
from wiki.registers.entries import matching, with_owner

MOST_WORDS_OFFERED = 200


@dataclass
class Survey:
    """`states`: how many of the pages asked for (whatever their state) are in which; `hidden`: see `hidden_pages`.

    `listed`: (page id, state, sort parts …) of all of them, if they were asked for.
    """

    states: dict[str, int] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)
    hidden: int = 0
    listed: list[Any] = field(default_factory=list)


def survey(
    session: Session,
    viewer: Viewer,
    kind: Kind,
    conditions: Sequence[ColumnElement[bool]],
    *,
    words: Sequence[str],
    spaces: Sequence[int],
    listed: Sequence[ColumnElement[Any]] | None = None,
    most: int = 0,
    count_states: bool = True,
) -> Survey:
    """All of it in one statement. With `listed`, up to `most` pages and the given columns of them instead of counts by state."""
    extra = list(listed or ())
    parts: list[Select[Any]] = []
    if listed is not None:
        parts.append(_listed(viewer, kind, conditions, extra, most))
    elif count_states:
        counted = with_owner(select(Page.id).where(Page.kind == kind.key, visible_pages(viewer), *conditions))
        counted = counted.group_by(Page.state)
        parts.append(_columns(counted, "state", func.count(), Page.state, extra))
    parts += [_words(viewer, kind, key, extra) for key in words]
    parts.append(_hidden(viewer, kind, spaces, extra))
    found = Survey()
    for row in session.execute(union_all(*parts)):
        if row.what == "page":
            found.listed.append(row[1:])
            found.states[row.word] = found.states.get(row.word, 0) + 1
        elif row.what == "state":
            found.states[row.word] = row.number
        elif row.what == "hidden":
            found.hidden = row.number
        else:
            found.words.setdefault(row.what.removeprefix("="), []).append(row.word)
    return found


def _columns(query: Select[Any], what: str, number: Any, word: Any, extra: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """One part of the union; the columns that only the listed pages have are empty in the others."""
    empty = [cast(null(), one.type).label(f"sort_{n}") for n, one in enumerate(extra)]
    return query.with_only_columns(
        literal(what).label("what"),
        cast(number, BigInteger).label("number"),
        cast(word, String).label("word"),
        *empty,
        maintain_column_froms=True,
    )


def _listed(
    viewer: Viewer,
    kind: Kind,
    conditions: Sequence[ColumnElement[bool]],
    extra: Sequence[ColumnElement[Any]],
    most: int,
) -> Select[Any]:
    query = matching(viewer, kind, conditions).with_only_columns(
        literal("page").label("what"),
        cast(Page.id, BigInteger).label("number"),
        Page.state.label("word"),
        *(one.label(f"sort_{n}") for n, one in enumerate(extra)),
        maintain_column_froms=True,
    )
    limited = query.limit(most).subquery()
    return select(*limited.c)


def _words(viewer: Viewer, kind: Kind, key: str, extra: Sequence[ColumnElement[Any]]) -> Select[Any]:
    """The words that pages of the kind have in a field."""
    # An outer join makes SQLite look at the pages of the kind first: all values of the field take it five times as long. The
    # name of themes is part of the statement, so that their own index serves.
    named = FieldValue.key == (literal_column("'themes'") if key == "themes" else key)
    used = (
        select(FieldValue.text)
        .select_from(Page)
        .outerjoin(FieldValue, and_(FieldValue.page_id == Page.id, named, FieldValue.text.is_not(None)))
        .where(Page.kind == kind.key, visible_pages(viewer))
        .group_by(FieldValue.text)
        .having(FieldValue.text.is_not(None))
        .order_by(func.count().desc(), FieldValue.text)
        .limit(MOST_WORDS_OFFERED)
        .subquery()
    )
    return _columns(select(used), f"={key}", literal(0), used.c.text, extra)


def _hidden(viewer: Viewer, kind: Kind, spaces: Sequence[int], extra: Sequence[ColumnElement[Any]]) -> Select[Any]:
    return _columns(
        select(Page.id).where(hidden_pages(viewer, kind, spaces)), "hidden", func.count(), literal(""), extra
    )


def hidden_pages(viewer: Viewer, kind: Kind, spaces: Sequence[int]) -> ColumnElement[bool]:
    """Pages of the kind that exist in these spaces and that the viewer may not see; no filter is part of it.

    Were they counted with filters, a reader could learn what a hidden page says by trying filters one after the other.
    """
    return (
        (Page.kind == kind.key)
        & Page.space_id.in_(spaces)
        & Page.deleted_at.is_(None)
        & Page.archived_at.is_(None)
        & not_(visible_pages(viewer))
    )
