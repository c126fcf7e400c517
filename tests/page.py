"""A fetched page as tests look at it: its texts, links and forms. Fetching one through tests.client checks it first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict

CONTROLS = ("input", "select", "textarea")
BUTTONS = ("submit", "button", "image", "reset")


@lru_cache(maxsize=32)
def parsed(html: str) -> tuple[Element, list[Any]]:
    """The tree of a document, and the parse errors that a browser would forgive.

    Parsing takes longer than making the page, and a page that is inspected is mostly read next: the same tree serves both.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(html), parser.errors


def text_of(element: Element) -> str:
    """The text as it is read out: without what is hidden from those who listen, white space made single."""
    return " ".join("".join(_read_out(element)).split())


def _read_out(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        if child.get("aria-hidden") != "true":
            yield from _read_out(child)
        yield child.tail or ""


@dataclass
class Form:
    """One form; `values` is what a browser would send without anybody touching it."""

    element: Element
    action: str
    method: str
    values: MultiDict[str, str]

    def filled(self, changes: dict[str, Any]) -> MultiDict[str, Any]:
        """The values with some replaced: text, a list of texts, or None to take a field away. Unknown names are refused."""
        names = {control.get("name") for control in self.element.iter() if control.get("name")}
        filled: MultiDict[str, Any] = MultiDict(self.values)
        for name, value in changes.items():
            assert name in names, (
                f"The form at {self.action} has no field {name!r}; it has {sorted(filter(None, names))}"
            )
            filled.poplist(name)
            if value is not None:
                filled.setlist(name, value if isinstance(value, list) else [value])
        return filled


class Page:
    """What a test reads of a page. `status` is the HTTP status, `url` where it was found in the end."""

    def __init__(self, html: str, status: int, url: str) -> None:
        self.html = html
        self.status = status
        self.url = url

    @property
    def root(self) -> Element:
        return parsed(self.html)[0]

    @property
    def parse_errors(self) -> list[Any]:
        return parsed(self.html)[1]

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def heading(self) -> str:
        return self.text("h1")

    @property
    def main(self) -> str:
        """The text of <main>, white space made single."""
        return self.text("main")

    def all(self, tag: str) -> list[Element]:
        return list(self.root.iter(tag))

    def text(self, tag: str) -> str:
        found = self.all(tag)
        return text_of(found[0]) if found else ""

    def by_id(self, identifier: str) -> Element:
        for element in self.root.iter():
            if element.get("id") == identifier:
                return element
        raise AssertionError(f"{self.url} has no element #{identifier}")

    def links(self) -> dict[str, str]:
        """The address of each link, by its text."""
        return {text_of(link): link.get("href", "") for link in self.all("a")}

    def forms(self) -> list[Form]:
        return [form_of(element, self.url) for element in self.all("form")]

    def form(self, action: str | None = None, *, having: str | None = None) -> Form:
        """The one form that posts to `action`, or has a field named `having`, or is the only one that posts in <main>."""
        found = [
            form
            for form in ([form_of(e, self.url) for e in self.all("main")[0].iter("form")])
            if form.method != "dialog"  # it sends nothing
            and (action is None or form.action == action)
            and (having is None or any(e.get("name") == having for e in form.element.iter()))
            and (action or having or form.method == "post")
        ]
        assert len(found) == 1, (
            f"{self.url} has {len(found)} such forms; forms: {[(f.method, f.action) for f in self.forms()]}"
        )
        return found[0]


def form_of(element: Element, url: str) -> Form:
    return Form(
        element,
        action=element.get("action") or url,
        method=(element.get("method") or "get").lower(),
        values=MultiDict(pair for control in outside_templates(element) for pair in sent_by(control)),
    )


def outside_templates(element: Element) -> list[Element]:
    """The element and all below it, without what is only there to be copied."""
    if element.tag == "template" or not isinstance(element.tag, str):
        return []
    return [element, *(found for child in element for found in outside_templates(child))]


def sent_by(control: Element) -> list[tuple[str, str]]:
    """What an untouched control sends with its form. Buttons send nothing: they were not pressed."""
    name = control.get("name")
    if not name or control.tag not in CONTROLS or "disabled" in control.attrib:
        return []
    if control.tag == "textarea":
        return [(name, with_sent_line_ends(control.text or ""))]
    if control.tag == "select":
        return [(name, value) for value in chosen_of(control)]
    kind = control.get("type", "text")
    if kind in BUTTONS or kind == "file":
        return []
    if kind in ("checkbox", "radio"):
        return [(name, control.get("value", "on"))] if "checked" in control.attrib else []
    return [(name, with_sent_line_ends(control.get("value", "")))]


def with_sent_line_ends(text: str) -> str:
    """Browsers send lines with CR LF, however they stand in the page."""
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def chosen_of(control: Element) -> list[str]:
    options = list(control.iter("option"))
    chosen = [option for option in options if "selected" in option.attrib]
    if not chosen and "multiple" not in control.attrib:
        chosen = options[:1]
    return [option.get("value", text_of(option)) for option in chosen]
