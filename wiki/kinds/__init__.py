"""The engine of kinds: what a page template is, how its values are read, kept, indexed and worked out.

A kind is a data file (docs/kinds.md). `load` reads all of them; nothing in here knows a single kind by name but
`computed`, for what counting cannot say.
"""

from wiki.kinds.catalogue import Catalogue
from wiki.kinds.content import Content
from wiki.kinds.definition import (
    Column,
    Computed,
    Field,
    Kind,
    Prompt,
    Question,
    Register,
    Replaces,
    RowType,
    State,
    Transition,
    Watches,
)
from wiki.kinds.holding import HOLDINGS, Holds
from wiki.kinds.load import load
from wiki.kinds.problems import CatalogueError, DefinitionProblem
from wiki.kinds.record import Record, Value
from wiki.kinds.types import BadValue, UnknownPage

__all__ = [
    "HOLDINGS",
    "BadValue",
    "Catalogue",
    "CatalogueError",
    "Column",
    "Computed",
    "Content",
    "DefinitionProblem",
    "Field",
    "Holds",
    "Kind",
    "Prompt",
    "Question",
    "Record",
    "Register",
    "Replaces",
    "RowType",
    "State",
    "Transition",
    "UnknownPage",
    "Value",
    "Watches",
    "load",
]
