"""What people ask of the demo is answered among the first five results, on both databases alike."""

from sqlalchemy import select

from tests.paper_coast import SLUGS, Coast
from tests.search.judged import Question, Verdict, judge, pages, questions
from wiki import i18n, search
from wiki.models import Page
from wiki.search import Results

#: The parts of the questions that must be right, and that may be answered with a suggestion that nobody wants.
RIGHT, MISLED = 0.95, 0.03


def answered(coast: Coast) -> list[Verdict]:
    names = {slug: page_id for page_id, slug in SLUGS.items()}
    for one in pages():
        added = coast.page(
            "hal", "paper-coast", "article", one["title"], {"language": one["language"]}, body=one["body"]
        )
        names[added.slug] = one["id"]
    with coast.reading() as session:
        by_id = {page.id: names.get(page.slug, page.slug) for page in session.scalars(select(Page))}
        viewer = coast.viewer("hal")

        def find(question: Question) -> Results:
            with i18n.use(question.language if question.language in ("en", "fr") else "en"):
                return search.find(session, viewer, question.q, limit=10)

        return list(judge(questions(), find, lambda page_id: by_id[page_id]))


def test_it_works(coast: Coast) -> None:
    verdicts = answered(coast)
    wrong = [str(verdict) for verdict in verdicts if not verdict.right]
    misled = [str(verdict) for verdict in verdicts if verdict.misled]
    assert len(verdicts) >= 120
    assert len(wrong) <= len(verdicts) * (1 - RIGHT), wrong
    assert len(misled) < len(verdicts) * MISLED, misled
