"""Who may see together what somebody holds: they themselves, people who act for their organisation, coordinators of the space it stands in."""

from collections.abc import Iterable
from dataclasses import dataclass

from wiki.access import Viewer
from wiki.holdings.held import Held


@dataclass(frozen=True)
class Overview:
    """What one reader may see of people. Each thing is also seen by itself on its page; here it is told what adds up in one person."""

    person: int | None
    orgs: frozenset[int]
    spaces: frozenset[int]

    @classmethod
    def of(cls, viewer: Viewer) -> "Overview":
        return cls(
            viewer.person_id,
            frozenset(member.org_id for member in viewer.memberships if member.org_id is not None),
            frozenset(member.space_id for member in viewer.memberships if member.role == "coordinator"),
        )

    def whole(self, person: int, org: int | None) -> bool:
        """Whether all is shown that the person holds, wherever the reader sees it."""
        return person == self.person or (org is not None and org in self.orgs)

    def shown(self, person: int, org: int | None, held: Iterable[Held]) -> list[Held]:
        """What is shown of what the person holds; a coordinator sees what stands in their own spaces."""
        whole = self.whole(person, org)
        return [one for one in held if whole or one.space_id in self.spaces]

    def may_see(self, person: int, org: int | None, space: int, held: Iterable[Held]) -> bool:
        """Whether the person is in the list at all; `space` is that of their page."""
        return self.whole(person, org) or space in self.spaces or any(one.space_id in self.spaces for one in held)
