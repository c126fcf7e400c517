"""Words that no page has any more, many of them asked for at once."""

import json
from collections.abc import Collection

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

from wiki.search.language import AS_WRITTEN

#: A word is there as a stem, or as it was written. The words come as one JSON list, and consist of letters alone.
_MISSING = {
    "sqlite": """
        SELECT value FROM json_each(:words) WHERE NOT EXISTS (
            SELECT 1 FROM search_index WHERE search_index MATCH '"' || value || '" OR "' || :as_written || value || '"'
        )""",
    "postgresql": """
        SELECT value FROM json_array_elements_text(CAST(:words AS json)) AS asked (value) WHERE NOT EXISTS (
            SELECT 1 FROM search_index
            WHERE terms @@ CAST('''' || value || ''' | ''' || :as_written || value || '''' AS tsquery)
        )""",
}
_STATEMENTS: dict[str, TextClause] = {name: text(statement) for name, statement in _MISSING.items()}


def missing(session: Session, words: Collection[str]) -> set[str]:
    """Those of the words that stand in no page. They must be letters and nothing else."""
    statement = _STATEMENTS[session.get_bind().dialect.name]
    return set(session.scalars(statement, {"words": json.dumps(list(words)), "as_written": AS_WRITTEN}))
