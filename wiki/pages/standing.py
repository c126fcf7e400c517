"""Whether a page still counts, as its reader is told: what replaced what, which pages rest on it, what it rests on itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wiki.facts.chain import in_chain
from wiki.facts.look import Facts
from wiki.kinds import Catalogue, Kind
from wiki.kinds.computed import compute
from wiki.kinds.record import InChain, Record


@dataclass(frozen=True)
class Pointing:
    """A page that says that this one rests on it, and counts no longer."""

    page: int
    kind: str
    title: str
    href: str


@dataclass(frozen=True)
class Unsettled:
    """A page behind this one was replaced, and nobody has looked at this one since. `later` is what counts now, if the reader may see it."""

    title: str
    href: str
    since: date | None
    later: InChain | None


@dataclass(frozen=True)
class Standing:
    """`chain` is the whole chain, this page among it; `affected` are title and address of the pages that rest on this one."""

    chain: tuple[InChain, ...] = ()
    affected: tuple[tuple[str, str], ...] = ()
    unsettled: tuple[Unsettled, ...] = ()

    @property
    def later(self) -> list[InChain]:
        return [one for one in self.chain if one.steps > 0]

    @property
    def before(self) -> list[InChain]:
        """What this page replaced itself."""
        return [one for one in self.chain if one.steps == -1]


def named_by(kind: Kind, fields: Mapping[str, Any], record: Record, today: date) -> set[int]:
    """Pages whose titles are shown beside the page's own text."""
    found = {
        ref.page
        for one in kind.computed
        if one.values and (value := compute(kind, one, record, today))
        for ref in value.refs
    }
    return found | set(_affected(kind, fields))


def _affected(kind: Kind, fields: Mapping[str, Any]) -> list[int]:
    named = fields.get(kind.replaces.affects) if kind.replaces and kind.replaces.affects else None
    return [one for one in named or [] if isinstance(one, int)]


def standing(catalogue: Catalogue, kind: Kind, row: Any, there: Facts, behind: Sequence[Pointing]) -> Standing:
    """`row` is the page as it was read, `behind` what rests under it and counts no longer."""
    chain: tuple[InChain, ...] = there.facts.get(row.id, {}).get("chain", ())
    if chain:
        here = in_chain(kind, row.id, row.title, row.fields, row.state, f"{row.space_slug}/{row.slug}")
        chain = tuple(sorted((*chain, here), key=lambda one: one.steps))
    return Standing(
        chain=chain,
        affected=tuple(there.names[one] for one in _affected(kind, row.fields) if one in there.names),
        unsettled=tuple(_unsettled(catalogue, row, there, behind)),
    )


def _unsettled(catalogue: Catalogue, row: Any, there: Facts, behind: Sequence[Pointing]) -> list[Unsettled]:
    """Whoever changes the page afterwards, or says that it is still right, has settled it."""
    found = []
    for one in behind:
        said = catalogue[one.kind].replaces
        since = there.entered.get(one.page, {}).get(said.becomes) if said else None
        when = there.moments.get(one.page, {}).get(said.becomes) if said else None
        if when is None or since is None or _looked_at(row, when, since):
            continue
        later = [each for each in there.facts.get(one.page, {}).get("chain", ()) if each.steps > 0]
        found.append(Unsettled(one.title, one.href, since, later[-1] if later else None))
    return found


def _looked_at(row: Any, when: datetime, since: date) -> bool:
    return row.changed_at > when or (row.last_reviewed is not None and row.last_reviewed >= since)
