"""What people write on a page, under the name by which the pages' verbs know it."""

from wiki.kinds.content import Content

__all__ = ["Content"]
