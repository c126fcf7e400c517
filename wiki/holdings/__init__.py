"""What people hold: pages they keep right, actions, promises, groups, roles, relationships. Derived from the kinds' definitions."""

from wiki.holdings.footprint import everything, footprint
from wiki.holdings.held import Held
from wiki.holdings.passing import hand_over

__all__ = ["Held", "everything", "footprint", "hand_over"]
