"""What an officer would ask of real guides is answered, on both databases alike; skipped where the guides are absent."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.bench import corpus, guides
from tests.search.judged import Verdict
from wiki.db import Database

#: The part of the questions that must be right, and the part that may be answered with a suggestion that nobody wants.
RIGHT, MISLED = 0.95, 0.03
#: The part of the questions whose first five may be others on PostgreSQL, or in another order: how often a phrase, a number in
#: parts or a beginning stands in a page is only estimated there. What is right and what is suggested may not differ.
OTHERWISE = 0.05


@pytest.fixture
def verdicts(sqlite_url: str, postgres_url: str, tmp_path: Path) -> Iterator[dict[str, list[Verdict]]]:
    """What both databases answered, by the name of the database."""
    source = corpus.folder("guides")
    found = {}
    for url in (sqlite_url, postgres_url):
        with closing(Database(url)) as database:
            report = guides.bring_in(database, source, tmp_path / "files")
            assert not report.count("failed"), [one.notes for one in report.outcomes if one.status == "failed"]
            found[database.engine.dialect.name] = guides.answered(database)
    yield found


def test_they_are_answered_on_both_databases_alike(verdicts: dict[str, list[Verdict]]) -> None:
    for name, answers in verdicts.items():
        print(f"{name}: {len(answers)} questions, {guides.Figures.of(answers)}")
        print("  wrong by sort:", dict(Counter(one.question.sort for one in answers if not one.right)) or "none")
        print(*(f"  {one}; wanted {one.question.pages}" for one in answers if not one.right or one.misled), sep="\n")
    pairs = list(zip(verdicts["sqlite"], verdicts["postgresql"], strict=True))
    differing = [(one, other) for one, other in pairs if one.found != other.found]
    print(f"other first five on PostgreSQL: {len(differing)} of {len(pairs)}")
    print(*(f"  {one}; there {', '.join(other.found)}" for one, other in differing), sep="\n")
    assert [one.question.q for one, other in pairs if one.right != other.right] == []
    assert [one.question.q for one, other in pairs if one.suggestion != other.suggestion] == []
    assert len(differing) <= len(pairs) * OTHERWISE
    for answers in verdicts.values():
        figures = guides.Figures.of(answers)
        assert len(answers) >= 60
        assert figures.at_five >= RIGHT, str(figures)
        assert figures.misled < MISLED, str(figures)
