"""The API's blueprint with all its resources."""

from wiki.api import (
    acknowledgements,
    conversation,
    enrolments,
    event_days,
    events,
    handovers,
    letters,
    notices,
    pages,
    questions,
    search,
    suggestions,
)
from wiki.api.blueprint import api

__all__ = [
    "acknowledgements",
    "api",
    "conversation",
    "enrolments",
    "event_days",
    "events",
    "handovers",
    "letters",
    "notices",
    "pages",
    "questions",
    "search",
    "suggestions",
]
