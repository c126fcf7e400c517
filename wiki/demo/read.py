"""Reads the demo's pages from their files: TOML front matter between `+++` lines, then the body in Markdown.

A file holds the page as it is today and, under `[[history]]`, what differed in earlier revisions (`history.py`). Pages
are named by their ids: P24, U4 (a person), O2 (an organisation); a row by page and row, P05#c1. Days are counted from
the day of loading (`days.py`).
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wiki.demo.days import offset, resolve
from wiki.demo.history import KEYS, earlier_fields

__all__ = ["PAGES", "DemoPage", "DemoRevision", "read_page", "read_pages", "resolve"]

PAGES = Path(__file__).parent / "pages"

_FENCE = "+++\n"
_HEAD = frozenset({"id", "slug", "title", "kind", "state", "by", "on", "note", "fields", "history", "later"})
#: Organisations first, then people, then pages: what others point to comes early.
_ORDER = "OUP"


@dataclass(frozen=True)
class DemoRevision:
    """A page as it was on one day: `day` is counted from the day of loading, `by` is the id of a person's page."""

    day: int
    by: str
    state: str
    note: str
    body: str
    fields: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class DemoPage:
    """A page with all its revisions, oldest first. `later` is what is no page: a question, a place on a reading path."""

    id: str
    slug: str
    title: str
    kind: str
    revisions: tuple[DemoRevision, ...]
    later: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def last(self) -> DemoRevision:
        """The page as it is today."""
        return self.revisions[-1]

    @property
    def state(self) -> str:
        return self.last.state

    @property
    def fields(self) -> dict[str, Any]:
        return self.last.fields

    @property
    def body(self) -> str:
        return self.last.body

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table; none if it is empty."""
        rows: list[dict[str, Any]] = self.fields.get(table, [])
        return rows

    def row(self, table: str, row_id: str) -> dict[str, Any]:
        """One row. Raises StopIteration if there is none."""
        return next(row for row in self.rows(table) if row["id"] == row_id)


def read_pages(folder: Path = PAGES) -> list[DemoPage]:
    """All pages: organisations, people, then the others by number. Raises ValueError naming the file."""
    pages = [read_page(path) for path in sorted(folder.glob("*.md"))]
    return sorted(pages, key=lambda page: (_ORDER.index(page.id[0]), int(page.id[1:])))


def read_page(path: Path) -> DemoPage:
    """One page. Raises ValueError naming the file and what is wrong with it."""
    text = path.read_text(encoding="utf-8")
    opening, fence, rest = text.partition(_FENCE)
    front, closing, body = rest.partition("\n" + _FENCE)
    if opening or not fence or not closing:
        raise ValueError(f"{path.name} has no front matter between +++ lines")
    try:
        head = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    _refuse_unknown(path, head)
    return DemoPage(
        id=head["id"],
        slug=head["slug"],
        title=head["title"],
        kind=head["kind"],
        revisions=_revisions(head, body.strip()),
        later=head.get("later", {}),
    )


def _refuse_unknown(path: Path, head: dict[str, Any]) -> None:
    unknown = {*head} - _HEAD | {key for entry in head.get("history", ()) for key in entry} - KEYS
    missing = _HEAD - {"history", "later"} - {*head}
    if unknown or missing:
        raise ValueError(f"{path.name}: unknown {sorted(unknown)}, missing {sorted(missing)}")


def _revisions(head: dict[str, Any], body: str) -> tuple[DemoRevision, ...]:
    """Oldest first: the page of today, and back from it through the entries of its history."""
    last: dict[str, Any] = {key: _stripped(value) for key, value in head["fields"].items()}
    found = [_revision(head, body, last)]
    for entry in reversed(head.get("history", [])):
        body = entry.get("body", body).strip()
        found.append(_revision(entry, body, earlier_fields(found[-1].fields, entry, last)))
    return tuple(reversed(found))


def _revision(said: dict[str, Any], body: str, fields: dict[str, Any]) -> DemoRevision:
    return DemoRevision(
        day=offset(said["on"]), by=said["by"], state=said["state"], note=said["note"], body=body, fields=fields
    )


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
