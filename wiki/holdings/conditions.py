"""Whether a row, or a page in a state, is held on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wiki.kinds import Holds


def holds_now(said: Holds, state: str, row: Mapping[str, Any], today: date) -> bool:
    """Whoever comes to the last day holds it no more: nothing of it remains to be handed over."""
    if said.states and state not in said.states:
        return False
    for key, values in said.unless.items():  # of thousands of rows: any() would cost twice the time
        if row.get(key) in values:
            return False
    until = row.get(said.until) if said.until else None
    return not until or until > today.isoformat()


def has_begun(said: Holds, row: Mapping[str, Any], today: date) -> bool:
    since = row.get(said.since) if said.since else None
    return not since or since <= today.isoformat()
