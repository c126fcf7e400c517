"""The API's blueprint with all its resources."""

from wiki.api import pages, search
from wiki.api.blueprint import api

__all__ = ["api", "pages", "search"]
