"""HTML from the clipboard, cleaned by the sanitiser's parser: elements whose tags, attributes and nesting can be relied on."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import nh3

from wiki.rendering.links import SCHEMES

_TAGS = set(
    """a abbr address article aside b big blockquote br caption center cite code dd del details dfn div dl dt em figcaption
    figure font footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark nav ol p pre q s samp section
    small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var""".split()
)
_DROPPED = {
    "applet",
    "iframe",
    "math",
    "noscript",
    "object",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xml",
}
_ATTRIBUTES = {
    "*": {"style", "class", "aria-level", "aria-hidden", "align", "hidden"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
    "del": {"datetime"},
    "input": {"type", "checked"},
}
_VOID = frozenset({"br", "hr", "img", "input"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass
class Element:
    """An element of cleaned HTML."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @cached_property
    def style(self) -> dict[str, str]:
        """The declarations of its style attribute, in small letters."""
        pairs = [part.partition(":") for part in self.attrs.get("style", "").lower().split(";")]
        return {name.strip(): value.strip() for name, _colon, value in pairs if value.strip()}

    @cached_property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    @property
    def elements(self) -> list["Element"]:
        return [child for child in self.children if isinstance(child, Element)]

    def text(self) -> str:
        """All the words in it."""
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)

    def words(self) -> str:
        return " ".join(self.text().split())


def cleaned(html: str) -> Element:
    """The elements of a piece of HTML below one that stands for all. Comments, scripts and style sheets are gone."""
    safe = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        link_rel=None,
        url_schemes={*SCHEMES},
        strip_comments=True,
    )
    builder = _Builder()
    builder.feed(safe)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """What the sanitiser wrote is nested well, so this needs to know no more than which tags stay empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in _VOID:
            self.open.append(made)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)
