"""Search against what people judged, on collections that are not ours; skipped where they are absent."""

from tests.bench import corpus, cranfield
from wiki.db import Database

LEAST = 0.53


def test_cranfield(database: Database) -> None:
    collection = cranfield.read(corpus.folder("cranfield"))
    with database.write() as session:
        numbers = cranfield.fill(session, collection)
        found = cranfield.mean_ndcg(session, collection, numbers)
        print(f"nDCG@10 {found:.4f}")
        session.rollback()
    assert found >= LEAST
