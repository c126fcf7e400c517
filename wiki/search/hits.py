"""What is told of a page that was found, and why it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wiki.access import Viewer
from wiki.models import Page, SearchText
from wiki.search.language import Needle
from wiki.search.plan import Leaf
from wiki.search.snippets import Marked, Marker, apart, snippet


@dataclass(frozen=True)
class Hit:
    """A page that was found. `snippet` is text in pieces, each marked or not; `row_id` and `row_text` name the row
    that matched, when it is a row that did. `over` is "" or says why its state no longer counts; `reasons` are keys:

    `exact` it is called so, or has that number · `title` all the words are in its title · `lead` they are in what it says
    in short · `row` a row has them · `some_words` it lacks some of the words · `stands` or `over` · `yours` it is in a space
    of which the reader is a member · `archived`
    """

    page_id: int
    space: str
    slug: str
    title: str
    kind: str
    state: str
    snippet: Marked
    row_id: str | None
    row_text: str | None
    archived: bool
    over: str = ""
    summary: str = ""
    owner_id: int | None = None
    changed_at: datetime | None = None
    review_due: Any = None
    language: str = ""
    reasons: tuple[str, ...] = ()


#: What hits are made of: the page, and its texts as they were indexed.
SHOWN = (
    Page.id,
    Page.space_id,
    Page.slug,
    Page.title,
    Page.kind,
    Page.state,
    Page.over,
    Page.summary,
    Page.owner_id,
    Page.review_due,
    Page.changed_at,
    Page.archived_at,
    Page.language,
    SearchText.language.label("indexed_language"),
    SearchText.lead,
    SearchText.fields,
    SearchText.body,
    SearchText.rows_json,
)
#: The places of a page in the order of results.
EXACT, ALL_WORDS, SOME_WORDS = 2, 1, 0


class HitMaker:
    """Makes hits of one question's rows; each language's words are looked for with a marker of its own."""

    def __init__(self, viewer: Viewer, words: Sequence[Leaf], needles: dict[Leaf, tuple[Needle, ...]]) -> None:
        self._viewer = viewer
        self._words = words
        self._needles = [(leaf, needles[leaf]) for leaf in words]
        self._markers: dict[str, Marker] = {}

    def hit(self, row: Any, tier: int) -> Hit:
        """`row` has SHOWN and the slug of its `space`."""
        marker = self._marker(row.indexed_language or row.language)
        rows = [(row_id, text) for row_id, text in row.rows_json or () if row_id]
        lead = apart(row.lead or "")
        found = snippet(marker, row.title, (lead, row.body or "", apart(row.fields or "")), rows)
        return Hit(
            page_id=row.id,
            space=row.space,
            slug=row.slug,
            title=row.title,
            kind=row.kind,
            state=row.state,
            snippet=found.pieces,
            row_id=found.row_id,
            row_text=found.row_text,
            archived=row.archived_at is not None,
            over=row.over,
            summary=row.summary,
            owner_id=row.owner_id,
            changed_at=row.changed_at,
            review_due=row.review_due,
            language=row.language,
            reasons=tuple(self._reasons(row, lead, tier, marker, found.row_id)),
        )

    def _marker(self, language: str) -> Marker:
        if language not in self._markers:
            self._markers[language] = Marker(self._needles, language)
        return self._markers[language]

    def _reasons(self, row: Any, lead: str, tier: int, marker: Marker, row_id: str | None) -> list[str]:
        said = []
        if self._words:
            if tier == EXACT:
                said.append("exact")
            elif self._all_in(marker, row.title):
                said.append("title")
            elif row_id:
                said.append("row")
            elif self._all_in(marker, lead):
                said.append("lead")
            if tier == SOME_WORDS:
                said.append("some_words")
        said.append("over" if row.over else "stands")
        if any(member.space_id == row.space_id for member in self._viewer.memberships):
            said.append("yours")
        return [*said, "archived"] if row.archived_at is not None else said

    def _all_in(self, marker: Marker, text: str) -> bool:
        return len({mark.text for mark in marker.marks(text)}) == len({leaf.text for leaf in self._words})
