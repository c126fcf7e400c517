"""What somebody may mean who is typing into the search field: pages that are called so, and filters."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy.orm import Session

from wiki.access import SpaceInfo, Viewer
from wiki.i18n import gettext as _
from wiki.kinds import Catalogue
from wiki.search import complete
from wiki.search.facets import themes_in_use
from wiki.search.filters import ORGANISATIONS, OWNERS
from wiki.search.letters import fold
from wiki.search.query import FIELDS, MAX_LENGTH
from wiki.text import tidy, url_part

PAGES, FILTERS = 6, 5
#: Letters before the name of a filter is offered.
SHORTEST = 2

_LAST = re.compile(r'(?P<before>.*?)(?P<minus>-?)(?P<last>(?:[\w]+:"[^"]*|[^\s"]*))$', re.DOTALL)
_FILTER = re.compile(rf'-?(?:{"|".join(FIELDS)}):(?:"[^"]*"?|\S*)', re.IGNORECASE)

#: The filters that are offered by name.
OFFERED = ("kind", "state", "space", "by", "org", "theme", "after", "before", "has", "language", "stands")


class _Value(NamedTuple):
    """A value of a filter: as it is typed, and what people call it."""

    typed: str
    label: str


def suggestions(
    session: Session, catalogue: Catalogue, viewer: Viewer, spaces: Mapping[str, SpaceInfo], text: str
) -> list[dict[str, str]]:
    """Pages, `{type: "page", title, detail, url}`; and `{type: "filter", title, detail, text}` with the whole new text, which come
    first while the value of a filter is being typed."""
    text = tidy(text)[:MAX_LENGTH] if not text.endswith(" ") else tidy(text)[: MAX_LENGTH - 1] + " "
    if not text.strip():
        return []
    offering = _Offering(session, catalogue, viewer, spaces)
    pages, filters = list(offering.pages(text)), offering.filters(text)
    last = _LAST.match(text)
    typing_a_value = bool(filters) and last is not None and ":" in last["last"]
    return [*filters, *pages] if typing_a_value else [*pages, *filters]


class _Offering:
    def __init__(self, session: Session, catalogue: Catalogue, viewer: Viewer, spaces: Mapping[str, SpaceInfo]) -> None:
        self.session = session
        self.catalogue = catalogue
        self.viewer = viewer
        self.spaces = spaces

    def pages(self, text: str) -> Iterator[dict[str, str]]:
        words = _FILTER.sub(" ", text).strip()
        if not words:
            return
        for page in complete(self.session, self.viewer, words, limit=PAGES):
            known = self.catalogue.get(page.kind)
            said = [_(known.label) if known else page.kind]
            if page.over:
                said.append(_(known.state(page.state).label) if known else page.state)
            if len(self.spaces) > 1:
                said.append(self.spaces[page.space].name if page.space in self.spaces else page.space)
            detail = " · ".join(said)
            url = f"/{url_part(page.space)}/{url_part(page.slug)}"
            yield {"type": "page", "title": page.title, "detail": detail, "url": url}

    def filters(self, text: str) -> list[dict[str, str]]:
        found = _LAST.match(text)
        last = found["last"] if found else ""
        if not found or not last:
            return []
        before = found["before"] + found["minus"]
        name, colon, value = last.partition(":")
        offers = self._values(name.lower(), value.strip('"')) if colon else self._names(last)
        return [
            {
                "type": "filter",
                "title": typed,
                "detail": label,
                "text": f"{before}{typed}" + ("" if typed[-1] == ":" else " "),
            }
            for typed, label in offers
        ][:FILTERS]

    def _names(self, last: str) -> Iterator[_Value]:
        """Filters that begin so; and kinds that are called so, which are what people look for most."""
        key = fold(last)
        if len(key) < SHORTEST:
            return
        meanings = _meanings()
        yield from (_Value(f"{name}:", meanings[name]) for name in OFFERED if name.startswith(key))
        for kind in self.catalogue.values():
            others = fold(_(kind.known_as)).split(", ") if kind.known_as else ()
            called = (kind.key, fold(_(kind.label)), *others)
            if any(name.startswith(key) for name in called):
                yield _Value(f"kind:{kind.key}", _("Only: %(kind)s", kind=_(kind.plural)))

    def _values(self, name: str, begun: str) -> Iterator[_Value]:
        """Values of a filter of which the key or the label begins so."""
        meant = FIELDS.get(name)
        if meant in ("owner", "org"):
            if meant == "owner" and self.viewer.person_id and "me".startswith(fold(begun)):
                yield _Value(f"{name}:me", _("You"))
            kinds = OWNERS if meant == "owner" else ORGANISATIONS
            for page in complete(self.session, self.viewer, begun, kinds=kinds, limit=FILTERS) if begun else ():
                yield _Value(f'{name}:"{page.title}"', _(self.catalogue[page.kind].label))
            return
        key = fold(begun)
        for value in self._known(meant or ""):
            words = (fold(value.typed.strip('"')), *fold(value.label).split(), fold(value.label))
            if any(word.startswith(key) for word in words):
                yield _Value(f"{name}:{value.typed}", value.label)

    def _known(self, meant: str) -> Iterator[_Value]:
        if meant == "kind":
            yield from (_Value(kind.key, _(kind.label)) for kind in self.catalogue.values())
        elif meant == "state":
            states = {state.key: _(state.label) for kind in self.catalogue.values() for state in kind.states}
            yield from (_Value(key, label) for key, label in states.items())
        elif meant == "space":
            yield from (_Value(slug, space.name) for slug, space in self.spaces.items())
        elif meant == "theme":
            yield from self._themes()
        elif meant == "has":
            yield from (_Value(key, label) for key, label in _things().items())
        elif meant == "stands":
            yield from (_Value("yes", _("What still counts")), _Value("no", _("What no longer counts")))
            yield _Value("all", _("Both"))

    def _themes(self) -> Iterator[_Value]:
        """Those of pages that this reader may open, most used first; then those that there could be."""
        field = next((one for kind in self.catalogue.values() if (one := kind.field("themes"))), None)
        choices = field.choices if field else {}
        for theme in dict.fromkeys((*themes_in_use(self.session, self.viewer), *choices)):
            typed = f'"{theme}"' if " " in theme else theme
            yield _Value(typed, _(choices[theme]) if theme in choices else theme)


def _meanings() -> dict[str, str]:
    return {
        "kind": _("a kind of page"),
        "state": _("a state"),
        "space": _("a space"),
        "by": _("who keeps it right"),
        "org": _("an organisation that it names"),
        "theme": _("a theme"),
        "after": _("changed from a day on"),
        "before": _("changed before a day"),
        "has": _("with a file, actions, an owner"),
        "language": _("a language"),
        "stands": _("whether it still counts"),
    }


def _things() -> dict[str, str]:
    return {
        "file": _("A file"),
        "actions": _("Actions"),
        "commitments": _("Promises"),
        "owner": _("Somebody who keeps it right"),
        "review": _("A day for the next look"),
    }
