"""The filters beside the results: what can be chosen, how many pages that would leave, and what was chosen already."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from wiki.access import SpaceInfo
from wiki.finding.asking import FILTERS, OF_PAGES, Asked
from wiki.finding.names import Names
from wiki.i18n import gettext as _
from wiki.i18n import is_language, language_name, sort_key
from wiki.kinds import Catalogue
from wiki.kinds.types.choices import choice_label
from wiki.search.facets import Counts

#: Choices of a filter that stand there at once; the others unfold.
AT_ONCE = 8
#: Choices that can be unfolded.
MOST = 40


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    pages: int
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter. `more` are choices that unfold."""

    name: str
    label: str
    options: list[Option]
    more: list[Option]


@dataclass(frozen=True)
class Used:
    """A choice that was made, as it can be taken back."""

    label: str
    text: str
    without: Asked


@dataclass(frozen=True)
class Labels:
    """What filters and their values are called, for one reader. `counts` are those of the facets."""

    catalogue: Catalogue
    spaces: Mapping[str, SpaceInfo]
    names: Names
    counts: Counts

    def of_filter(self, name: str) -> str:
        return {
            "kind": _("Kind"),
            "state": _("State"),
            "space": _("Space"),
            "theme": _("Theme"),
            "org": _("Organisation"),
            "owner": _("Kept right by"),
            "year": _("Changed in"),
            "language": _("Language"),
            "has": _("With"),
        }[name]

    def of_value(self, name: str, value: str) -> str:
        """What people call a value; a page that the reader may not know of has no name."""
        return self._labellers().get(name, str)(value)

    def _labellers(self) -> dict[str, Callable[[str], str]]:
        return {
            "kind": self._kind,
            "state": self._state,
            "space": lambda slug: self.spaces[slug].name if slug in self.spaces else slug,
            "theme": self._theme,
            "org": self._page,
            "owner": self._page,
            "language": lambda code: language_name(code) if is_language(code) else code,
            "has": lambda what: _("Files") if what == "file" else what.replace("_", " "),
        }

    def _kind(self, key: str) -> str:
        return _(self.catalogue[key].label) if key in self.catalogue else key

    def _state(self, key: str) -> str:
        """As the kind says that most of the pages have."""
        kinds = [self.catalogue[one] for one in self.counts.get("kind", ()) if one in self.catalogue]
        for kind in (*kinds, *self.catalogue.values()):
            if kind.in_state(key):
                return _(kind.state(key).label)
        return key

    def _theme(self, theme: str) -> str:
        field = next((field for kind in self.catalogue.values() if (field := kind.field("themes"))), None)
        return choice_label(field, theme) if field else theme

    def _page(self, text: str) -> str:
        named = self.names.get(int(text)) if text.isdecimal() else None
        return named.title if named else ""


def groups(asked: Asked, labels: Labels) -> list[Group]:
    """The filters that can tell these pages apart, or that are chosen."""
    return [group for name in FILTERS if (group := _group(asked, labels, name)) is not None]


def _group(asked: Asked, labels: Labels, name: str) -> Group | None:
    counted = labels.counts.get(name, {})
    chosen = asked.values(name)
    listed = [*counted, *(value for value in chosen if value not in counted)]
    options = [Option(value, labels.of_value(name, value), counted.get(value, 0), value in chosen) for value in listed]
    options = sorted((option for option in options if option.label), key=_order(name))[:MOST]
    if not chosen and len(options) < (1 if name == "has" else 2):
        return None
    first = [option for n, option in enumerate(options) if n < AT_ONCE or option.chosen]
    return Group(name, labels.of_filter(name), first, [option for option in options if option not in first])


def _order(name: str) -> Callable[[Option], tuple[object, ...]]:
    if name == "year":
        return lambda option: (-int(option.value) if option.value.isdecimal() else 0,)
    return lambda option: (-option.pages, sort_key(option.label))


def used(asked: Asked, labels: Labels) -> Iterator[Used]:
    """What was chosen; a page that the reader may not know of is named by nothing."""
    for name, values in asked.chosen.items():
        for value in values:
            text = labels.of_value(name, value) or _("not visible to you")
            yield Used(labels.of_filter(name), text, asked.without(name, value))


def named_pages(asked: Asked, counts: Counts) -> set[int]:
    """The pages that filters and choices name."""
    texts = [value for name in OF_PAGES for value in (*asked.values(name), *list(counts.get(name, ()))[:MOST])]
    return {int(text) for text in texts if text.isdecimal()}


def sorts() -> dict[str, str]:
    return {
        "best": _("Best match"),
        "newest": _("Changed last"),
        "oldest": _("Changed first"),
        "title": _("Title"),
    }
