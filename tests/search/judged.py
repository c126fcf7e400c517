"""The judged set: questions, and the pages that people who know the demo would want for them."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wiki.search import Results

FILE = Path(__file__).with_name("judged.toml")
#: So many results are looked at.
AT = 5


@dataclass(frozen=True)
class Question:
    """`pages` are the ids of those that answer; none means that nothing may be found, or that only `suggests` helps.

    `sort` says what sort of question it is, where a set tells that.
    """

    q: str
    pages: tuple[str, ...]
    first: bool = False
    suggests: str | None = None
    language: str = "en"
    sort: str = ""


@dataclass(frozen=True)
class Verdict:
    """How one question was answered: whether it was right, and whether something was suggested that was not wanted."""

    question: Question
    found: tuple[str, ...]
    suggestion: str | None

    @property
    def right(self) -> bool:
        asked = self.question
        if asked.suggests and self.suggestion != asked.suggests:
            return False
        if not asked.pages:
            return bool(asked.suggests) or not self.found
        if asked.first:
            return self.found[:1] == asked.pages[:1]
        return bool(set(self.found) & set(asked.pages))

    @property
    def misled(self) -> bool:
        return self.suggestion is not None and self.suggestion != self.question.suggests

    def __str__(self) -> str:
        return f"{self.question.q!r}: {', '.join(self.found) or 'nothing'} (suggested: {self.suggestion})"


def questions(file: Path = FILE) -> list[Question]:
    read = tomllib.loads(file.read_text("utf-8"))["ask"]
    return [Question(**{**one, "pages": tuple(one["pages"])}) for one in read]


def pages(file: Path = FILE) -> list[dict[str, Any]]:
    """Pages that the set needs beside the demo's."""
    found: list[dict[str, Any]] = tomllib.loads(file.read_text("utf-8")).get("page", [])
    return found


def judge(
    asked: Sequence[Question], find: Callable[[Question], Results], name: Callable[[int], str]
) -> Iterator[Verdict]:
    """Ask them all; `name` gives the id of a page in the set."""
    for question in asked:
        results = find(question)
        yield Verdict(question, tuple(name(hit.page_id) for hit in results.hits[:AT]), results.suggestion)
