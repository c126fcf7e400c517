"""Search asked of a folder of real Markdown guides, brought in as `wiki import markdown` does it.

The guides are public (18F's); the folder above `guides/` is named by HOLDFAST_CORPUS. The questions are in guides.toml.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from tests.search.judged import Question, Verdict, judge, questions
from wiki import kinds, search
from wiki.access import Viewer, space_for_operator
from wiki.attachments.store import Store
from wiki.cli.site import OPERATOR
from wiki.db import Database
from wiki.imports import markdown
from wiki.imports.sources import FolderSource
from wiki.models import Imported
from wiki.resources import resource_folder
from wiki.search import Results
from wiki.spaces.actions import add_space

FILE = Path(__file__).with_name("guides.toml")
READER = Viewer(1, None, "Reader")
#: Results that are asked for, as on a page of results.
SHOWN = 20


@dataclass(frozen=True)
class Figures:
    """What came of the questions, as parts of all of them."""

    at_one: float
    at_five: float
    misled: float

    @classmethod
    def of(cls, verdicts: Sequence[Verdict]) -> "Figures":
        asked = len(verdicts)
        at_one = sum(_right_at_once(verdict) for verdict in verdicts)
        at_five = sum(verdict.right for verdict in verdicts)
        return cls(at_one / asked, at_five / asked, sum(verdict.misled for verdict in verdicts) / asked)

    def __str__(self) -> str:
        return f"success at 1 {self.at_one:.1%}, at 5 {self.at_five:.1%}, wrong suggestions {self.misled:.1%}"


def bring_in(database: Database, source: Path, store: Path) -> markdown.Report:
    """Import the folder into a new space that everybody reads."""
    with database.transaction() as session:
        add_space(session, OPERATOR, "Guides", default_role="reader")
    with database.read() as session:
        where = space_for_operator(session, "guides")
    catalogue = kinds.load([resource_folder("page_templates")])
    job = markdown.Import(catalogue, OPERATOR, where, FolderSource(source), Store(store), 1 << 24)
    return markdown.run(database, job)


def answered(database: Database) -> list[Verdict]:
    """The verdict on each question, its pages named by the files that they came from."""
    with database.read() as session:
        names = {one.page_id: _name(one.path) for one in session.scalars(select(Imported))}

        def find(question: Question) -> Results:
            return search.find(session, READER, question.q, limit=SHOWN)

        return list(judge(questions(FILE), find, lambda page_id: names[page_id]))


def _name(path: str) -> str:
    return path.removeprefix("content/").removesuffix(".md")


def _right_at_once(verdict: Verdict) -> bool:
    asked = verdict.question
    return verdict.right and (not asked.pages or verdict.found[:1] in [(page,) for page in asked.pages])
