"""The engine of kinds: what a page template is, how its values are read, kept, indexed and worked out.

A kind is a data file (docs/kinds.md). `load` reads all of them; nothing in here knows a single kind by name but
`computed`, for what counting cannot say.
"""

from wiki.kinds.content import Content
from wiki.kinds.definition import Catalogue, Field, Kind
from wiki.kinds.load import load
from wiki.kinds.problems import CatalogueError, DefinitionProblem

__all__ = ["Catalogue", "CatalogueError", "Content", "DefinitionProblem", "Field", "Kind", "load"]
