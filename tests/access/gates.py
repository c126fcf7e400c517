"""What the scenarios ask with: who there is, whether a gate opens, a page for named organisations."""

from collections.abc import Callable

from tests.world import PEOPLE, World
from wiki.errors import NotFound, SignInNeeded

EVERYBODY = [*PEOPLE, "visitor"]


def opens(gate: Callable[[], object]) -> bool:
    try:
        gate()
    except (NotFound, SignInNeeded):
        return False
    return True


def named(world: World, *orgs: str, steward: str | None = None) -> dict[str, object]:
    fields: dict[str, object] = {"access": "named_orgs", "access_orgs": [world.org(org) for org in orgs]}
    return fields | ({"steward_org": world.org(steward)} if steward else {})
