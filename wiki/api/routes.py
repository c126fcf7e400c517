"""The API's blueprint with all its resources."""

from wiki.api import acknowledgements, enrolments, notices, pages, questions, search
from wiki.api.blueprint import api

__all__ = ["acknowledgements", "api", "enrolments", "notices", "pages", "questions", "search"]
