"""The API's blueprint with all its resources."""

from wiki.api import notices, pages, search
from wiki.api.blueprint import api

__all__ = ["api", "notices", "pages", "search"]
